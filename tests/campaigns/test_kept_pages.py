"""Open pages are kept, and with the next request after anything that changes what may be shown they are not."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.flows.campaign import counting
from campaigns.flows.gate import pausing, silencing
from campaigns.flows.record import documenting
from campaigns.models import Participation, Tally
from network.events import EVENTS
from network.models import LogHead, OutboxEvent, PublicationChange
from tests.makers import make_campaign, make_case, make_participation

pytestmark = pytest.mark.django_db
PAGE = "/campaigns/lake/"
MOST_QUERIES = 5  # of a page that is kept; one that is made asks two dozen


@pytest.fixture
def campaign(network):
    return make_campaign(network, slug="lake")


def queries_of(path: str, client: Client, **headers: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path, **headers).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    "path", [PAGE, "/fa/campaigns/lake/", "/", "/campaigns/", "/defenders/", "/defenders/golnar-sabzrud/"]
)
def test_the_second_who_asks_gets_the_same_bytes_for_a_few_queries(network, campaign, client, path):
    make_case(network, name="Golnar Sabzrud")
    first = client.get(path)
    assert first.status_code == 200
    assert queries_of(path, client) <= MOST_QUERIES
    again = client.get(path)
    assert again.content == first.content and again["Content-Type"] == first["Content-Type"]
    assert again["Cache-Control"].startswith("public, max-age=") and not again.cookies
    assert client.head(path).content == b""


def test_languages_and_hosts_are_kept_apart(campaign, client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    english, persian = client.get(PAGE).content.decode(), client.get("/fa" + PAGE).content.decode()
    assert 'lang="en"' in english and 'lang="fa"' in persian
    assert queries_of(PAGE, client, HTTP_HOST="other.example") > MOST_QUERIES


def test_a_search_and_a_form_are_never_kept(network, campaign, client):
    make_case(network, name="Golnar Sabzrud")
    client.get("/defenders/?q=Golnar")
    assert queries_of("/defenders/?q=Golnar", client) > MOST_QUERIES
    client.get(PAGE)
    answer = client.post(PAGE, {"name": "", "email": "x"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 400 and "x" in answer.content.decode()
    assert 'class="wrong"' in answer.content.decode() and 'class="wrong"' not in client.get(PAGE).content.decode()


def withdraw(network, campaign) -> None:
    silencing.withdraw_case(campaign.case_id, by=None, at=timezone.now())


def take_back_consent(network, campaign) -> None:
    silencing.withdraw_consent(campaign.case.consents.get().pk, by=None, at=timezone.now())


def raise_an_alarm(network, campaign) -> None:
    until = timezone.now() + timedelta(days=1)
    documenting.assess(campaign.case_id, risk="stop", valid_until=until, by=network.writer, at=timezone.now())


def pause(network, campaign) -> None:
    pausing.pause(campaign.pk, by=network.writer, at=timezone.now())


@pytest.mark.parametrize("change", [withdraw, take_back_consent, raise_an_alarm, pause])
def test_silence_with_the_next_request(network, campaign, client, change):
    shown = client.get(PAGE).content.decode()
    assert "Golnar" in shown and queries_of(PAGE, client) <= MOST_QUERIES
    home = client.get("/").content.decode()
    assert "Golnar" in home
    change(network, campaign)
    gone = client.get(PAGE)
    assert gone.status_code in {404, 410} and "Golnar" not in gone.content.decode()
    assert "Golnar" not in client.get("/").content.decode()


def test_none_outlives_the_consent_it_leans_on(network, client):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        make_campaign(network, slug="lake", consent_until=now + timedelta(seconds=3))
        assert client.get(PAGE).status_code == 200
    with time_machine.travel(now + timedelta(seconds=3.5), tick=False):
        assert client.get(PAGE).status_code == 410


def test_the_count_on_it_is_never_an_older_one(campaign, client):
    row = make_participation(campaign, "one@people.example")
    Tally.objects.update_or_create(action=row.action, defaults={"confirmed": 7, "as_of": timezone.now()})
    assert ">7<" in client.get(PAGE).content.decode()
    mark = counting.mark_of_all()
    Tally.objects.filter(action=row.action).update(confirmed=8, as_of=timezone.now())
    assert counting.mark_of_all() != mark
    assert ">8<" in client.get(PAGE).content.decode()


def test_without_keeping_every_page_is_made(campaign, client, settings):
    settings.KEEP_PAGES_HERE = False
    client.get(PAGE)
    assert queries_of(PAGE, client) > MOST_QUERIES


def test_the_epoch_tells_apart_what_commits_in_any_order():
    now = timezone.now()
    PublicationChange.objects.create(pk=10, made_at=now)
    before = PublicationChange.objects.epoch()
    PublicationChange.objects.create(pk=9, made_at=now)  # began earlier, committed later
    assert PublicationChange.objects.epoch() != before


def test_a_restore_begins_another_epoch():
    LogHead.objects.update_or_create(defaults={"epoch": uuid4()})
    before = PublicationChange.objects.epoch()
    LogHead.objects.update(epoch=uuid4())
    assert PublicationChange.objects.epoch() != before


def test_only_what_comes_by_the_thousand_changes_no_page():
    quiet = {name for name, event in EVENTS.items() if not event.changes_what_is_published}
    assert quiet == {
        "CampaignJoined",
        "ContactConsentGiven",
        "EndorsementConfirmed",
        "EndorsementEntered",
        "NamelessSupportGiven",
        "ParticipationConfirmed",
        "ParticipationEntered",
        "ParticipationReminded",
    }


def test_each_of_the_other_events_leaves_its_mark(network, campaign):
    marks, events = PublicationChange.objects.count(), OutboxEvent.objects.count()
    pause(network, campaign)
    assert OutboxEvent.objects.count() > events
    assert PublicationChange.objects.count() - marks == OutboxEvent.objects.count() - events


def test_a_signature_is_taken_by_what_is_kept_and_refused_once_it_is_silent(network, campaign, client):
    def sign(name: str) -> int:
        data = {"name": "Nasrin", "email": f"{name}@people.example"}
        return client.post(PAGE, data, headers={"Sec-Fetch-Site": "same-origin"}).status_code

    with CaptureQueriesContext(connection) as first:
        assert sign("first") == 302
    with CaptureQueriesContext(connection) as second:
        assert sign("second") == 302
    assert len(second) < len(first) - 10
    pause(network, campaign)
    assert sign("third") in {404, 410}
    assert sorted(Participation.objects.values_list("address", flat=True)) == [
        "first@people.example",
        "second@people.example",
    ]
