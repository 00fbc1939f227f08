"""Whom an alert goes to, and when it begins to leave: one predicate for the estimate and the opening; a time to take it back."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.html import strip_tags

from campaigns.flows.campaign import joining
from campaigns.flows.gate import silencing
from network.flows import consenting
from network.models import ContactConsent, Person
from notifications.engine.compiling import Recipient, compile_alert
from notifications.flows import opening, steering, writing
from notifications.models import Alert, Delivery
from notifications.models.audience import audience_of, meant_by, reachable_by
from notifications.refusals import AlertIsOut
from tests.makers import enter_workspace, make_alert, make_campaign, make_participation, make_person
from tests.notifications.test_dispatching import send_all
from tests.notifications.test_opening import open_fully

pytestmark = pytest.mark.django_db
Audience = Alert.Audience


@pytest.fixture
def campaign(network):
    return make_campaign(network, slug="lake")


@pytest.fixture
def alert(network, campaign):
    """Four who joined; of them the first two signed, and one more who signed and never joined."""
    alert = make_alert(network, campaign, audience=4)
    for number in range(2):
        make_participation(campaign, f"member-{number:05d}@people.example")
    row = make_participation(campaign, "signed-only@people.example")
    ContactConsent.objects.create(
        person=row.person,
        organisation=network.host,
        purpose="alerts",
        channel="email",
        given_at=timezone.now(),
        given_through="test",
    )
    return alert


def reached(alert: Alert) -> set[str]:
    return {
        email.split("@")[0].removeprefix("member-0000") for email in audience_of(alert).values_list("email", flat=True)
    }


@pytest.mark.parametrize(
    ("audience", "names"),
    [
        (Audience.JOINED, {"0", "1", "2", "3"}),
        (Audience.ACTED, {"0", "1", "signed-only"}),
        (Audience.NOT_ACTED, {"2", "3"}),
        (Audience.SUPPORTERS, {"0", "1", "2", "3", "signed-only"}),
    ],
)
def test_each_audience_is_who_it_says(alert, audience, names):
    alert.audience = audience
    assert reached(alert) == names
    muted = Person.objects.get(email="member-00001@people.example")
    joining.mute(muted.pk, alert.campaign_id, at=timezone.now())
    left = Person.objects.get(email="member-00003@people.example")
    consenting.withdraw(left, at=timezone.now())
    assert reached(alert) == names - {"1", "3"}  # whoever muted the campaign or took back consent is in none
    assert meant_by(alert).count() >= len(names)


def test_only_who_reads_a_language(alert):
    alert.languages = ["fa"]
    assert reached(alert) == {"0", "3"}


def test_a_follow_up_goes_to_exactly_those_who_got_the_first(alert, network, mailbox):
    mailbox.replies = lambda address: "550 5.1.1 gone" if address.startswith("member-00002") else None
    open_fully(alert)
    send_all()
    late = make_alert(network, alert.campaign)
    joining.join(
        make_participation(alert.campaign, "late@people.example").person, alert.campaign, through="t", at=timezone.now()
    )
    follow = writing.draft(alert.campaign, follows=alert, by=network.writer, at=timezone.now())
    assert reached(follow) == {"0", "1", "3"}
    assert "late@people.example" in set(audience_of(late).values_list("email", flat=True))


def test_whoever_had_enough_lately_is_left_alone_unless_it_presses_or_somebody_says_why(alert, network):
    person, now = Person.objects.get(email="member-00000@people.example"), timezone.now()
    for _each in range(settings.FATIGUE_ALERTS):
        before = make_alert(network, alert.campaign)
        Alert.objects.filter(pk=before.pk).update(state="finished", opened_at=now - timedelta(days=1))
        before.deliveries.create(person=person, state=Delivery.State.SENT, settled_at=now)
    assert reached(alert) == {"1", "2", "3"}
    assert reachable_by(alert).count() == 4  # decided when it opens: who is in then is not left out later
    alert.over_cap = "The hearing is tomorrow."
    assert reached(alert) == {"0", "1", "2", "3"}
    alert.over_cap, alert.severity = "", Alert.Severity.URGENT
    assert reached(alert) == {"0", "1", "2", "3"}
    alert.severity = Alert.Severity.ACTION
    Alert.objects.exclude(pk=alert.pk).update(opened_at=now - timedelta(days=settings.FATIGUE_DAYS, seconds=1))
    assert reached(alert) == {"0", "1", "2", "3"}


def test_for_some_seconds_it_can_be_taken_back_and_nothing_has_left(alert, network, mailbox):
    now = timezone.now()
    opening.open_alert(alert.pk, by=network.approver, at=now, undo_seconds=30)
    assert opening.open_slab(alert.pk, at=now + timedelta(seconds=29)) == 0
    assert not Alert.objects.opening().exists()
    steering.take_back(alert.pk, by=network.writer, at=now + timedelta(seconds=29))
    taken = Alert.objects.get(pk=alert.pk)
    assert (taken.state, taken.opened_at, taken.leaves_at) == ("draft", None, None)
    assert opening.missing_for_opening(taken, at=now) == []  # approved as it was
    opening.open_alert(alert.pk, by=network.approver, at=now, undo_seconds=30)
    with pytest.raises(AlertIsOut):
        steering.take_back(alert.pk, by=network.writer, at=now + timedelta(seconds=30))
    assert opening.open_slab(alert.pk, at=now + timedelta(seconds=30)) == 4
    assert mailbox.received == []


def test_let_go_it_leaves_at_once(alert, network):
    opening.open_alert(alert.pk, by=network.approver, at=timezone.now(), undo_seconds=3000)
    steering.let_go(alert.pk, by=network.approver, at=timezone.now())
    assert opening.open_slab(alert.pk, at=timezone.now()) == 4


def test_a_stand_down_pauses_what_else_the_campaign_is_sending(alert, network):
    open_fully(alert)
    other = make_alert(network, make_campaign(network))
    opening.open_alert(other.pk, by=None, at=timezone.now())
    down = make_alert(network, alert.campaign, severity="stand_down")
    opening.open_alert(down.pk, by=network.approver, at=timezone.now())
    states = dict(Alert.objects.values_list("pk", "state"))
    assert (states[alert.pk], states[other.pk], states[down.pk]) == ("paused", "opening", "opening")


def test_the_page_says_what_waits_and_takes_it_back(alert, network, deliver_all, settings):
    settings.UNDO_SECONDS = {"action": 30}
    editor, approver = enter_workspace(network.writer, deliver_all), enter_workspace(network.approver, deliver_all)
    url = f"/organise/alerts/{alert.pk}/"
    approver.post(f"{url}opening/")
    page = editor.get(url).content.decode()
    assert "Nothing has left yet" in page and "Take it back" in page
    assert editor.post(f"{url}taking-back/").status_code == 302
    page = approver.get(url).content.decode()
    assert "Send it to" in page and not re.search(r"disabled>\s*Send it to", page)


def test_who_chooses_the_language_of_those_it_is_not_written_for(alert, network, deliver_all, settings):
    _readers_join(alert, settings.SMALLEST_GROUP, "de")
    _readers_join(alert, 1, "es")
    editor = enter_workspace(network.writer, deliver_all)
    words = {
        f"{name}_{one.language}": value
        for one in alert.variants.all()
        for name, value in one.words().items()
        if name != "language"
    }
    plan = {"severity": "info", "audience": "joined", "fallback_language": "fa"}
    assert editor.post(f"/organise/alerts/{alert.pk}/editing/", {**words, **plan}).status_code == 302
    assert Alert.objects.get(pk=alert.pk).fallback_language == "fa"
    page = editor.get(f"/organise/alerts/{alert.pk}/").content.decode()
    told = "6 people read a language it is not written in (Deutsch, others, too few to tell apart) and get it in فارسی."
    assert told in page


def _readers_join(alert, how_many, language):
    for number in range(how_many):
        person = make_person(f"reader-{language}-{number}@people.example", language=language)
        joining.join(person, alert.campaign, through="test", at=timezone.now())


def test_no_lane_singles_out_the_one_who_reads_its_language(alert, network, deliver_all, settings):
    settings.UNDO_SECONDS = dict.fromkeys(settings.UNDO_SECONDS, 0)
    _readers_join(alert, settings.SMALLEST_GROUP, "de")
    _readers_join(alert, 1, "es")
    _readers_join(alert, 1, "ckb")
    open_fully(alert)
    page = enter_workspace(network.approver, deliver_all).get(f"/organise/alerts/{alert.pk}/").content.decode()
    lanes = [
        " ".join(strip_tags(row).split()) for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", page, re.DOTALL)
    ]
    assert "Deutsch 5000" in lanes and "others, too few to tell apart 6000" in lanes
    assert "Español" not in "".join(lanes) and "کوردی" not in "".join(lanes)


@pytest.mark.parametrize("spoil", ["expired", "silent"])
def test_a_draft_that_cannot_go_says_why(alert, network, deliver_all, spoil):
    if spoil == "expired":
        Alert.objects.filter(pk=alert.pk).update(expires_at=timezone.now() - timedelta(days=1))
    else:
        silencing.withdraw_case(alert.campaign.case_id, by=None, at=timezone.now())
    page = enter_workspace(network.approver, deliver_all).get(f"/organise/alerts/{alert.pk}/")
    assert page.status_code == 200
    words = {"expired": "Its last day is past", "silent": "shown to nobody at the moment"}[spoil]
    assert words in page.content.decode()
    assert re.search(r"disabled>\s*Send it to", page.content.decode())


def test_the_plan_is_written_in_the_form_and_a_follow_up_begins_from_the_page(alert, network, deliver_all):
    editor = enter_workspace(network.writer, deliver_all)
    variant = alert.variants.get(language="en")
    words = {f"{name}_en": value for name, value in variant.words().items() if name != "language"}
    plan = {"severity": "info", "audience": "not_acted", "languages": ["en", "fa"], "over_cap": "Asked for."}
    plan["fallback_language"] = "en"
    assert editor.post(f"/organise/alerts/{alert.pk}/editing/", {**words, **plan}).status_code == 302
    kept = Alert.objects.get(pk=alert.pk)
    assert writing.plan_of(kept) == writing.Plan(**plan)
    assert editor.post(f"/organise/alerts/{alert.pk}/editing/", {**words, **plan, "audience": "got"}).status_code == 400
    Alert.objects.filter(pk=alert.pk).update(state="finished")
    assert editor.post(f"/organise/alerts/{alert.pk}/following-up/").status_code == 302
    follow = Alert.objects.latest("pk")
    assert (follow.follows_id, follow.audience) == (alert.pk, "got")
    assert (
        editor.post(f"/organise/alerts/{follow.pk}/editing/", {**words, **plan, "audience": "got"}).status_code == 302
    )


@pytest.mark.parametrize(
    "typed",
    [
        {"body_en": "Hi {foo}"},
        {"subject_en": ""},
        {"subject_en": "x" * 400},
        {"button_en": "x" * 400},
        {"body_en": "x" * 50_000},
    ],
)
def test_what_is_wrong_with_the_words_is_told_and_nothing_is_lost(alert, network, deliver_all, typed):
    editor = enter_workspace(network.writer, deliver_all)
    words = {f"{name}_en": value for name, value in alert.variants.get(language="en").words().items()}
    plan = {"severity": "info", "audience": "joined", "fallback_language": "en"}
    answer = editor.post(f"/organise/alerts/{alert.pk}/editing/", {**words, **plan, **typed})
    page = answer.content.decode()
    assert answer.status_code == 400 and page.count('class="wrong"') == 1
    assert next(iter(typed.values())) in page
    assert ("still missing" in page) == ("" in typed.values())


def test_what_waits_for_its_hours_counts_as_had(alert, network):
    for _each in range(settings.FATIGUE_ALERTS):
        other = make_alert(network, alert.campaign)
        Alert.objects.filter(pk=other.pk).update(state="sending", opened_at=timezone.now())
        other.deliveries.create(person=Person.objects.get(email="member-00000@people.example"))
        other.deliveries.create(
            person=Person.objects.get(email="member-00001@people.example"), state=Delivery.State.DROPPED
        )
    assert reached(alert) == {"1", "2", "3"}


@pytest.mark.parametrize(
    ("audience", "why"),
    [
        (Audience.JOINED, "because you joined this campaign"),
        (Audience.NOT_ACTED, "because you joined this campaign"),
        (Audience.ACTED, "because you took part in this campaign"),
        (Audience.SUPPORTERS, "because you belong to the network"),
        (Audience.GOT, "because you got the letter that it follows"),
    ],
)
def test_the_letter_says_truly_why_it_came(alert, audience, why):
    alert.audience = audience
    alert.save()
    compiled = compile_alert(Alert.objects.get(pk=alert.pk), "en")
    letter = compiled.message_for(Recipient(1, "a@people.example", "A", uuid4())).content
    parts = message_from_bytes(letter, policy=default).walk()
    told = [part.get_content() for part in parts if part.get_content_maintype() == "text"]
    assert len(told) == 2 and all(why in " ".join(part.split()) for part in told)


def test_whoever_got_it_before_it_was_cancelled_can_be_written_to_again(alert, network, deliver_all, mailbox):
    open_fully(alert)
    send_all()
    Alert.objects.filter(pk=alert.pk).update(state="cancelled")
    page = enter_workspace(network.writer, deliver_all).get(f"/organise/alerts/{alert.pk}/").content.decode()
    assert "Write once more to those who got it" in page


def test_whoever_may_be_at_risk_is_previewed_too(alert, network, deliver_all):
    page = enter_workspace(network.writer, deliver_all).get(f"/organise/alerts/{alert.pk}/preview/at-risk/")
    assert page.status_code == 200
    assert "Golnar" not in page.content.decode() and "News of" not in page.content.decode()
