from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from django.utils import timezone

from network.flows import consenting, registering
from network.models import Membership, Organisation, Person, Principles, PrinciplesText

_numbers = count(1)


@dataclass(frozen=True)
class Network:
    host: Organisation
    writer: Person
    approver: Person
    principles: Principles


def make_person(
    address: str = "", *, name: str = "Someone", language: str = "en", wants_alerts: bool = False
) -> Person:
    now = timezone.now()
    address = address or f"someone-{next(_numbers)}@people.example"
    person = registering.found_or_made(address, display_name=name, language=language, at=now)
    if wants_alerts:
        consenting.give(person, Organisation.objects.host(), through="test", at=now)
    return person


def make_network() -> Network:
    now = timezone.now()
    host, _ = Organisation.objects.get_or_create(
        kind=Organisation.Kind.HOST, defaults={"name": "Test Host", "created_at": now}
    )
    approvers = []
    for address in ("writer@host.example", "approver@host.example"):
        person = make_person(address, name="Staff")
        Membership.objects.get_or_create(
            organisation=host, person=person, role=Membership.Role.APPROVER, defaults={"created_at": now}
        )
        approvers.append(person)
    principles, made = Principles.objects.get_or_create(version=1, defaults={"adopted_at": now})
    if made:
        for language in ("en", "fa"):
            PrinciplesText.objects.create(
                principles=principles, language=language, reviewed=True, clauses=[{"title": "One", "text": "For all."}]
            )
    return Network(host, approvers[0], approvers[1], principles)
