"""Lease, send, settle: every row ends in a true state, and only the holder of the lease may say so.

One file, because each test is a way in which the same few steps go wrong, told by the same alert and the same count of states.
"""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.flows.campaign import joining
from campaigns.flows.gate import silencing
from network.models import ContactConsent, Person
from notifications import tasks
from notifications.channels.contract import Fate, Outcome
from notifications.engine import dispatching, leasing, settling
from notifications.engine.compiling import CompiledAlert
from notifications.engine.settling import Mark
from notifications.flows import opening, sweeping
from notifications.flows.noticing import notify
from notifications.models import Alert, Chunk, Delivery, Notice, Suppression
from notifications.refusals import LeaseLost
from tests.makers import make_alert, make_campaign
from tests.notifications.test_opening import open_fully

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(network):
    alert = make_alert(network, make_campaign(network), audience=6)
    open_fully(alert)
    return alert


def states(alert: Alert) -> Counter:
    return Counter(Delivery.objects.of(alert).values_list("state", "reason"))


def send_all() -> None:
    while dispatching.dispatch():
        pass


def test_everything_is_sent_once_and_settled(opened, mailbox):
    send_all()
    assert states(opened) == Counter({("sent", ""): 6})
    assert Counter(m["To"] for m in mailbox.mails()) == Counter({f"member-{n:05d}@people.example": 1 for n in range(6)})
    assert Chunk.objects.filter(alert=opened).open().count() == 0
    assert opening.finish(at=timezone.now()) == [opened.pk]


def test_refusals_end_in_true_states(opened, mailbox):
    mailbox.replies = lambda address: {
        "member-00000@people.example": "550 5.1.1 no such user",
        "member-00001@people.example": "552 too big",
        "member-00002@people.example": "451 try later",
    }.get(address)
    send_all()
    assert states(opened) == Counter(
        {("sent", ""): 3, ("bounced", "smtp-550"): 1, ("bounced", "smtp-552"): 1, ("deferred", "smtp-451"): 1}
    )
    assert list(Suppression.objects.values_list("address", "reason")) == [
        ("member-00000@people.example", "hard_bounce")
    ]
    assert opening.finish(at=timezone.now()) == []


def test_a_deferred_row_comes_back_when_its_time_has_come(opened, mailbox):
    mailbox.replies = lambda address: "451 later" if "00002" in address else None
    send_all()
    assert sweeping.regroup(at=timezone.now()) == 0
    Delivery.objects.deferred().update(not_before=timezone.now() - timedelta(seconds=1))
    assert sweeping.regroup(at=timezone.now()) == 1
    mailbox.replies = lambda address: None
    send_all()
    assert states(opened) == Counter({("sent", ""): 6})


def test_after_enough_refusals_it_is_refused_for_good(opened, mailbox, settings):
    settings.DELIVERY_ATTEMPTS = 2
    mailbox.replies = lambda address: "451 later" if "00002" in address else None
    send_all()
    Delivery.objects.deferred().update(not_before=timezone.now() - timedelta(seconds=1))
    sweeping.regroup(at=timezone.now())
    send_all()
    assert states(opened) == Counter({("sent", ""): 5, ("bounced", "smtp-451"): 1})


def test_a_relay_that_is_away_loses_nothing_and_is_asked_again_later(opened, settings, mailbox):
    port, settings.SMTP_PORT = settings.SMTP_PORT, 9
    send_all()
    assert states(opened) == Counter({("queued", ""): 6})
    resting = Chunk.objects.filter(alert=opened, failures__gt=0)
    assert resting.count() >= 1
    settings.SMTP_PORT = port
    Chunk.objects.update(not_before=timezone.now())
    send_all()
    assert states(opened) == Counter({("sent", ""): 6})


def test_a_421_in_mid_way_stops_the_chunk_and_keeps_the_rest(opened, mailbox):
    heard = []

    def reply(address: str) -> str | None:
        heard.append(address)
        return "421 closing" if len(heard) == 3 else None

    mailbox.replies = reply
    send_all()
    assert states(opened)["deferred", "smtp-421"] == 1  # it had its turn: it cannot hold up those behind it
    Chunk.objects.update(not_before=timezone.now(), leased_until=None)
    Delivery.objects.deferred().update(not_before=timezone.now() - timedelta(seconds=1))
    sweeping.regroup(at=timezone.now())
    send_all()
    assert states(opened) == Counter({("sent", ""): 6})
    assert max(Counter(m["To"] for m in mailbox.mails()).values()) == 1


def test_who_left_after_opening_gets_nothing(opened, mailbox):
    person = Delivery.objects.of(opened).first().person
    joining.leave(person, opened.campaign, at=timezone.now())
    send_all()
    assert states(opened) == Counter({("sent", ""): 5, ("dropped", "not-in-audience"): 1})
    assert person.email not in {m["To"] for m in mailbox.mails()}


def test_a_silenced_case_stops_the_mail_in_flight(opened, mailbox):
    silencing.withdraw_consent(opened.campaign.case.consents.get().pk, by=None, at=timezone.now())
    send_all()
    assert mailbox.mails() == []
    assert states(opened) == Counter({("dropped", "not-published"): 6})


def test_a_paused_alert_is_not_leased(opened, mailbox):
    Alert.objects.filter(pk=opened.pk).update(state=Alert.State.PAUSED)
    send_all()
    assert mailbox.mails() == []
    Alert.objects.filter(pk=opened.pk).update(state=Alert.State.SENDING)
    send_all()
    assert len(mailbox.mails()) == 6


def test_an_expired_alert_is_dropped_never_late(network, mailbox):
    alert = make_alert(network, make_campaign(network), audience=2, expires_at=timezone.now() + timedelta(hours=1))
    open_fully(alert)
    assert sweeping.drop_expired(at=timezone.now() + timedelta(hours=2)) == 2
    send_all()
    assert mailbox.mails() == []


def test_notices_overtake_alerts_and_stand_downs_overtake_the_rest(network):
    info = make_alert(network, make_campaign(network), audience=1, severity="info")
    open_fully(info)
    stop = make_alert(network, make_campaign(network), severity="stand_down")  # of its own it would pause the other
    joining.join(
        Person.objects.get(email="member-00000@people.example"), stop.campaign, through="test", at=timezone.now()
    )
    open_fully(stop)
    notify(Notice.Kind.SIGN_IN_UNKNOWN, address="a@people.example", language="en", dedupe_key="k", at=timezone.now())
    order = []
    while held := leasing.lease():
        order.append((held.chunk.kind, held.chunk.alert_id))
    assert order == [("notice", None), ("delivery", stop.pk), ("delivery", info.pk)]


def test_a_later_lease_fences_an_earlier_one(opened):
    early = leasing.lease()
    Chunk.objects.filter(pk=early.chunk.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    late = None
    while late is None or late.chunk.pk != early.chunk.pk:
        late = leasing.lease()
    row = Delivery.objects.filter(chunk=early.chunk).first()
    with pytest.raises(LeaseLost):
        settling.settle(early, [Mark(row.pk, "x@people.example", Outcome(Fate.SENT))])
    with pytest.raises(LeaseLost):
        leasing.extend(early)
    row.refresh_from_db()
    assert row.state == "queued"
    settling.settle(late, [Mark(row.pk, "x@people.example", Outcome(Fate.SENT))])
    row.refresh_from_db()
    assert (row.state, row.token) == ("sent", late.token)


def test_a_heartbeat_says_stop_when_the_alert_is_cancelled(opened):
    held = leasing.lease()
    assert leasing.extend(held) is True
    Alert.objects.filter(pk=opened.pk).update(state=Alert.State.CANCELLED)
    assert leasing.extend(held) is False


def test_a_code_is_forgotten_when_it_is_sent(installed, mailbox):
    notice = notify(
        Notice.Kind.SIGN_IN_CODE,
        address="a@people.example",
        language="en",
        dedupe_key="k",
        payload={"code": "123456"},
        at=timezone.now(),
    )
    send_all()
    notice.refresh_from_db()
    assert (notice.state, notice.payload) == ("sent", {})
    assert "123456" in mailbox.last("a@people.example").get_body(("plain",)).get_content()


def test_one_row_that_cannot_be_composed_holds_up_nobody(opened, mailbox):
    person = Delivery.objects.of(opened).first().person
    type(person).objects.filter(pk=person.pk).update(email="planted\r\nBcc: everybody@people.example")
    send_all()
    assert states(opened) == Counter({("sent", ""): 5, ("dropped", "not-composable"): 1})
    assert len(mailbox.mails()) == 5


def test_each_deferral_is_one_attempt_whatever_the_others_had(opened, mailbox, settings):
    settings.DELIVERY_ATTEMPTS = 8
    for attempts, row in enumerate(Delivery.objects.of(opened).order_by("pk")):
        Delivery.objects.filter(pk=row.pk).update(attempts=attempts)
    Delivery.objects.of(opened).update(chunk=Chunk.objects.filter(alert=opened).first())
    mailbox.replies = lambda address: "451 later"
    send_all()
    attempts = list(Delivery.objects.of(opened).order_by("pk").values_list("attempts", "state"))
    assert attempts == [(number + 1, "deferred") for number in range(6)]


def test_a_no_to_the_sender_bounces_nobody(opened, mailbox, settings):
    mailbox.sender_reply = "553 sender not allowed"
    send_all()
    assert states(opened) == Counter({("queued", ""): 6})


def test_an_address_the_protocol_cannot_carry_holds_up_nobody(opened, mailbox):
    person = Delivery.objects.of(opened).order_by("pk").first().person
    type(person).objects.filter(pk=person.pk).update(email="al\u0131@people.example")
    send_all()
    assert states(opened) == Counter({("sent", ""): 5, ("bounced", "bad-address"): 1})


def test_whatever_ends_a_lease_writes_what_was_answered(opened):
    class Dies:
        def run(self, source):
            source.tell(source.take(), Outcome(Fate.SENT))
            source.keep()
            source.take()
            raise RuntimeError("planted")

        def close(self):
            pass

    with pytest.raises(RuntimeError, match="planted"):
        dispatching.dispatch(open_session=Dies)
    assert states(opened) == Counter({("queued", ""): 5, ("sent", ""): 1})
    assert Chunk.objects.filter(alert=opened).exclude(leased_until=None).count() == 0


def test_a_text_changed_after_opening_does_not_leave(opened, mailbox):
    opened.variants.update(body="{person} and something nobody approved")
    send_all()
    assert mailbox.mails() == []
    assert states(opened) == Counter({("dropped", "not-published"): 6})


def test_a_worker_that_sends_makes_room_for_an_alert_nobody_has_a_delivery_of(network, opened, mailbox, settings):
    settings.OPENING_LOOK_SECONDS = 0
    pressing = make_alert(network, opened.campaign, severity="urgent")
    opening.open_alert(pressing.pk, by=network.approver, at=timezone.now())
    assert dispatching.dispatch() is True  # more waits, behind the opening
    assert mailbox.received == []
    opening.open_slab(pressing.pk, at=timezone.now())
    send_all()
    assert len(mailbox.received) == 12


def test_each_alert_gets_its_first_slab_before_any_gets_its_last(network, opened, settings):
    settings.SLAB_PEOPLE_SQLITE = settings.SLAB_PEOPLE_POSTGRESQL = settings.SLAB_PEOPLE_FIRST = 2
    settings.OPENING_SECONDS = 0
    alerts = [make_alert(network, opened.campaign, severity=severity) for severity in ("info", "urgent")]
    for alert in alerts:
        opening.open_alert(alert.pk, by=network.approver, at=timezone.now())
    tasks.open_alerts()
    assert [Delivery.objects.of(alert).count() for alert in alerts] == [2, 2]
    settings.OPENING_SECONDS = 60
    tasks.open_alerts()
    assert [Delivery.objects.of(alert).count() for alert in alerts] == [6, 6]


def test_a_worker_whose_lease_is_running_out_begins_nothing_more(opened, settings, monkeypatch):
    """Cut off from the database, with a relay that answers: what it began it hears out, and the rest is for who comes next."""

    class CutOff:
        def run(self, source):
            under_way = source.take()
            monkeypatch.setattr(leasing, "lease", lambda **_which: None)
            source._current.lease.extended_at -= settings.LEASE_SECONDS - settings.LEASE_MARGIN_SECONDS + 0.1
            assert source.take() is None
            source.tell(under_way, Outcome(Fate.SENT))
            source.keep()

        def close(self):
            pass

    dispatching.dispatch(open_session=CutOff)
    assert states(opened) == Counter({("queued", ""): 5, ("sent", ""): 1})


def test_a_fault_of_ours_neither_holds_up_the_others_nor_loses_the_row(opened, mailbox, monkeypatch):
    whole = CompiledAlert.message_for

    def faulty(self, recipient, key=None):
        if recipient[1] == "member-00003@people.example":
            raise KeyError("planted")
        return whole(self, recipient, key)

    monkeypatch.setattr(CompiledAlert, "message_for", faulty)
    send_all()
    assert states(opened) == Counter({("sent", ""): 5, ("deferred", "not-composable"): 1})
    monkeypatch.undo()
    Delivery.objects.of(opened).deferred().update(not_before=timezone.now() - timedelta(seconds=1))
    sweeping.regroup(at=timezone.now())
    send_all()
    assert states(opened) == Counter({("sent", ""): 6})


def test_who_leaves_while_a_slow_relay_takes_its_time_gets_nothing(opened, settings):
    """Who may be written to was read with the chunk; when that is too long ago the rest is given back, and asked again."""

    class Slow:
        def run(self, source):
            first = source.take()
            ContactConsent.objects.update(withdrawn_at=timezone.now())
            first.key[0].read_at -= settings.READ_SECONDS + 1
            assert source.take() is None
            source.tell(first, Outcome(Fate.SENT))
            source.keep()
            assert source.take() is None

        def close(self):
            pass

    dispatching.dispatch(open_session=Slow)
    assert states(opened) == Counter({("sent", ""): 1, ("dropped", "not-in-audience"): 5})
