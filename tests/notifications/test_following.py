"""Standing alerts: to each who does what they follow, once, as many days later as they say, and to nobody for what was before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from campaigns.events import ParticipationConfirmed
from campaigns.flows.campaign import joining
from network.flows import approving, consuming, sequencing
from network.flows.recording import record
from network.models import Consumer, Person
from notifications import tasks
from notifications.flows import opening, steering
from notifications.flows.opening import SUBJECT
from notifications.models import Alert, Chunk, Delivery
from tests.makers import enter_workspace, make_alert, make_campaign, make_participation, make_person

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def stand(network, campaign, **plan) -> Alert:
    made = make_alert(network, campaign, approved=False)
    Alert.objects.filter(pk=made.pk).update(**{"trigger": "joined", **plan})
    alert = Alert.objects.select_related("campaign__case__defender").get(pk=made.pk)
    for part in alert.parts():
        approving.approve(SUBJECT, alert.pk, part, by=network.approver, at=timezone.now())
    opening.open_alert(alert.pk, by=None, at=timezone.now(), undo_seconds=30)
    return Alert.objects.get(pk=alert.pk)


def join(campaign, name: str) -> Person:
    person = make_person(f"{name}@people.example", name=name.title())
    joining.join(person, campaign, through="test", at=timezone.now())
    return person


def read_the_log() -> None:
    """Without the consumer of notices, whose mail would stand among the letters."""
    sequencing.sequence()
    while consuming.catch_up("follow_ups"):
        pass


def had(alert: Alert) -> list[tuple[str, str]]:
    rows = Delivery.objects.of(alert).order_by("person__email").values_list("person__email", "state")
    return [(email.partition("@")[0], state) for email, state in rows]


def let_time_pass() -> None:
    """As many days as it waits; the database's clock cannot be moved, so what waits is."""
    Chunk.objects.open().update(not_before=timezone.now() - timedelta(seconds=1))
    tasks.dispatch()
    tasks.sweep()


@pytest.fixture
def campaign(network):
    return make_campaign(network, slug="lake")


def test_a_welcome_goes_to_each_who_joins_from_then_on(network, campaign, mailbox):
    join(campaign, "before")
    alert = stand(network, campaign)
    assert alert.state == Alert.State.STANDING
    tasks.open_alerts()
    read_the_log()
    assert had(alert) == []
    join(campaign, "first")
    read_the_log()
    tasks.dispatch()
    join(campaign, "second")
    read_the_log()
    tasks.dispatch()
    tasks.sweep()
    assert had(alert) == [("first", "sent"), ("second", "sent")]
    assert sorted(mail["To"] for mail in mailbox.mails()) == ["first@people.example", "second@people.example"]
    assert Alert.objects.get(pk=alert.pk).state == Alert.State.STANDING


def test_read_again_nothing_goes_twice(network, campaign, mailbox):
    alert = stand(network, campaign)
    person = join(campaign, "first")
    read_the_log()
    Consumer.objects.filter(name="follow_ups").update(position=0)
    read_the_log()
    joining.leave(person, campaign, at=timezone.now())
    joining.join(person, campaign, through="test", at=timezone.now())
    read_the_log()
    tasks.dispatch()
    assert len(mailbox.mails()) == 1
    assert had(alert) == [("first", "sent")]


def test_some_days_later_and_only_to_whom_it_is_still_for(network, campaign, mailbox):
    """The reminder: whoever joined and has not taken part within three days."""
    alert = stand(network, campaign, after_days=3, audience=Alert.Audience.NOT_ACTED)
    for name in ("acts", "waits", "leaves"):
        join(campaign, name)
    read_the_log()
    tasks.dispatch()
    assert mailbox.mails() == []
    assert {chunk.not_before.date() for chunk in Chunk.objects.filter(alert=alert)} == {
        (timezone.now() + 3 * DAY).date()
    }
    make_participation(campaign, "acts@people.example")
    joining.leave(Person.objects.get(email="leaves@people.example"), campaign, at=timezone.now())
    let_time_pass()
    assert [mail["To"] for mail in mailbox.mails()] == ["waits@people.example"]
    assert had(alert) == [("acts", "dropped"), ("leaves", "dropped"), ("waits", "sent")]


def test_paused_nothing_leaves_and_nobody_is_left_out(network, campaign, mailbox):
    alert = stand(network, campaign)
    steering.pause(alert.pk, by=network.writer, at=timezone.now())
    join(campaign, "meanwhile")
    read_the_log()
    tasks.dispatch()
    assert mailbox.mails() == []
    steering.resume(alert.pk, by=network.approver, at=timezone.now())
    assert Alert.objects.get(pk=alert.pk).state == Alert.State.STANDING
    tasks.dispatch()
    assert [mail["To"] for mail in mailbox.mails()] == ["meanwhile@people.example"]


def test_ended_it_goes_to_nobody_any_more(network, campaign, mailbox):
    alert = stand(network, campaign, after_days=1)
    join(campaign, "early")
    read_the_log()
    steering.cancel(alert.pk, by=network.approver, at=timezone.now())
    join(campaign, "late")
    read_the_log()
    let_time_pass()
    assert had(alert) == [("early", "dropped")]
    assert mailbox.mails() == []


def test_past_its_last_day_it_is_finished(network, campaign):
    alert = stand(network, campaign, after_days=2, expires_at=timezone.now() + DAY)
    join(campaign, "too-late")
    read_the_log()
    assert had(alert) == []  # two days from now it would be over
    Alert.objects.filter(pk=alert.pk).update(expires_at=timezone.now())
    tasks.sweep()
    assert Alert.objects.get(pk=alert.pk).state == Alert.State.FINISHED


def test_it_follows_taking_part(network, campaign, mailbox):
    alert = stand(network, campaign, trigger="acted", audience=Alert.Audience.ACTED)
    join(campaign, "joins-only")
    person = join(campaign, "acts")
    row = make_participation(campaign, "acts@people.example")
    assert row.person == person
    with transaction.atomic():
        record(ParticipationConfirmed(participation_id=row.pk, action_id=row.action_id), by=person, at=timezone.now())
    read_the_log()
    tasks.dispatch()
    assert had(alert) == [("acts", "sent")]


def test_what_stands_is_part_of_what_is_approved(network, campaign):
    alert = make_alert(network, campaign)
    assert opening.missing_for_opening(alert, at=timezone.now()) == []
    alert.trigger, alert.after_days = "joined", 3
    assert opening.missing_for_opening(alert, at=timezone.now()) == ["approval:plan"]


def test_an_organiser_writes_it_lets_it_stand_and_ends_it(network, campaign, deliver_all):
    alert = stand(network, campaign)
    page = enter_workspace(network.approver, deliver_all)
    shown = page.get(f"/organise/alerts/{alert.pk}/").content.decode()
    assert "It stands. To each who joins the campaign from then on." in shown
    assert "End it" in shown and "http-equiv" not in shown
    page.post(f"/organise/alerts/{alert.pk}/cancelling/")
    assert Alert.objects.get(pk=alert.pk).state == Alert.State.CANCELLED
