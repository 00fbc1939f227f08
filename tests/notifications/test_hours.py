"""Hours of the day: whoever told us where they live gets what is not urgent by day, by their own clock; never late, and once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from campaigns.flows.campaign import joining
from network.flows import approving
from network.models import Person
from notifications import tasks
from notifications.engine import dispatching, leasing
from notifications.flows import progressing, sweeping
from notifications.flows.opening import SUBJECT
from notifications.models import Alert, Chunk, Delivery
from notifications.models.audience import audience_of
from notifications.models.hours import Hours
from tests.makers import approve_campaign, make_alert, make_campaign, make_person
from tests.notifications.test_opening import open_fully

BY_DAY = Hours(9, 20)
ZONES = ["UTC", "Asia/Tehran", "America/Los_Angeles", "Pacific/Auckland", "Europe/Berlin", "Asia/Kathmandu"]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "now", "begins", "ends"),
    [
        ("UTC", "2026-11-27 12:30", "2026-11-27 12:30", "2026-11-27 20:00"),  # by day: now
        ("UTC", "2026-11-27 08:00", "2026-11-27 09:00", "2026-11-27 20:00"),
        ("UTC", "2026-11-27 20:00", "2026-11-28 09:00", "2026-11-28 20:00"),  # its last moment is over
        ("Asia/Tehran", "2026-11-27 17:00", "2026-11-28 05:30", "2026-11-28 16:30"),  # 20:30 there
        ("America/Los_Angeles", "2026-11-27 04:00", "2026-11-27 17:00", "2026-11-28 04:00"),  # its evening before
        (
            "Europe/Berlin",
            "2026-10-25 00:30",
            "2026-10-25 08:00",
            "2026-10-25 19:00",
        ),  # the clock is set back that night
        ("Nowhere/AtAll", "2026-11-27 08:00", "2026-11-27 09:00", "2026-11-27 20:00"),
    ],
)
def test_the_span_of_a_day(zone, now, begins, ends):
    assert BY_DAY.next_in(zone, at=at(now)) == (at(begins), at(ends))


@given(
    st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31)),
    st.sampled_from(ZONES),
    st.integers(0, 23),
    st.integers(1, 24),
)
def test_a_span_is_ahead_within_a_day_and_within_its_hours(now, zone, begins, ends):
    if begins >= ends:
        return
    now = now.replace(tzinfo=UTC)
    span = Hours(begins, ends).next_in(zone, at=now)
    assert now <= span.begins < span.ends
    assert span.begins - now < timedelta(hours=26)  # a clock set back adds one
    there = span.begins.astimezone(ZoneInfo(zone))
    assert begins <= there.hour < ends or span.begins != now


@pytest.fixture
def alert(network):
    """To one in Tehran, one in Los Angeles, one who did not say; by day, and the campaign goes by Berlin's clock."""
    campaign = make_campaign(network)
    campaign.zone = "Europe/Berlin"
    campaign.save()
    approve_campaign(network, campaign, at=timezone.now())
    for name, country, zone in (
        ("tehran", "IR", "Asia/Tehran"),
        ("angeles", "US", "America/Los_Angeles"),
        ("unsaid", "", ""),
    ):
        person = make_person(f"{name}@people.example", name=name.title())
        Person.objects.filter(pk=person.pk).update(country=country, zone=zone)
        joining.join(person, campaign, through="test", at=timezone.now())
    made = make_alert(network, campaign, approved=False)
    Alert.objects.filter(pk=made.pk).update(from_hour=9, to_hour=20)
    return approved(network, Alert.objects.get(pk=made.pk))


def approved(network, alert: Alert) -> Alert:
    for part in alert.parts():
        approving.approve(SUBJECT, alert.pk, part, by=network.approver, at=timezone.now())
    return alert


def sent_to(mailbox) -> Counter:
    return Counter(mail["To"].partition("@")[0] for mail in mailbox.mails())


def pass_through() -> None:
    """What the timetable does, once."""
    tasks.sweep()
    while dispatching.dispatch():
        pass


@pytest.mark.django_db
def test_the_plan_is_approved_with_its_hours_and_its_clock(alert):
    before = {part.name: part.digest for part in alert.parts()}
    alert.campaign.zone = "Asia/Tehran"
    assert {part.name: part.digest for part in alert.parts()}["plan"] != before["plan"]
    alert.from_hour = alert.to_hour = None
    without = {part.name: part.digest for part in alert.parts()}["plan"]
    alert.campaign.zone = "UTC"
    assert {part.name: part.digest for part in alert.parts()}["plan"] == without  # no hours, no clock


@pytest.mark.django_db(transaction=True)
def test_each_gets_it_by_day_where_they_live(alert, mailbox):
    with time_machine.travel(
        at("2026-11-27 07:00"), tick=False
    ):  # 10:30 in Tehran, 08:00 in Berlin, 23:00 in Los Angeles
        open_fully(alert)
        times = dict(Chunk.objects.filter(alert=alert).values_list("zone", "not_before"))
        assert times == {
            "Asia/Tehran": at("2026-11-27 07:00"),
            "Europe/Berlin": at("2026-11-27 08:00"),
            "America/Los_Angeles": at("2026-11-27 17:00"),
        }
        progress = progressing.progress_of(Alert.objects.get(pk=alert.pk), at=timezone.now())
        assert (progress.left, progress.waiting, progress.next_hours) == (3, 2, at("2026-11-27 08:00"))


def move(alert: Alert, zone: str, *, begins: timedelta, ends: timedelta) -> None:
    """The database's clock decides, and cannot be moved: so the hours are."""
    now = timezone.now()
    Chunk.objects.filter(alert=alert, zone=zone).update(not_before=now + begins, closes_at=now + ends)


HOUR = timedelta(hours=1)


@pytest.mark.django_db(transaction=True)
def test_before_its_hours_nothing_leaves_and_within_them_all_of_it(alert, mailbox):
    open_fully(alert)
    for zone in ("Asia/Tehran", "Europe/Berlin"):
        move(alert, zone, begins=HOUR, ends=2 * HOUR)
    move(alert, "America/Los_Angeles", begins=-HOUR, ends=HOUR)
    pass_through()
    assert sent_to(mailbox) == Counter(["angeles"])
    move(alert, "Asia/Tehran", begins=-HOUR, ends=HOUR)
    pass_through()
    assert sent_to(mailbox) == Counter(["angeles", "tehran"])
    assert Alert.objects.get(pk=alert.pk).state == Alert.State.SENDING  # somebody still waits for their morning


@pytest.mark.django_db(transaction=True)
def test_past_its_hours_a_chunk_waits_for_the_next_day(alert, mailbox):
    open_fully(alert)
    Chunk.objects.filter(alert=alert).update(not_before=timezone.now() - 3 * HOUR, closes_at=timezone.now() - HOUR)
    assert leasing.lease() is None
    assert sweeping.put_off(at=timezone.now()) == 3
    for chunk in Chunk.objects.filter(alert=alert):
        span = BY_DAY.next_in(chunk.zone, at=timezone.now())
        assert abs(chunk.not_before - span.begins) < timedelta(seconds=30)
        assert chunk.closes_at == span.ends
    assert sweeping.put_off(at=timezone.now()) == 0


@pytest.mark.django_db(transaction=True)
def test_a_worker_stops_when_the_hours_are_over(alert):
    open_fully(alert)
    move(alert, "Asia/Tehran", begins=-HOUR, ends=HOUR)
    for zone in ("Europe/Berlin", "America/Los_Angeles"):
        move(alert, zone, begins=HOUR, ends=2 * HOUR)
    held = leasing.lease()
    assert leasing.extend(held)
    Chunk.objects.filter(pk=held.chunk.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    assert not leasing.extend(held)
    assert sweeping.put_off(at=timezone.now()) == 0  # it is still held: whoever holds it gives it back first


@pytest.mark.django_db(transaction=True)
def test_what_ends_before_its_morning_is_dropped_and_never_late(network, alert, mailbox):
    begins = (datetime.now(ZoneInfo("Asia/Tehran")).hour + 2) % 22
    Alert.objects.filter(pk=alert.pk).update(
        expires_at=timezone.now() + timedelta(minutes=1), from_hour=begins, to_hour=begins + 1
    )
    open_fully(approved(network, Alert.objects.get(pk=alert.pk)))
    said = progressing.progress_of(Alert.objects.get(pk=alert.pk), at=timezone.now())
    assert said.too_late >= 1 and said.waiting + said.too_late <= said.left  # and nobody is told that it comes
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        tasks.sweep()
    assert "tehran" not in sent_to(mailbox)
    assert Delivery.objects.get(alert=alert, person__email__startswith="tehran").reason == "expired"


@pytest.mark.django_db(transaction=True)
def test_what_is_tried_again_keeps_to_the_hours(alert, mailbox):
    mailbox.replies = lambda address: "451 later"
    open_fully(alert)
    for zone in ("Asia/Tehran", "Europe/Berlin", "America/Los_Angeles"):
        move(alert, zone, begins=-HOUR, ends=HOUR)
    pass_through()
    said = progressing.progress_of(Alert.objects.get(pk=alert.pk), at=timezone.now())
    assert (said.left, said.put_off, said.finish) == (3, 3, None) and said.next_try > timezone.now()
    Delivery.objects.of(alert).update(not_before=timezone.now())
    assert sweeping.regroup(at=timezone.now()) == 3
    for chunk in Chunk.objects.filter(alert=alert).open():
        span = BY_DAY.next_in(chunk.zone, at=timezone.now())
        assert chunk.zone and chunk.closes_at == span.ends


@pytest.mark.django_db
def test_only_who_lives_there(network):
    campaign = make_campaign(network)
    for country in ("IR", "IR", "DE", ""):
        person = make_person(f"p{Person.objects.count()}@people.example")
        Person.objects.filter(pk=person.pk).update(country=country)
        joining.join(person, campaign, through="test", at=timezone.now())
    alert = make_alert(network, campaign)
    assert audience_of(alert).count() == 4
    alert.countries = ["IR"]
    assert audience_of(alert).count() == 2
    assert Person.objects.all().countries(fewest=2) == ["IR"]  # a smaller group is not told apart
