"""What is approved of a case, part by part: the facts, the judgement of risk, each language's words, each photograph."""

from __future__ import annotations

from datetime import datetime

from campaigns.models import Case, Photo, RiskAssessment
from campaigns.models.gate.facts import case_facts
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
    return Part(FACTS, digest_of({**case_facts(case), "round": case.round}), case.written_by_id)


def safety_of(case: Case, *, at: datetime) -> Part:
    """The newest judgement of risk, as it stands: a second person reads it too."""
    newest = RiskAssessment.objects.filter(case=case, assessed_at__lte=at).order_by("-assessed_at", "-pk").first()
    judged = [newest.pk, newest.result, newest.answers, newest.mitigation, newest.valid_until] if newest else []
    return Part(
        SAFETY,
        digest_of({"case_epoch": case.epoch, "judged": judged, "child": case.is_about_a_child}),
        newest.assessed_by_id if newest else None,
    )


def part_of_photo(photo: Photo) -> Part:
    shown = {
        "case_epoch": photo.case.epoch,
        "hash": photo.original_hash,
        "token": photo.token,
        "blurred": photo.blurred,
        "alt": photo.alt,
        "credit": photo.credit,
        "licence": photo.licence,
    }
    return Part(f"photo:{photo.pk}", digest_of(shown), photo.written_by_id)
