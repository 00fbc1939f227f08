"""manage.py backup: the database into a folder of its own. Keys and the ledger are not in it, on purpose."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from config.keeping.databases import CannotKeep, dump
from network.flows import remembering
from network.models import LogHead


class Command(BaseCommand):
    help = "Back up the database into FOLDER/<time>/. SECRET_KEY and the ledger must be kept elsewhere: see docs/operator.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        folder: Path = options["folder"] / now.strftime("%Y%m%dT%H%M%SZ")
        try:
            folder.mkdir(parents=True, mode=0o700)
        except OSError as error:
            raise CommandError(f"{folder} cannot be made: {error.strerror}.") from None
        head = LogHead.objects.first()
        # The ledger's length is read before the copy is taken: a line too many is replayed, none is missed.
        about = {
            "made_at": now.isoformat(),
            "database": connection.vendor,
            "ledger_lines": remembering.length(),
            "log_epoch": str(head.epoch) if head else None,
            "log_position": head.position if head else 0,
        }
        try:
            dump(folder)
        except CannotKeep as refused:
            raise CommandError(str(refused)) from None
        (folder / "about.json").write_text(json.dumps(about, indent=1))
        self.stdout.write(str(folder))
