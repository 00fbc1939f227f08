"""Sends a file of letters through django-post_office, and prints how many a second: LETTERS PORT CONNECTIONS.

Each letter becomes a row and is sent by what its own command calls, in as many threads as the other senders have connections.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import django
from django.conf import settings

PATH, PORT, CONNECTIONS = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
BATCH = 1000

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "post_office"]
settings.POST_OFFICE = {
    "BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"},
    "BATCH_SIZE": BATCH,
    "THREADS_PER_PROCESS": CONNECTIONS,
    "BATCH_DELIVERY_TIMEOUT": 600,
}
settings.EMAIL_HOST, settings.EMAIL_PORT, settings.DEFAULT_AUTO_FIELD = (
    "127.0.0.1",
    PORT,
    "django.db.models.BigAutoField",
)
django.setup()

from django.core.management import call_command  # noqa: E402
from post_office import mail  # noqa: E402

call_command("migrate", "post_office", verbosity=0)
letters = json.loads(Path(PATH).read_text(encoding="utf-8"))
began = time.monotonic()
mail.send_many(
    [
        {
            "recipients": [one["address"]],
            "sender": "alerts@test.example",
            "subject": one["subject"],
            "message": one["text"],
            "html_message": one["html"],
        }
        for one in letters
    ]
)
mail.send_queued_mail_until_done()
sys.stdout.write(f"{len(letters) / (time.monotonic() - began)}\n")
