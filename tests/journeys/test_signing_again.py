"""Walk 4: the same address again, two presses, scanners, a lost broker: one signature, nothing lost, the same screens."""

import re

import pytest
from django.test import Client

from campaigns.flows.campaign import counting
from campaigns.models import Participation
from network.flows.relaying import relay
from network.models import OutboxEvent
from tests.journeys.test_a_stranger_signs import link_in
from tests.makers import make_campaign, make_participation

pytestmark = pytest.mark.django_db


def newest_question(mails):
    """The newest mail that asks to confirm: a receipt that was queued before may arrive after it."""
    return [mail for mail in mails.mails() if mail["Subject"].startswith("Please confirm")][-1]


def test_other_spellings_of_one_address_are_one_signature(network, visitor, deliver_all):
    campaign = make_campaign(network)
    url = f"/campaigns/{campaign.slug}/"
    for spelling in ("Nas.rin@Gmail.com", "nasrin+news@gmail.com", " NASRIN@googlemail.com "):
        assert visitor.post(url, {"name": "Nasrin", "email": spelling}).status_code == 302
    assert Participation.objects.count() == 1
    link = link_in(newest_question(deliver_all()))
    visitor.post(link, {"name": "Nasrin"})
    relay()
    visitor.post(url, {"name": "Nasrin again", "email": "nasrin@gmail.com"})
    link = link_in(newest_question(deliver_all()))
    page = visitor.get(link).content.decode()
    assert "Nasrin again" in page and "counted already" in page
    visitor.post(link, {"name": "Nasrin again"})
    relay()
    row = Participation.objects.get()
    assert (row.name, row.waiting) == ("Nasrin again", None)
    assert counting.tally_of(row.action_id).confirmed == 1


def test_new_words_on_a_counted_row_wait_until_its_owner_confirms(network, visitor):
    campaign = make_campaign(network)
    row = make_participation(campaign, "nasrin@people.example", name="Nasrin")
    visitor.post(f"/campaigns/{campaign.slug}/", {"name": "Somebody else", "email": "nasrin@people.example"})
    row.refresh_from_db()
    assert (row.state, row.name, row.waiting["name"]) == ("confirmed", "Nasrin", "Somebody else")


def test_two_presses_are_one_mail_and_one_count(network, visitor, deliver_all):
    campaign = make_campaign(network)
    url = f"/campaigns/{campaign.slug}/"
    for _ in range(2):
        assert visitor.post(url, {"name": "Nasrin", "email": "nasrin@people.example"}).status_code == 302
    assert len(deliver_all().mails("nasrin@people.example")) == 1
    link = link_in(deliver_all().last("nasrin@people.example"))
    answers = [visitor.post(link, {"name": "Nasrin"}).status_code for _ in range(2)]
    assert answers == [302, 200]  # the second shows the same thanks
    relay()
    assert counting.tally_of(campaign.actions.get().pk).confirmed == 1
    assert OutboxEvent.objects.named("ParticipationConfirmed").count() == 1


def test_a_scanner_that_opens_every_link_signs_nothing(network, visitor, deliver_all):
    campaign = make_campaign(network)
    visitor.post(f"/campaigns/{campaign.slug}/", {"name": "Nasrin", "email": "nasrin@people.example"})
    mail = deliver_all().last("nasrin@people.example")
    before = OutboxEvent.objects.count()
    for link in re.findall(r"http://testserver(/[^\s\"<>]+)", mail.get_body(("plain",)).get_content()):
        for method in ("get", "head", "options"):
            getattr(Client(), method)(link)
    assert OutboxEvent.objects.count() == before
    assert Participation.objects.get().state == "pending"


@pytest.mark.parametrize("state", ["unknown", "pending", "confirmed", "withdrawn"])
def test_the_screen_never_tells_whether_an_address_was_known(network, visitor, state):
    campaign = make_campaign(network)
    if state != "unknown":
        row = make_participation(campaign, "nasrin@people.example", confirmed=state != "pending")
        if state == "withdrawn":
            Participation.objects.filter(pk=row.pk).update(state="withdrawn")
    answer = visitor.post(f"/campaigns/{campaign.slug}/", {"name": "N", "email": "nasrin@people.example"}, follow=True)
    baseline = visitor.post(f"/campaigns/{campaign.slug}/", {"name": "N", "email": "new@people.example"}, follow=True)
    assert (answer.redirect_chain, answer.content) == (baseline.redirect_chain, baseline.content)
