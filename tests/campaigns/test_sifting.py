"""What is not people's is set apart and put back; the counts follow, and no small group is told of."""

import pytest
from django.utils import timezone

from campaigns.flows.campaign import acting, counting, sifting
from campaigns.kinds.petition.answers import PetitionAnswers
from campaigns.models import Participation, Sift
from campaigns.publishing.sifting import Criteria, entries_of, preview
from campaigns.refusals import TooFewToSift
from campaigns.tasks import sift as sift_task
from network.flows import erasing
from network.flows.relaying import relay
from tests.makers import enter_workspace, make_campaign, make_participation

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(network, settings):
    settings.SIFT_ROWS, settings.SIFT_LEAST_BY_NAME = 3, 5
    campaign = make_campaign(network, slug="lake")
    for number in range(8):
        make_participation(campaign, f"bot-{number}@machine.example", name=f"Xx {number}", language="de")
    for number in range(6):
        make_participation(campaign, f"friend-{number}@people.example")
    relay()
    return campaign


def action_of(campaign):
    return campaign.actions.get()


def counted(campaign) -> int:
    relay()
    return counting.tally_of(action_of(campaign).pk).confirmed


def finish(sift) -> None:
    while sifting.go_on(sift.pk, at=timezone.now()):
        pass


@pytest.mark.parametrize(
    ("criteria", "number"),
    [
        (Criteria(domain="machine.example"), 8),
        (Criteria(language="de"), 8),
        (Criteria(name_has="xx"), 8),
        (Criteria(domain="machine.example", language="en"), 0),
        (Criteria(since="2000-01-01T00:00:00+00:00"), 14),
        (Criteria(until="2000-01-01T00:00:00+00:00"), 0),
        (Criteria(came_fast=True), 0),
        (Criteria(), 0),
    ],
)
def test_looking_counts_and_changes_nothing(campaign, criteria, number):
    found = preview(action_of(campaign).pk, criteria)
    assert found.about == number // 5 * 5 and found.is_small == (number < 5)
    assert counted(campaign) == 14


def test_a_name_or_a_mailbox_is_looked_for_among_many_only(campaign, settings):
    settings.SIFT_LEAST_BY_NAME = 25
    for criteria in (
        Criteria(domain="machine.example"),
        Criteria(name_has="xx"),
        Criteria(name_has="xx", language="de"),
    ):
        assert preview(action_of(campaign).pk, criteria).is_small
    assert not preview(action_of(campaign).pk, Criteria(language="de")).is_small


def test_what_others_enter_of_somebody_who_is_counted_says_nothing_of_them(campaign):
    row = Participation.objects.filter(language="en").first()
    answers = PetitionAnswers()
    entry = acting.Entry(address=row.person.email, name="X", language="en", answers=answers, came_fast=True)
    acting.enter(action_of(campaign).pk, entry, at=timezone.now())
    row.refresh_from_db()
    assert (row.repeats, row.came_fast) == (1, False)


def test_it_is_set_apart_in_parts_and_put_back_as_it_was(network, campaign):
    before = sorted(Participation.objects.values_list("pk", "state", "name", "answers"), key=str)
    sift = sifting.begin(
        action_of(campaign).pk, Criteria(domain="machine.example"), by=network.approver, at=timezone.now()
    )
    assert sifting.go_on(sift.pk, at=timezone.now())
    assert counted(campaign) == 11  # each part stands alone
    finish(sift)
    assert counted(campaign) == 6
    sift.refresh_from_db()
    assert (sift.state, sift.set_apart, sift.found) == ("done", 8, 8)
    assert counting.reconcile(at=timezone.now()) == {}
    sifting.undo(sift.pk, by=network.approver, at=timezone.now())
    finish(sift)
    assert counted(campaign) == 14
    assert sorted(Participation.objects.values_list("pk", "state", "name", "answers"), key=str) == before


def test_it_can_be_stopped_and_undone_half_way(network, campaign):
    sift = sifting.begin(
        action_of(campaign).pk, Criteria(domain="machine.example"), by=network.approver, at=timezone.now()
    )
    sifting.go_on(sift.pk, at=timezone.now())
    sifting.cancel(sift.pk, by=network.approver, at=timezone.now())
    assert not sifting.go_on(sift.pk, at=timezone.now())
    assert counted(campaign) == 11
    sifting.undo(sift.pk, by=network.approver, at=timezone.now())
    finish(sift)
    assert counted(campaign) == 14
    sift.refresh_from_db()
    assert (sift.state, sift.set_apart) == ("undone", 0)


def test_the_worker_goes_on_with_it(network, campaign):
    sifting.begin(action_of(campaign).pk, Criteria(domain="machine.example"), by=network.approver, at=timezone.now())
    sift_task()
    assert Sift.objects.get().state == "done" and counted(campaign) == 6


def test_who_took_it_back_or_was_erased_meanwhile_stays_gone(network, campaign):
    sift = sifting.begin(
        action_of(campaign).pk, Criteria(domain="machine.example"), by=network.approver, at=timezone.now()
    )
    finish(sift)
    rows = list(Participation.objects.filter(sift=sift).select_related("person").order_by("pk"))
    acting.withdraw(rows[0].pk, by=rows[0].person, at=timezone.now())
    erasing.erase(rows[1].person, at=timezone.now())
    assert counted(campaign) == 6
    sifting.undo(sift.pk, by=network.approver, at=timezone.now())
    finish(sift)
    # An erased one's number stays, as everywhere; the one taken back is counted no more.
    assert counted(campaign) == 13
    assert counting.reconcile(at=timezone.now()) == {}


def test_nobody_is_looked_for_by_name_or_mailbox(network, campaign, deliver_all):
    with pytest.raises(TooFewToSift):
        sifting.begin(action_of(campaign).pk, Criteria(domain="nobody.example"), by=network.approver, at=timezone.now())
    organiser = enter_workspace(network.approver, deliver_all)
    page = organiser.get(
        f"/organise/campaigns/{campaign.pk}/sifting/?action={action_of(campaign).pk}&name_has=Xx+1"
    ).content.decode()
    assert "Fewer than 5" in page and 'class="count"' not in page


def test_it_is_done_and_undone_in_the_workspace(network, campaign, deliver_all):
    organiser = enter_workspace(network.approver, deliver_all)
    url = f"/organise/campaigns/{campaign.pk}/sifting/"
    said = {"action": str(action_of(campaign).pk), "domain": "@machine.example"}
    page = organiser.get(url, said).content.decode()
    assert 'class="count">5<' in page and "machine.example" in page
    assert organiser.get(url, {"action": said["action"]}).status_code == 400
    organiser.post(f"{url}beginning/", said)
    sift_task()
    assert counted(campaign) == 6
    results = organiser.get(f"/organise/campaigns/{campaign.pk}/results/").content.decode()
    assert "set apart" in results
    organiser.post(f"/organise/sifts/{Sift.objects.get().pk}/undoing/")
    sift_task()
    assert counted(campaign) == 14
    assert "put back" in organiser.get(f"{url}part/").content.decode()


def test_what_comes_fast_is_told_and_counted_all_the_same(network, settings, visitor):
    settings.ENTRIES_PER_CLIENT_PER_10_MINUTES = 2
    campaign = make_campaign(network, slug="crowd")
    for number in range(4):
        visitor.post(
            "/campaigns/crowd/",
            {"name": "A", "email": f"{number}@people.example"},
            REMOTE_ADDR="198.51.100.7",
        )
    visitor.post("/campaigns/crowd/", {"name": "A", "email": "onion@people.example"})  # from loopback, as over onion
    fast = dict(Participation.objects.values_list("address", "came_fast"))
    assert fast == {
        "0@people.example": False,
        "1@people.example": False,
        "2@people.example": True,
        "3@people.example": True,
        "onion@people.example": False,
    }
    assert entries_of(campaign.pk, {})[0].received == 5
