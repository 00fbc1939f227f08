"""Publishing a case: submitted, approved part by part, pressed by a second person; in an emergency, checked within a day.

Publishing takes two, taking off takes one. Time (an embargo, an emergency's day) is compared by the gate's query; what is
done here by the clock only tells whoever follows that something came.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from campaigns.events import (
    CaseArchived,
    CasePublished,
    CaseReturned,
    CaseScheduled,
    CaseSubmitted,
    CaseUnpublished,
    EmbargoLifted,
    EmbargoSet,
)
from campaigns.flows.gate import addressing, announcing, naming, silencing
from campaigns.models import Case, PublicationConsent, RiskAssessment, open_cases
from campaigns.models.gate.facts import shown_as
from campaigns.publishing.audiences import Audience
from campaigns.publishing.case import NOTHING_VERIFIED, find, is_verified, missing_approvals, widest_audience
from campaigns.publishing.case_parts import FACTS, SUBJECT, parts_of
from campaigns.publishing.prose import findings
from campaigns.publishing.slots import unknown_slots
from campaigns.publishing.standing import lacks_only_the_tick_for_a_child, standing_of
from campaigns.refusals import CaseIsSilent, CaseNotReady
from network.flows import approving, editing
from network.flows.recording import record
from network.models import Person
from network.refusals import ContentChanged, SamePersonApproves


@transaction.atomic
def submit(case_id: int, *, by: Person, at: datetime) -> Case:
    """The draft is done: it waits for a second person's look at facts, safety and words."""
    case = Case.objects.locked(case_id)
    if case.withdrawn_at is not None:
        raise CaseIsSilent
    if case.submitted_at is None:
        case.submitted_at = at
        case.save(update_fields=["submitted_at"])
        record(CaseSubmitted(case_id=case.pk), by=by, at=at)
    return case


@transaction.atomic
def approve(case_id: int, part: str, *, digest: str, by: Person, at: datetime) -> None:
    """A second person says yes to one part as it stood on their screen. Raises ContentChanged when it stands otherwise,
    SamePersonApproves when they wrote it."""
    case = Case.objects.locked(case_id)
    found = next((one for one in parts_of(case, at=at) if one.name == part), None)
    if found is None:
        raise ContentChanged
    approving.require_unchanged(found, digest)
    is_approved = approving.approve(SUBJECT, case_id, found, by=by, at=at)
    if part == FACTS and is_approved:
        naming.note_approval(case, at=at)
    announcing.tell_of_change(case_id, by=by, at=at)


@transaction.atomic
def publish(case_id: int, *, is_emergency: bool = False, by: Person, at: datetime) -> Case:
    """Let the gate show it, or from the end of its embargo on. Whoever wrote the facts cannot press this.

    is_emergency: the facts and the words of one language are enough, for EMERGENCY_HOURS; consent and a judgement of risk
    are not skipped. Raises CaseNotReady with every missing item named, SamePersonApproves.
    """
    case = Case.objects.locked(case_id)
    audience = widest_audience(case.pk, at=at)
    is_out = case.published_at is not None and case.unpublished_at is None and case.archived_at is None
    if is_out and not is_emergency and audience.value in {case.published_for, Audience.PARTNERS.value}:
        return case
    if case.written_by_id == by.pk:
        raise SamePersonApproves
    if is_emergency:
        if case.emergency_until is not None:  # a day is given once: then everything is checked, or it is silent
            raise CaseNotReady(["emergency-used"])
        case.emergency_until = at + timedelta(hours=settings.EMERGENCY_HOURS)
    if missing := missing_for_publishing(case, at=at):
        raise CaseNotReady(missing)
    case.submitted_at = case.submitted_at or at
    case.published_at, case.unpublished_at, case.archived_at = at, None, None
    case.published_for = audience.value
    if not is_emergency:
        case.verified_on = at.date()
    case.save()
    addressing.keep_addresses(case, at=at)
    if (
        case.published_for != Audience.PUBLIC.value or not open_cases(at).filter(pk=case.pk).exists()
    ):  # embargoed, or for partners alone: nobody is told that it is
        record(CaseScheduled(case_id=case.pk), by=by, at=at)
    else:
        _first_shown(case, by=by, at=at)
    return case


def _first_shown(case: Case, *, by: Person | None, at: datetime) -> None:
    returns = case.silenced_at is not None
    case.first_published_at = case.first_published_at or at
    case.silenced_at = None
    case.save(update_fields=["first_published_at", "silenced_at"])
    addressing.keep_addresses(case, at=at)
    event = CaseReturned(case_id=case.pk) if returns else CasePublished(case_id=case.pk)
    record(event, by=by, at=at)


@transaction.atomic
def lift_embargoes(*, at: datetime) -> list[int]:
    """Tell of what an embargo has let out since; the pages show it already. Returns the ids of those cases."""
    due = Case.objects.published().filter(first_published_at=None, id__in=open_cases(at)).order_by("pk")
    lifted = []
    for pk in due.values_list("pk", flat=True):
        case = Case.objects.locked(pk)
        if case.first_published_at is None and not missing_for_publishing(case, at=at):
            _first_shown(case, by=None, at=at)
            lifted.append(pk)
    return lifted


@transaction.atomic
def tell_of_return(case_id: int, *, at: datetime) -> bool:
    """A silenced case may be shown again, with new consent and new approvals: whoever deleted it is told."""
    case = Case.objects.locked(case_id)
    # Asked again under the lock: it may have been withdrawn since somebody looked.
    if case.silenced_at is None or find(case.public_id, audience=Audience.PUBLIC, language="en", at=at) is None:
        return False
    _first_shown(case, by=None, at=at)
    return True


@transaction.atomic
def unpublish(case_id: int, *, by: Person | None, at: datetime) -> Case:
    """Take a case's own pages off at once; one person is enough, two bring it back. Campaigns for it are paused apart."""
    case = Case.objects.locked(case_id)
    if case.published_at is not None and case.unpublished_at is None:
        case.unpublished_at = at
        case.round += 1
        case.emergency_until = None
        case.save(update_fields=["unpublished_at", "round", "emergency_until"])
        record(CaseUnpublished(case_id=case.pk), by=by, at=at)
        was = shown_as(case)
        if silencing.tell_of_case(case, was=was, by=by, at=at):
            silencing.tell_of_defender(case, was=was, by=by, at=at)
    return case


@transaction.atomic
def archive(case_id: int, *, by: Person, at: datetime) -> Case:
    """Nothing more is expected: it stays readable, out of the lists, and says that it is not kept up to date."""
    case = Case.objects.locked(case_id)
    if case.archived_at is None:
        case.archived_at = at
        case.save(update_fields=["archived_at"])
        record(CaseArchived(case_id=case.pk), by=by, at=at)
        announcing.tell_of_change(case.pk, by=by, at=at)
    return case


@transaction.atomic
def embargo(case_id: int, *, until: datetime | None, by: Person | None, at: datetime) -> Case:
    """Nothing of the case, its campaigns among it, is shown before a moment; None lifts it. What was shown goes at once.
    The moment is among the facts a second person approves: nobody ends an embargo alone."""
    case = Case.objects.locked(case_id)
    if case.embargo_until != until:
        case.embargo_until = until
        case.save(update_fields=["embargo_until"])
        if by is not None:
            editing.wrote(case, by=by, at=at)
        event = EmbargoSet(case_id=case.pk) if until is not None else EmbargoLifted(case_id=case.pk)
        record(event, by=by, at=at)
        if until is not None and until > at:
            silencing.narrow(case, was=shown_as(case), by=by, at=at)
    return case


def missing_of(case_id: int, *, at: datetime) -> list[str]:
    return missing_for_publishing(Case.objects.select_related("defender", "province").get(pk=case_id), at=at)


def missing_for_publishing(case: Case, *, at: datetime) -> list[str]:
    """Codes of what still stands in the way, in the order an organiser would settle them. An embargo is no obstacle: it
    is when."""
    if case.withdrawn_at is not None:
        return ["withdrawn"]
    missing = []
    audience = widest_audience(case.pk, at=at)
    heard = PublicationConsent.objects.heard_by(audience.value).filter(case=case)
    standing = standing_of(case, audience=audience, at=at)
    if heard.withdrawn_last().exists():
        missing.append("consent-taken-back")
    elif not heard.in_force(at).exists():
        missing.append("consent")
    elif not standing.names_somebody and case.named_until is not None:
        missing.append("was-named")
    elif not standing.names_somebody or "narrative" not in standing.scopes:
        missing.append(
            "consent-for-a-child" if lacks_only_the_tick_for_a_child(case, audience, at=at) else "consent-to-tell"
        )
    if not standing.remembrance_permitted:
        missing.append("consent-to-remember")
    risks = RiskAssessment.objects.in_date(at).filter(case=case)
    if not risks.permitting().exists():
        missing.append("risk-assessment")
    if risks.saying_stop().exists():
        missing.append("risk-says-stop")
    in_emergency = case.emergency_until is not None and case.emergency_until > at
    if not in_emergency and not is_verified(case):
        missing.append(NOTHING_VERIFIED)
    missing += _missing_words(case, standing.scopes)
    missing += [f"approval:{part}" for part in missing_approvals(case, at=at) if part != NOTHING_VERIFIED]
    return missing


def _missing_words(case: Case, scopes: frozenset[str]) -> list[str]:
    texts = list(case.texts.all())
    missing = [] if texts else ["text"]
    for text in texts:
        if not (text.who and text.summary):
            missing.append(f"empty:{text.language}")
        words = "\n".join(text.words().values())
        missing += [f"unfit:{text.language}:{one.why}:{one.words}" for one in findings(words, case, scopes)]
        missing += [f"unknown-slot:{text.language}:{slot}" for slot in unknown_slots(words)]
    return missing
