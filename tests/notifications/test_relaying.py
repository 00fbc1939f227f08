"""Letters that people wrote to an office leave through us: read first, one by one, at the office's pace and in its hours.

One file, because each test is something that may befall a letter between its writer and the office, told by the same lane.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from itertools import pairwise

import pytest
from django.utils import timezone

from campaigns.flows.campaign import acting, harming, moderating, offering
from campaigns.flows.gate import silencing
from campaigns.kinds.appeal.answers import AppealAnswers
from campaigns.models import Harm, Message, Participation
from campaigns.refusals import MessageHeldBack
from network.flows import erasing, quieting
from network.flows.relaying import relay
from network.models import OutboxEvent
from network.models.address import stored_form
from notifications.channels.contract import Fate, Outcome
from notifications.engine import dispatching, leasing, settling
from notifications.engine.composing import ids_of
from notifications.engine.returning import hear
from notifications.engine.settling import Mark
from notifications.flows import holding, relaying, suppressing
from notifications.models import Chunk, Letter, LetterLane, Suppression
from notifications.publishing.letters import seen
from tests.journeys.test_a_stranger_signs import link_in
from tests.makers import enter_workspace, make_action, make_campaign
from tests.notifications.test_returning import report

pytestmark = pytest.mark.django_db
OFFICE = "minister@ministry.example"
OWN = "Would you ask that an observer attends the appeal, and tell me what you did?"
MORNING = (datetime.now(UTC) + timedelta(days=1)).replace(
    hour=6, minute=0, second=0, microsecond=0
)  # before any hours below


@pytest.fixture
def action(network):
    found = make_action(network, make_campaign(network, slug="lake"), "appeal")
    relay()
    return found


def write(action, number: int = 0, words: str = OWN, *, show_name: bool = True) -> Participation:
    """Entered and confirmed; it waits for a moderator."""
    answers = AppealAnswers(letter=words, show_name=show_name)
    entry = acting.Entry(
        address=stored_form(f"writer-{number}@people.example"), name=f"Writer {number}", language="en", answers=answers
    )
    row = acting.enter(action.pk, entry, at=timezone.now())
    return acting.confirm(row.pk, name=entry.name, answers=answers, at=timezone.now())


def accept(row: Participation, network) -> Message:
    message = Message.objects.get(participation=row)
    return moderating.accept(message.pk, digest=message.digest_now(), by=network.approver, at=timezone.now())


def write_many(action, network, number: int) -> list[Participation]:
    rows = [write(action, one) for one in range(number)]
    for row in rows:
        accept(row, network)
    relay()
    return rows


def go(action, network, **pace) -> LetterLane:
    relaying.let_go(action.pk, by=network.approver, at=timezone.now())
    usual = {"per_hour": 6, "per_day": None, "from_hour": 9, "to_hour": 12, "zone": "UTC"}
    relaying.set_pace(action.pk, relaying.Pace(**{**usual, **pace}), by=network.approver, at=timezone.now())
    return LetterLane.objects.get(action=action)


def released(*, at: datetime, hours: float, step_seconds: int = 30) -> list[datetime]:
    """The moments at which letters leave their lanes, asked every few seconds by a clock of the test's."""
    found = []
    for seconds in range(0, int(hours * 3600), step_seconds):
        now = at + timedelta(seconds=seconds)
        found += [now] * relaying.release(at=now)
    return found


def let_all(action, network) -> None:
    """Whatever waits leaves now, whatever the hour."""
    go(action, network, per_hour=600, from_hour=0, to_hour=24)
    LetterLane.objects.update(used_until=None)
    at = timezone.now()
    for minute in range(30):
        relaying.release(at=at + timedelta(minutes=minute))
    Chunk.objects.update(not_before=at)


def test_an_office_gets_what_was_read_and_nothing_of_the_writer_but_the_name(network, action, mailbox):
    row = write(action)
    assert not Letter.objects.exists()  # nobody has read it
    accept(row, network)
    relay()
    let_all(action, network)
    dispatching.dispatch()
    [mail] = mailbox.mails(OFFICE)
    text = mail.get_body(("plain",)).get_content()
    assert OWN in " ".join(text.split())
    assert "Words whom Golnar Sabzrud" in text and "Words salutation Golnar Sabzrud" in text
    assert mail["Subject"] == "Words subject Golnar Sabzrud"
    assert parseaddr(str(mail["From"]))[0] == "Writer 0" and "people.example" not in mail.as_string()
    assert mail["Auto-Submitted"] is None and mail["List-Unsubscribe"] is None  # a person wrote it
    assert "Writer 0" in text and Letter.objects.get().state == "sent"
    dispatching.dispatch()
    assert len(mailbox.mails(OFFICE)) == 1


def test_without_a_tick_there_is_no_name(network, action, mailbox):
    accept(write(action, show_name=False), network)
    relay()
    let_all(action, network)
    dispatching.dispatch()
    [mail] = mailbox.mails(OFFICE)
    assert "Writer 0" not in mail.as_string()
    assert parseaddr(str(mail["From"]))[0].startswith("Name known to")


def test_the_approved_words_left_as_they_are_need_nobody_to_read_them(network, action):
    row = write(action, words="Words  sample Golnar Sabzrud", show_name=False)
    assert Message.objects.get(participation=row).state == "accepted"
    named = write(action, 1, words="Words sample Golnar Sabzrud", show_name=True)
    assert Message.objects.get(participation=named).state == "waiting"  # a name is words too
    changed = write(action, 2, words="Words sample Golnar Sabzrud!", show_name=False)
    assert Message.objects.get(participation=changed).state == "waiting"
    relay()
    assert Letter.objects.count() == 1


@pytest.mark.once
def test_they_leave_at_the_pace_and_in_the_hours(network, action):
    write_many(action, network, 25)
    go(action, network)  # six an hour, 9 to 12
    moments = released(at=MORNING, hours=28, step_seconds=120)
    first = MORNING.replace(hour=9)
    assert moments[0] == first
    today = [moment for moment in moments if moment.date() == first.date()]
    assert len(today) == 18 and today[-1] < first.replace(hour=12)
    gaps = {later - earlier for earlier, later in pairwise(today)}
    assert gaps == {timedelta(minutes=10)}
    assert moments[len(today)] == first + timedelta(days=1)


@pytest.mark.once
def test_a_day_has_its_most_and_the_page_says_when_the_next_leaves(network, action):
    write_many(action, network, 5)
    go(action, network, per_day=2)
    assert seen(action.pk, at=MORNING).next_at == MORNING.replace(hour=9)
    moments = released(at=MORNING, hours=10, step_seconds=300)
    assert len(moments) == 2
    assert seen(action.pk, at=MORNING + timedelta(hours=10)).next_at == MORNING.replace(hour=9) + timedelta(days=1)
    assert len(released(at=MORNING + timedelta(hours=10), hours=24, step_seconds=300)) == 2


@pytest.mark.once
def test_hours_are_those_of_the_office(network, action):
    write_many(action, network, 1)
    go(action, network, zone="Asia/Tehran")  # 9 there is 5:30 UTC
    assert released(at=MORNING.replace(hour=0), hours=7) == [MORNING.replace(hour=5, minute=30)]


@pytest.mark.once
def test_an_outage_is_not_made_up_for_at_once(network, action):
    write_many(action, network, 10)
    go(action, network)
    assert relaying.release(at=MORNING.replace(hour=9)) == 1
    assert relaying.release(at=MORNING.replace(hour=11)) == 1  # two hours in which nobody asked
    assert relaying.release(at=MORNING.replace(hour=11, minute=9)) == 0
    assert relaying.release(at=MORNING.replace(hour=11, minute=10)) == 1


@pytest.mark.once
def test_a_pace_that_is_changed_holds_from_the_next_one_on(network, action):
    write_many(action, network, 10)
    go(action, network)
    assert len(released(at=MORNING.replace(hour=9), hours=0.5)) == 3
    go(action, network, per_hour=60)
    assert len(released(at=MORNING.replace(hour=9, minute=30), hours=0.05)) == 3


def test_nothing_leaves_before_an_approver_lets_it_and_after_somebody_holds_it(network, action):
    write_many(action, network, 3)
    noon = MORNING.replace(hour=10)
    assert seen(action.pk, at=noon).stands == "held" and relaying.release(at=noon) == 0
    go(action, network)
    assert relaying.release(at=noon) == 1
    relaying.hold(action.pk, by=network.writer, at=timezone.now())
    assert released(at=noon, hours=1) == [] and seen(action.pk, at=noon).waiting == 2
    names = list(OutboxEvent.objects.order_by("pk").values_list("name", flat=True))
    assert names.count("LettersLetGo") == 1 and names.count("LettersHeld") == 1


def test_after_a_restore_every_lane_is_held(network, action):
    write_many(action, network, 1)
    go(action, network)
    holding.hold_everything(at=timezone.now())
    assert released(at=MORNING, hours=6) == []


def test_where_they_are_is_in_rows_so_a_wiped_broker_changes_nothing(network, action, broker, mailbox):
    write_many(action, network, 3)
    go(action, network)
    assert relaying.release(at=MORNING.replace(hour=9)) == 1
    broker.flushall()
    assert relaying.release(at=MORNING.replace(hour=9, minute=5)) == 0
    assert relaying.release(at=MORNING.replace(hour=9, minute=10)) == 1
    Chunk.objects.update(not_before=timezone.now())
    LetterLane.objects.update(from_hour=0, to_hour=24)
    dispatching.dispatch()
    assert len(mailbox.mails(OFFICE)) == 2


def test_what_is_asked_no_more_is_dropped(network, action):
    write_many(action, network, 3)
    go(action, network)
    relaying.release(at=MORNING.replace(hour=9))
    offering.end(action.pk, by=network.writer, at=timezone.now())
    relaying.release(at=MORNING.replace(hour=9, minute=20))
    assert seen(action.pk, at=MORNING).dropped == (("ended", 2),) and seen(action.pk, at=MORNING).stands == "over"


def test_an_urgent_ones_letters_are_dropped_and_never_late(network):
    last = timezone.now().date() + timedelta(days=2)
    action = make_action(network, make_campaign(network, slug="lake"), "appeal", last_day=last)
    relay()
    write_many(action, network, 2)
    go(action, network, from_hour=0, to_hour=24)
    late = timezone.now() + timedelta(days=4)
    assert relaying.release(at=late) == 0
    assert seen(action.pk, at=late).dropped == (("ended", 2),)


def test_a_withdrawn_case_sends_no_letter_also_of_those_that_were_given_to_the_mail(network, action, mailbox):
    write_many(action, network, 3)
    go(action, network, from_hour=0, to_hour=24)
    assert relaying.release(at=timezone.now()) == 1
    silencing.withdraw_case(action.campaign.case_id, by=network.writer, at=timezone.now())
    dispatching.dispatch()
    assert mailbox.mails(OFFICE) == []
    relay()
    relaying.release(at=timezone.now() + timedelta(hours=1))
    assert seen(action.pk, at=timezone.now()).dropped == (("withdrawn", 3),)  # nothing is said to wait
    dispatching.dispatch()
    assert mailbox.mails(OFFICE) == []


def test_a_campaign_that_is_paused_keeps_its_letters(network, action, mailbox):
    write_many(action, network, 2)
    go(action, network, from_hour=0, to_hour=24)
    harming.record_harm(
        action.campaign_id,
        what=Harm.What.FAMILY_PRESSED,
        on=timezone.now().date(),
        note="",
        by=network.writer,
        at=timezone.now(),
    )
    assert relaying.release(at=timezone.now()) == 0
    found = seen(action.pk, at=timezone.now())
    assert (found.stands, found.waiting) == ("silent", 2)


def test_taken_back_reworded_and_set_apart(network, action, mailbox):
    back, reworded, apart, stays = write_many(action, network, 4)
    acting.withdraw(back.pk, by=back.person, at=timezone.now())
    acting.enter(
        action.pk,
        acting.Entry(
            address=reworded.person.email,
            name="Writer 1",
            language="en",
            answers=AppealAnswers(letter="Other words."),
        ),
        at=timezone.now(),
    )
    acting.confirm(reworded.pk, name="Writer 1", answers=AppealAnswers(letter="Other words."), at=timezone.now())
    Participation.objects.filter(pk=apart.pk).update(state=Participation.State.QUARANTINED)
    relay()
    found = seen(action.pk, at=timezone.now())
    assert (found.waiting, found.kept, found.dropped) == (1, 2, (("taken-back", 1),))
    let_all(action, network)
    dispatching.dispatch()
    assert len(mailbox.mails(OFFICE)) == 1
    accept(reworded, network)
    relay()
    let_all(action, network)
    dispatching.dispatch()
    [_, second] = mailbox.mails(OFFICE)
    assert "Other words." in second.get_body(("plain",)).get_content()


def test_what_was_reworded_while_the_mail_had_it_goes_back_to_wait(network, action, mailbox):
    [row] = write_many(action, network, 1)
    go(action, network, per_day=1, from_hour=0, to_hour=24)
    assert relaying.release(at=timezone.now()) == 1
    Message.objects.filter(participation=row).update(state=Message.State.WAITING)
    dispatching.dispatch()
    letter = Letter.objects.get()
    assert mailbox.mails(OFFICE) == [] and (letter.state, letter.chunk, letter.attempts) == ("queued", None, 0)
    assert relaying.release(at=timezone.now() + timedelta(minutes=1)) == 0  # it is not its turn again at once
    Letter.objects.update(not_before=timezone.now())
    accept(row, network)
    assert relaying.release(at=timezone.now() + timedelta(hours=1)) == 1  # its place in the day is free again
    Chunk.objects.update(not_before=timezone.now())
    dispatching.dispatch()
    assert len(mailbox.mails(OFFICE)) == 1


def test_nothing_goes_for_somebody_in_danger_and_nothing_after_an_erasure(network, action, mailbox):
    quiet, gone, third = write_many(action, network, 3)
    quieting.be_quiet(quiet.person_id, at=timezone.now())
    erasing.erase(gone.person, at=timezone.now())
    quieting.be_quiet(third.person_id, at=timezone.now())
    relay()
    let_all(action, network)
    dispatching.dispatch()
    assert mailbox.mails(OFFICE) == []
    assert dict(seen(action.pk, at=timezone.now()).dropped) == {"at-risk": 2, "erased": 1}


def test_who_was_in_danger_before_writing_is_counted_and_writes_to_nobody(network, action):
    row = write(action)
    Message.objects.all().delete()
    quieting.be_quiet(row.person_id, at=timezone.now())
    moderating.submit(Participation.objects.get(pk=row.pk), at=timezone.now())
    accept(Participation.objects.get(pk=row.pk), network)
    relay()
    assert not Letter.objects.exists()


def test_a_dead_mailbox_stops_the_lane_and_loses_nothing(network, action, mailbox):
    write_many(action, network, 3)
    mailbox.replies = lambda recipient: "550 5.1.1 no such mailbox"
    go(action, network, from_hour=0, to_hour=24)
    at = timezone.now()
    assert relaying.release(at=at) == 1
    dispatching.dispatch()
    assert Letter.objects.get(state="bounced").reason.startswith("smtp-550")
    assert relaying.release(at=at + timedelta(hours=2)) == 0
    found = seen(action.pk, at=at)
    assert (found.stands, found.waiting, found.failed) == ("refused", 2, 1)
    suppression = Suppression.objects.get(address=OFFICE)
    suppressing.release([suppression.pk], by=network.approver, at=timezone.now())
    assert relaying.release(at=at + timedelta(hours=2)) == 1


def test_a_refusal_for_now_comes_back_into_the_lane(network, action, mailbox):
    write_many(action, network, 1)
    mailbox.replies = lambda recipient: "451 4.7.1 later"
    go(action, network, per_day=1, from_hour=0, to_hour=24)
    relaying.release(at=timezone.now())
    dispatching.dispatch()
    assert seen(action.pk, at=timezone.now()).put_off == 1
    mailbox.replies = lambda recipient: None
    Letter.objects.update(not_before=timezone.now())
    assert relaying.release(at=timezone.now() + timedelta(hours=1)) == 1
    Chunk.objects.update(
        not_before=timezone.now() - timedelta(seconds=1)
    )  # SQLite's clock knows no less than a millisecond
    dispatching.dispatch()
    assert len(mailbox.mails(OFFICE)) == 1 and Letter.objects.get().attempts == 2


def test_a_letter_that_came_back_was_not_sent(network, action, mailbox):
    write_many(action, network, 1)
    let_all(action, network)
    dispatching.dispatch()
    letter = Letter.objects.get()
    hear(report(f"<{ids_of('letter')(letter.pk)}>", address=OFFICE), at=timezone.now())
    letter.refresh_from_db()
    assert (letter.state, letter.reason) == ("bounced", "returned")


def test_an_organiser_sees_tries_and_steers(network, action, deliver_all):
    write_many(action, network, 2)
    visitor = enter_workspace(network.approver, deliver_all)
    assert "2 letters to an office wait to be let go" in visitor.get("/organise/").content.decode()
    url = f"/organise/letters/{action.pk}/"
    page = visitor.get(url).content.decode()
    assert OFFICE in page and "Nothing leaves until an approver lets the letters go." in page
    visitor.post(f"{url}testing/")
    test = deliver_all().last(network.approver.email)
    assert (
        test["Subject"] == "Words subject Golnar Sabzrud" and "Words sample" in test.get_body(("plain",)).get_content()
    )
    assert deliver_all().mails(OFFICE) == []
    visitor.post(f"{url}letting-go/")
    given = {"per_hour": "12", "per_day": "", "from_hour": "8", "to_hour": "16", "place": "NL Europe/Amsterdam"}
    assert visitor.post(url, given).status_code == 302
    lane = LetterLane.objects.get()
    assert (lane.is_held, lane.per_hour, lane.hours, lane.zone) == (False, 12, (8, 16), "Europe/Amsterdam")
    page = visitor.get(url).content.decode()
    assert "The next one leaves on" in page and "(Netherlands)" in page
    wrong = visitor.post(url, {**given, "per_hour": "0", "to_hour": "7"})
    assert wrong.status_code == 400 and "This is before the hour it begins." in wrong.content.decode()
    assert 'value="0"' in wrong.content.decode()
    visitor.post(f"{url}holding/")
    assert LetterLane.objects.get().is_held
    assert visitor.get("/organise/letters/999999/").status_code == 404


@pytest.mark.once
def test_a_sample_that_would_be_refused_is_told_before_it_opens(network):
    words = {"en": {"sample": "Take up arms for {person}!"}}
    action = make_action(network, make_campaign(network, slug="lake"), "appeal", opened=False, words=words)
    missing = offering.missing_for_opening(action, at=timezone.now())
    assert any(code.startswith("sample-unfit:en:") for code in missing)


@pytest.mark.parametrize("what", ["held", "over", "night", "suppressed"])
def test_what_happens_after_a_letter_was_given_to_the_mail_still_stops_it(network, action, mailbox, what):
    write_many(action, network, 1)
    go(action, network, from_hour=0, to_hour=24)
    assert relaying.release(at=timezone.now()) == 1
    if what == "held":
        relaying.hold(action.pk, by=network.writer, at=timezone.now())
    elif what == "over":
        offering.end(action.pk, by=network.writer, at=timezone.now())
    elif what == "night":
        hour = (timezone.now().hour + 3) % 23
        LetterLane.objects.update(from_hour=hour, to_hour=hour + 1)
    else:
        suppressing.suppress(OFFICE, Suppression.Reason.MANUAL, source="steward", at=timezone.now())
    dispatching.dispatch()
    letter = Letter.objects.get()
    assert mailbox.mails(OFFICE) == [] and (letter.state, letter.chunk) == ("queued", None)
    assert not Chunk.objects.open().filter(kind="letter").exists()


def test_what_was_with_the_mail_at_the_time_of_the_backup_is_sent_by_nobody_after_a_restore(network, action, mailbox):
    write_many(action, network, 2)
    go(action, network, per_hour=600, from_hour=0, to_hour=24)
    relaying.release(at=timezone.now())
    relaying.release(at=timezone.now() + timedelta(minutes=1))
    first = Letter.objects.order_by("pk").first()
    Letter.objects.filter(pk=first.pk).update(state="handed_over")
    holding.hold_everything(at=timezone.now())
    Chunk.objects.update(not_before=timezone.now() - timedelta(hours=1))
    dispatching.dispatch()
    assert mailbox.mails(OFFICE) == []
    assert sorted(Letter.objects.values_list("state", flat=True)) == ["queued", "uncertain"]


def test_taken_back_and_written_anew_it_goes_once(network, action, mailbox):
    [row] = write_many(action, network, 1)
    acting.withdraw(row.pk, by=row.person, at=timezone.now())
    relay()
    assert Letter.objects.get().reason == "taken-back"
    row = write(action)  # the same words, which were read
    relay()
    let_all(action, network)
    dispatching.dispatch()
    assert len(mailbox.mails(OFFICE)) == 1
    acting.withdraw(row.pk, by=row.person, at=timezone.now())
    relay()
    accept(write(action, words="Other words."), network)
    relay()
    let_all(action, network)
    dispatching.dispatch()
    assert len(mailbox.mails(OFFICE)) == 1 == Letter.objects.count()  # the office has it


def test_a_clock_set_back_stops_no_other_lane(network, action, mailbox):
    write_many(action, network, 1)
    go(action, network, from_hour=0, to_hour=24)
    LetterLane.objects.update(used_until=timezone.now() + timedelta(days=1))
    assert relaying.release(at=timezone.now()) == 0
    other = make_action(network, make_campaign(network, slug="hill"), "appeal")
    relay()
    accept(write(other, 5), network)
    relay()
    go(other, network, from_hour=0, to_hour=24)
    assert relaying.release(at=timezone.now()) == 1


def test_the_erasure_of_one_is_none_of_anothers(network, action, mailbox):
    mine, theirs = write_many(action, network, 2)
    let_all(action, network)
    dispatching.dispatch()
    acting.withdraw(theirs.pk, by=theirs.person, at=timezone.now())
    Participation.objects.filter(pk=theirs.pk).update(person=None, state=Participation.State.PENDING)
    erasing.erase(mine.person, at=timezone.now())
    assert Letter.objects.filter(participation=theirs.pk).exists()
    assert Letter.objects.filter(participation=None).count() == 1


def test_a_name_that_tells_what_may_not_be_told_is_held_back_like_words(network, deliver_all):
    campaign = make_campaign(network, slug="lake", alias="The hydrologist", scopes=("alias", "narrative", "petition"))
    action = make_action(network, campaign, "appeal")
    answers = AppealAnswers(letter=OWN, show_name=True)
    entry = acting.Entry(
        address=stored_form("w@people.example"), name="Friends of Golnar Sabzrud", language="en", answers=answers
    )
    row = acting.enter(action.pk, entry, at=timezone.now())
    row = acting.confirm(row.pk, name=entry.name, answers=answers, at=timezone.now())
    with pytest.raises(MessageHeldBack):
        accept(row, network)


def test_an_office_gets_no_letter_twice_because_an_answer_was_lost(network, action, mailbox, monkeypatch):
    write_many(action, network, 1)
    go(action, network, from_hour=0, to_hour=24)
    relaying.release(at=timezone.now())
    lost = Outcome(Fate.DEFERRED, "connection-closed", is_reply=False, may_have_arrived=True)
    Chunk.objects.exclude(kind="letter").update(state="closed")
    held = leasing.lease()
    settling.give_back(held, [Mark(Letter.objects.get().pk, OFFICE, lost)])
    assert Letter.objects.get().state == "uncertain"
    let_all(action, network)
    dispatching.dispatch()
    assert mailbox.mails(OFFICE) == []


def test_whoever_is_in_danger_is_not_told_that_a_letter_goes(network, action, visitor, deliver_all):
    typed = {"name": "Nasrin", "email": "nasrin@people.example", "letter": OWN}
    visitor.post("/campaigns/lake/2/", typed)
    link = link_in(deliver_all().last("nasrin@people.example"))
    assert "No letter is sent for you" not in visitor.post(link, typed, follow=True).content.decode()
    quieting.be_quiet(Participation.objects.get().person_id, at=timezone.now())
    page = visitor.get(link).content.decode()
    assert "No letter is sent for you" in page and "It is sent with" not in page


@pytest.mark.once
@pytest.mark.parametrize(("country", "zone"), [("NL", "Europe/Amsterdam"), ("US", "UTC"), ("", "UTC")])
def test_a_lane_keeps_the_clock_of_its_office_where_that_is_one(network, country, zone):
    campaign = make_campaign(network, slug="lake")
    action = make_action(network, campaign, "appeal", options={"country": country, "mailbox": "m@ministry.example"})
    assert relaying.lane_of(action).zone == zone
