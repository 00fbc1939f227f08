"""Adopting: the principles that come with the platform become the version people endorse."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from django.db import transaction

from network.events import PrinciplesAdopted
from network.flows.recording import record
from network.models import Principles, PrinciplesText

SHIPPED = Path(__file__).resolve().parent.parent / "principles"


@transaction.atomic
def adopt_shipped(version: int = 1, *, at: datetime) -> Principles:
    """Put a shipped version in force, in every language it is written in; adopting it twice changes nothing.

    Source: network/principles/<version>.json. `reviewed` says whether a second reader has read that language.
    """
    principles, made = Principles.objects.get_or_create(version=version, defaults={"adopted_at": at})
    shipped = json.loads((SHIPPED / f"{version}.json").read_text(encoding="utf-8"))
    known = set(principles.texts.values_list("language", flat=True))
    for language, text in shipped["texts"].items():
        if language not in known:  # languages may come later: the same principles, for more who read them
            PrinciplesText.objects.create(
                principles=principles, language=language, reviewed=text["reviewed"], clauses=text["clauses"]
            )
    if made:
        record(PrinciplesAdopted(version=version), by=None, at=at)
    return principles
