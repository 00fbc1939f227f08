"""Signatures on paper: entered with a reason, told once a second person has counted them, and never mixed into the others."""

import pytest
from django.test import Client
from django.utils import timezone

from campaigns import consumers
from campaigns.flows.campaign import counting, papering
from campaigns.models import Action, PaperSheets, Tally
from network.flows.relaying import relay
from network.refusals import SamePersonApproves
from tests.makers import enter_workspace, make_campaign, make_participation
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(network):
    return make_campaign(network, slug="lake")


@pytest.fixture
def petition(campaign):
    return Action.objects.get(campaign=campaign)


def enter(network, petition, signatures: int = 40) -> PaperSheets:
    reason = "Gathered at the school's gate, where nobody has a phone; counted twice."
    return papering.enter(petition.pk, signatures=signatures, reason=reason, by=network.writer, at=timezone.now())


def test_they_are_told_apart_and_only_after_a_second_person_counted_them(network, campaign, petition):
    make_participation(campaign, "signer@people.example")
    row = enter(network, petition)
    with pytest.raises(SamePersonApproves):
        papering.verify(row.pk, by=network.writer, at=timezone.now())
    relay()
    assert "on paper" not in Client().get("/campaigns/lake/").content.decode()
    papering.verify(row.pk, by=network.approver, at=timezone.now())
    relay()
    page = Client().get("/campaigns/lake/").content.decode()
    assert 'class="count">1<' in page and "And 40 signatures on paper; counted apart." in page
    assert "school" not in page
    told = Client().get("/api/v1/tallies/").json()["results"][0]
    assert (told["counted"], told["nameless"], told["on_paper"]) == (1, 0, 40)
    assert counting.reconcile(at=timezone.now()) == {}


def test_taken_back_they_are_told_no_more_also_after_a_restore(network, petition):
    row, other = enter(network, petition), enter(network, petition, 5)
    for one in (row, other):
        papering.verify(one.pk, by=network.approver, at=timezone.now())
    assert Tally.objects.get(action=petition).on_paper == 45
    papering.take_back(row.pk, by=network.writer, at=timezone.now())
    assert Tally.objects.get(action=petition).on_paper == 5
    consumers._take_paper_back_again({"sheets_id": other.pk, "action_id": petition.pk}, timezone.now())
    consumers._take_paper_back_again({"sheets_id": 999_999, "action_id": petition.pk}, timezone.now())
    assert Tally.objects.get(action=petition).on_paper == 0
    papering.verify(row.pk, by=network.approver, at=timezone.now())
    assert Tally.objects.get(action=petition).on_paper == 0  # what was taken back stays so


@pytest.mark.django_db(transaction=True)
def test_sheets_verified_at_one_moment_are_all_counted(network):
    petition = Action.objects.get(campaign=make_campaign(network, slug="lake"))
    rows = [enter(network, petition, number) for number in (1, 10, 100, 1000)]

    def verify(row):
        return lambda: papering.verify(row.pk, by=network.approver, at=timezone.now())

    race(*(verify(row) for row in rows))
    assert Tally.objects.get(action=petition).on_paper == 1111


@pytest.mark.once
def test_one_enters_them_another_counts_them_on_the_page(network, campaign, deliver_all):
    writer = enter_workspace(network.writer, deliver_all)
    url = f"/organise/campaigns/{campaign.pk}/paper/"
    assert url in writer.get(f"/organise/campaigns/{campaign.pk}/results/").content.decode()
    wrong = writer.post(url, {"signatures": "none", "reason": "At the gate."})
    assert wrong.status_code == 400 and "At the gate." in wrong.content.decode()
    assert writer.post(url, {"signatures": "۴۰", "reason": "At the gate."}).status_code == 302
    row = PaperSheets.objects.get()
    assert row.signatures == 40
    assert writer.post(f"/organise/paper/{row.pk}/verifying/").status_code == 403
    approver = enter_workspace(network.approver, deliver_all)
    assert "waits for a second person" in approver.get(url).content.decode()
    assert approver.post(f"/organise/paper/{row.pk}/verifying/").status_code == 302
    assert "40 signatures on paper are told" in approver.get(url).content.decode()
    assert approver.post("/organise/paper/999999/verifying/").status_code == 404


@pytest.mark.once
def test_a_campaign_is_reported_to_those_who_decide_and_stays_as_it_is(network, campaign, visitor, deliver_all):
    page = visitor.get("/campaigns/lake/").content.decode()
    assert "/campaigns/lake/correcting/?wish=report" in page
    form = visitor.get("/campaigns/lake/correcting/?wish=report").content.decode()
    assert 'value="report"' in form and form.count(" checked") == 1
    asked = {"wish": "report", "words": "It speaks for a party.", "email": ""}
    assert visitor.post("/campaigns/lake/correcting/", asked).status_code == 200
    assert visitor.get("/campaigns/lake/").status_code == 200
    mail = deliver_all().last(network.approver.email)
    assert "party" not in mail.as_string()
    approver = enter_workspace(network.approver, deliver_all)
    assert "Somebody reports a campaign" in approver.get("/organise/").content.decode()
    told = approver.get(f"/organise/cases/{campaign.case_id}/").content.decode()
    assert "It breaks our principles, somebody says" in told and "It speaks for a party." in told


def test_the_same_sheets_sent_again_are_entered_once(network, campaign, deliver_all, settings):
    """Going back and pressing again; with another word they are other sheets."""
    editor = enter_workspace(network.writer, deliver_all)
    url = f"/organise/campaigns/{campaign.pk}/paper/"
    assert editor.post(url, {"signatures": "many", "reason": "At the market."}).status_code == 400
    for _ in range(2):
        assert editor.post(url, {"signatures": "13", "reason": "At the market."}).status_code == 302
    assert PaperSheets.objects.count() == 1
    assert "You sent exactly this a while ago" in editor.get(url).content.decode()
    editor.post(url, {"signatures": "13", "reason": "At the market, on the second day."})
    assert PaperSheets.objects.count() == 2
    other = enter_workspace(network.approver, deliver_all)
    other.post(url, {"signatures": "13", "reason": "At the market."})
    assert PaperSheets.objects.count() == 3


def test_what_was_taken_back_meanwhile_is_entered_anew(network, campaign, deliver_all):
    editor = enter_workspace(network.writer, deliver_all)
    url, sheets = f"/organise/campaigns/{campaign.pk}/paper/", {"signatures": "13", "reason": "At the market."}
    editor.post(url, sheets)
    assert editor.post(f"/organise/paper/{PaperSheets.objects.get().pk}/taking-back/").status_code == 302
    editor.post(url, sheets)
    assert PaperSheets.objects.filter(taken_back_at=None).count() == 1
