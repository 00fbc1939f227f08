from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from django.utils import timezone

from network.flows import applying, consenting, issuing, registering, vetting
from network.models import ApiKey, ApplicationCheck, Membership, Organisation, Person, Principles, PrinciplesText

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


def make_partner(network: Network, *, name: str = "Test Partner", address: str = "") -> Organisation:
    """Applied, checked and admitted by two, as it happens; its administrator is the contact."""
    now = timezone.now()
    entry = applying.Entry(
        legal_name=name,
        country="CH",
        website="https://partner.example/",
        disclosures="None.",
        contact_name="Contact",
        address=address or f"contact-{next(_numbers)}@partner.example",
        language="en",
    )
    row = applying.enter(network.principles, entry, at=now)
    applying.confirm(row.pk, at=now)
    for point in ApplicationCheck.Name.values:
        vetting.check(row.pk, point, note="Looked at.", by=network.writer, at=now)
    vetting.admit(row.pk, by=network.writer, at=now)
    vetting.admit(row.pk, by=network.approver, at=now)
    return Organisation.objects.get(application=row)


def make_key(organisation: Organisation, *scopes: str) -> str:
    """A usable key's text, with the scopes named, or all of them."""
    now = timezone.now()
    wanted = scopes or ApiKey.Scope.values
    return issuing.issue(organisation.pk, name="Test", scopes=wanted, days=90, by=None, at=now)[1]


def administrator_of(organisation: Organisation) -> Person:
    return Person.objects.get(memberships__organisation=organisation, memberships__role="administrator")


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
