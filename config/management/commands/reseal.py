"""manage.py reseal: everything sealed is sealed again with the first of FIELD_KEYS."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from network.models.sealed import CannotOpen, SealedBytes, SealedJson, SealedText

SEALED = (SealedText, SealedJson, SealedBytes)
ROWS = 50  # in one transaction: a photograph's original may be large


class Command(BaseCommand):
    help = "After putting a new key first in FIELD_KEYS: seal every sealed column with it; then the old key may go."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for model in apps.get_models():
            names = [field.name for field in model._meta.fields if isinstance(field, SEALED)]
            if names:
                done += self._reseal(model, names)
        self.stdout.write(f"{done} rows are sealed with the first key.")

    def _reseal(self, model: Any, names: list[str]) -> int:
        keys = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
        for first in range(0, len(keys), ROWS):
            with transaction.atomic():
                try:
                    for row in model._default_manager.filter(pk__in=keys[first : first + ROWS]):
                        row.save(update_fields=names)
                except CannotOpen:
                    raise CommandError(
                        f"A row of {model._meta.label} opens with none of FIELD_KEYS; bring the key back that sealed it."
                    ) from None
        return len(keys)
