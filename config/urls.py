"""Every address. Open and personal pages carry their language as a prefix; English has none."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from network.api import reference
from network.open import converters

converters.register()

urlpatterns = [
    path("", include("network.open.health_urls")),
    path("api/v1/", include("config.api_urls")),
    *i18n_patterns(
        path("api/", reference.reference, name="api_reference"),
        path("", include("campaigns.open.urls")),
        path("", include("network.open.urls")),
        path("", include("notifications.open.urls")),
        path("me/", include("network.personal.urls")),
        path("me/", include("campaigns.personal.urls")),
        path("me/", include("notifications.personal.urls")),
        path("organise/", include("network.workspace.urls")),
        path("organise/", include("campaigns.workspace.urls")),
        path("organise/", include("notifications.workspace.urls")),
        path("accounts/", include("notifications.personal.account_urls")),
        prefix_default_language=False,
    ),
]

if settings.MAIL_PROVIDER:
    urlpatterns += [path("", include("notifications.open.report_urls"))]

if settings.TRIAL:
    urlpatterns += [path("", include("config.trial.urls"))]

handler400 = "network.open.errors.malformed"
handler403 = "network.open.errors.refused"
handler404 = "network.open.errors.missing"
handler500 = "network.open.errors.broken"
