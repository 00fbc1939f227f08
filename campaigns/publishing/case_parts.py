"""What is approved of a case, part by part: the facts, the judgement of risk, each language's words, each photograph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from campaigns.models import Case, Photo, RiskAssessment
from campaigns.models.gate.facts import case_facts
from network.models import Approval
from network.models.part import Part, digest_of

SUBJECT = "case"
FACTS, SAFETY = "facts", "safety"


def parts_of(case: Case, *, at: datetime) -> list[Part]:
    """The parts a second person must approve before a case is published, with their digests now."""
    facts, *texts = written_parts(case)
    return [facts, safety_of(case, at=at), *texts]


def written_parts(case: Case) -> list[Part]:
    """The facts, and each language's words."""
    texts = sorted(case.texts.all(), key=lambda text: text.language)
    words = (Part.written_in(text, f"text:{text.language}", text.words()) for text in texts)
    return [facts_of(case), *words]


def facts_of(case: Case) -> Part:
    return Part.written_in(case, FACTS, {**case_facts(case), "round": case.round})


def safety_of(case: Case, *, at: datetime) -> Part:
    """The newest judgement of risk, as it stands: a second person reads it too."""
    newest = RiskAssessment.objects.filter(case=case, assessed_at__lte=at).order_by("-assessed_at", "-pk").first()
    return safety_of_judgement(case, newest)


def safety_of_judgement(case: Case, risk: RiskAssessment | None) -> Part:
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
    if SAFETY in missing and is_judged_by_two(case, at=at):
        missing.remove(SAFETY)
    return missing


def is_judged_by_two(case: Case, *, at: datetime) -> bool:
    """Whether a second person has read a judgement of risk that holds now and is no milder than any that came after it."""
    return case.pk in read_until([case], at=at)


def read_until(cases: Iterable[Case], *, at: datetime) -> dict[int, datetime]:
    """{case id: until when a judgement of risk that two have read holds}, of those that have one now; in two queries."""
    rows = {case.pk: case for case in cases}
    given: dict[int, set[tuple[str, int | None]]] = defaultdict(set)
    approvals = Approval.objects.filter(subject=SUBJECT, subject_id__in=rows, part=SAFETY)
    for subject_id, digest, by_id in approvals.values_list("subject_id", "digest", "by_id"):
        given[subject_id].add((digest, by_id))
    gravity = list(RiskAssessment.Result.values).index
    gravest_since: dict[int, int] = defaultdict(lambda: -1)  # an alarm that one raised takes two to end
    found: dict[int, datetime] = {}
    judged = RiskAssessment.objects.in_date(at).filter(case__in=[pk for pk in rows if given[pk]])
    for risk in judged.order_by("-assessed_at", "-pk"):
        part = safety_of_judgement(rows[risk.case_id], risk)
        others = {digest for digest, by_id in given[risk.case_id] if by_id is None or by_id != part.written_by_id}
        is_read = part.digest in others
        if is_read and gravity(risk.result) >= gravest_since[risk.case_id]:
            found[risk.case_id] = max(risk.valid_until, found.get(risk.case_id, risk.valid_until))
        gravest_since[risk.case_id] = max(gravest_since[risk.case_id], gravity(risk.result))
    return found


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
    return Part.written_in(photo, f"photo:{photo.pk}", shown)
