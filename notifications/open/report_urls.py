"""Included only where the operator named a mail provider."""

from django.urls import path

from notifications.open.reports import door

urlpatterns = [path("reports/mail/", door(), name="mail_reports")]
