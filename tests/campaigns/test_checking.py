"""What stands in the way of words is told while they are written, by the rules that hold when they are sent; nothing is kept."""

import pytest
from django.test import Client

from campaigns.models import Message, Participation
from network.models import OutboxEvent
from tests.makers import make_action, make_campaign

pytestmark = pytest.mark.django_db
UNFIT = "Amnesty greets you. See www.people.example"


@pytest.fixture
def campaign(network):
    return make_campaign(network, slug="lake")


@pytest.fixture
def writer():
    """A browser with one of our pages open."""
    return Client(headers={"Sec-Fetch-Site": "same-origin"})


def test_it_says_what_the_form_would_say_and_keeps_nothing(network, campaign, writer):
    make_action(network, campaign)
    before = OutboxEvent.objects.count()
    told = writer.post("/campaigns/lake/2/words/", {"words": UNFIT})
    assert told.status_code == 200 and told.headers["Cache-Control"] == "no-store"
    assert "amnesty" in told.json()["wrong"] and "www.people.example" in told.json()["wrong"]
    sent = {"words": UNFIT, "name": "Nasrin", "email": "nasrin@people.example"}
    assert "names an organisation" in writer.post("/campaigns/lake/2/", sent).content.decode()
    persian = writer.post("/fa/campaigns/lake/2/words/", {"words": UNFIT}).json()["wrong"]
    assert "سازمان" in persian
    assert writer.post("/campaigns/lake/2/words/", {"words": "We think of you."}).json() == {"wrong": ""}
    assert not Participation.objects.exists() and not Message.objects.exists()
    assert OutboxEvent.objects.count() == before


def test_a_letter_is_looked_at_too(network, campaign, writer):
    make_action(network, campaign, "appeal")
    assert "death to" in writer.post("/campaigns/lake/2/words/", {"words": "Death to the minister"}).json()["wrong"]


def test_the_field_names_where_it_is_asked(network, campaign, writer):
    make_action(network, campaign)
    assert 'data-check="/campaigns/lake/2/words/"' in writer.get("/campaigns/lake/2/").content.decode()
    assert 'data-check="/fa/campaigns/lake/2/words/"' in writer.get("/fa/campaigns/lake/2/").content.decode()


def test_where_nobody_writes_freely_there_is_nothing_to_ask(network, campaign, writer):
    make_action(network, campaign, "pledge")
    for path in ("/campaigns/lake/1/words/", "/campaigns/lake/2/words/", "/campaigns/none/2/words/"):
        assert writer.post(path, {"words": UNFIT}).status_code == 404


def test_only_our_own_pages_ask_and_not_without_end(network, campaign, writer, settings):
    make_action(network, campaign)
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert Client(headers=headers).post("/campaigns/lake/2/words/", {"words": UNFIT}).status_code == 403
    settings.WORDS_LOOKED_AT_PER_CLIENT_PER_10_MINUTES = 2
    client = Client(headers={"Sec-Fetch-Site": "same-origin"}, REMOTE_ADDR="203.0.113.9")
    answers = [client.post("/campaigns/lake/2/words/", {"words": UNFIT}).status_code for _ in range(4)]
    assert answers == [200, 200, 429, 429]
