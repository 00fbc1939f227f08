"""Whom we must not write to: found out, said by a steward, kept for a time, released; asked before every mail."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from network.models import Membership, OutboxEvent
from notifications.flows import suppressing
from notifications.flows.noticing import notify
from notifications.models import Delivery, Notice, SoftBounce, Suppression
from notifications.models.audience import audience_of
from tests.makers import enter_workspace, make_alert, make_campaign, make_person
from tests.notifications.test_dispatching import send_all
from tests.notifications.test_opening import open_fully

pytestmark = pytest.mark.django_db
Reason = Suppression.Reason
MEMBER = "member-00000@people.example"


@pytest.fixture
def alert(network):
    return make_alert(network, make_campaign(network), audience=4)


@pytest.fixture
def steward(network, deliver_all):
    person = make_person("steward@test.example")
    Membership.objects.create(person=person, organisation=network.host, role="steward", created_at=timezone.now())
    return enter_workspace(person, deliver_all)


def stop(address: str = MEMBER, reason: Suppression.Reason = Reason.COMPLAINT, **more) -> Suppression:
    return suppressing.suppress(address, reason, source="test", at=timezone.now(), **more)


def receipt(address: str = MEMBER, kind: Notice.Kind = Notice.Kind.RECEIPT, key: str = "one") -> str:
    return notify(kind, address=address, language="en", dedupe_key=key, at=timezone.now()).reason


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_stops_alerts_and_some_stop_all_but_a_code_a_day(alert, reason):
    stop(reason=reason)
    assert audience_of(alert).count() == 3
    stops_all = reason in {Reason.HARD_BOUNCE, Reason.MANUAL}
    assert receipt() == ("suppressed" if stops_all else "")
    assert receipt(kind=Notice.Kind.SIGN_IN_CODE, key="two") == ""
    assert receipt(kind=Notice.Kind.SIGN_IN_CODE, key="three") == ("suppressed" if stops_all else "")


def test_a_domain_stops_everybody_at_it_and_nobody_else(alert):
    make_person("other@morepeople.example")
    stop("", Reason.MANUAL, domain="people.example")
    assert audience_of(alert).count() == 0
    assert receipt() == "suppressed"
    assert receipt("other@morepeople.example", key="two") == ""


def test_one_for_a_time_ends_by_itself_and_may_begin_anew(alert):
    now = timezone.now()
    stop(expires_at=now + timedelta(days=1))
    stop(expires_at=now + timedelta(days=3))  # said again: the later end
    row = Suppression.objects.get()
    assert row.expires_at == now + timedelta(days=3)
    Suppression.objects.update(expires_at=now - timedelta(seconds=1))
    assert audience_of(alert).count() == 4
    stop()
    assert audience_of(alert).count() == 3
    assert [one.released_at is None for one in Suppression.objects.order_by("pk")] == [False, True]


def test_released_it_is_history_and_both_are_in_the_log(alert, network):
    row = stop()
    assert suppressing.release([row.pk, row.pk], by=network.writer, at=timezone.now()) == 1
    assert audience_of(alert).count() == 4
    names = OutboxEvent.objects.filter(subject_id=str(row.pk)).values_list("name", flat=True)
    assert {"AddressSuppressed", "SuppressionReleased"} <= set(names)


def test_a_mailbox_that_keeps_refusing_rests(alert):
    now = timezone.now()
    for day in range(settings.SOFT_BOUNCE_LIMIT):
        assert audience_of(alert).count() == 4, day
        for _twice_a_day in range(2):
            at = now - timedelta(days=settings.SOFT_BOUNCE_LIMIT - day)
            suppressing.note_soft_bounces([MEMBER], source="test", at=at)
    assert audience_of(alert).count() == 3
    row = Suppression.objects.get()
    assert row.reason == Reason.SOFT_BOUNCES
    assert (row.expires_at - row.created_at).days == settings.SOFT_BOUNCE_REST_DAYS
    assert suppressing.forget(at=now + timedelta(days=settings.SOFT_BOUNCE_DAYS + 9)) == settings.SOFT_BOUNCE_LIMIT


def test_given_up_after_refusals_is_a_day_of_refusing(alert, mailbox, settings):
    settings.DELIVERY_ATTEMPTS, settings.SOFT_BOUNCE_LIMIT = 1, 1
    open_fully(alert)
    mailbox.replies = lambda address: "451 try later" if address == MEMBER else None
    send_all()
    assert Delivery.objects.get(person__email=MEMBER).state == "bounced"
    assert Suppression.objects.get().reason == Reason.SOFT_BOUNCES


def test_a_steward_says_sees_and_releases(alert, steward):
    page = steward.post("/organise/suppressions/adding/", {"whom": f" {MEMBER.upper()} ", "note": "Asked by phone."})
    assert page.status_code == 302
    assert audience_of(alert).count() == 3
    shown = steward.get("/organise/suppressions/", {"q": MEMBER}).content.decode()
    assert "Said by a steward" in shown and "Asked by phone." in shown
    row = Suppression.objects.get()
    steward.post(f"/organise/suppressions/{row.pk}/releasing/")
    assert audience_of(alert).count() == 4
    history = steward.get("/organise/suppressions/", {"q": MEMBER}).content.decode()
    assert "released" in history and "Write to them again" not in history
    assert MEMBER not in steward.get("/organise/suppressions/").content.decode()


@pytest.mark.parametrize("whom", ["", "not an address", "a@b@c", "@", "people..example", "x" * 300])
def test_what_is_no_address_and_no_domain_is_said_so(alert, steward, whom):
    assert steward.post("/organise/suppressions/adding/", {"whom": whom}).status_code == 400
    assert not Suppression.objects.exists()


def test_many_are_released_at_once_after_being_counted_and_complaints_never(alert, steward):
    for number in range(3):
        stop(f"member-0000{number}@people.example", Reason.HARD_BOUNCE)
    stop("member-00003@people.example", Reason.COMPLAINT)
    old = stop("old@people.example", Reason.HARD_BOUNCE)
    Suppression.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=3))
    which = {"reason": "hard_bounce", "hours": "24"}
    assert "these 3 mailboxes" in steward.get("/organise/suppressions/", which).content.decode()
    steward.post("/organise/suppressions/releasing/", which)
    left = set(Suppression.objects.in_force().values_list("address", flat=True))
    assert left == {"member-00003@people.example", "old@people.example"}
    assert steward.post("/organise/suppressions/releasing/", {**which, "reason": "complaint"}).status_code == 400


def test_what_came_after_they_were_counted_stays(alert, steward):
    for number in range(3):
        stop(f"counted-{number}@people.example", Reason.HARD_BOUNCE)
    which = {"reason": "hard_bounce", "hours": "24"}
    page = steward.get("/organise/suppressions/", which).content.decode()
    counted_at = re.search(r'name="counted_at" value="([^"]+)"', page).group(1)
    stop("later@people.example", Reason.HARD_BOUNCE)
    steward.post("/organise/suppressions/releasing/", {**which, "counted_at": counted_at})
    assert list(Suppression.objects.in_force().values_list("address", flat=True)) == ["later@people.example"]


@pytest.mark.parametrize(
    ("sought", "shown"),
    [
        ("someone@closed.example", "closed.example"),
        ("@closed.example", "closed.example"),
        ("user@bücher.example", "user@xn--bcher-kva.example"),
        ("USER@bücher.example", "user@xn--bcher-kva.example"),
        ("nobody@people.example", "Nothing is on record of it."),
        ("no address", "Nothing is on record of it."),
    ],
)
def test_what_stops_an_address_is_found_however_it_is_typed(alert, steward, sought, shown):
    stop("", Reason.MANUAL, domain="closed.example")
    stop("user@xn--bcher-kva.example", Reason.HARD_BOUNCE)
    page = steward.get("/organise/suppressions/", {"q": sought}).content.decode()
    assert shown in page.split('id="list"', 1)[1].split("<aside", 1)[0].split("</form>", 1)[1]


def test_a_relay_that_refuses_by_its_own_policy_says_nothing_of_the_mailbox(alert, mailbox):
    mailbox.replies = lambda address: "550 5.7.1 not from you" if address == MEMBER else None
    open_fully(alert)
    send_all()
    assert not SoftBounce.objects.exists() and not Suppression.objects.exists()
