"""…/reports/mail/: where a mail provider tells, signed, what bounced and who complained. One provider's door, or none."""

from __future__ import annotations

import warnings
from collections.abc import Callable

from anymail import urls as doors
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse

from network.open.bodies import takes

View = Callable[..., HttpResponse]


def door() -> View:
    """The view of settings.MAIL_PROVIDER. Raises ImproperlyConfigured where its reports would not be signed: then anybody who
    knows an address could silence it."""
    name = f"{settings.MAIL_PROVIDER}_tracking_webhook"
    view: View = next(pattern.callback for pattern in doors.urlpatterns if pattern.name == name)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            view.view_class()  # type: ignore[attr-defined]
        except Exception as error:
            raise ImproperlyConfigured(
                f"MAIL_PROVIDER_SECRETS does not sign {settings.MAIL_PROVIDER}: {error}"
            ) from None
    return takes(settings.MAIL_REPORT_BYTES, anybody=True)(view)
