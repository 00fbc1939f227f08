"""What is approved of a case, part by part: the facts, the judgement of risk, each language's words, each photograph."""

from __future__ import annotations

from datetime import datetime

from campaigns.models import Case, Photo, PublicationConsent, RiskAssessment
from campaigns.models.gate.consent import shown_as
from network.models.approval import Part, digest_of

SUBJECT = "case"
FACTS, SAFETY = "facts", "safety"


def parts_of(case: Case, *, at: datetime) -> list[Part]:
    """The parts a second person must approve before a case is published, with their digests now."""
    texts = sorted(case.texts.all(), key=lambda text: text.language)
    return [
        facts_of(case),
        safety_of(case, at=at),
        *(Part(f"text:{text.language}", digest_of(text.words()), text.written_by_id) for text in texts),
    ]


def facts_of(case: Case) -> Part:
    defender = case.defender
    facts = {
        "case_epoch": case.epoch,  # what may be shown shrank: then it is not what was approved
        "round": case.round,
        "names": sorted(
            [name.kind, name.language, name.text, name.short] for name in defender.names.all() if name.is_display
        ),
        "shown_as": shown_as(case),
        "shown_to_partners_as": shown_as(case, audience=PublicationConsent.ScopeAudience.PARTNERS),
        "pronouns": defender.pronouns,
        "sectors": defender.sectors,
        "special": sorted([one.category, one.language, one.words] for one in defender.special_categories.all()),
        "country": case.country,
        "province": case.province_id,
        "rights": case.rights,
        "age": case.age_at_event,
        "law": sorted([one.article_id, one.occurred_on.isoformat(), one.is_breach] for one in case.citations.all()),
    }
    return Part(FACTS, digest_of(facts), case.written_by_id)


def safety_of(case: Case, *, at: datetime) -> Part:
    """The newest judgement of risk, as it stands: a second person reads it too."""
    newest = RiskAssessment.objects.filter(case=case, assessed_at__lte=at).order_by("-assessed_at", "-pk").first()
    judged = [newest.pk, newest.result, newest.valid_until] if newest else []
    return Part(
        SAFETY,
        digest_of({"case_epoch": case.epoch, "judged": judged, "child": case.is_about_a_child}),
        newest.assessed_by_id if newest else None,
    )


def part_of_photo(photo: Photo) -> Part:
    shown = {
        "hash": photo.original_hash,
        "token": photo.token,
        "blurred": photo.blurred,
        "alt": photo.alt,
        "credit": photo.credit,
        "licence": photo.licence,
    }
    return Part(f"photo:{photo.pk}", digest_of(shown), photo.written_by_id)
