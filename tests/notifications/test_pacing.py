"""No more leaves than the limits let: tokens shared by all workers, limits that change while mail is leaving.

Level, worker and alert are one chain, and what holds of one link is only seen beside the others; so they stand in one file.
"""

from __future__ import annotations

import time
from uuid import uuid4

import pytest
import redis
from django.conf import settings as django_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from campaigns.flows.campaign import joining
from config.cache import ForgivingRedisCache
from network.models import Membership, OutboxEvent, Person
from notifications.engine import dispatching, supplying
from notifications.engine.pacing import Pacer
from notifications.flows import pacing as limiting
from notifications.flows.noticing import notify
from notifications.models import Chunk, Delivery, Notice, SendLimit
from tests.makers import enter_workspace, make_alert, make_campaign, make_person
from tests.notifications.test_opening import open_fully

pytestmark = pytest.mark.django_db
GOOGLE = "default:google"
LOCATION = django_settings.CACHES["default"]["LOCATION"]
OPTIONS = {"OPTIONS": django_settings.CACHES["default"].get("OPTIONS", {})}


@pytest.fixture(autouse=True)
def levels():
    """Redis without any level, before and after."""
    names = ("pace:default", f"pace:{GOOGLE}", "pace:default:other")
    cache = redis.Redis.from_url(str(django_settings.CACHES["default"]["LOCATION"]))
    cache.delete(*names)
    yield cache
    cache.delete(*names)
    cache.close()


def limit(bucket: str, per_hour: int) -> SendLimit:
    return limiting.set_limit(bucket, per_hour, by=None, at=timezone.now())


def chunk(destination: str = "google", kind: str = "delivery") -> Chunk:
    return Chunk(kind=kind, destination=destination)


def spend(pacer: Pacer, one: Chunk, *, most: int = 10_000) -> int:
    """How many may leave at once."""
    return next((number for number in range(most) if not pacer.allows(one)), most)


def test_without_a_limit_nothing_is_asked_and_everything_leaves(monkeypatch):
    monkeypatch.setattr(ForgivingRedisCache, "take_tokens", lambda *args, **kwargs: pytest.fail("Redis was asked"))
    assert spend(Pacer(), chunk(), most=100) == 100


def test_a_level_that_is_missing_is_empty_and_fills_by_its_limit(levels):
    limit(GOOGLE, 3600 * 50)
    assert spend(Pacer(), chunk()) == 0
    levels.hset(f"pace:{GOOGLE}", mapping={"level": 0, "at": 0})  # long ago: full, and no fuller than a second's worth
    pacer, other = Pacer(), Pacer()
    spent, began = 0, time.monotonic()
    for _each in range(40):  # two workers take turns, in blocks of a tenth of a second
        spent += sum(one.allows(chunk()) for one in (pacer, other))
    assert 50 <= spent <= 51 + 50 * (time.monotonic() - began)


def test_a_limit_for_one_group_holds_up_no_other_and_one_for_the_sender_holds_up_all(levels):
    limit(GOOGLE, 1)
    pacer = Pacer()
    assert spend(pacer, chunk("google")) == 0 and spend(pacer, chunk("other"), most=20) == 20
    limit("default", 1)
    assert spend(Pacer(), chunk("other")) == 0


def test_what_draws_on_one_limit():
    limit(GOOGLE, 3600)
    pacer = Pacer()
    pacer.allows(chunk("google"))
    assert pacer.share_a_limit(chunk("google"), chunk("google"))
    assert not pacer.share_a_limit(chunk("google"), chunk("other"))
    limit("default", 3600)
    pacer = Pacer()
    pacer.allows(chunk("google"))
    assert pacer.share_a_limit(chunk("google"), chunk("other"))


def test_a_limit_that_is_changed_is_followed_while_mail_leaves(settings):
    settings.LIMITS_SECONDS = 0.01
    pacer, row = Pacer(), limit(GOOGLE, 1)
    assert spend(pacer, chunk()) == 0
    limiting.lift_limit(row.pk, by=None, at=timezone.now())
    time.sleep(0.02)
    assert spend(pacer, chunk(), most=20) == 20
    assert OutboxEvent.objects.named("SendLimitLifted").count() == 1


def test_a_notice_never_waits_and_alerts_make_room_for_it(levels):
    limit("default", 3600 * 20)
    levels.hset("pace:default", mapping={"level": 0, "at": 0})
    pacer = Pacer()
    assert spend(pacer, chunk(kind="notice"), most=200) == 200  # a debt of nine seconds
    assert spend(Pacer(), chunk()) == 0
    assert float(levels.hget("pace:default", "level")) < 0


def test_without_redis_what_has_a_limit_waits(settings):
    limit(GOOGLE, 3600 * 1000)
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    pacer = Pacer()
    assert spend(pacer, chunk("google")) == 0 and spend(pacer, chunk("other"), most=5) == 5
    assert spend(pacer, chunk("google", "notice"), most=2) == 2


def test_nothing_is_kept_of_no_mail_at_all():
    with pytest.raises(ValueError, match="pause"):
        limit(GOOGLE, 0)


class EachFifth(Pacer):
    """Lets one to Google leave for every five to others: an order that no clock decides."""

    def __init__(self) -> None:
        super().__init__()
        self.others = self.spent = 0

    def allows(self, chunk: Chunk) -> bool:
        if chunk.destination != "google":
            self.others += 1
            return True
        if self.is_empty(chunk, at=0):
            return False
        self.spent += 1
        return True

    def is_empty(self, chunk: Chunk, *, at: float) -> bool:
        return chunk.destination == "google" and self.spent >= self.others // 5


def test_what_has_a_limit_keeps_its_pace_beside_a_long_chunk_that_has_none(network, mailbox, settings, monkeypatch):
    settings.SMTP_CONNECTIONS, settings.BLOCK_SECONDS, settings.PACED_READ_SECONDS = 1, 0, 60
    monkeypatch.setattr(supplying, "Pacer", EachFifth)
    alert = make_alert(network, make_campaign(network), audience=48)
    readers = Person.objects.filter(email__startswith="member-", language="en")  # of one language, so in one chunk
    Person.objects.filter(pk__in=list(readers.values_list("pk", flat=True)[:8])).update(destination="google")
    open_fully(alert)
    dispatching.dispatch()
    paced = set(Person.objects.filter(destination="google").values_list("email", flat=True))
    order = [recipient in paced for recipient, _mail in mailbox.received]
    assert order.count(True) == 8 and order.count(False) == 40
    begun = order[order.index(True) :]
    between = [len(run) for run in "".join("p" if one else "." for one in begun).split("p")[1:-1]]
    assert max(between) <= 5  # others never pass by while one of them may leave


def test_a_worker_sends_what_has_no_limit_first_and_the_rest_as_its_limit_lets(network, mailbox, settings, levels):
    settings.DISPATCH_SECONDS = 4
    alert = make_alert(network, make_campaign(network), audience=12)
    members = Person.objects.filter(email__startswith="member-").order_by("pk").values_list("pk", flat=True)
    Person.objects.filter(pk__in=list(members)[:8]).update(destination="google")
    open_fully(alert)
    limit(GOOGLE, 360)  # one each ten seconds
    sent, began = Delivery.objects.filter(state="sent"), time.monotonic()
    while sent.filter(person__destination="other").count() < 4:  # its time is over before it has written all of them
        dispatching.dispatch()
    assert sent.filter(person__destination="google").count() <= (time.monotonic() - began) / 10 + 1
    assert sent.filter(person__destination="google").count() < 8
    assert dispatching.dispatch() is False  # it only waits: the timetable begins the next run, and no bell
    assert not Chunk.objects.exclude(leased_until=None).exists()  # given back
    limit(GOOGLE, 3600 * 1000)
    while sent.count() < 12:
        dispatching.dispatch()
    assert sent.count() == 12 and len(mailbox.mails()) == 12  # each once


def test_a_code_for_signing_in_leaves_while_an_alert_waits(network, mailbox, settings):
    settings.DISPATCH_SECONDS = 2
    alert = make_alert(network, make_campaign(network), audience=3)
    open_fully(alert)
    limit("default", 1)
    notify(Notice.Kind.SIGN_IN_UNKNOWN, address="a@people.example", language="en", dedupe_key="k", at=timezone.now())
    dispatching.dispatch()
    assert Notice.objects.filter(state="sent").count() == 1
    assert not Delivery.objects.filter(state="sent").exists()


def test_a_steward_sets_a_limit_and_lifts_it(network, deliver_all):
    steward = make_person("steward@people.example")
    Membership.objects.create(person=steward, organisation=network.host, role="steward", created_at=timezone.now())
    desk = enter_workspace(steward, deliver_all)
    page = desk.post("/organise/pace/setting/", {"bucket": GOOGLE, "per_hour": "none"})
    assert page.status_code == 400 and 'value="none"' in page.content.decode()
    desk.post("/organise/pace/setting/", {"bucket": GOOGLE, "per_hour": "۲۰۰۰"})  # as it is typed in Persian
    assert "2,000 letters an hour at most" in desk.get("/organise/pace/").content.decode()
    desk.post(f"/organise/pace/{SendLimit.objects.get().pk}/lifting/")
    assert not SendLimit.objects.exists()


def test_who_leaves_while_a_letter_waits_for_its_limit_gets_none(network, mailbox, settings, monkeypatch, levels):
    settings.DISPATCH_SECONDS, settings.PACED_READ_SECONDS = 6, 0.2
    campaign = make_campaign(network)
    open_fully(make_alert(network, campaign, audience=4))
    limit("default", 60)
    levels.hset("pace:default", mapping={"level": 0, "at": 0})  # long ago: one may leave at once, the next in a minute
    told = supplying.Supply.tell

    def tell(self, message, outcome) -> None:
        """With the first letter all leave who have none yet."""
        told(self, message, outcome)
        for person in Person.objects.filter(email__startswith="member-").exclude(email=message.recipient):
            joining.leave(person, campaign, at=timezone.now())

    monkeypatch.setattr(supplying.Supply, "tell", tell)
    while Delivery.objects.filter(state="queued").exists():
        dispatching.dispatch()
    assert len(mailbox.mails()) == 1
    assert Delivery.objects.filter(state="dropped", reason="not-in-audience").count() == 3


class ByTurns(Pacer):
    """One limit for all: of those who ask, one may leave and the next may not, and asking again is of no use for a while. No
    clock decides it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = self.pause = 0
        self.looked_at = 0.0

    def allows(self, chunk: Chunk) -> bool:
        if self.pause > 0:
            return False
        self.asked += 1
        self.pause = 0 if self.asked % 2 else 3
        return bool(self.asked % 2)

    def is_empty(self, chunk: Chunk, *, at: float) -> bool:
        if at != self.looked_at:
            self.pause, self.looked_at = self.pause - 1, at
        return self.pause > 0

    def share_a_limit(self, one: Chunk, other: Chunk) -> bool:
        return True


def test_the_most_pressing_of_what_waits_goes_first(network, mailbox, settings, monkeypatch):
    settings.DISPATCH_SECONDS, settings.PACED_READ_SECONDS, settings.BLOCK_SECONDS = 60, 60, 0
    monkeypatch.setattr(supplying, "Pacer", ByTurns)
    taken, take = [], supplying.Supply.take

    def note(self):
        message = take(self)
        if message is not None:
            taken.append(message.key[0].lease.chunk.severity_rank)
        return message

    monkeypatch.setattr(supplying.Supply, "take", note)
    campaign = make_campaign(network)
    for severity, group in (("info", "google"), ("urgent", "other")):  # to the same four people
        alert = make_alert(network, campaign, audience=4 if severity == "info" else 0, severity=severity)
        Person.objects.filter(email__startswith="member-").update(destination=group)
        open_fully(alert)
    dispatching.dispatch()
    assert len(taken) == 8 and taken == sorted(taken) and len(set(taken)) == 2


def test_a_code_is_counted_where_its_mailbox_is():
    notify(Notice.Kind.SIGN_IN_UNKNOWN, address="a@gmail.com", language="en", dedupe_key="k", at=timezone.now())
    assert Chunk.objects.get().bucket == GOOGLE


def test_a_debt_is_of_a_minute_at_most(levels):
    limit("default", 3600)
    spend(Pacer(), chunk(kind="notice"), most=200)
    assert float(levels.hget("pace:default", "level")) == -60


@given(
    wishes=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 60)), max_size=40),
    per_second=st.floats(0.1, 500),
    most=st.integers(1, 200),
)
@hypothesis_settings(max_examples=40, deadline=None)
def test_workers_together_never_take_more_than_a_limit_lets(wishes, per_second, most):
    """However many ask, in whatever order, for however much: what all got is no more than waited and has come since."""
    bucket, began = f"property:{uuid4()}", time.monotonic()
    workers = [ForgivingRedisCache(LOCATION, OPTIONS) for _worker in range(3)]
    got = 0
    for who, wanted in wishes:
        granted = workers[who].take_tokens(bucket, per_second=per_second, most=most, wanted=wanted)
        assert 0 <= granted <= wanted
        got += granted
        assert got <= most + per_second * (time.monotonic() - began) + 1
    assert got <= per_second * (time.monotonic() - began) + 1  # it began empty


def test_a_worker_that_begins_anew_finds_the_level_where_the_last_one_left_it(levels):
    limit(GOOGLE, 36_000)  # ten a second
    levels.hset(f"pace:{GOOGLE}", mapping={"level": "10", "at": str(int(time.time() * 1000))})
    first = spend(Pacer(), chunk())
    assert first >= 10
    assert spend(Pacer(), chunk()) <= 3


def test_redis_whose_clock_is_set_back_lets_out_no_flood(levels):
    """The level's time is then in the future: nothing has come since, and from now on it fills as ever."""
    limit(GOOGLE, 3_600)
    levels.hset(f"pace:{GOOGLE}", mapping={"level": "0", "at": str(int(time.time() * 1000) + 86_400_000)})
    assert spend(Pacer(), chunk()) <= 1
    assert abs(float(levels.hget(f"pace:{GOOGLE}", "at")) / 1000 - time.time()) < 60


def test_redis_whose_clock_is_set_forward_gives_no_more_than_may_wait(levels):
    limit(GOOGLE, 3_600)
    levels.hset(f"pace:{GOOGLE}", mapping={"level": "0", "at": str(int(time.time() * 1000) - 86_400_000)})
    assert spend(Pacer(), chunk()) <= django_settings.LEVEL_SECONDS + 2
