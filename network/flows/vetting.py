"""Vetting: what is looked at before an organisation is admitted, and the two people it takes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from network.events import ApplicationChecked, ApplicationRefused, PartnerAdmitted, PartnerPromoted
from network.flows import approving, registering
from network.flows.recording import record
from network.models import Application, ApplicationCheck, Membership, Organisation, Person
from network.refusals import AlreadyDecided, ChecksMissing, OwnMatter, ReasonMissing

State = Application.State
APPLICATION, STANDING = "application", "organisation"  # subjects of approvals


@transaction.atomic
def check(application_id: int, name: str, *, note: str, by: Person, at: datetime) -> Application:
    """Tick one point of the checklist with what was looked at; an empty note takes the tick back.

    What two people approve covers the checks, so a change voids an approval given before it.
    """
    row = _waiting(application_id)
    if note:
        ApplicationCheck.objects.update_or_create(
            application=row, name=name, defaults={"note": note, "by": by, "done_at": at}
        )
    else:
        ApplicationCheck.objects.filter(application=row, name=name).delete()
    record(ApplicationChecked(application_id=row.pk), by=by, at=at)
    return row


def missing_checks(application: Application) -> list[str]:
    """Names of the points nobody has looked at yet, in the checklist's order."""
    done = set(application.checks.values_list("name", flat=True))
    return [name for name in ApplicationCheck.Name.values if name not in done]


@transaction.atomic
def admit(application_id: int, *, by: Person, at: datetime) -> Application:
    """Agree to admit; with the second person the organisation exists, on probation, its contact as administrator.

    Raises ChecksMissing, AlreadyDecided.
    """
    row = _waiting(application_id)
    if missing_checks(row):
        raise ChecksMissing
    if by.email == row.address:
        raise OwnMatter
    if not approving.agree(APPLICATION, row.pk, row.part(), by=by, at=at):
        return row
    organisation = Organisation.objects.create(
        kind=Organisation.Kind.PARTNER,
        name=row.legal_name,
        country=row.country,
        website=row.website,
        disclosures=row.disclosures,
        principles=row.principles,
        standing=Organisation.Standing.PROBATION,
        standing_since=at,
        created_at=at,
        admitted_at=at,
        review_due_at=at + timedelta(days=settings.PARTNER_REVIEW_DAYS),
    )
    contact = registering.found_or_made(row.address, display_name=row.contact_name, language=row.language, at=at)
    Membership.objects.create(
        organisation=organisation, person=contact, role=Membership.Role.ADMINISTRATOR, created_at=at
    )
    row.organisation = organisation
    _decide(row, State.ADMITTED, at=at)
    record(PartnerAdmitted(organisation_id=organisation.pk, application_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def refuse(application_id: int, *, reason: str, by: Person, at: datetime) -> Application:
    """Say no, with a reason that is sent to the contact. One person is enough for a no. Raises ReasonMissing."""
    row = _waiting(application_id)
    if not reason.strip():
        raise ReasonMissing
    row.reason = reason.strip()
    _decide(row, State.REFUSED, at=at)
    record(ApplicationRefused(application_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def promote(organisation_id: int, *, by: Person, at: datetime) -> Organisation:
    """Agree to end the probation; with the second person the partner is a full one."""
    row = Organisation.objects.locked(organisation_id)
    if row.standing != Organisation.Standing.PROBATION:
        return row
    require_no_stake(row, by=by)
    if approving.agree(STANDING, row.pk, row.part("promotion"), by=by, at=at):
        row.standing, row.standing_since = Organisation.Standing.FULL, at
        row.save(update_fields=["standing", "standing_since"])
        record(PartnerPromoted(organisation_id=row.pk), by=by, at=at, organisations=[row])
    return row


def require_no_stake(organisation: Organisation, *, by: Person) -> None:
    """Nobody decides about an organisation they work for. Raises OwnMatter."""
    if Membership.objects.filter(organisation=organisation, person=by).exists():
        raise OwnMatter


def _waiting(application_id: int) -> Application:
    row = Application.objects.locked(application_id)
    if row.state != State.WAITING:
        raise AlreadyDecided
    return row


def _decide(row: Application, state: str, *, at: datetime) -> None:
    row.state, row.decided_at = State(state), at
    row.save()
