"""The demo's record: two people told of, one by name and one by an alias, through the project's own flows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from campaigns.flows.gate import consenting, publishing
from campaigns.flows.record import describing, registering, telling, updating
from campaigns.models import Campaign, CaseStatus, PublicationConsent, TimelineEvent
from campaigns.publishing.case_parts import parts_of
from config.trial.demo import stories
from network.models import Person

Scope = PublicationConsent.Scope
RELIABLE = {"source_reliability": "highly_reliable", "item_reliability": "likely_reliable"}


def seed(named: Campaign, aliased: Campaign, writer: Person, approver: Person, *, at: datetime) -> None:
    """A second run changes nothing."""
    if named.case.published_at is not None:
        return
    code, names = stories.PROVINCE
    registering.register_province(code, names, by=writer, at=at)
    _consent(named, [Scope.HEALTH, Scope.QUOTE, Scope.TRANSLATION, Scope.PROVINCE], writer, at=at)
    _describe(named, ["teachers", "children"], ["expression", "association", "fair_trial"], code, writer, at=at)
    _describe(aliased, ["workers", "women"], ["work", "unions"], "", writer, at=at)
    _tell(named, stories.LALEH_TEXTS, stories.LALEH_EVENTS, stories.LALEH_STATUSES, writer, approver, at=at)
    _tell(aliased, stories.BARAN_TEXTS, stories.BARAN_EVENTS, stories.BARAN_STATUSES, writer, approver, at=at)
    words = telling.record_own_words(
        named.case_id,
        language="fa",
        words=stories.LALEH_WORDS,
        report=_report("2025-09-02", "2025-09-02", "family"),
        by=writer,
        at=at,
    )
    telling.verify("own_words", words.pk, by=approver, at=at)
    for campaign in (named, aliased):
        _publish(campaign, approver, at=at)


def _consent(campaign: Campaign, more: list[Any], writer: Person, *, at: datetime) -> None:
    former = campaign.case.consents.get()
    consent = consenting.Consent(
        given_by=former.given_by,
        scopes=[*former.scopes, *(scope.value for scope in more)],
        expires_at=former.expires_at,
        channel=PublicationConsent.Channel.SECURE_CALL,
        language="fa",
        explained=PublicationConsent.Explained.values,
    )
    consenting.record_consent(campaign.case_id, consent, by=writer, at=at)


def _describe(
    campaign: Campaign, sectors: list[str], rights: list[str], province: str, writer: Person, *, at: datetime
) -> None:
    defender = campaign.case.defender
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
    describing.describe(campaign.case_id, description, by=writer, at=at)


def _tell(
    campaign: Campaign,
    texts: dict[str, dict[str, str]],
    events: list[tuple],
    statuses: list[tuple],
    writer: Person,
    approver: Person,
    *,
    at: datetime,
) -> None:
    case_id = campaign.case_id
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


def _publish(campaign: Campaign, approver: Person, *, at: datetime) -> None:
    """The one who approves did not write, and judged no risk: the demo's writer did both."""
    case = Campaign.objects.get(pk=campaign.pk).case
    publishing.submit(case.pk, by=approver, at=at)
    for part in parts_of(case, at=at):
        publishing.approve(case.pk, part.name, digest=part.digest, by=approver, at=at)
    publishing.publish(case.pk, by=approver, at=at)
