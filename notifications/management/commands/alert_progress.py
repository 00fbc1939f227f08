"""manage.py alert_progress: one line, how far an alert has come."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from notifications.flows.progressing import progress_of
from notifications.management.commands.open_alert import line
from notifications.models import Alert


class Command(BaseCommand):
    help = "Print one line: sent, failed, left."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("alert", nargs="?", type=int, help="the alert's number; default: the newest that goes once")

    def handle(self, *args: Any, **options: Any) -> None:
        alerts = Alert.objects.order_by("-pk")
        alert = (alerts.filter(pk=options["alert"]) if options["alert"] else alerts.going_once()).first()
        if alert is None:
            raise CommandError("There is no such alert.")
        self.stdout.write(line(progress_of(alert, at=timezone.now())))
