"""manage.py restore: an earlier database, without waking the dead."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.keeping.databases import CannotKeep, load
from network.flows import remembering
from network.models import Installation, LogHead
from notifications.flows import holding


class Command(BaseCommand):
    help = "Replace the database by a backup, replay the ledger, begin a new log epoch, and hold whatever was open."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder that `backup` printed")
        parser.add_argument(
            "--without-ledger", action="store_true", help="the ledger is lost; withdrawn things may wake"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            about = json.loads((folder / "about.json").read_text())
        except (OSError, ValueError):
            raise CommandError(f"{folder} is not a backup: its about.json cannot be read.") from None
        if remembering.length() < about["ledger_lines"] and not options["without_ledger"]:
            raise CommandError(
                f"The ledger has {remembering.length()} lines, the backup knew {about['ledger_lines']}. "
                "Bring the ledger's volume back, or say --without-ledger and silence by hand what was withdrawn since."
            )
        try:
            load(folder)
        except CannotKeep as refused:
            raise CommandError(str(refused)) from None
        now = timezone.now()
        call_command("migrate", verbosity=0)
        Installation.objects.update(is_settled=False)  # readyz says no until the ledger is replayed
        alerts, notices = holding.hold_everything(at=now)
        replayed = remembering.replay(after=about["ledger_lines"], at=now)
        LogHead.objects.update(epoch=uuid4())  # readers of the change feed start from the snapshot
        Installation.objects.update(is_settled=True)
        self.stdout.write(
            f"Restored as of {about['made_at']}: {replayed} withdrawals and erasures replayed, "
            f"{alerts} alerts held, {notices} waiting notices dropped."
        )
