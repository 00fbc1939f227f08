"""What granian serves, once the boot checks have passed."""

import os

from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

try:
    call_command("check", databases=["default"])
except SystemCheckError as error:
    raise SystemExit(str(error)) from None
except DatabaseError:
    pass  # away while we start: pages answer 503 until it is back, and the workers look at its mark again
