"""The demo's record: two people told of, one by name and one by an alias, through the project's own flows."""

from __future__ import annotations

from datetime import date, datetime

from campaigns.flows.gate import publishing
from campaigns.flows.record import describing, registering, telling, updating
from campaigns.models import Case, CaseStatus, PublicationConsent, TimelineEvent
from campaigns.publishing.case_parts import parts_of
from config.trial.demo import stories
from network.models import Person

Scope = PublicationConsent.Scope
RELIABLE = {"source_reliability": "highly_reliable", "item_reliability": "likely_reliable"}


MORE = (
    Scope.HEALTH,
    Scope.QUOTE,
    Scope.TRANSLATION,
    Scope.PROVINCE,
)  # what Laleh's family says yes to beside the usual


def tell_laleh(case: Case, writer: Person, approver: Person, *, at: datetime) -> None:
    code, names = stories.PROVINCE
    registering.register_province(code, names, by=writer, at=at)
    _describe(case, ["teachers", "children"], ["expression", "association", "fair_trial"], code, writer, at=at)
    _tell(case, stories.LALEH_TEXTS, stories.LALEH_EVENTS, stories.LALEH_STATUSES, writer, approver, at=at)
    words = telling.record_own_words(
        case.pk,
        language="fa",
        words=stories.LALEH_WORDS,
        report=_report("2026-11-09", "2026-11-09", "family"),
        by=writer,
        at=at,
    )
    telling.verify("own_words", words.pk, by=approver, at=at)
    _publish(case, approver, at=at)


def tell_baran(case: Case, writer: Person, approver: Person, *, at: datetime) -> None:
    _describe(case, ["workers", "women"], ["expression", "work"], "", writer, at=at)
    _tell(case, stories.BARAN_TEXTS, stories.BARAN_EVENTS, stories.BARAN_STATUSES, writer, approver, at=at)
    _publish(case, approver, at=at)


def _describe(
    case: Case, sectors: list[str], rights: list[str], province: str, writer: Person, *, at: datetime
) -> None:
    defender = case.defender
    names = [
        describing.Name(kind=row.kind, language=row.language, text=row.text, short=row.short, is_display=row.is_display)
        for row in defender.names.order_by("pk")
    ]
    description = describing.Description(
        names=names,
        pronouns=defender.pronouns,
        sectors=sectors,
        rights=rights,
        province=province,
        age_at_event=None,
    )
    describing.describe(case.pk, description, by=writer, at=at)


def _tell(
    case: Case,
    texts: dict[str, dict[str, str]],
    events: list[tuple],
    statuses: list[tuple],
    writer: Person,
    approver: Person,
    *,
    at: datetime,
) -> None:
    case_id = case.pk
    telling.write(case_id, texts, by=writer, at=at)
    source = telling.record_source(
        case_id, kind="organisation", reliability="likely_reliable", note="Invented for the demo.", by=writer, at=at
    )
    for kind, first, last, reporter, is_confirmed, words in events:
        report = _report(first, last, reporter, [source.pk] if is_confirmed else [])
        event: TimelineEvent = telling.record_event(case_id, kind=kind, words=words, report=report, by=writer, at=at)
        telling.verify("event", event.pk, by=approver, at=at)
    for dimension, value, since, reporter in statuses:
        day = date.fromisoformat(since)
        known = updating.Report(
            dimension=dimension,
            value=value,
            from_earliest=day,
            from_latest=day,
            reporter=reporter,
            source_reliability=RELIABLE["source_reliability"],
            item_reliability=RELIABLE["item_reliability"],
        )
        status: CaseStatus = updating.record_status(case_id, known, by=writer, at=at)
        updating.verify(status.pk, by=approver, at=at)


def _report(first: str, last: str, reporter: str, confirmed_by: list[int] | None = None) -> telling.Report:
    return telling.Report(
        from_earliest=date.fromisoformat(first),
        from_latest=date.fromisoformat(last),
        reporter=reporter,
        source_reliability=RELIABLE["source_reliability"],
        item_reliability=RELIABLE["item_reliability"],
        confirmed_by=confirmed_by or [],
    )


def _publish(case: Case, approver: Person, *, at: datetime) -> None:
    """The one who approves did not write, and judged no risk: the demo's writer did both."""
    case = Case.objects.get(pk=case.pk)
    publishing.submit(case.pk, by=approver, at=at)
    for part in parts_of(case, at=at):
        publishing.approve(case.pk, part.name, digest=part.digest, by=approver, at=at)
    publishing.publish(case.pk, by=approver, at=at)
