"""The leak suite's own proof, renderer by renderer: each of them, sent round the gate to a case nobody approved, is caught by
the crawl of exactly what it renders; left alone, none is."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.flows.campaign import acting
from campaigns.flows.gate import silencing
from campaigns.kinds.petition.answers import PetitionAnswers
from campaigns.models import Action, Campaign
from campaigns.publishing import campaign as campaigns
from campaigns.publishing import case as cases
from campaigns.publishing import paper
from campaigns.publishing.people import PublishedPerson
from network.flows.relaying import relay
from notifications.engine import dispatching
from tests.makers import approve_action, make_action, make_alert, make_campaign, make_case
from tests.notifications.test_opening import open_fully

pytestmark = pytest.mark.django_db
SECRET = "Zqhiddenqz"


@pytest.fixture
def world(network, settings) -> dict[str, Any]:
    """One case and campaign that anybody reads, one of each that nobody may, with the secret in every text."""
    settings.KEEP_PAGES_HERE = False  # a page kept from before would hide that what makes it is broken
    case = make_case(network, name="Quite Open", name_fa="باز")
    campaign = make_campaign(network, slug="open")
    hidden_case = make_case(
        network, name=f"{SECRET} Surname", name_fa=f"{SECRET}فا", summary=f"{{person}} {SECRET}", published=False
    )
    hidden = make_campaign(network, slug="hidden", name=f"{SECRET} Surname", name_fa=f"{SECRET}فا", launched=False)
    hidden.texts.update(title=f"{SECRET}title", deck=f"{SECRET}deck", ask=f"{SECRET}ask")
    now = timezone.now()
    told = cases.preview(hidden_case.pk, language="en", at=now)
    asked = campaigns.preview(hidden.pk, language="en", at=now)
    assert told is not None and asked is not None
    slugs = cases.find(case.public_id, audience=campaigns.Audience.PUBLIC, language="en", at=now)
    assert slugs is not None
    return {
        "network": network,
        "case": case,
        "campaign": campaign,
        "page": f"/cases/{slugs.slug}/",
        "person_page": f"/defenders/{slugs.defender_slug}/",
        "told": replace(told, slug="aa", defender_slug="aa"),
        "asked": asked,
    }


@pytest.fixture
def letters(network, world) -> None:
    """A letter to an office in each of both campaigns; "asked" is made anew, to hold it."""
    make_action(network, world["campaign"], "letter")
    hidden = Campaign.objects.get(slug="hidden")
    letter = make_action(network, hidden, "letter", opened=False)
    for text in letter.texts.all():
        text.words = {name: f"{SECRET}{name}" for name in text.words}
        text.save()
    Action.objects.filter(pk=letter.pk).update(is_draft=False)
    approve_action(network, letter)
    world["asked"] = campaigns.preview(hidden.pk, language="en", at=timezone.now())


class Broken:
    """A module of the gate whose one function answers with what nobody approved."""

    def __init__(self, module: Any, function: str, answer: Callable[..., Any]) -> None:
        self._module, self._function, self._answer = module, function, answer

    def __getattr__(self, name: str) -> Any:
        return self._answer if name == self._function else getattr(self._module, name)


def breaks(monkeypatch: pytest.MonkeyPatch, where: str, alias: str, function: str, answer: Any) -> None:
    module = importlib.import_module(where)
    monkeypatch.setattr(module, alias, Broken(getattr(module, alias), function, lambda *args, **kwargs: answer))


RENDERERS = [
    ("campaigns.open.pages", "published", "listed", ["asked"], "/"),
    ("campaigns.open.pages", "published", "listed", ["asked"], "/campaigns/"),
    ("campaigns.open.pages", "published", "find", "asked", "/campaigns/open/"),
    ("campaigns.open.signing", "published", "find", "asked", "/campaigns/open/sent/"),
    ("campaigns.open.cases", "published", "listed", ["told"], "/defenders/"),
    ("campaigns.open.cases", "published", "of_defender", ["told"], "{person_page}"),
    ("campaigns.open.cases", "published", "find", "told", "{page}"),
    ("campaigns.open.cases", "campaigns", "for_defender", ["asked"], "{page}"),
    ("campaigns.open.feeds", "campaigns", "listed", ["asked"], "/feeds/campaigns.atom"),
    ("campaigns.open.feeds", "cases", "listed", ["told"], "/feeds/defenders.atom"),
    ("campaigns.api.cases", "published", "after", ["told"], "/api/v1/cases/"),
    ("campaigns.api.cases", "published", "find", "told", "/api/v1/cases/{case}/"),
    ("campaigns.api.resources", "published", "after", ["asked"], "/api/v1/campaigns/"),
    ("campaigns.api.resources", "published", "find_by_public_id", "asked", "/api/v1/campaigns/{campaign}/"),
    ("campaigns.api.resources", "people", "after", ["person"], "/api/v1/defenders/"),
]


@pytest.mark.parametrize(
    ("where", "alias", "function", "answer", "path"), RENDERERS, ids=[f"{row[0]} {row[4]}" for row in RENDERERS]
)
def test_a_renderer_that_goes_round_the_gate_is_caught(world, monkeypatch, where, alias, function, answer, path):
    path = path.format(
        page=world["page"],
        person_page=world["person_page"],
        case=world["case"].public_id,
        campaign=world["campaign"].public_id,
    )
    assert _is_read(path) is False
    told = world["told"]
    forms = world | {
        "person": PublishedPerson(
            id=1, defender=told.defender, slug="aa", campaigns=(), cases=(told.public_id,), until=told.until
        )
    }
    given = [forms[name] for name in answer] if isinstance(answer, list) else forms[answer]
    breaks(monkeypatch, where, alias, function, given)
    assert _is_read(path) is True


PICTURES = [
    ("campaigns", "find", "asked", "/campaigns/open/share.png"),
    ("campaigns", "find", "asked", "/campaigns/open/sheet.pdf"),
    ("campaigns", "find", "asked", "/campaigns/open/2/letter.pdf"),
    ("published", "of_defender", ["told"], "{person_page}share.png"),
]


@pytest.mark.parametrize(("alias", "function", "answer", "path"), PICTURES, ids=[row[3] for row in PICTURES])
@pytest.mark.usefixtures("letters")
def test_what_is_drawn_and_goes_round_the_gate_is_caught(world, monkeypatch, alias, function, answer, path):
    """What is drawn is looked for where it is drawn: every word on its way to ink."""
    inked: list[str] = []

    def noting(picture, text, **how):
        inked.append(text)

    monkeypatch.setattr("campaigns.open.sharing.picture.draw", noting)
    say = paper.Paper.say
    monkeypatch.setattr(
        paper.Paper, "say", lambda pdf, text, *size, **how: (inked.append(text), say(pdf, text, *size, **how))
    )
    path = path.format(person_page=world["person_page"])
    assert Client().get(path).status_code == 200
    assert inked and SECRET not in "".join(inked)
    given = [world[name] for name in answer] if isinstance(answer, list) else world[answer]
    breaks(monkeypatch, "campaigns.open.sharing.pages", alias, function, given)
    assert Client().get(path).status_code == 200
    assert SECRET in "".join(inked)


@pytest.mark.parametrize("path", ["share.png", "sheet.pdf", "2/letter.pdf"])
@pytest.mark.usefixtures("letters")
def test_what_is_drawn_falls_silent_with_its_page(world, path):
    address = f"/campaigns/open/{path}"
    assert Client().get(address).status_code == 200
    assert Client().get(f"/campaigns/hidden/{path}").status_code == 404
    silencing.withdraw_case(world["campaign"].case_id, by=None, at=timezone.now())
    assert Client().get(address).status_code == 410


def _is_read(path: str) -> bool:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return SECRET.lower() in answer.content.decode().lower()


@pytest.mark.parametrize("where", ["notifications.engine.compiling", "notifications.engine.wording"])
def test_a_mail_that_goes_round_the_gate_is_caught(world, monkeypatch, mailbox, where):
    assert _mailed(world, mailbox, "first") is False
    breaks(monkeypatch, where, "published", "find_by_id", world["asked"])
    assert _mailed(world, mailbox, "second") is True


def _mailed(world, mailbox, who: str) -> bool:
    now = timezone.now()
    action = world["campaign"].actions.get()
    entry = acting.Entry(address=f"{who}@people.example", name="Somebody", language="en", answers=PetitionAnswers())
    acting.enter(action.pk, entry, at=now)
    open_fully(make_alert(world["network"], world["campaign"], audience=1))
    relay()
    while dispatching.dispatch():
        pass
    return SECRET in "".join(raw.decode("utf-8", "replace").replace("=\r\n", "") for _, raw in mailbox.received)
