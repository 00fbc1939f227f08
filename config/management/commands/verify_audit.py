"""manage.py verify_audit: whether the audit is what it was, against itself and against the heads outside the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from network.flows import sealing
from network.models import AuditEntry


class Command(BaseCommand):
    help = "Recompute the audit's chain, and compare it with the daily heads that lie beside the ledger."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = sealing.first_broken()
        if broken is not None:
            raise CommandError(f"The chain is broken at entry {broken}: it, or what stood before it, was changed.")
        denied = sealing.first_head_denied()
        if denied is not None:
            raise CommandError(
                f"The head written on {denied} is not in the database: the audit was rewritten, or a backup from before "
                "that day was restored."
            )
        self.stdout.write(f"{AuditEntry.objects.count()} entries, unbroken.")
