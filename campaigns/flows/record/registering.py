"""Registering: the law as it is shipped becomes the installation's register, and organisers keep it true for any State."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from campaigns.events import ProvinceRegistered, RatificationProposed, RatificationRegistered
from campaigns.models import Article, Instrument, Province, Ratification, RatificationChange, Violation
from campaigns.refusals import ProvinceKnown
from network.flows.recording import record
from network.models import Person
from network.refusals import SamePersonApproves

REGISTER = Path(__file__).resolve().parent.parent.parent / "register"
SHIPPED = REGISTER / "law.json"


@transaction.atomic
def adopt_shipped() -> int:
    """Put what is shipped and not there yet into the register; returns how many instruments came. What is there stays:
    somebody may have corrected it. Source: campaigns/register/law.json, whose `source` says how far to trust it.
    """
    shipped = json.loads(SHIPPED.read_text(encoding="utf-8"))
    known = set(Instrument.objects.values_list("code", flat=True))
    fresh = [entry for entry in shipped["instruments"] if entry["code"] not in known]
    for entry in fresh:
        instrument = Instrument.objects.create(
            code=entry["code"],
            title=entry["title"],
            abbreviation=entry["abbreviation"],
            kind=entry["kind"],
            adopted_on=entry["adopted"],
            body=entry["body"],
            source=entry["source"],
        )
        Article.objects.bulk_create(
            Article(instrument=instrument, position=place, **article)
            for place, article in enumerate(entry["articles"], start=1)
        )
        Ratification.objects.bulk_create(
            Ratification(
                instrument=instrument,
                country=state["country"],
                status=state["status"],
                done_on=state["done_on"],
                in_force_on=state["in_force_on"],
                reservation=state["reservation"],
                is_verified=state["verified"],
            )
            for state in entry["states"]
        )
    Violation.objects.bulk_create([Violation(**entry) for entry in shipped["violations"]], ignore_conflicts=True)
    return len(fresh)


@transaction.atomic
def propose_ratification(
    instrument: Instrument,
    country: str,
    *,
    status: str,
    done_on: date | None,
    in_force_on: date | None,
    ended_on: date | None = None,
    by: Person,
    at: datetime,
) -> RatificationChange:
    """Where a State stands to an instrument, as somebody read it in the depositary's list today. It binds in no citation and
    stands on no page until a second person has compared it."""
    row = RatificationChange.objects.create(
        instrument=instrument,
        country=country,
        status=status,
        done_on=done_on,
        in_force_on=in_force_on,
        ended_on=ended_on,
        proposed_by=by,
        proposed_at=at,
    )
    record(RatificationProposed(change_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def decide_ratification(change_id: int, *, is_so: bool, by: Person, at: datetime) -> None:
    """A second person compared it: it is so, and the register says it from now on; or it is not, and nothing changes.
    Raises SamePersonApproves. Saying no is open to whoever proposed it, too."""
    change = RatificationChange.objects.locked(change_id)
    if change.decided_at is not None:
        return
    if is_so and change.proposed_by_id == by.pk:
        raise SamePersonApproves
    change.decided_by, change.decided_at, change.is_adopted = by, at, is_so
    change.save()
    if is_so:
        row, _ = Ratification.objects.update_or_create(
            instrument=change.instrument,
            country=change.country,
            defaults={
                "status": change.status,
                "done_on": change.done_on,
                "in_force_on": change.in_force_on,
                "ended_on": change.ended_on,
                "is_verified": True,
            },
        )
        record(RatificationRegistered(ratification_id=row.pk), by=by, at=at)


@transaction.atomic
def adopt_provinces() -> int:
    """Put the shipped provinces that are not there yet into the register; returns how many came.

    Source: campaigns/register/provinces.json, {country: [[number, English, Persian], …]}.
    """
    shipped = json.loads((REGISTER / "provinces.json").read_text(encoding="utf-8"))["provinces"]
    known = set(Province.objects.values_list("code", flat=True))
    fresh = [
        Province(code=f"{country}-{number}", country=country, names={"en": english, "fa": persian})
        for country, rows in shipped.items()
        for number, english, persian in rows
        if f"{country}-{number}" not in known
    ]
    Province.objects.bulk_create(fresh)
    return len(fresh)


@transaction.atomic
def register_province(code: str, names: Mapping[str, str], *, by: Person, at: datetime) -> Province:
    """Any State's province that is missing (code: ISO 3166-2, "FR-IDF"). names: {language: name}. Raises ProvinceKnown:
    one person alone does not rename what public pages say."""
    known = {"country": code.partition("-")[0], "names": {k: v for k, v in names.items() if v}}
    row, made = Province.objects.get_or_create(code=code, defaults=known)
    if not made:
        raise ProvinceKnown
    record(ProvinceRegistered(code=code), by=by, at=at)
    return row
