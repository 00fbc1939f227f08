"""manage.py upgrade: a backup first, then migrations, words and static files, then the checks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "After installing a new version: back up into FOLDER, migrate, compile words, collect static files, check."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where backups go")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("backup", options["folder"], stdout=self.stdout)
        call_command("migrate", verbosity=1, stdout=self.stdout)
        call_command("catalogues", "--compile")
        call_command("collectstatic", "--noinput", verbosity=0)
        call_command("check", "--database", "default", stdout=self.stdout)
