"""Standing with somebody without a name or an address: counted apart, kept nowhere, and never for nothing."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.utils import timezone

from campaigns.flows.campaign import closing, counting
from campaigns.models import Participation
from network.flows.relaying import relay
from network.models import OutboxEvent, Person
from tests.makers import make_campaign, make_participation

pytestmark = pytest.mark.django_db
URL = "/campaigns/lake/nameless/"


@pytest.fixture
def campaign(network):
    return make_campaign(network, slug="lake")


def stand(visitor, **more) -> None:
    """As a browser without JavaScript: the wait page, the wait, its button."""
    waiting = visitor.post(URL, **more)
    assert waiting.status_code == 429
    token = re.search(r'name="form_token" value="([^"]+)"', waiting.content.decode()).group(1)
    with time_machine.travel(timezone.now() + timedelta(seconds=settings.WAIT_PAGE_SECONDS + 1), tick=False):
        answer = visitor.post(URL, {"form_token": token}, **more)
        assert answer.status_code == 200 and "nobody knows that it was you" in answer.content.decode()
        assert visitor.post(URL, {"form_token": token}, **more).status_code == 429  # one wait, one of them


def test_it_is_counted_apart_and_said_so(campaign, visitor):
    make_participation(campaign, "signer@people.example")
    stand(visitor)
    stand(visitor)
    relay()
    tally = counting.tally_of(campaign.actions.get().pk)
    assert (tally.confirmed, tally.nameless) == (1, 2)
    page = visitor.get("/campaigns/lake/").content.decode()
    assert 'class="count">1<' in page and "And 2 times somebody stood here without a name or address" in page
    told = visitor.get("/api/v1/tallies/").json()["results"][0]
    assert (told["counted"], told["nameless"]) == (1, 2)
    assert counting.reconcile(at=timezone.now()) == {}


def test_nothing_of_whoever_stood_is_kept(campaign, visitor):
    stand(visitor, REMOTE_ADDR="198.51.100.77", HTTP_USER_AGENT="Marked Browser")
    assert not Participation.objects.exists()
    assert Person.objects.count() == 2  # the two who were there before
    event = OutboxEvent.objects.named("NamelessSupportGiven").get()
    assert event.payload == {"action_id": campaign.actions.get().pk} and event.actor_handle is None
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "198.51.100.77" not in str(cursor.fetchall())


def test_looking_counts_nothing_and_another_site_cannot_press_it(campaign, visitor, client):
    assert visitor.get(URL).status_code == visitor.head(URL).status_code == 200
    assert client.post(URL, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not OutboxEvent.objects.named("NamelessSupportGiven").exists()


def test_a_campaign_that_is_over_takes_none(network, campaign, visitor):
    closing.close(campaign.pk, ending="ended", by=network.approver, at=timezone.now())
    assert visitor.get(URL).status_code == 409
