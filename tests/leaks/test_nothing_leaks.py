"""The leak suite: a unique secret in every field and text of every kind of case that may not be shown, and a crawl of every
address as everybody. Then the gate is broken, one condition at a time, and the crawl must find exactly that case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from campaigns.flows.campaign import closing
from campaigns.flows.gate import correcting, pausing, silencing
from campaigns.models import Action, ActionText, Campaign, PublicationConsent
from campaigns.models.campaign.campaign import CampaignQuerySet
from campaigns.models.gate import facts
from campaigns.models.gate.consent import PublicationConsentQuerySet
from campaigns.models.gate.risk import RiskAssessmentQuerySet
from campaigns.publishing import campaign as published
from campaigns.publishing import standing
from network.flows.relaying import relay
from network.models.approval import ApprovalQuerySet
from notifications.engine import dispatching
from tests.contracts.test_access import EXPECTED
from tests.makers import (
    administrator_of,
    approve_action,
    approve_campaign,
    enter_workspace,
    make_action,
    make_campaign,
    make_key,
    make_message,
    make_partner,
    make_person,
)

pytestmark = pytest.mark.django_db

# Every way in which a case may not be shown, by what is missing.
HIDDEN = {
    "draft": {"launched": False},
    "unconsented": {"scopes": None},
    "narrow": {"scopes": ("name", "petition")},
    "expired": {"consent_until": timezone.now() - timedelta(seconds=1)},
    "unassessed": {"risk": None},
    "stopped": {"risk": "stop"},
    "lapsed": {"risk_until": timezone.now() - timedelta(seconds=1)},
    "unapproved": {"approved": False},
    "embargoed": {},
    "withdrawn": {},
    "unsaid": {},
    "paused": {},
    "over": {},  # closed, and then withdrawn
    "veiled": {"scopes": ("alias", "narrative", "petition")},
}


def secret(state: str) -> str:
    return f"Zq{state}qz"


def plant(network, state: str) -> Campaign:
    """A campaign of that state with its secret in the names and in every text."""
    word = secret(state)
    campaign = make_campaign(
        network,
        slug=f"slug-{state}",
        name=f"{word} Surname{word}",
        name_fa=f"{word}فا",
        alias="Baran" if state == "veiled" else "",
        deck="{person} did no wrong." if state == "veiled" else f"{{person}} {word}deck.",
        **{"approved": False, **HIDDEN[state]},
    )
    if state != "veiled":  # the veiled one's words may be read; its names may not
        for text in campaign.texts.all():
            text.title, text.context = f"{word}title", f"{word}context"
            text.ask, text.letter = f"{word}ask", f"{word}letter **{{person}}**"
            text.chain = [{"title": f"{word}chain", "text": f"{word}link"}]
            text.save()
        campaign.demands.get().target.texts.update(title=f"{word}target")
    action = Action.objects.create(campaign=campaign, kind="pledge", position=2, has_own_words=True, is_draft=True)
    ActionText.objects.create(action=action, language="en", words={"title": f"{word}pledge", "body": f"{word}body"})
    campaign = Campaign.objects.get(pk=campaign.pk)
    if HIDDEN[state].get("approved", True):
        approve_campaign(network, campaign)
        approve_action(network, action)
    Action.objects.filter(pk=action.pk).update(is_draft=False)
    return campaign


@pytest.fixture
def world(network):
    now = timezone.now()
    planted = {state: plant(network, state) for state in HIDDEN}
    embargoed = planted["embargoed"].case
    embargoed.embargo_until = now + timedelta(hours=1)
    embargoed.save()
    silencing.withdraw_case(planted["withdrawn"].case_id, by=None, at=now)
    silencing.withdraw_consent(planted["unsaid"].case.consents.get().pk, by=None, at=now)
    pausing.pause(planted["paused"].pk, by=None, at=now)
    closing.close(planted["over"].pk, ending="ended", by=None, at=now)
    silencing.withdraw_case(planted["over"].case_id, by=None, at=now)
    for campaign in planted.values():
        correcting.ask(
            campaign.case_id,
            campaign_id=campaign.pk,
            wish="remove",
            words=f"{campaign.slug} Zqrequestqz",
            address="",
            language="en",
            at=now,
        )
    partner = make_partner(network)
    shown = make_campaign(network, slug="open")  # so that lists are not empty
    make_action(network, shown, "pledge", opened=False, words={"en": {"title": "Zqrequestqz", "body": "Zqrequestqz"}})
    unread = make_action(network, shown, "message")
    make_message(unread, "writer@people.example", "Zqrequestqz", name="Quiet Writer", show_words=True, show_name=True)
    return {"planted": planted, "partner": partner, "key": make_key(partner)}


# What answers a GET with 405 draws nothing; that it does is tried for everybody in test_access.
READ = [name for name, (_who, status) in EXPECTED.items() if status != 405]


def fitting(name: str, choices: list[list]) -> list[list]:
    """An address made of words takes any number too, and leads nowhere by it: there only words are tried."""
    try:
        reverse(name, args=["a-word"])
    except NoReverseMatch:
        return choices
    return [arguments for arguments in choices if all(isinstance(one, str) for one in arguments)]


def addresses(world) -> list[str]:
    """Every named address that leads anywhere for a reader outside the host, with the arguments of every planted one."""
    found: set[str] = {"/fa/", "/fa/campaigns/", "/api/v1/campaigns/?language=fa", "/api/v1/actions/?language=fa"}
    found |= {"/campaigns/open/", "/campaigns/open/2/", "/campaigns/open/3/", "/fa/campaigns/open/3/"}
    for name in READ:
        choices: list[list] = [[], ["x"]]
        for campaign in world["planted"].values():
            choices += [[campaign.slug], [campaign.pk], [campaign.case_id], [campaign.public_id]]
            choices += [[campaign.slug, 2], *([action.public_id] for action in campaign.actions.all())]
            choices += [
                [campaign.case.defender.public_id],
                [campaign.case.public_id],
            ]
            choices += [[world["partner"].public_id], [world["partner"].public_id, campaign.slug]]
        for arguments in fitting(name, choices):
            try:
                found.add(reverse(name, args=arguments))
            except Exception:  # not this shape of arguments
                continue
    found |= {f"/fa{path}" for path in found if path.startswith(("/campaigns/", "/partners/", "/me/"))}
    return sorted(path for path in found if not path.startswith(("/accounts/", "/mailbox")))


def paths_of(who: str, paths: list[str]) -> list[str]:
    """What is drawn is the same for everybody and slow to draw: one reader asks for it. A key is read below /api/ only;
    elsewhere whoever brings one is a stranger."""
    if who == "stranger":
        return paths
    return [
        path for path in paths if not path.endswith((".png", ".pdf")) and (who != "key" or path.startswith("/api/"))
    ]


def crawl(client: Client, paths: list[str], world) -> set[str]:
    """The states whose secret stands anywhere in an answer: body or headers."""
    leaked = set()
    for path in paths:
        answer = client.get(path)
        text = answer.content.decode("utf-8", "replace") + str(dict(answer.headers))
        # An address that was asked for comes back in links of its own page; only words are secrets.
        leaked |= {state for state in world["planted"] if secret(state) in text}
        assert "Zqrequestqz" not in text, path
    return leaked


def readers(world, deliver_all) -> dict[str, Client]:
    supporter = enter_workspace_of_nobody(deliver_all)
    return {
        "stranger": Client(),
        "key": Client(headers={"Authorization": f"Bearer {world['key']}"}),
        "supporter": supporter,
        "partner": enter_workspace(administrator_of(world["partner"]), deliver_all),
    }


def enter_workspace_of_nobody(deliver_all) -> Client:
    return enter_workspace(make_person("reader@people.example"), deliver_all)


def test_nobody_outside_reads_a_secret_anywhere(world, deliver_all, mailbox):
    paths = addresses(world)
    assert len(paths) > 300
    for who, client in readers(world, deliver_all).items():
        assert crawl(client, paths_of(who, paths), world) == set(), who
    relay()
    while dispatching.dispatch():
        pass
    mails = "\n".join(raw.decode("utf-8", "replace") for _, raw in mailbox.received)
    assert {state for state in world["planted"] if secret(state) in mails} == set()
    assert "Zqrequestqz" not in mails


PUBLIC = ["/", "/campaigns/", "/api/v1/campaigns/", "/api/v1/defenders/", "/api/v1/actions/"]


def everything(self, *args, **kwargs):
    return self


def nobody_misses(self, subject, parts):
    return {subject_id: [] for subject_id in parts}


def everything_read(cases, *, at):
    return {case.pk: at + timedelta(days=1) for case in cases}


def nothing(self, *args, **kwargs):
    return self.none()


@pytest.mark.parametrize(
    ("where", "name", "broken", "finds"),
    [
        (PublicationConsentQuerySet, "in_force", everything, "expired"),
        (PublicationConsentQuerySet, "withdrawn_last", nothing, None),
        (RiskAssessmentQuerySet, "in_date", everything, "lapsed"),
        (CampaignQuerySet, "shown", everything, "draft"),
        (ApprovalQuerySet, "missing_of_each", nobody_misses, "unapproved"),
    ],
)
def test_the_crawl_finds_what_one_broken_condition_lets_out(world, monkeypatch, where, name, broken, finds):
    monkeypatch.setattr(where, name, broken)
    if name == "in_force":  # asked in the query and again of each row
        monkeypatch.setattr(PublicationConsent, "is_in_force", lambda self, at: True)
    if name == "missing_of_each":  # and what two have read of risk is asked apart
        monkeypatch.setattr(published, "read_until", everything_read)
    found = crawl(Client(), PUBLIC, world)
    assert finds is None or finds in found
    assert found or finds is None


@pytest.mark.parametrize("finds", ["stopped", "embargoed", "withdrawn", "unsaid", "lapsed", "expired"])
def test_without_the_gates_query_each_of_them_would_be_read(world, monkeypatch, finds):
    """The query is what hides these: without it, and without the form's own checks, the crawl finds them."""
    monkeypatch.setattr(CampaignQuerySet, "publishable", everything)
    monkeypatch.setattr(PublicationConsentQuerySet, "in_force", everything)
    monkeypatch.setattr(PublicationConsent, "is_in_force", lambda self, at: True)
    monkeypatch.setattr(PublicationConsentQuerySet, "last_of_each_giver", lambda self: list(self))
    monkeypatch.setattr(ApprovalQuerySet, "missing_of_each", nobody_misses)
    monkeypatch.setattr(RiskAssessmentQuerySet, "in_date", everything)
    monkeypatch.setattr(RiskAssessmentQuerySet, "permitting", everything)
    monkeypatch.setattr(published, "read_until", everything_read)
    found = crawl(Client(), PUBLIC, world)
    assert finds in found


def everything_permitted(case, said) -> frozenset[str]:
    return frozenset(PublicationConsent.Scope.values)


def test_a_veiled_name_is_found_when_the_scopes_are_not_asked(world, monkeypatch):
    assert crawl(Client(), PUBLIC, world) == set()
    for where in (standing, facts):
        monkeypatch.setattr(where, "permitted_scopes", everything_permitted)
    assert "veiled" not in crawl(Client(), PUBLIC, world)  # an alias was approved, not the name
    monkeypatch.setattr(ApprovalQuerySet, "missing_of_each", nobody_misses)
    monkeypatch.setattr(published, "read_until", everything_read)
    assert "veiled" in crawl(Client(), PUBLIC, world)
