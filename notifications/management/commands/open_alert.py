"""manage.py open_alert: let an approved alert go, and watch it."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from notifications.flows import opening
from notifications.flows.progressing import Progress, progress_of
from notifications.models import Alert
from notifications.refusals import AlertNotReady


class Command(BaseCommand):
    help = "Open an approved alert; workers then deliver it. Prints a progress line until it is finished."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("alert", nargs="?", type=int, help="the alert's number; default: the only one waiting")
        parser.add_argument("--no-wait", action="store_true", help="open it and return at once")
        parser.add_argument("--seconds", type=float, default=900, help="watch for at most this long")

    def handle(self, *args: Any, **options: Any) -> None:
        alert = self._alert(options["alert"])
        if alert.state == Alert.State.DRAFT:
            try:
                opening.open_alert(alert.pk, by=None, at=timezone.now())
            except AlertNotReady as refused:
                raise CommandError(f"Alert {alert.pk} is not opened: {refused}") from None
            self.stdout.write(f"Alert {alert.pk} is open: every approval matches its words.")
        else:
            self.stdout.write(f"Alert {alert.pk} was opened before; it is not opened twice.")
        if not options["no_wait"]:
            self._watch(alert, seconds=options["seconds"])

    def _alert(self, number: int | None) -> Alert:
        if number is not None:
            found = Alert.objects.filter(pk=number).first()
            if found is None:
                raise CommandError(f"There is no alert {number}.")
            return found
        waiting = list(Alert.objects.filter(state=Alert.State.DRAFT)[:2]) or list(
            Alert.objects.going_once().order_by("-pk")[:1]
        )
        if len(waiting) != 1:
            raise CommandError("Name the alert's number." if waiting else "There is no alert to open.")
        return waiting[0]

    def _watch(self, alert: Alert, *, seconds: float) -> None:
        ends_at = time.monotonic() + seconds
        shown: Progress | None = None
        while True:
            alert.refresh_from_db()
            progress = progress_of(alert, at=timezone.now())
            if progress != shown:
                self.stdout.write(line(progress))
                shown = progress
            if alert.state in {Alert.State.FINISHED, Alert.State.CANCELLED, Alert.State.PAUSED, Alert.State.HELD}:
                return
            if time.monotonic() > ends_at:
                self.stdout.write("Still going; workers continue without this command.")
                return
            time.sleep(0.5)


def line(progress: Progress) -> str:
    """One plain line: 812 of 1,001 sent, 0 failed, 3 not sent, 186 left (sending)."""
    return (
        f"{progress.sent:,} of {progress.total:,} sent, {progress.failed:,} failed, "
        f"{progress.dropped:,} not sent, {progress.left:,} left ({progress.state})"
    )
