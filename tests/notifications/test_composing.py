"""Bytes on the wire, judged by Python's own parser."""

from email import message_from_bytes
from email.policy import default

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from network.models.display_name import display_name
from network.refusals import Refused
from notifications.engine.compiling import Recipient, compile_alert
from notifications.engine.composing import compose
from tests.makers import make_alert, make_campaign, make_person


def composed(**changes):
    values = {
        "recipient": "a@people.example",
        "subject": "S",
        "text": "text",
        "html": "<p>html</p>",
        "message_id": "x@y.example",
        "at": timezone.now(),
        "unsubscribe_url": "",
        "language": "fa",
    }
    return compose(**{**values, **changes})


@pytest.mark.parametrize("field", ["subject", "recipient", "unsubscribe_url", "message_id"])
def test_a_line_break_in_a_header_is_refused(field):
    with pytest.raises(ValueError):
        composed(**{field: "x\r\nBcc: everybody@people.example"})


@given(st.text(max_size=200), st.text(max_size=2000))
def test_any_words_arrive_as_they_were(subject, text):
    subject = " ".join(subject.split())
    try:
        subject = display_name(subject) if subject else "S"
    except Refused:
        subject = "S"
    text = text.replace("\r", "").replace("\x00", "").encode("utf-8", "ignore").decode()
    message = composed(subject=subject, text=text)
    mail = message_from_bytes(message.content, policy=default)
    assert str(mail["Subject"]) == subject
    headers, _, bodies = message.content.partition(b"\r\n\r\n")
    assert max(len(line) for line in headers.split(b"\r\n")) <= 998
    assert max(len(line) for line in bodies.split(b"\r\n")) <= 76
    got = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert got == (text if text.endswith("\n") else f"{text}\n")


@pytest.mark.django_db
def test_a_hostile_name_stays_words(network):
    person = make_person("x@people.example", name="<b>Bold</b> {person} %s 'x'")
    alert = make_alert(network, make_campaign(network), audience=1)
    message = compile_alert(alert, "en").message_for(Recipient(1, person.email, person.display_name, person.public_id))
    mail = message_from_bytes(message.content, policy=default)
    html = mail.get_body(("html",)).get_content()
    assert "&lt;b&gt;Bold&lt;/b&gt; {person} %s" in html
    assert "Dear <b>" not in html
    assert "Dear <b>Bold</b> {person} %s 'x', today Golnar Sabzrud" in mail.get_body(("plain",)).get_content()


@pytest.mark.django_db
def test_an_alert_fetches_nothing_and_tracks_nothing(network):
    alert = make_alert(network, make_campaign(network), audience=1)
    person = make_person("x@people.example")
    mail = message_from_bytes(
        compile_alert(alert, "fa").message_for(Recipient(1, person.email, "نام", person.public_id)).content,
        policy=default,
    )
    html = mail.get_body(("html",)).get_content()
    assert 'dir="rtl"' in html
    assert "<img" not in html and "src=" not in html and "url(" not in html
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Content-Language"] == "fa"
