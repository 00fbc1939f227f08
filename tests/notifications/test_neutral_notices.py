"""Notices to whoever wants neutral mail: an inbox shows the sender, the subject and how a mail begins, and none of them tells."""

from __future__ import annotations

import pytest
from django.utils import timezone

from campaigns.flows.campaign import joining
from campaigns.models import Joining
from network.models import Person
from notifications.engine.lines import LINE_LETTERS, in_lines
from notifications.flows.noticing import notify
from notifications.models import Notice
from tests.makers import make_campaign, make_participation, make_person

pytestmark = pytest.mark.django_db
ADDRESS, OPERATOR = "reader@people.example", "Foundation of the Lake"
Kind = Notice.Kind


def test_a_confirmation_names_nobody_to_who_wants_neutral_mail(network, visitor, deliver_all, mailbox):
    make_campaign(network, slug="lake")
    Person.objects.filter(pk=make_person(ADDRESS).pk).update(neutral_mail=True)
    visitor.post("/campaigns/lake/", {"name": "N", "email": ADDRESS})
    deliver_all()
    assert "/confirm/" in whole_of(mailbox.last(ADDRESS))  # the way to the one button is there
    assert_it_tells_nothing(mailbox.last(ADDRESS))


def whole_of(mail) -> str:
    texts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return mail.as_string() + "".join(texts)


def assert_it_tells_nothing(mail) -> None:
    whole = whole_of(mail)
    for telling in ("Golnar", "Sabzrud", "گلنار", "Hamseda", "همصدا", "petition", "The lake", "/lake/", OPERATOR):
        assert telling not in whole, telling
    assert 'href=""' not in whole and mail["Subject"] == "A note for you"


@pytest.mark.parametrize("kind", [Kind.RECEIPT, Kind.JOINED, Kind.SIGN_IN_CODE])
def test_no_other_notice_tells_either(network, visitor, deliver_all, mailbox, settings, kind):
    settings.OPERATOR_NAME = OPERATOR
    campaign, person = make_campaign(network, slug="lake"), make_person(ADDRESS)
    Person.objects.filter(pk=person.pk).update(neutral_mail=True)
    subject_id = ""
    if kind == Kind.RECEIPT:
        subject_id = make_participation(campaign, ADDRESS).pk
    elif kind == Kind.JOINED:
        joining.join(person, campaign, through="test", at=timezone.now())
        subject_id = Joining.objects.get().pk
    payload = {"code": "TEST-CODE"} if kind == Kind.SIGN_IN_CODE else {}
    notify(
        kind,
        address=ADDRESS,
        language="en",
        dedupe_key="one",
        subject_id=str(subject_id),
        payload=payload,
        at=timezone.now(),
    )
    deliver_all()
    mail = mailbox.last(ADDRESS)
    assert_it_tells_nothing(mail)
    for kind_of_part in ("plain", "html"):
        text = mail.get_body((kind_of_part,)).get_content()
        assert ("/me/" in text) != (kind == Kind.SIGN_IN_CODE)
        assert ("code to sign in" in text) == (kind == Kind.SIGN_IN_CODE)


def test_the_plain_text_is_set_in_lines_that_every_reader_shows_whole(network, visitor, deliver_all, mailbox):
    make_campaign(network, slug="lake")
    visitor.post("/campaigns/lake/", {"name": "N", "email": ADDRESS})
    deliver_all()
    text = mailbox.last(ADDRESS).get_body(("plain",)).get_content()
    assert max(len(line) for line in text.splitlines() if "http" not in line) <= LINE_LETTERS
    assert "-- " in text.splitlines()


def test_an_address_and_a_long_word_are_not_broken():
    address = f"http://host.example/{'x' * 200}"
    assert in_lines(f"{'word ' * 30}\n{address}\n-- \nend").splitlines()[-3:] == [address, "-- ", "end"]
