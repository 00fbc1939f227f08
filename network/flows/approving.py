"""Approving: a second person says yes to exactly these words.

Whoever wrote in a part since it was last approved does not approve it alone: where others wrote in it too, their yes is
one of the two that are needed then (ADR 25).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from network.events import ApprovalGiven
from network.flows.recording import record
from network.models import Approval, Edit, Membership, Organisation, Person
from network.models.approval import PEOPLE_NEEDED
from network.models.part import Part
from network.refusals import ContentChanged, NotApproved, SamePersonApproves


@transaction.atomic
def approve(subject: str, subject_id: int, part: Part, *, by: Person, at: datetime) -> bool:
    """Approve one part as it stands, once; returns whether it stands approved now: one who wrote in it too is half of what is
    needed. The caller has locked the subject. Raises SamePersonApproves for whoever wrote all of it since it was approved
    last."""
    standing = Approval.objects.standings(subject, subject_id, [part])[part.name]
    wrote_in_it = by.pk in standing.editors
    if wrote_in_it and not standing.others_wrote(by.pk):
        raise SamePersonApproves
    if standing.has_said(by.pk):
        return standing.is_approved
    approval = Approval.objects.create(
        subject=subject,
        subject_id=subject_id,
        part=part.name,
        digest=part.digest,
        by=by,
        given_at=at,
        wrote_in_it=wrote_in_it,
        edits_read=Edit.objects.last_of(part.row),
    )
    record(ApprovalGiven(approval_id=approval.pk), by=by, at=at)
    return Approval.objects.standings(subject, subject_id, [part])[part.name].is_approved


def require_unchanged(part: Part, digest: str) -> None:
    """What stands now is what was on the approver's screen. Raises ContentChanged."""
    if part.digest != digest:
        raise ContentChanged


def require(subject: str, subject_id: int, parts: list[Part]) -> None:
    """Every part stands approved by a second person, at the digest it has now. Raises NotApproved."""
    if Approval.objects.missing(subject, subject_id, parts):
        raise NotApproved


@transaction.atomic
def agree(subject: str, subject_id: int, part: Part, *, by: Person, at: datetime) -> bool:
    """One of the two who must agree on what neither of them wrote; returns whether two different people now have.

    Agreeing twice is agreeing once; whoever is no approver of the host any more counts no more. The caller has locked
    the subject.
    """
    given = Approval.objects.of(subject, subject_id).filter(part=part.name, digest=part.digest)
    if not given.filter(by=by).exists():
        approve(subject, subject_id, part, by=by, at=at)
    approvers = Membership.objects.filter(
        organisation__kind=Organisation.Kind.HOST, role=Membership.Role.APPROVER, person__in=given.values("by")
    )
    return approvers.values("person").distinct().count() >= PEOPLE_NEEDED
