"""Who may do what: roles in the host organisation. Surfaces ask here; flows trust the answer."""

from __future__ import annotations

from network.models import Membership, Organisation, Person

Role = Membership.Role

# Reading the workspace, writing drafts, saying yes to somebody else's words, people's data, keys and members.
MAY_READ = frozenset(Role.values)
MAY_EDIT = frozenset({Role.EDITOR, Role.APPROVER})
MAY_APPROVE = frozenset({Role.APPROVER})
MAY_SEE_PEOPLE = frozenset({Role.STEWARD})
MAY_VET = frozenset({Role.STEWARD, Role.APPROVER})


def roles_in_host(person: Person) -> frozenset[str]:
    """A person's roles in the host organisation; empty for a supporter."""
    if not person.is_authenticated or not person.is_active:
        return frozenset()
    rows = Membership.objects.of(person).filter(organisation__kind=Organisation.Kind.HOST)
    return frozenset(rows.values_list("role", flat=True))


def may(person: Person, allowed: frozenset[str]) -> bool:
    return bool(roles_in_host(person) & allowed)


def administers(person: Person, organisation: Organisation) -> bool:
    """Whether a person looks after an organisation's keys and members."""
    if not person.is_authenticated or not person.is_active:
        return False
    return Membership.objects.of(person).filter(organisation=organisation, role=Role.ADMINISTRATOR).exists()


def works_for(person: Person, organisation: Organisation) -> bool:
    """Whether a person has any role in an organisation."""
    return person.is_active and Membership.objects.of(person).filter(organisation=organisation).exists()


def workplaces(person: Person) -> list[Organisation]:
    """The partners a person works for, and the host if they administer it: whose pages they are led to."""
    partners = Organisation.objects.partners().worked_in_by(person)
    ids = {row.pk: row for row in [*partners, *Organisation.objects.administered_by(person)]}
    return [ids[pk] for pk in sorted(ids)]


def works_anywhere(person: Person) -> bool:
    """Whether the workspace has any page for this person: a role in the host or in a partner."""
    return bool(person.is_authenticated and person.is_active and Membership.objects.of(person).exists())
