"""What is approved of a case, part by part: the facts, the judgement of risk, each language's words, each photograph."""

from __future__ import annotations

from datetime import datetime

from campaigns.models import Case, Photo, RiskAssessment
from campaigns.models.gate.facts import case_facts
from network.models import Approval
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
    return _judgement(case, newest)


def _judgement(case: Case, risk: RiskAssessment | None) -> Part:
    judged = [risk.pk, risk.result, risk.answers, risk.mitigation, risk.valid_until] if risk else []
    return Part(
        SAFETY,
        digest_of({"case_epoch": case.epoch, "judged": judged, "child": case.is_about_a_child}),
        risk.assessed_by_id if risk else None,
    )


def missing_parts(case: Case, *, at: datetime) -> list[str]:
    """Names of the parts that no second person has approved as they stand. A judgement of risk that was renewed and is no
    graver waits for its second reader beside the one before, for as long as that one holds: renewing hides nothing."""
    missing = Approval.objects.missing(SUBJECT, case.pk, parts_of(case, at=at))
    return [name for name in missing if name != SAFETY or not is_judged_by_two(case, at=at)]


def is_judged_by_two(case: Case, *, at: datetime) -> bool:
    """Whether a second person has read a judgement of risk that holds now and is no milder than any that came after it."""
    gravity = list(RiskAssessment.Result.values).index
    gravest_since = -1
    for risk in RiskAssessment.objects.in_date(at).filter(case=case).order_by("-assessed_at", "-pk"):
        if gravity(risk.result) >= gravest_since and not Approval.objects.missing(
            SUBJECT, case.pk, [_judgement(case, risk)]
        ):
            return True
        gravest_since = max(gravest_since, gravity(risk.result))  # an alarm that one raised takes two to end
    return False


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
