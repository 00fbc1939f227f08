"""Notices to whoever wants neutral mail: an inbox shows the sender, the subject and how a mail begins, and none of them tells."""

from __future__ import annotations

import pytest

from network.models import Person
from notifications.engine.wording import LINE_LETTERS, in_lines
from tests.makers import make_campaign, make_person

pytestmark = pytest.mark.django_db
ADDRESS = "reader@people.example"


def test_a_confirmation_names_nobody_to_who_wants_neutral_mail(network, visitor, deliver_all, mailbox):
    make_campaign(network, slug="lake")
    Person.objects.filter(pk=make_person(ADDRESS).pk).update(neutral_mail=True)
    visitor.post("/campaigns/lake/", {"name": "N", "email": ADDRESS})
    deliver_all()
    mail = mailbox.last(ADDRESS)
    whole = mail.as_string()
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            whole += part.get_content()
    assert "/confirm/" in whole  # the way to the one button is there
    for telling in ("Golnar", "Sabzrud", "گلنار", "Hamseda", "petition", "The lake"):
        assert telling not in whole


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
