"""Founding: the host organisation and its first two approvers. Neither can publish alone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from network.events import OrganisationFounded
from network.flows import adopting, registering
from network.flows.installing import install
from network.flows.recording import record
from network.models import Membership, Organisation, Person
from network.models.address import stored_form
from network.refusals import AlreadyFounded, TwoAreNeeded


@transaction.atomic
def found(name: str, addresses: list[str], *, trial: bool = False, at: datetime) -> list[Person]:
    """Make the host and its approvers, who also administer it; returns the people.

    Raises AlreadyFounded, TwoAreNeeded, NotAnAddress.
    """
    stored = list(dict.fromkeys(stored_form(address) for address in addresses))
    if len(stored) < 2:
        raise TwoAreNeeded
    if Organisation.objects.filter(kind=Organisation.Kind.HOST).exists():
        raise AlreadyFounded
    install(trial=trial, at=at)
    adopting.adopt_shipped(at=at)
    host = Organisation.objects.create(kind=Organisation.Kind.HOST, name=name, created_at=at)
    people = []
    for address in stored:
        person = registering.found_or_made(address, display_name=address.split("@")[0][:80], language="en", at=at)
        for role in (Membership.Role.APPROVER, Membership.Role.ADMINISTRATOR):
            Membership.objects.create(organisation=host, person=person, role=role, created_at=at)
        people.append(person)
    record(OrganisationFounded(organisation_id=host.pk), by=None, at=at)
    return people
