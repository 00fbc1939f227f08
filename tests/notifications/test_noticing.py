from datetime import timedelta

import pytest
from django.utils import timezone

from network.flows.relaying import relay
from network.models import Consumer
from notifications import tasks
from notifications.engine import dispatching
from notifications.flows.noticing import dropped_since, forget, notify
from notifications.models import Notice, Suppression
from tests.makers import make_campaign, make_participation

pytestmark = pytest.mark.django_db


def ask(key: str, address: str = "a@people.example", kind=Notice.Kind.CONFIRM_PARTICIPATION) -> Notice:
    return notify(kind, address=address, language="en", dedupe_key=key, at=timezone.now())


def test_what_a_relay_puts_off_comes_back_and_keeps_nobody_else_waiting(network, mailbox):
    """Twice: the chunk that it comes back in is another one each time."""
    mailbox.replies = lambda address: "451 later" if address == "a@people.example" else None
    row = make_participation(make_campaign(network), "a@people.example", confirmed=False)
    relay()
    for _try in range(2):
        while dispatching.dispatch(only_notices=True):
            pass
        notice = Notice.objects.get(subject_id=str(row.pk))
        assert (notice.state, notice.reason) == ("deferred", "smtp-451")
        Notice.objects.update(not_before=timezone.now() - timedelta(seconds=1))
        tasks.sweep()
        notice.refresh_from_db()
        assert notice.state == "queued" and notice.chunk.size_count == 1
    mailbox.replies = lambda address: None
    while dispatching.dispatch(only_notices=True):
        pass
    assert len(mailbox.mails("a@people.example")) == 1


def test_a_part_of_the_sweep_that_fails_keeps_no_other_from_its_work(installed, monkeypatch, caplog):
    done = []

    def fails(*, at):
        raise ValueError("one row is not as it should be")

    def finish(*, at):
        done.append(at)

    monkeypatch.setattr(tasks.sweeping, "drop_expired", fails)
    monkeypatch.setattr(tasks.opening, "finish", finish)
    tasks.sweep()
    assert done and "drop_expired" not in done and "a part of the sweep failed" in caplog.text


def test_the_same_key_is_one_notice(installed):
    assert ask("k").pk == ask("k").pk
    assert Notice.objects.count() == 1


def test_a_dead_mailbox_gets_nothing(installed):
    Suppression.objects.create(address="a@people.example", reason="hard_bounce", source="t", created_at=timezone.now())
    assert (ask("k").state, ask("k").reason) == ("dropped", "suppressed")


def test_a_complaint_stops_alerts_and_not_what_one_asks_for_oneself(installed):
    Suppression.objects.create(address="a@people.example", reason="complaint", source="t", created_at=timezone.now())
    assert ask("k").state == "queued"


def test_nobody_can_flood_a_stranger_with_confirmations(installed, settings):
    settings.CONFIRMATION_MAILS_PER_ADDRESS_PER_DAY = 3
    states = [ask(f"k{number}").state for number in range(5)]
    assert states == ["queued", "queued", "queued", "dropped", "dropped"]
    assert ask("spelt otherwise", "a+1@people.example").state == "dropped"
    assert ask("other", "b@people.example").state == "queued"
    assert ask("code", kind=Notice.Kind.SIGN_IN_CODE).state == "queued"


def test_reading_the_log_again_writes_no_second_notice(network, visitor):
    campaign = make_campaign(network)
    visitor.post(f"/campaigns/{campaign.slug}/", {"name": "N", "email": "n@people.example"})
    relay()
    Consumer.objects.filter(name="notices").update(position=0)
    relay()
    assert Notice.objects.filter(address="n@people.example").count() == 1


def test_settled_notices_forget_their_address(installed, settings):
    settings.NOTICE_ADDRESS_DAYS = 0
    notice = ask("k")
    Notice.objects.update(state="sent", settled_at=timezone.now())
    assert forget(at=timezone.now()) == 1
    notice.refresh_from_db()
    assert notice.address == ""


def test_one_code_a_day_reaches_even_a_dead_mailbox(installed):
    Suppression.objects.create(address="a@people.example", reason="hard_bounce", source="t", created_at=timezone.now())
    assert [ask(f"k{n}", kind=Notice.Kind.SIGN_IN_CODE).state for n in range(2)] == ["queued", "dropped"]


@pytest.mark.parametrize("row", [{"address": "a@people.example"}, {"address": "", "domain": "people.example"}])
def test_who_is_suppressed_while_a_notice_waits_gets_none(installed, mailbox, row):
    """Asked again where it is sent: hours may lie between, when the relay was away."""
    ask("k"), ask("elsewhere", "b@other.example"), ask("code", kind=Notice.Kind.SIGN_IN_CODE)
    Suppression.objects.create(reason="hard_bounce", source="t", created_at=timezone.now(), **row)
    asked = dict(Notice.objects.values_list("dedupe_key", "pk"))
    assert dropped_since(Notice.objects.all()) == {asked["k"]: "suppressed"}
    dispatching.dispatch(only_notices=True)
    row = Notice.objects.get(dedupe_key="k")
    assert (row.state, row.reason, row.payload) == ("dropped", "suppressed", {})


def test_of_the_codes_that_wait_for_a_dead_mailbox_the_newest_goes_and_no_second(installed):
    for key in ("1", "2", "3"):
        ask(key, kind=Notice.Kind.SIGN_IN_CODE)
    Suppression.objects.create(address="a@people.example", reason="hard_bounce", source="t", created_at=timezone.now())
    one, two, three = Notice.objects.order_by("pk")
    assert dropped_since([one, two, three]) == {one.pk: "suppressed", two.pk: "suppressed"}
    Notice.objects.filter(pk=one.pk).update(state="sent")
    assert dropped_since([two, three]) == {two.pk: "suppressed", three.pk: "suppressed"}


def test_a_complaint_that_comes_while_a_notice_waits_stops_a_reminder_and_not_what_one_asked_for(installed):
    ask("k"), ask("again", kind=Notice.Kind.REMIND_PARTICIPATION)
    Suppression.objects.create(address="a@people.example", reason="complaint", source="t", created_at=timezone.now())
    reminder = Notice.objects.get(dedupe_key="again").pk
    assert dropped_since(Notice.objects.all()) == {reminder: "unwanted"}
