from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from campaigns.flows.gate import publishing
from campaigns.flows.record import telling, updating
from campaigns.models import Case, CaseStatus, Defender, DefenderName, PublicationConsent, RiskAssessment
from campaigns.publishing.case_parts import parts_of
from tests.makers.network import Network

DAY = date(2026, 3, 4)
TOLD = ("name", "narrative")


def make_case(
    network: Network,
    *,
    name: str = "Golnar Sabzrud",
    name_fa: str = "گلنار سبزرود",
    alias: str = "",
    scopes: tuple[str, ...] | None = TOLD,
    partners: tuple[str, ...] = (),
    consent_until: datetime | None = None,
    risk: str | None = "medium",
    risk_until: datetime | None = None,
    summary: str = "{person} measured a lake.",
    story: str = "{person} did no wrong.",
    approved: bool = True,
    published: bool = True,
    verified: bool = True,
    **facts: Any,
) -> Case:
    """A published case, told in English and Persian, with one verified status; each condition can be taken away."""
    now = timezone.now()
    defender = Defender.objects.create(pronouns={"en": {"they": "she", "them": "her", "their": "her"}}, created_at=now)
    for language, text in (("en", name), ("fa", name_fa)):
        DefenderName.objects.create(
            defender=defender, kind="known_as", language=language, text=text, short=text.split()[0], is_display=True
        )
    if alias:
        DefenderName.objects.create(defender=defender, kind="alias", language="en", text=alias, is_display=True)
    case = Case.objects.create(defender=defender, created_at=now, written_by=network.writer, **facts)
    long_ago = now - timedelta(days=400)
    for audience, said in (("public", scopes), ("partners", partners or None)):
        if said is not None:
            PublicationConsent.objects.create(
                case=case,
                audience=audience,
                scopes=list(said),
                given_by="family",
                given_on=long_ago,
                expires_at=consent_until or now + timedelta(days=180),
            )
    if risk is not None:
        RiskAssessment.objects.create(
            case=case,
            result=risk,
            assessed_at=long_ago,
            valid_until=risk_until or now + timedelta(days=90),
            assessed_by=network.writer,
        )
    words = {"who": "A measurer of lakes", "summary": summary, "story": story}
    persian = {"who": "دریاچه‌سنج", "summary": "{person} دریاچه را اندازه گرفت.", "story": ""}
    telling.write(case.pk, {"en": words, "fa": persian}, by=network.writer, at=now)
    if verified:
        make_status(network, case, "liberty", "detained")
    if approved:
        approve_case(network, case)
    if published:
        publish_unchecked(case, at=now)
    return Case.objects.get(pk=case.pk)


def make_status(network: Network, case: Case, dimension: str, value: str, *, from_latest: date = DAY) -> CaseStatus:
    report = updating.Report(
        dimension=dimension,
        value=value,
        from_earliest=from_latest,
        from_latest=from_latest,
        reporter="family",
        source_reliability="highly_reliable",
        item_reliability="likely_reliable",
    )
    row = updating.record_status(case.pk, report, by=network.writer, at=timezone.now())
    updating.verify(row.pk, by=network.approver, at=timezone.now())
    return row


def approve_case(network: Network, case: Case) -> None:
    """Every part as it stands, by the one who wrote none of them."""
    now = timezone.now()
    for part in parts_of(Case.objects.get(pk=case.pk), at=now):
        publishing.approve(case.pk, part.name, digest=part.digest, by=network.approver, at=now)


def publish_unchecked(case: Case, *, at: datetime) -> None:
    """As if it had been published while everything held: what does not hold is then for the gate to see."""
    from campaigns.flows.gate.addressing import keep_addresses

    first = at if case.consents.for_public().exists() else None
    Case.objects.filter(pk=case.pk).update(published_at=at, first_published_at=first, submitted_at=at)
    keep_addresses(Case.objects.get(pk=case.pk), at=at)


def make_event(network: Network, case: Case, *, kind: str = "arrest", words: dict[str, str] | None = None) -> None:
    report = telling.Report(
        from_earliest=DAY,
        from_latest=DAY,
        reporter="family",
        source_reliability="highly_reliable",
        item_reliability="likely_reliable",
    )
    said = words or {"en": "At home.", "fa": "در خانه."}
    row = telling.record_event(case.pk, kind=kind, words=said, report=report, by=network.writer, at=timezone.now())
    telling.verify("event", row.pk, by=network.approver, at=timezone.now())


def make_own_words(network: Network, case: Case, *, language: str = "fa", words: dict[str, str] | None = None) -> None:
    report = telling.Report(
        from_earliest=DAY,
        from_latest=DAY,
        reporter="family",
        source_reliability="highly_reliable",
        item_reliability="likely_reliable",
    )
    said = words or {"fa": "بگذارید دریاچه بماند.", "en": "Let the lake be."}
    row = telling.record_own_words(
        case.pk, language=language, words=said, report=report, by=network.writer, at=timezone.now()
    )
    telling.verify("own_words", row.pk, by=network.approver, at=timezone.now())
