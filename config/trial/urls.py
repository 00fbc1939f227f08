"""The trial's own doors. Importing this module outside a trial is an error, so no URL conf can open them by mistake."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import path

if not settings.TRIAL:
    raise ImproperlyConfigured("config.trial.urls holds doors that open without a key; they exist in a trial only")

from config.trial import error_pages, links, mailbox_pages

urlpatterns = [
    path("mailbox/", mailbox_pages.mailbox, name="mailbox"),
    path("mailbox/<str:name>/", mailbox_pages.message, name="mailbox_message"),
    path("mailbox/<str:name>/html/", mailbox_pages.message_html, name="mailbox_html"),
    path("trial/sign-in/<str:token>/", links.sign_in, name="trial_sign_in"),
    path("trial-errors/<str:language>/<str:name>/", error_pages.error_page, name="trial_error"),
]
