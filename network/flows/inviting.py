"""Inviting: an administrator asks a colleague by mail; whoever accepts has the role.

In the host, whoever could write, approve, vet or administer is proposed by one and agreed to by another, an approver:
otherwise one person could make themselves a second, and approve their own words.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from network.events import ColleagueInvited, InvitationAccepted, MembershipEnded
from network.events import InvitationEnded as Ended
from network.flows import registering
from network.flows.recording import record
from network.models import Invitation, Membership, Organisation, Person
from network.models.address import fingerprint
from network.refusals import (
    AlreadyAMember,
    AlreadyInvited,
    DoesNotWish,
    InvitationEnded,
    LastAdministrator,
    NotInGoodStanding,
    NotTheProposer,
    TooManyInvitations,
    TwoAreNeeded,
)

State, Role = Invitation.State, Membership.Role
NEEDS_A_SECOND = set(Role) - {Role.VIEWER}
APPROVERS_NEEDED = 2  # with fewer nothing could ever be approved again


@transaction.atomic
def invite(organisation_id: int, *, address: str, role: str, language: str, by: Person, at: datetime) -> Invitation:
    """Ask `address` (in stored form) to take a role. Raises NotInGoodStanding, AlreadyInvited, AlreadyAMember."""
    organisation = Organisation.objects.locked(organisation_id)
    if not organisation.is_in_good_standing:
        raise NotInGoodStanding
    if Membership.objects.filter(organisation=organisation, person__email=address, role=role).exists():
        raise AlreadyAMember
    since = at - timedelta(days=1)
    if Invitation.objects.filter(organisation=organisation, made_at__gt=since).count() >= settings.INVITATIONS_PER_DAY:
        raise TooManyInvitations
    mark = _mark(address)
    no_again_before = at - timedelta(days=settings.INVITATION_NO_DAYS)
    if Invitation.objects.filter(organisation=organisation, mark=mark, answered_at__gt=no_again_before).exists():
        raise DoesNotWish
    if Invitation.objects.open().filter(organisation=organisation, address=address, role=role).exists():
        raise AlreadyInvited
    waits = organisation.kind == Organisation.Kind.HOST and role in NEEDS_A_SECOND
    row = Invitation.objects.create(
        organisation=organisation,
        role=role,
        state=State.PROPOSED if waits else State.SENT,
        address=address,
        language=language,
        made_by=by,
        made_at=at,
    )
    record(ColleagueInvited(invitation_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def agree(invitation_id: UUID, *, by: Person, at: datetime) -> Invitation:
    """The second person's yes; only now is anything sent. Raises NotTheProposer, InvitationEnded."""
    row = Invitation.objects.locked(invitation_id)
    if row.state == State.SENT:
        return row
    if row.state != State.PROPOSED:
        raise InvitationEnded
    if row.made_by_id == by.pk:
        raise NotTheProposer
    row.state, row.made_at = State.SENT, at  # the days its link works begin now
    row.save(update_fields=["state", "made_at"])
    record(ColleagueInvited(invitation_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def withdraw(invitation_id: UUID, *, by: Person, at: datetime) -> Invitation:
    """Take an unanswered invitation back; the link in the mail stops working."""
    row = Invitation.objects.locked(invitation_id)
    if row.state in {State.PROPOSED, State.SENT}:
        _answer(row, State.WITHDRAWN, at=at)
        record(Ended(invitation_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def accept(invitation_id: UUID, *, display_name: str, at: datetime) -> Membership:
    """The owner of the address pressed the button. Raises InvitationEnded, NotInGoodStanding."""
    row = Invitation.objects.locked(invitation_id)
    if row.state != State.SENT or row.made_at <= at - timedelta(days=settings.CONFIRMATION_DAYS):
        raise InvitationEnded
    if not row.organisation.is_in_good_standing:
        raise NotInGoodStanding
    person = registering.found_or_made(row.address, display_name=display_name, language=row.language, at=at)
    membership, _ = Membership.objects.get_or_create(
        organisation=row.organisation, person=person, role=row.role, defaults={"created_at": at}
    )
    _answer(row, State.ACCEPTED, at=at)
    record(InvitationAccepted(invitation_id=row.pk, person_id=person.pk), by=person, at=at)
    return membership


@transaction.atomic
def decline(invitation_id: UUID, *, at: datetime) -> Invitation:
    """ "Not me", or no thank you: the address is forgotten at once."""
    row = Invitation.objects.locked(invitation_id)
    if row.state == State.SENT:
        row.mark = _mark(row.address)  # a keyed hash, so that a no is kept without keeping whose
        row.save(update_fields=["mark"])
        _answer(row, State.DECLINED, at=at)
        record(Ended(invitation_id=row.pk), by=None, at=at)
    return row


@transaction.atomic
def end_membership(membership_id: int, *, by: Person, at: datetime) -> None:
    """Take a role away; it is gone with the next request. Raises LastAdministrator, TwoAreNeeded."""
    found = Membership.objects.filter(pk=membership_id).first()
    if found is None:
        return
    organisation = Organisation.objects.locked(found.organisation_id)  # two who remove each other must not both succeed
    row = Membership.objects.filter(pk=membership_id).first()
    if row is None:
        return
    others = Membership.objects.filter(organisation=organisation, role=row.role).exclude(pk=row.pk).count()
    if row.role == Role.ADMINISTRATOR and not others:
        raise LastAdministrator
    if organisation.kind == Organisation.Kind.HOST and row.role == Role.APPROVER and others < APPROVERS_NEEDED:
        raise TwoAreNeeded
    row.delete()
    record(MembershipEnded(membership_id=membership_id), by=by, at=at)


@transaction.atomic
def expire(*, at: datetime) -> int:
    """Forget the addresses of invitations nobody answered in time; returns how many."""
    limit = at - timedelta(days=settings.CONFIRMATION_DAYS)
    old = at - timedelta(days=settings.INVITATION_NO_DAYS)
    Invitation.objects.filter(answered_at__lt=old).exclude(mark="").update(mark="")
    return Invitation.objects.open().made_before(limit).update(state=State.EXPIRED, address="", answered_at=at)


@transaction.atomic
def withdraw_again(invitation_id: UUID, *, at: datetime) -> None:
    """After a restore: an invitation that was answered or taken back since the backup stays so."""
    row = Invitation.objects.filter(pk=invitation_id).first()
    if row is not None and row.state in {State.PROPOSED, State.SENT}:
        _answer(row, State.WITHDRAWN, at=at)


def _mark(address: str) -> str:
    return fingerprint(address, key=salted_hmac("hamseda.invitations", "no", algorithm="sha256").digest())


def _answer(row: Invitation, state: str, *, at: datetime) -> None:
    row.state, row.answered_at, row.address = State(state), at, ""
    row.save(update_fields=["state", "answered_at", "address"])
