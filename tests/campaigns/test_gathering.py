"""A gathering: its hour is told by the clock there, its place only to whoever comes, and there is room for so many."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from campaigns.flows.campaign import acting, closing, offering
from campaigns.flows.gate import silencing
from campaigns.kinds.gathering.answers import GatheringAnswers
from campaigns.kinds.gathering.options import GatheringOptions, GatheringOptionsForm
from campaigns.models import Participation
from campaigns.refusals import ActionClosed, ActionFull
from network.flows import quieting
from network.flows.relaying import relay
from network.models import Person
from network.models.address import stored_form
from tests.journeys.test_a_stranger_signs import link_in
from tests.makers import enter_workspace, make_action, make_campaign
from tests.makers.actions import OPTIONS
from tests.racing import race

pytestmark = pytest.mark.django_db
WHERE = "Second door of the house with the almond tree, +31 20 123 45 67"


@pytest.fixture
def campaign(network):
    return make_campaign(network, slug="lake")


def gathering(network, campaign, *, room: int = 2, **options):
    begins = (timezone.now() + timedelta(days=5)).replace(hour=18, minute=30).strftime("%Y-%m-%dT%H:%M")
    given = {**OPTIONS["gathering"], "starts": begins, "room": room, **options}
    return make_action(network, campaign, "gathering", options=given, words={"en": {"place": WHERE}})


def come(action, number: int, *, confirmed: bool = True) -> Participation:
    entry = acting.Entry(
        address=stored_form(f"guest-{number}@people.example"),
        name=f"Guest {number}",
        language="en",
        answers=GatheringAnswers(),
    )
    row = acting.enter(action.pk, entry, at=timezone.now())
    if confirmed:
        row = acting.confirm(row.pk, name=entry.name, answers=entry.answers, at=timezone.now())
    return row


@pytest.mark.once
def test_an_hour_is_by_the_clock_there():
    happens = GatheringOptions(place="IR Asia/Tehran", starts="2027-03-01T18:30", minutes=90).happens()
    assert happens.begins == datetime(2027, 3, 1, 15, 0, tzinfo=UTC) and happens.zone == "Asia/Tehran"
    assert happens.ends - happens.begins == timedelta(minutes=90)
    assert GatheringOptions(starts="2027-03-01T18:30").happens().zone == "UTC"


@pytest.mark.once
def test_what_is_typed_is_kept_as_typed():
    form = GatheringOptionsForm({"place": "IR Asia/Tehran", "starts": "2027-03-01 18:30", "minutes": "90", "room": "0"})
    assert form.is_valid(), form.errors
    assert GatheringOptions(**form.cleaned_data).starts == "2027-03-01T18:30"
    assert GatheringOptionsForm({"starts": "", "minutes": "90", "room": "0"}).is_valid()
    assert not GatheringOptionsForm({"starts": "tomorrow", "minutes": "0", "room": "-1"}).is_valid()


def test_the_place_is_told_only_to_who_confirmed(network, campaign, visitor, deliver_all):
    gathering(network, campaign)
    page = visitor.get("/campaigns/lake/2/").content.decode()
    assert "almond tree" not in page and "18:30 to 20:00" in page and "(Netherlands)" in page
    assert "There are 2 places left." in page
    visitor.post("/campaigns/lake/2/", {"name": "Nasrin", "email": "nasrin@people.example"})
    asked = deliver_all().last("nasrin@people.example")
    link = link_in(asked)
    assert "almond tree" not in asked.as_string() and "almond tree" not in visitor.get(link).content.decode()
    assert visitor.get(f"{link}calendar.ics").status_code == 410
    thanked = visitor.post(link, {"name": "Nasrin"}, follow=True).content.decode()
    assert WHERE in thanked
    receipt = deliver_all().last("nasrin@people.example").get_body(("plain",)).get_content()
    assert "house with the almond tree" in " ".join(receipt.split()) and "from 18:30 to 20:00" in receipt
    api = Client().get(f"/api/v1/campaigns/{campaign.public_id}/").content.decode()
    feed = Client().get("/feeds/campaigns.atom").content.decode()
    assert "almond tree" not in api + feed
    relay()
    assert "There is 1 place left." in Client().get("/campaigns/lake/2/").content.decode()


@pytest.mark.once
def test_a_calendar_gets_hour_and_place_and_for_somebody_in_danger_no_word_of_what_it_is(
    network, campaign, visitor, deliver_all
):
    action = gathering(network, campaign)
    come(action, 1, confirmed=False)
    link = link_in(deliver_all().last("guest-1@people.example"))
    visitor.post(link, {"name": "Guest 1"})
    answer = visitor.get(f"{link}calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar") and "no-store" in answer["Cache-Control"]
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["SUMMARY"] == "Words title Golnar Sabzrud" and event["LOCATION"] == WHERE
    begins = event["DTSTART"].dt
    assert begins.astimezone(ZoneInfo("Europe/Amsterdam")).strftime("%H:%M") == "18:30"
    assert event["DTEND"].dt - begins == timedelta(minutes=90)
    quieting.be_quiet(Person.objects.get(email="guest-1@people.example").pk, at=timezone.now())
    [event] = Calendar.from_ical(visitor.get(f"{link}calendar.ics").content).walk("VEVENT")
    assert event["SUMMARY"] == "An appointment"


def test_there_is_room_for_so_many_and_a_place_given_back_is_free(network, campaign, visitor):
    action = gathering(network, campaign, room=2)
    late = come(action, 3, confirmed=False)
    first, _second = come(action, 1), come(action, 2)
    with pytest.raises(ActionFull):
        acting.confirm(late.pk, name="Guest 3", answers=GatheringAnswers(), at=timezone.now())
    with pytest.raises(ActionFull):
        come(action, 4)
    relay()
    page = visitor.get("/campaigns/lake/2/").content.decode()
    assert "Every place is taken" in page and 'name="email"' not in page
    for number in (1, 3, 5):  # who comes, who entered it, a stranger: nobody learns which
        answer = visitor.post("/campaigns/lake/2/", {"name": "Guest", "email": f"guest-{number}@people.example"})
        assert answer.status_code == 409 and "Every place is taken." in answer.content.decode()
    acting.withdraw(first.pk, by=first.person, at=timezone.now())
    assert acting.confirm(late.pk, name="Guest 3", answers=GatheringAnswers(), at=timezone.now()).state == "confirmed"


@pytest.mark.once
def test_a_page_that_waited_for_the_last_place_says_that_it_is_gone(network, campaign, visitor, deliver_all):
    action = gathering(network, campaign, room=1)
    come(action, 1, confirmed=False)
    link = link_in(deliver_all().last("guest-1@people.example"))
    come(action, 2)
    answer = visitor.post(link, {"name": "Guest 1"})
    assert answer.status_code == 409 and "Every place is taken." in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_do_not_both_get_the_last_place(network):
    action = gathering(network, make_campaign(network, slug="lake"), room=3)
    rows = [come(action, number, confirmed=False) for number in range(8)]

    def press(row):
        return lambda: acting.confirm(row.pk, name="Guest", answers=GatheringAnswers(), at=timezone.now())

    race(*(press(row) for row in rows))
    assert Participation.objects.confirmed().filter(action=action).count() == 3


def test_it_ends_when_it_begins_and_is_no_urgent_action(network, campaign):
    action = gathering(network, campaign)
    assert (action.number, action.year) == (None, None)
    begins = GatheringOptions.read(action.options).happens().begins
    assert action.act_before == begins
    entry = acting.Entry(address="late@people.example", name="Late", language="en", answers=GatheringAnswers())
    with pytest.raises(ActionClosed):
        acting.enter(action.pk, entry, at=begins + timedelta(minutes=1))


def test_one_without_an_hour_or_in_the_past_does_not_open(network, campaign):
    past = make_action(
        network, campaign, "gathering", opened=False, options={**OPTIONS["gathering"], "starts": "2020-01-01T10:00"}
    )
    assert "hour-past" in offering.missing_for_opening(past, at=timezone.now())
    none = make_action(network, campaign, "gathering", opened=False, options={"starts": ""})
    assert "hour" in offering.missing_for_opening(none, at=timezone.now())


@pytest.mark.parametrize(("place", "is_missing"), [("", True), ("utc", False), ("NL Europe/Amsterdam", False)])
def test_an_hour_needs_its_clock(network, campaign, place, is_missing):
    options = {**OPTIONS["gathering"], "place": place}
    action = make_action(network, campaign, "gathering", opened=False, options=options)
    assert ("clock" in offering.missing_for_opening(action, at=timezone.now())) is is_missing


def test_a_place_is_guarded_like_every_text(network, campaign):
    action = make_action(
        network, campaign, "gathering", opened=False, words={"en": {"place": "At the door of Golnar Sabzrud"}}
    )
    found = offering.missing_for_opening(action, at=timezone.now())
    assert any(code.startswith("unfit:en:name") for code in found)


@pytest.mark.once
def test_an_organiser_writes_one(network, campaign, deliver_all):
    client = enter_workspace(network.writer, deliver_all)
    answer = client.post(f"/organise/campaigns/{campaign.pk}/actions/", {"kind": "gathering"})
    url = answer["Location"]
    page = client.get(url).content.decode()
    assert "Only whoever said that they come, and confirmed it, gets to read this." in page
    given = {
        "place": "NL Europe/Amsterdam",
        "starts": "2027-03-01T18:30",
        "minutes": "90",
        "room": "40",
        "title_en": "Come to the square",
        "about_en": "An hour with lamps, in Port Corvela.",
        "place_en": WHERE,
    }
    answer = client.post(url, given)
    assert answer.status_code == 302, answer.content.decode()
    again = client.get(url).content.decode()
    assert 'value="2027-03-01T18:30"' in again and WHERE in again


@pytest.mark.parametrize("how", ["ended", "closed", "withdrawn"])
def test_whoever_keeps_a_place_is_told_once_that_it_does_not_take_place(network, campaign, visitor, deliver_all, how):
    action, now = gathering(network, campaign), timezone.now()
    come(action, 1, confirmed=False)
    come(action, 2, confirmed=False)
    link = link_in(deliver_all().last("guest-1@people.example"))
    visitor.post(link, {"name": "Guest 1"})
    deliver_all()
    if how == "ended":
        offering.end(action.pk, by=network.writer, at=now)
    if how in ("ended", "closed"):
        closing.close(campaign.pk, ending="ended", by=network.writer, at=now)
    else:
        silencing.withdraw_case(campaign.case_id, by=None, at=now)
    sent = deliver_all()
    told = [mail for mail in sent.mails("guest-1@people.example") if mail["Subject"] == "It does not take place"]
    text = told[0].get_body(("plain",)).get_content()
    assert len(told) == 1 and "from 18:30 to 20:00" in text and "Please do not go there" in text
    assert "Golnar" not in text and "almond tree" not in text
    assert "It does not take place" not in [mail["Subject"] for mail in sent.mails("guest-2@people.example")]
    if how != "withdrawn":
        page = visitor.get("/campaigns/lake/2/").content.decode()
        assert "It does not take place. Please do not go there." in page
        assert "almond tree" not in visitor.get(link).content.decode()


def test_nobody_is_told_of_what_took_place(network, campaign, deliver_all):
    action = gathering(network, campaign)
    come(action, 1)
    begun = timezone.now() + timedelta(days=6)
    with time_machine.travel(begun, tick=True):
        closing.close(campaign.pk, ending="ended", by=network.writer, at=begun)
        subjects = [mail["Subject"] for mail in deliver_all().mails("guest-1@people.example")]
    assert "It does not take place" not in subjects
