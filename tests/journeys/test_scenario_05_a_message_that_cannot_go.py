"""Scenario 5: given a Nowruz message naming an organisation, the case or politics, when submitted, then the writer sees why it
cannot go and can fix it."""

from html import unescape

import pytest

from campaigns.models import Message, Participation
from tests.journeys.test_a_stranger_signs import link_in
from tests.makers import enter_workspace, make_action, make_campaign

pytestmark = pytest.mark.django_db
URL = "/campaigns/lake/2/"
FIXED = "Happy Nowruz! The hyacinths are out, and we think of you."


@pytest.fixture
def asked(network):
    return make_action(network, make_campaign(network, slug="lake"))


@pytest.mark.parametrize(
    ("prefix", "words", "found", "why"),
    [
        ("", "Happy Nowruz from all of us at Amnesty!", "amnesty", "names an organisation would not get through"),
        ("", "Happy Nowruz. Soon you will leave that prison.", "prison", "speaks of the case would not get through"),
        ("", "Happy Nowruz, and freedom for the opposition!", "opposition", "speaks of politics or rights"),
        ("/fa", "نوروزتان مبارک، از طرف سازمان عفو بین‌الملل", "عفو بین الملل", None),
        ("/fa", "نوروز مبارک، به امید رهایی از زندان", "زندان", None),
        ("/fa", "نوروز مبارک، این حکومت رفتنی است", "حکومت", None),
    ],
)
def test_the_writer_sees_why_and_mends_it(asked, visitor, prefix, words, found, why):
    typed = {"name": "Nasrin", "email": "nasrin@people.example", "words": words}
    answer = visitor.post(f"{prefix}{URL}", typed)
    page = unescape(answer.content.decode())
    assert answer.status_code == 400
    assert f"“{found}”" in page or f"«{found}»" in page
    assert why is None or why in page
    assert words in page and "nasrin@people.example" in page  # nothing is lost
    assert not Participation.objects.exists()
    assert visitor.post(f"{prefix}{URL}", {**typed, "words": FIXED}).status_code == 302


def test_the_page_says_the_rules_before_anybody_writes(asked, visitor):
    page = visitor.get(URL).content.decode()
    assert "Name no organisation." in page and "Say nothing of politics or rights." in page


def test_what_is_corrected_on_the_confirmation_page_is_looked_at_too(asked, visitor, deliver_all):
    visitor.post(URL, {"name": "Nasrin", "email": "nasrin@people.example", "words": FIXED})
    link = link_in(deliver_all().last("nasrin@people.example"))
    answer = visitor.post(link, {"name": "Nasrin", "words": "Greetings from Amnesty"})
    assert answer.status_code == 400 and "Greetings from Amnesty" in answer.content.decode()
    assert Participation.objects.get().state == "pending"
    assert visitor.post(link, {"name": "Nasrin", "words": FIXED}).status_code == 302
    assert Message.objects.waiting().count() == 1


def test_it_is_read_by_a_moderator_and_handed_over_in_a_batch(asked, network, visitor, deliver_all):
    visitor.post(URL, {"name": "Nasrin", "email": "nasrin@people.example", "words": FIXED, "show_name": "on"})
    visitor.post(
        link_in(deliver_all().last("nasrin@people.example")), {"name": "Nasrin", "words": FIXED, "show_name": "on"}
    )
    moderator = enter_workspace(network.approver, deliver_all)
    assert "1 message waits to be read." in moderator.get("/organise/").content.decode()
    answer = moderator.post("/organise/messages/next/", follow=True)
    page = answer.content.decode()
    assert FIXED in page and "Nasrin" in page and "nasrin@people.example" not in page
    message = Message.objects.get()
    moderator.post(f"/organise/messages/{message.pk}/accepting/", {"digest": message.digest_now()})
    answer = moderator.post(f"/organise/actions/{asked.pk}/batches/", follow=True)
    paper = answer.content.decode()
    assert FIXED in paper and "Nasrin" in paper
    batch = asked.batches.get()
    moderator.post(f"/organise/batches/{batch.pk}/handing-over/", {"on": "2099-01-01"})
    batch.refresh_from_db()
    assert batch.handed_over_on is None  # that day has not come yet
    moderator.post(f"/organise/batches/{batch.pk}/handing-over/", {"on": "2026-03-20"})
    batch.refresh_from_db()
    assert str(batch.handed_over_on) == "2026-03-20"


def test_a_reason_is_asked_for_before_it_is_declined(asked, network, visitor, deliver_all):
    visitor.post(URL, {"name": "Nasrin", "email": "nasrin@people.example", "words": FIXED})
    visitor.post(link_in(deliver_all().last("nasrin@people.example")), {"name": "Nasrin", "words": FIXED})
    moderator = enter_workspace(network.approver, deliver_all)
    message = Message.objects.get()
    url = f"/organise/messages/{message.pk}/declining/"
    assert moderator.post(url, {"digest": message.digest_now()}).status_code == 400
    moderator.post(url, {"digest": message.digest_now(), "reason": "unreadable"})
    message.refresh_from_db()
    assert (message.state, message.reason) == ("declined", "unreadable")
