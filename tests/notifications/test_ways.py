"""Other ways than mail: letters that wait on somebody's own page, and a feed at an address that only they know."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from campaigns.flows.campaign import joining
from campaigns.flows.gate import silencing
from network.flows import consenting, erasing
from network.models import ContactConsent, Person
from network.refusals import LinkForged
from notifications import tasks
from notifications.flows import suppressing
from notifications.links import consent_behind, feed_token, unsubscribe_signer
from notifications.models import Alert, Delivery, Suppression
from notifications.models.audience import audience_of, reachable_by
from tests.makers import make_alert, make_campaign, make_person
from tests.notifications.test_opening import open_fully

pytestmark = pytest.mark.django_db(transaction=True)
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def member(network, campaign, name: str, *ways: str, **fields) -> Person:
    person = make_person(f"{name}@people.example", name=name.title())
    Person.objects.filter(pk=person.pk).update(**fields)
    joining.join(person, campaign, through="test", at=timezone.now())
    consenting.be_reached(person, network.host, channels=ways, through="test", at=timezone.now())
    return Person.objects.get(pk=person.pk)


def send(alert: Alert) -> None:
    open_fully(alert)
    tasks.dispatch()
    tasks.sweep()


@pytest.fixture
def campaign(network):
    return make_campaign(network, slug="lake")


def ways_of(alert: Alert) -> list[tuple[str, str, str]]:
    rows = Delivery.objects.of(alert).values_list("person__email", "channel", "state")
    return sorted((email.partition("@")[0], channel, state) for email, channel, state in rows)


def test_each_is_reached_by_the_ways_they_chose_and_by_each_once(network, campaign, mailbox):
    member(network, campaign, "mailed", "email")
    member(network, campaign, "quietly", "inbox")
    member(network, campaign, "everywhere", "email", "inbox", "feed")
    member(network, campaign, "nowhere")
    alert = make_alert(network, campaign)
    assert audience_of(alert).count() == 3
    send(alert)
    assert ways_of(alert) == [
        ("everywhere", "email", "sent"),
        ("everywhere", "feed", "sent"),
        ("everywhere", "inbox", "sent"),
        ("mailed", "email", "sent"),
        ("quietly", "inbox", "sent"),
    ]
    assert sorted(mail["To"] for mail in mailbox.mails()) == ["everywhere@people.example", "mailed@people.example"]
    alert.refresh_from_db()
    assert alert.state == Alert.State.FINISHED


def test_a_suppressed_mailbox_ends_mail_and_nothing_else(network, campaign, mailbox):
    member(network, campaign, "bounced", "email", "inbox")
    suppressing.suppress("bounced@people.example", Suppression.Reason.HARD_BOUNCE, source="smtp-550", at=timezone.now())
    alert = make_alert(network, campaign)
    assert reachable_by(alert).count() == 1
    send(alert)
    assert ways_of(alert) == [("bounced", "inbox", "sent")]
    assert mailbox.mails() == []


def test_who_takes_a_way_back_after_opening_gets_nothing_by_it(network, campaign):
    person = member(network, campaign, "changes", "inbox", "feed")
    alert = make_alert(network, campaign)
    open_fully(alert)
    consenting.be_reached(person, network.host, channels=["feed"], through="test", at=timezone.now())
    tasks.dispatch()
    assert ways_of(alert) == [("changes", "feed", "sent"), ("changes", "inbox", "dropped")]


def test_nobody_is_counted_tired_for_getting_one_letter_by_three_ways(network, campaign, settings):
    settings.FATIGUE_ALERTS = 2
    member(network, campaign, "everywhere", "email", "inbox", "feed")
    send(make_alert(network, campaign))
    Alert.objects.filter(pk=make_alert(network, campaign).pk).update(state="finished", opened_at=timezone.now())
    second = make_alert(network, campaign)
    send(second)
    assert len(ways_of(second)) == 3
    assert audience_of(make_alert(network, campaign)).count() == 0  # now they had two


def test_letters_on_ones_own_page(network, campaign, client):
    person = member(network, campaign, "quietly", "inbox", language="fa")
    other = member(network, campaign, "other", "inbox")
    send(make_alert(network, campaign))
    client.force_login(person)
    mine = Delivery.objects.get(person=person)
    assert "۱ نامه" in client.get("/fa/me/").content.decode()
    listed = client.get("/fa/me/letters/").content.decode()
    assert "خبر گلنار" in listed
    page = client.get(f"/fa/me/letters/{mine.pk}/").content.decode()
    assert "گلنار سبزرود" in page and "<bdi>Quietly</bdi> گرامی" in page and "کاری کنید" in page
    theirs = Delivery.objects.get(person=other)
    assert client.get(f"/me/letters/{theirs.pk}/").status_code == 404


def test_a_letter_falls_silent_with_its_case(network, campaign, client):
    person = member(network, campaign, "quietly", "inbox", "feed")
    send(make_alert(network, campaign))
    client.force_login(person)
    address = feed_of(person)
    mine = Delivery.objects.get(person=person, channel="inbox")
    assert "Golnar" in client.get(address).content.decode()
    silencing.withdraw_case(campaign.case_id, by=None, at=timezone.now())
    answers = [client.get(path) for path in ("/me/letters/", f"/me/letters/{mine.pk}/", address)]
    assert [answer.status_code for answer in answers] == [200, 410, 200]
    for answer in answers:
        assert "Golnar" not in answer.content.decode() and "Sabzrud" not in answer.content.decode()


def feed_of(person: Person) -> str:
    consent = ContactConsent.objects.in_force().get(person=person, channel="feed")
    return f"/feeds/letters/{feed_token(consent.pk)}.atom"


def test_the_feed_names_its_letters_and_not_its_reader(network, campaign, client):
    person = member(network, campaign, "Asalbanu", "feed")
    send(make_alert(network, campaign))
    answer = client.get(feed_of(person))
    feed = ElementTree.fromstring(answer.content)
    entry = feed.find("a:entry", ATOM)
    assert entry.find("a:title", ATOM).text == "News of Golnar"
    assert "today" in entry.find("a:summary", ATOM).text
    assert entry.find("a:link", ATOM).get("href").endswith("/campaigns/lake/")
    assert "asalbanu" not in answer.content.decode().lower()
    assert not answer.cookies and answer["Cache-Control"] == "private, no-store"


def test_a_neutral_feed_shows_no_name_at_all(network, campaign, client):
    person = member(network, campaign, "careful", "feed", neutral_mail=True)
    send(make_alert(network, campaign))
    shown = client.get(feed_of(person)).content.decode()
    assert "A note for you" in shown and shown.count("<entry>") == 1
    assert "Golnar" not in shown and "Hamseda" not in shown and "lake" not in shown


def test_the_address_ends_with_the_consent_and_a_new_one_opens_it_again(network, campaign, client):
    person = member(network, campaign, "reader", "feed")
    send(make_alert(network, campaign))
    old = feed_of(person)
    assert client.get(old).status_code == 200
    consenting.be_reached(person, network.host, channels=[], through="test", at=timezone.now())
    assert client.get(old).status_code == 404
    consenting.be_reached(person, network.host, channels=["feed"], through="test", at=timezone.now())
    assert client.get(old).status_code == 404
    assert client.get(feed_of(person)).status_code == 200
    erasing.erase(person, at=timezone.now())
    assert client.get(old).status_code == 404


def test_no_other_token_opens_a_feed(network, campaign):
    person = member(network, campaign, "reader", "feed")
    token = feed_token(ContactConsent.objects.get(person=person, channel="feed").pk)
    forged = token[:-1] + ("B" if token[-1] == "A" else "A")
    others = [forged, token[:-1], "", "x", "é", unsubscribe_signer(campaign.pk)(person.public_id.bytes).decode()]
    for other in others:
        with pytest.raises(LinkForged):
            consent_behind(other)


def test_ways_are_chosen_on_ones_own_page(network, campaign, client):
    person = member(network, campaign, "chooses", "email")
    client.force_login(person)
    assert "/feeds/letters/" not in client.get("/me/").content.decode()
    client.post("/me/mail/ways/", {"inbox": "on", "feed": "on"})
    given = ContactConsent.objects.in_force().filter(person=person).values_list("channel", flat=True)
    assert sorted(given) == ["feed", "inbox"]
    page = client.get("/me/").content.decode()
    address = re.search(r"/feeds/letters/[\w-]+\.atom", page).group()
    assert client.get(address).status_code == 200
    client.post("/me/mail/ways/", {})
    assert not ContactConsent.objects.in_force().filter(person=person).exists()


def test_where_somebody_lives_is_asked_once_and_forgotten_when_they_hide(network, client):
    person = make_person("lives@people.example")
    client.force_login(person)
    form = {"language": "en", "pace": "asked", "place": "US America/Los_Angeles"}
    assert client.post("/me/preferences/", form).status_code == 302
    person.refresh_from_db()
    assert (person.country, person.zone) == ("US", "America/Los_Angeles")
    assert "selected>United States · Los Angeles" in client.get("/me/preferences/").content.decode()
    assert client.post("/me/preferences/", {**form, "place": "XX Nowhere/AtAll"}).status_code == 400
    client.post("/me/quiet/")
    person.refresh_from_db()
    assert (person.country, person.zone) == ("", "")
