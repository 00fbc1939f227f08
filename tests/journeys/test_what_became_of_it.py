"""Whoever took part finds on their own page what became of it; and what is most pressing is offered next."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from html import unescape

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.html import strip_tags

from campaigns.flows.campaign import acting, moderating
from campaigns.kinds.contract import kind_named
from campaigns.models import Message, Participation
from campaigns.publishing.letter import letter_to_send
from network.flows.relaying import relay
from notifications.engine.letters import mail_to
from notifications.models import Letter
from tests.journeys.test_a_stranger_signs import link_in
from tests.makers import enter_workspace, make_action, make_campaign, make_message, make_participation, make_person
from tests.makers.actions import ANSWERS, OPTIONS
from tests.notifications.test_relaying import accept

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WRITER = "writer@people.example"


@pytest.fixture
def campaign(network):
    return make_campaign(network, slug="lake")


@pytest.fixture
def mine(campaign, deliver_all):
    """Their own page, as it stands now."""

    def page() -> str:
        reader = enter_workspace(make_person(WRITER), deliver_all)
        return reader.get("/me/").content.decode()

    return page


def taken(action, kind: str = "pledge", **answers) -> Participation:
    said = action_answers(kind, answers)
    entry = acting.Entry(address=WRITER, name="A Writer", language="en", answers=said)
    row = acting.enter(action.pk, entry, at=timezone.now())
    return acting.confirm(row.pk, name="A Writer", answers=said, at=timezone.now())


def action_answers(kind: str, changed):
    return kind_named(kind).answers(**{**ANSWERS.get(kind, {}), **changed})


def test_each_of_them_is_named_by_what_was_asked(network, campaign, mine):
    for kind in ("pledge", "call"):
        action = make_action(network, campaign, kind, words={"en": {"title": f"A {kind} of ours"}})
        taken(action, kind)
    page = mine()
    assert "A pledge of ours" in page and "A call of ours" in page and "Make a call" in page


def test_a_message_that_was_declined_or_handed_over_is_said_to_be(network, campaign, mine):
    action = make_action(network, campaign, "message")
    message = make_message(action, WRITER, show_words=True)
    assert "Then everybody can read it" in mine()
    moderating.decline(
        message.pk, digest=message.digest_now(), reason="ruled_out", by=network.approver, at=timezone.now()
    )
    page = mine()
    assert "It was read, and does not go." in page and "an organisation, the case or politics" in page
    Message.objects.update(state="waiting")
    message = Message.objects.get()
    moderating.accept(message.pk, digest=message.digest_now(), by=network.approver, at=timezone.now())
    batch = moderating.make_batch(action.pk, by=network.approver, at=timezone.now())
    moderating.hand_over(batch.pk, on=timezone.now().date(), by=network.approver, at=timezone.now())
    assert "It was handed over." in mine()


def test_nobody_is_mailed_that_what_went_does_not_go(network, campaign, deliver_all):
    action = make_action(network, campaign, "message")
    message = make_message(action, WRITER)
    moderating.accept(message.pk, digest=message.digest_now(), by=network.approver, at=timezone.now())
    batch = moderating.make_batch(action.pk, by=network.approver, at=timezone.now())
    moderating.hand_over(batch.pk, on=timezone.now().date(), by=network.approver, at=timezone.now())
    message = Message.objects.get()
    moderating.decline(message.pk, digest=message.digest_now(), reason="unkind", by=network.approver, at=timezone.now())
    subjects = [mail["Subject"] for mail in deliver_all().mails() if mail["To"] == WRITER]
    assert not any("does not go" in subject or "cannot" in subject for subject in subjects), subjects


def test_a_letter_says_whether_it_has_left_also_when_it_is_taken_back(network, campaign, mine):
    action = make_action(network, campaign, "appeal")
    relay()
    row = taken(action, "appeal")
    accept(row, network)
    relay()
    assert "It is sent with your name" in mine()
    Letter.objects.update(state="sent", settled_at=timezone.now())
    assert "It has left for the office." in mine()
    acting.withdraw(row.pk, by=row.person, at=timezone.now())
    assert "It had left before, and cannot be called back." in mine()
    Letter.objects.update(state="dropped", reason="ended")
    assert "It had left before" not in mine()


def test_where_people_come_together_stands_on_their_own_page(network, campaign, mine):
    gathering = make_action(network, campaign, "gathering")
    assert "18:30" not in mine()
    taken(gathering, "gathering")
    page = mine()
    assert "18:30" in page and "Words place" in page


def test_what_is_most_pressing_is_offered_next_and_nothing_that_is_full(network, campaign, visitor, deliver_all):
    full = make_action(network, campaign, "gathering", options={**OPTIONS["gathering"], "room": 1})
    make_participation_in(full, "other@people.example")
    make_action(network, campaign, "pledge", words={"en": {"title": "A pledge"}})
    tomorrow = (timezone.now() + timedelta(days=2)).date()
    make_action(network, campaign, "call", words={"en": {"title": "The urgent call"}}, last_day=tomorrow)
    relay()
    visitor.post("/campaigns/lake/", {"name": "Nasrin", "email": "nasrin@people.example"})
    link = link_in(deliver_all().last("nasrin@people.example"))
    page = visitor.post(link, {"name": "Nasrin"}, follow=True).content.decode()
    assert "The urgent call" in page
    listed = visitor.get("/campaigns/lake/").content.decode()
    assert listed.index("The urgent call") < listed.index("A pledge")


def make_participation_in(action, address: str) -> None:
    said = action_answers("gathering", {})
    entry = acting.Entry(address=address, name="Somebody", language="en", answers=said)
    row = acting.enter(action.pk, entry, at=timezone.now())
    acting.confirm(row.pk, name="Somebody", answers=said, at=timezone.now())


def test_who_is_counted_and_enters_again_is_mailed_that_they_are(network, campaign, visitor, deliver_all):
    make_participation(campaign, WRITER, name="A Writer")
    visitor.post("/campaigns/lake/", {"name": "Another Name", "email": WRITER})
    mail = deliver_all().last(WRITER).get_body(("plain",)).get_content()
    assert "You are counted already." in " ".join(mail.split()) and "Until then nothing is" not in mail


def test_the_preview_of_a_letter_is_the_whole_of_it(network, campaign, deliver_all):
    action = make_action(network, campaign, "appeal")
    relay()
    message = accept(taken(action, "appeal"), network)
    moderator = enter_workspace(network.writer, deliver_all)
    page = unescape(strip_tags(moderator.get(f"/organise/messages/{message.pk}/").content.decode()))
    mail = message_from_bytes(
        mail_to(
            letter_to_send(message, operator="Almond", at=timezone.now()),
            recipient="minister@ministry.example",
            message_id="x@house.example",
            at=timezone.now(),
        ).content,
        policy=default,
    )
    foot = mail.get_body(("plain",)).get_content().partition("-- \n")[2].split("\n")
    assert mail["From"].addresses[0].addr_spec in page
    for line in " ".join(foot).replace("Almond", settings.OPERATOR_NAME).split(". "):
        assert " ".join(line.split())[:40] in " ".join(page.split())


def test_whoever_is_counted_and_did_not_enter_it_again_loses_nothing(network, campaign, visitor, deliver_all):
    row = make_participation(campaign, WRITER, name="A Writer")
    visitor.post("/campaigns/lake/", {"name": "Another Name", "email": WRITER})
    mail = deliver_all().last(WRITER)
    link = link_in(mail)
    assert "what is counted stays as it is" in " ".join(mail.get_body(("plain",)).get_content().split())
    assert "what is counted stays as it is" in visitor.get(link).content.decode()
    page = visitor.post(f"{link}rejecting/").content.decode()
    row.refresh_from_db()
    assert "stays counted" in page and (row.state, row.name, row.waiting) == ("confirmed", "A Writer", None)


def test_a_letter_is_previewed_in_the_language_in_which_it_goes(network, campaign, visitor, deliver_all):
    make_action(network, campaign, "appeal")
    relay()
    said = {
        "name": "Nasrin",
        "email": "nasrin@people.example",
        "letter": "Would you send an observer?",
        "show_name": "on",
    }
    visitor.post("/campaigns/lake/2/", said)
    link = link_in(deliver_all().last("nasrin@people.example"))
    page = visitor.get(f"/fa{link}").content.decode()
    assert "Words salutation" in page and "sent it for them" in page


def test_a_message_that_is_put_aside_is_free_for_others(network, campaign, deliver_all):
    make_message(make_action(network, campaign, "message"), WRITER)
    first, second = enter_workspace(network.writer, deliver_all), enter_workspace(network.approver, deliver_all)
    there = first.post("/organise/messages/next/").url
    assert second.post("/organise/messages/next/").url == "/organise/messages/"
    first.post(f"{there}skipping/")
    assert second.post("/organise/messages/next/").url == there


def test_no_sheet_asks_for_names_where_nothing_is_signed(campaign, visitor):
    assert visitor.get("/campaigns/lake/sheet.pdf").status_code == 200
    campaign.actions.update(closed_at=timezone.now())
    assert visitor.get("/campaigns/lake/sheet.pdf").status_code == 302
    assert "sheet.pdf" not in visitor.get("/campaigns/lake/").content.decode()
