"""Scenario 2: somebody in danger signs and is counted; nothing here holds their name, and nobody writes to them."""

import pytest
from django.utils import timezone

from campaigns.flows.campaign import counting
from campaigns.models import Participation, Tally
from network.consumers import _quiet_again
from network.flows import quieting
from network.flows.relaying import relay
from network.models import Application, ContactConsent, Endorsement, Person
from tests.journeys.test_a_supporter_joins import join_network, path_in, sign_in
from tests.makers import make_campaign, make_participation
from tests.network.test_sealed import whole_database

pytestmark = pytest.mark.django_db
ADDRESS = "danger@people.example"
NAME = "Zqplantedqz"


def signed(visitor, deliver_all, campaign, *, name: str) -> None:
    data = {"name": name, "email": ADDRESS, "show_name": "on"}
    assert visitor.post(f"/campaigns/{campaign.slug}/", data).status_code == 302
    link = path_in(deliver_all().last(ADDRESS, having="confirm/"), "confirm/")
    assert visitor.post(link, {"name": name, "show_name": "on"}).status_code == 302


def counted(campaign) -> int:
    relay()
    counting.reconcile(at=timezone.now())
    return Tally.objects.get(action=campaign.actions.get()).confirmed


@pytest.fixture
def quiet(network, visitor, deliver_all):
    """Joined, signed one campaign by name, then asked to be made quiet."""
    first = make_campaign(network, slug="first")
    join_network(visitor, deliver_all, ADDRESS)
    Person.objects.filter(email=ADDRESS).update(display_name=NAME)
    signed(visitor, deliver_all, first, name=NAME)
    assert NAME.encode() in whole_database()
    sign_in(visitor, deliver_all, ADDRESS)
    now, principles = timezone.now(), Endorsement.objects.get(person__email=ADDRESS).principles
    Application.objects.create(
        address=ADDRESS,
        contact_name=NAME,
        legal_name="Lake Friends",
        principles=principles,
        entered_at=now,
        asked_at=now,
    )
    Endorsement.objects.filter(person__email=ADDRESS).update(display_name=NAME)
    page = visitor.get("/me/quiet/").content.decode()
    assert "Hide me now" in page and page.count("<button") >= 1
    assert visitor.post("/me/quiet/").url == "/me/"
    return first


def test_the_name_is_nowhere_any_more_and_the_count_stays(quiet):
    assert NAME.encode() not in whole_database()
    assert counted(quiet) == 1
    row = Participation.objects.get(action=quiet.actions.get())
    assert (row.state, row.name, row.answers["show_name"]) == ("confirmed", "", False)


def test_a_signature_withdrawn_meanwhile_stays_withdrawn(network, visitor, deliver_all, monkeypatch):
    campaign = make_campaign(network)
    row = make_participation(campaign, ADDRESS)
    hide = Participation.hide

    def withdrawn_first(self: Participation) -> None:
        Participation.objects.filter(pk=self.pk).update(state="withdrawn")
        hide(self)

    monkeypatch.setattr(Participation, "hide", withdrawn_first)
    quieting.be_quiet(row.person_id, at=timezone.now())
    assert Participation.objects.get(pk=row.pk).state == "withdrawn"


def test_what_is_signed_afterwards_is_counted_and_shown_nowhere(quiet, network, visitor, deliver_all):
    second = make_campaign(network, slug="second")
    make_participation(second, "other@people.example")
    before = counted(second)
    signed(visitor, deliver_all, second, name=NAME)
    assert counted(second) == before + 1
    assert NAME.encode() not in whole_database()


def test_no_alert_is_written_and_the_inbox_tells_nothing(quiet):
    person = Person.objects.get(email=ADDRESS)
    assert person.neutral_mail and person.at_risk
    assert not ContactConsent.objects.in_force().filter(person=person).exists()


def test_it_can_be_ended_and_what_was_forgotten_stays_so(quiet, visitor):
    assert "You are quiet" in visitor.get("/me/").content.decode()
    assert visitor.post("/me/safe-again/").url == "/me/"
    person = Person.objects.get(email=ADDRESS)
    assert (person.at_risk, person.display_name) == (False, "—")
    assert not ContactConsent.objects.in_force().filter(person=person).exists()


def test_a_restore_repeats_it(network, visitor, deliver_all):
    campaign = make_campaign(network, slug="first")
    row = make_participation(campaign, ADDRESS, name=NAME, show_name=True)
    _quiet_again({"person_id": row.person_id}, row.entered_at)
    _quiet_again({"person_id": row.person_id}, row.entered_at)
    assert NAME.encode() not in whole_database()
