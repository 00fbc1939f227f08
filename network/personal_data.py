"""Every store of personal data, with how to disclose and how to erase it.

Each app declares its own in its personal_data.py. A test walks all models of the project and of the libraries that keep
rows here, and fails on a field that is neither personal nor declared impersonal.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.models import Session

from network.models import Application, ContactConsent, Endorsement, Invitation, KeptWords, Membership, Person


def nothing_to_hide(_person: Person) -> None:
    """For a store that shows nobody's name to anybody else."""


@dataclass(frozen=True, kw_only=True)
class Store:
    """One place where something about a person is kept.

    disclose(person) → plain data for JSON; erase(person) removes it, and hide(person) only what shows a name of somebody
    in danger, both in the caller's transaction.
    """

    name: str
    disclose: Callable[[Person], Any]
    erase: Callable[[Person], None]
    hide: Callable[[Person], None]


_stores: dict[str, Store] = {}
_fields: dict[str, dict[str, set[str]]] = {}


def register(store: Store) -> None:
    _stores[store.name] = store


def stores() -> list[Store]:
    return list(_stores.values())


def fields(model: str, *, personal: str = "", impersonal: str = "") -> None:
    """Declare a model's fields ("app_label.ModelName"; field names separated by spaces)."""
    _fields[model] = {"personal": set(personal.split()), "impersonal": set(impersonal.split())}


def declared() -> dict[str, dict[str, set[str]]]:
    return dict(_fields)


def _erase_sessions(person: Person) -> None:
    """End the person's sessions everywhere, and forget sign-ins that were begun with their address."""
    for session in Session.objects.iterator():
        content = session.get_decoded()
        if content.get("_auth_user_id") == str(person.pk) or person.email in json.dumps(content, default=str):
            session.delete()


def declare() -> None:
    fields(
        "network.Person",
        personal="public_id audit_handle email display_name language pace country zone neutral_mail destination at_risk"
        " created_at last_login password",
        impersonal="id is_active",
    )
    fields(
        "network.Endorsement",
        personal="person address display_name language wants_alerts fingerprint",
        impersonal="id principles state entered_at asked_at confirmed_at",
    )
    fields(
        "network.ContactConsent",
        personal="person organisation purpose channel given_at given_through withdrawn_at",
        impersonal="id",
    )
    fields("network.Membership", personal="person organisation role created_at", impersonal="id")
    fields(
        "network.Organisation",
        impersonal="id public_id kind name country website disclosures principles standing standing_since"
        " standing_reason created_at admitted_at review_due_at",
    )
    fields(
        "network.Application",
        personal="contact_name address language",
        impersonal="id public_id state legal_name country website disclosures principles entered_at asked_at"
        " confirmed_at decided_at reason organisation",
    )
    fields("network.ApplicationCheck", personal="by", impersonal="id application name note done_at")
    fields(
        "network.ApiKey",
        personal="created_by",
        impersonal="id organisation name handle hash scopes created_at expires_at revoked_at last_used_on",
    )
    fields(
        "network.Invitation",
        personal="address mark language made_by",
        impersonal="id organisation role state made_at answered_at",
    )
    fields("network.KeptWords", personal="person place words kept_at", impersonal="id")
    fields("network.OutboxAudience", impersonal="id event organisation")
    fields("network.Principles", impersonal="id version adopted_at")
    fields("network.PrinciplesText", impersonal="id principles language reviewed clauses")
    fields(
        "network.Approval",
        personal="by",
        impersonal="id subject subject_id part digest given_at wrote_in_it edits_read",
    )
    fields("network.Edit", personal="by", impersonal="id table row_id at")
    fields(
        "network.OutboxEvent",
        impersonal="id position name subject_id payload audience actor_handle happened_at",
    )
    fields("network.PublicationChange", impersonal="id made_at")
    fields("network.LogHead", impersonal="singleton position epoch")
    fields("network.Consumer", impersonal="name position moved_at")
    fields("network.AuditEntry", impersonal="position name subject_id payload actor_handle happened_at seal")
    fields("network.AuditHead", impersonal="day position seal")
    fields("network.Installation", impersonal="singleton is_trial endorsement_key is_settled created_at")
    fields("account.EmailAddress", personal="user email verified primary", impersonal="id")
    fields("account.EmailConfirmation", personal="email_address key", impersonal="id created sent")
    fields("mfa.Authenticator", personal="user type data created_at last_used_at", impersonal="id")
    fields("sessions.Session", personal="session_data", impersonal="session_key expire_date")

    register(
        Store(
            name="person",
            disclose=lambda person: {
                "email": person.email,
                "display_name": person.display_name,
                "language": person.language,
                "pace": person.pace,
                "country": person.country,
                "zone": person.zone,
                "neutral_mail": person.neutral_mail,
                "at_risk": person.at_risk,
                "since": person.created_at.isoformat(),
                "last_sign_in": person.last_login.isoformat() if person.last_login else None,
            },
            erase=_erase_sessions,  # the row itself goes last, in flows.erasing; allauth's address goes with it
            hide=nothing_to_hide,
        )
    )
    register(
        Store(
            name="kept_words",
            disclose=lambda person: [
                {"place": row.place, "words": row.words, "kept_at": row.kept_at}
                for row in KeptWords.objects.filter(person=person)
            ],
            erase=lambda person: _forget_kept_words(person),
            hide=nothing_to_hide,
        )
    )
    register(
        Store(
            name="endorsements",
            disclose=lambda person: [
                {"principles_version": row.principles.version, "state": row.state, "confirmed_at": row.confirmed_at}
                for row in Endorsement.objects.concerning(person).select_related("principles")
            ],
            # The row stays for the count of who stood by the principles; nothing in it points to anybody.
            erase=lambda person: _forget_endorsements(person),
            hide=lambda person: _hide_endorsements(person),
        )
    )
    register(
        Store(
            name="contact_consents",
            disclose=lambda person: [
                {
                    "organisation": row.organisation.name,
                    "purpose": row.purpose,
                    "channel": row.channel,
                    "given_at": row.given_at,
                    "given_through": row.given_through,
                    "withdrawn_at": row.withdrawn_at,
                }
                for row in ContactConsent.objects.filter(person=person).select_related("organisation")
            ],
            erase=lambda person: _delete(ContactConsent.objects.filter(person=person)),
            hide=nothing_to_hide,
        )
    )
    register(
        Store(
            name="applications",
            disclose=lambda person: [
                {"organisation": row.legal_name, "contact_name": row.contact_name, "state": row.state}
                for row in Application.objects.filter(address=person.email)
            ],
            erase=_forget_applications,
            hide=lambda person: _hide_applications(person),
        )
    )
    register(
        Store(
            name="invitations",
            disclose=lambda person: [
                {"organisation": row.organisation.name, "role": row.role, "state": row.state}
                for row in Invitation.objects.concerning(person).select_related("organisation")
            ],
            erase=_forget_invitations,
            hide=nothing_to_hide,
        )
    )
    register(
        Store(
            name="memberships",
            disclose=lambda person: [
                {"organisation": row.organisation.name, "role": row.role}
                for row in Membership.objects.filter(person=person).select_related("organisation")
            ],
            erase=lambda person: _delete(Membership.objects.filter(person=person)),
            hide=nothing_to_hide,
        )
    )


def _delete(rows: Any) -> None:
    rows.delete()


def _forget_applications(person: Person) -> None:
    """The organisation's own particulars stay; an application nobody decided is over: there is nobody to answer."""
    rows = Application.objects.filter(address=person.email)
    rows.filter(state__in=[Application.State.PENDING, Application.State.WAITING]).update(
        state=Application.State.EXPIRED
    )
    rows.update(address="", contact_name="")


def _forget_invitations(person: Person) -> None:
    rows = Invitation.objects.concerning(person)
    rows.open().update(state=Invitation.State.WITHDRAWN)
    rows.update(address="", mark="")


def _forget_kept_words(person: Person) -> None:
    KeptWords.objects.filter(person=person).delete()


def _forget_endorsements(person: Person) -> None:
    for row in Endorsement.objects.concerning(person):
        if row.state == Endorsement.State.CONFIRMED:
            row.state = Endorsement.State.WITHDRAWN
        elif row.state == Endorsement.State.PENDING:
            row.state = Endorsement.State.EXPIRED
        row.person = None
        row.fingerprint = f"erased:{row.pk}"
        row.wipe()
        row.save()


def _hide_endorsements(person: Person) -> None:
    Endorsement.objects.concerning(person).update(display_name="")


def _hide_applications(person: Person) -> None:
    Application.objects.filter(address=person.email).update(contact_name="")
