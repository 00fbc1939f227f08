"""Seeding: the demo network through the project's own flows; only the crowd is written in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.db.models import F

from campaigns.flows.campaign import approving as campaign_approving
from campaigns.flows.campaign import launching, planning
from campaigns.flows.gate import silencing
from campaigns.models import (
    Action,
    Campaign,
    CampaignText,
    Case,
    Defender,
    DefenderName,
    Demand,
    Joining,
    Participation,
    PublicationConsent,
    RiskAssessment,
    Tally,
    Target,
    TargetText,
)
from campaigns.publishing import case_parts
from config.trial.demo import actions, alerts, days, news, partnership, record, words
from config.trial.demo.people import DemoPerson, people
from network.flows import adopting, endorsing, registering
from network.flows.installing import install
from network.models import ContactConsent, Membership, Organisation, Person, Principles
from network.models.address import destination_of, fingerprint

Scope = PublicationConsent.Scope
SUPPORTER, WRITER, APPROVER = "supporter@demo.example", "writer@demo.example", "approver@demo.example"
VIEWER, EDITOR, STEWARD, ADMINISTRATOR = (
    f"{role}@demo.example" for role in ("viewer", "editor", "steward", "administrator")
)
PARTNER = "partner@demo.example"
LOGINS = [
    ("supporter", SUPPORTER),
    ("organiser", WRITER),
    ("approver", APPROVER),
    ("viewer", VIEWER),
    ("editor", EDITOR),
    ("steward", STEWARD),
    ("administrator", ADMINISTRATOR),
    ("partner", PARTNER),
]
STOVES_SLUG, NURSE_SLUG, SILENT_SLUG = "light-the-stoves", "let-the-night-shift-speak", "asked-for-quiet"
GOAL, HANDED_OVER = 3_000, "Two of us carry it to the clerk’s table."  # as the letter says
HARASSED, IMPRISONED = Demand.Asks.END_HARASSMENT, Demand.Asks.RELEASE  # what is asked for them
SIGNERS = 208
BATCH = 1000


def seed(*, crowd: int, at: datetime) -> None:
    """Make the demo network, or what is missing of it; a second run changes nothing but a larger crowd."""
    install(trial=True, at=at)
    host = _host(at=at)
    writer, approver = _approvers(host, at=at)
    principles = adopting.adopt_shipped(at=at)
    _supporter(principles, host, at=at)
    _quiet_campaign(writer, approver, host, at=at)
    _campaign(NURSE_SLUG, words.NURSE, HARASSED, _baran(), writer, approver, host, tell=record.tell_baran, at=at)
    stoves = _campaign(
        STOVES_SLUG, words.STOVES, IMPRISONED, _laleh(), writer, approver, host, tell=record.tell_laleh, at=at
    )
    _staff(host, at=at)
    partnership.seed(principles, stoves, writer, approver, at=at)
    _second_factor(Person.objects.get(email=PARTNER))
    alerts.seed(stoves, writer, approver, at=at)
    actions.seed(stoves, writer, approver, at=at)
    news.seed(stoves, writer, approver, at=at)
    _crowd(stoves, host, crowd, at=at)


def _host(*, at: datetime) -> Organisation:
    host, _ = Organisation.objects.get_or_create(
        kind=Organisation.Kind.HOST, defaults={"name": "Almond Street Foundation", "created_at": at}
    )
    return host


@transaction.atomic
def _approvers(host: Organisation, *, at: datetime) -> tuple[Person, Person]:
    found = []
    for address, name in ((WRITER, "Mina Demo"), (APPROVER, "Tomas Demo")):
        person = registering.found_or_made(address, display_name=name, language="en", at=at)
        Membership.objects.get_or_create(
            organisation=host, person=person, role=Membership.Role.APPROVER, defaults={"created_at": at}
        )
        _second_factor(person)
        found.append(person)
    return found[0], found[1]


@transaction.atomic
def _staff(host: Organisation, *, at: datetime) -> None:
    """One person for each of the other roles, so that each can be tried."""
    staff = {VIEWER: "Vida Demo", EDITOR: "Emil Demo", STEWARD: "Setareh Demo", ADMINISTRATOR: "Amal Demo"}
    for address, name in staff.items():
        person = registering.found_or_made(address, display_name=name, language="en", at=at)
        role = address.partition("@")[0]
        Membership.objects.get_or_create(organisation=host, person=person, role=role, defaults={"created_at": at})
        _second_factor(person)


def _second_factor(person: Person) -> None:
    """Pre-enrolled, so that the demo organisers can be tried at once; the secret is printed with their links."""
    if not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(person, generate_totp_secret())


def totp_secret(person: Person) -> str | None:
    """A demo organiser's secret, for an authenticator; None for a supporter."""
    row = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    return decrypt(row.data["secret"]) if row else None


def _supporter(principles: Principles, host: Organisation, *, at: datetime) -> Person:
    if found := Person.objects.filter(email=SUPPORTER).first():
        return found
    entry = endorsing.Entry(address=SUPPORTER, display_name="Asal Demo", language="en", wants_alerts=True)
    row = endorsing.enter(principles, entry, at=at)
    row = endorsing.confirm(row.pk, display_name=entry.display_name, wants_alerts=True, at=at)
    return Person.objects.get(pk=row.person_id)


def _defender(names: list[dict[str, Any]], pronouns: dict[str, Any], *, at: datetime) -> Defender:
    defender = Defender.objects.create(pronouns=pronouns, created_at=at)
    for name in names:
        DefenderName.objects.create(defender=defender, is_display=True, **name)
    return defender


def _laleh() -> tuple[list[dict[str, Any]], dict[str, Any], list[str]]:
    names = [
        {"kind": "known_as", "language": "en", "text": "Laleh Sepidkuh", "short": "Laleh"},
        {"kind": "known_as", "language": "fa", "text": "لاله سپیدکوه", "short": "لاله"},
    ]
    return (
        names,
        {"en": {"they": "she", "them": "her", "their": "her"}},
        [Scope.NAME, Scope.NARRATIVE, Scope.PETITION, Scope.CHARGES, *record.MORE],
    )


def _baran() -> tuple[list[dict[str, Any]], dict[str, Any], list[str]]:
    names = [
        {"kind": "alias", "language": "en", "text": "Baran", "short": ""},
        {"kind": "alias", "language": "fa", "text": "باران", "short": ""},
    ]
    return names, {"en": {"they": "she", "them": "her", "their": "her"}}, [Scope.ALIAS, Scope.NARRATIVE, Scope.PETITION]


@transaction.atomic
def _campaign(
    slug: str,
    texts: dict[str, dict[str, Any]],
    demand: str,
    about: tuple[list[dict[str, Any]], dict[str, Any], list[str]],
    writer: Person,
    approver: Person,
    host: Organisation,
    *,
    tell: Callable[..., None] | None = None,
    at: datetime,
) -> Campaign:
    if found := Campaign.objects.filter(slug=slug).first():
        return found
    names, pronouns, scopes = about
    case = Case.objects.create(defender=_defender(names, pronouns, at=at), created_at=at, written_by=writer)
    PublicationConsent.objects.create(
        case=case,
        scopes=[str(scope) for scope in scopes],
        given_by=PublicationConsent.GivenBy.FAMILY,
        given_on=at,
        expires_at=at + timedelta(days=180),
        recorded_by=writer,
    )
    RiskAssessment.objects.create(
        case=case,
        result=RiskAssessment.Result.MEDIUM,
        assessed_at=at,
        valid_until=at + timedelta(days=90),
        assessed_by=writer,
    )
    if tell is not None:
        tell(case, writer, approver, at=at)
        case.refresh_from_db()
    target = Target.objects.create()
    for language, title in words.TARGET.items():
        TargetText.objects.create(target=target, language=language, title=title)
    campaign = Campaign.objects.create(
        slug=slug,
        case=case,
        host=host,
        written_by=writer,
        created_at=at,
    )
    Demand.objects.create(campaign=campaign, asks=demand, target=target)
    delivery = (at + days.UNTIL_DELIVERY).date()
    for language, text in days.told(texts, delivery).items():
        CampaignText.objects.create(campaign=campaign, language=language, written_by=writer, **text)
    Action.objects.create(campaign=campaign, kind="petition", options={})
    planning.plan_delivery(campaign.pk, goal=GOAL, on=delivery, how=HANDED_OVER, by=writer, at=at)
    for part in [*campaign.parts(), case_parts.safety_of(case, at=at)]:
        campaign_approving.approve(campaign.pk, part.name, digest=part.digest, by=approver, at=at)
    return launching.launch(campaign.pk, by=approver, at=at)


def _quiet_campaign(writer: Person, approver: Person, host: Organisation, *, at: datetime) -> None:
    """A campaign whose family asked for quiet: live in the workspace, shown nowhere."""
    if Campaign.objects.filter(slug=SILENT_SLUG).exists():
        return
    campaign = _campaign(SILENT_SLUG, words.NURSE, HARASSED, _baran(), writer, approver, host, at=at)
    consent = campaign.case.consents.get()
    silencing.withdraw_consent(consent.pk, by=writer, at=at)


def _crowd(campaign: Campaign, host: Organisation, how_many: int, *, at: datetime) -> None:
    """People who joined the campaign and want its alerts, written in bulk; some of them signed."""
    action = campaign.actions.get(kind="petition")
    waiting = iter(people(how_many))
    while batch := list(islice(waiting, BATCH)):
        _write_batch(batch, campaign, action, host, at=at)


@transaction.atomic
def _write_batch(
    batch: list[DemoPerson], campaign: Campaign, action: Action, host: Organisation, *, at: datetime
) -> None:
    known = set(Person.objects.filter(email__in=[p.address for p in batch]).values_list("email", flat=True))
    fresh = [demo for demo in batch if demo.address not in known]
    made = Person.objects.bulk_create(
        Person(
            email=demo.address,
            display_name=demo.name,
            language=demo.language,
            destination=destination_of(demo.address),
            password="!",  # noqa: S106  (Django's mark of an unusable password)
            created_at=at,
        )
        for demo in fresh
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in made
    )
    Joining.objects.bulk_create(Joining(campaign=campaign, person=person, joined_at=at) for person in made)
    ContactConsent.objects.bulk_create(
        ContactConsent(
            person=person,
            organisation=host,
            purpose=ContactConsent.Purpose.ALERTS,
            channel=ContactConsent.Channel.EMAIL,
            given_at=at,
            given_through="demo",
        )
        for person in made
    )
    signed = Participation.objects.bulk_create(_signatures(fresh, made, action, at=at))
    # Written past the log, so counted here, once, beside whatever the log has counted.
    Tally.objects.get_or_create(action=action)
    Tally.objects.filter(action=action).update(confirmed=F("confirmed") + len(signed), as_of=at)


def _signatures(
    fresh: list[DemoPerson], made: list[Person], action: Action, *, at: datetime
) -> Iterator[Participation]:
    for demo, person in zip(fresh, made, strict=True):
        if demo.number <= SIGNERS:
            yield Participation(
                action=action,
                person=person,
                state=Participation.State.CONFIRMED,
                fingerprint=fingerprint(person.email, key=bytes(action.fingerprint_key or b"")),
                name=person.display_name,
                answers={"show_name": demo.number % 3 == 0, "follow": True},
                language=person.language,
                entered_at=at,
                asked_at=at,
                confirmed_at=at,
            )
