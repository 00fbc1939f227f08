"""Forms, judged by Python's own parser: whatever is put into a slot arrives as it was, and nothing else moves."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html import escape

import pytest
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from network.languages import LANGUAGES, apart
from notifications.channels.contract import Message, dotted, ended, undotted
from notifications.engine.compiling import Recipient, compile_alert
from notifications.engine.encoding import CannotCarry
from notifications.engine.forms import NAME, TOKEN, Words, form_of
from notifications.links import CAMPAIGN, PERSON, PROOF, Subscription, subscription_behind, unsubscribe_token
from notifications.models import AlertVariant
from tests.makers import make_alert, make_campaign, make_person

MARKS = {NAME: "nMARKn", TOKEN: "uMARKu"}
LINE_BREAKS = "\r\n\x00"
# What no name may hold: controls and lone surrogates; display names are checked long before.
NAMES = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=120)
WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=300)


def filled(words: Words, name: str, *, token: bytes = b"T" * 50) -> EmailMessage:
    form = form_of(
        words,
        sender="همصدا <alerts@host.example>",
        unsubscribe="https://host.example/unsubscribe/{}/".format,
        language=words.language,
        at=timezone.now(),
    )
    wire = form.fill("reader@people.example", name, token, "id@host.example")
    assert wire.endswith(b"\r\n.\r\n") and wire.count(b"\n") == wire.count(b"\r\n")
    assert all(line.startswith(b"..") for line in wire.split(b"\r\n")[:-2] if line.startswith(b"."))
    bodies = wire.partition(b"\r\n\r\n")[2]
    assert max(len(line) for line in bodies.split(b"\r\n")) <= 77  # a doubled dot beside 76
    mail = message_from_bytes(undotted(wire), policy=default)
    assert mail.defects == []
    return mail  # type: ignore[return-value]


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return part.get_content().replace("\r\n", "\n")


@given(WORDS, WORDS, NAMES, st.sampled_from(LANGUAGES))
@example("", "", ".", "fa")
@example("100% of ", " %b %s %%", "%b", "en")
@example(".", ".\n.", "..", "ar")
@example("=2E=\n", "=", "=", "de")
@example("x" * 75, "x" * 76, "x" * 77, "ckb")
@example("", "", "a =", "fr")
@example("¿", "¡", "ñ", "es")
def test_words_and_names_arrive_as_they_were(before, after, name, language):
    text = f"{before}nMARKn{after}\nnMARKn\nhttps://host.example/unsubscribe/uMARKu\n"
    html = f'<p>{escape(before)}nMARKn</p>\n<a href="https://host.example/unsubscribe/uMARKu">{escape(after)}</a>\n'
    subject = f"S {' '.join(before.split())}nMARKn"
    mail = filled(Words(language=language, subject=subject, text=text, html=html, marks=MARKS), name)
    text = text.replace("nMARKn", apart(name, language)).replace("uMARKu", "T" * 50)
    html = html.replace("nMARKn", f"<bdi>{escape(name)}</bdi>").replace("uMARKu", "T" * 50)
    assert body(mail, "plain") == text
    assert body(mail, "html") == html
    assert " ".join(str(mail["Subject"]).split()) == " ".join(subject.replace("nMARKn", name).split())
    assert mail["To"] == "reader@people.example"
    assert mail["List-Unsubscribe"] == f"<https://host.example/unsubscribe/{'T' * 50}/>"
    assert mail["Message-ID"] == "<id@host.example>" and mail["Content-Language"] == language


@pytest.mark.parametrize(
    ("language", "shown"), [("fa", "\u2068Elias\u2069"), ("ckb", "\u2068Elias\u2069"), ("de", "Elias")]
)
def test_a_name_that_runs_the_other_way_does_not_turn_the_line_round(language, shown):
    mail = filled(Words(language=language, subject="S", text="nMARKn: x\n", html="x\n", marks=MARKS), "Elias")
    assert body(mail, "plain") == f"{shown}: x\n"


@pytest.mark.parametrize("sign", LINE_BREAKS)
def test_a_name_with_a_line_break_is_refused(sign):
    words = Words(language="fa", subject="nMARKn", text="x\n", html="x\n", marks=MARKS)
    with pytest.raises(CannotCarry):
        filled(words, f"x{sign}Bcc: everybody@people.example")


@pytest.mark.parametrize("address", ["x\r\nBcc: y@z.example", "x y@z.example", "<x@z.example>", "x", "", "x@y\x00"])
def test_an_address_that_could_end_its_line_is_refused(address):
    form = form_of(
        Words(language="fa", subject="S", text="x\n", html="x\n", marks=MARKS),
        sender="a@b.example",
        unsubscribe="https://h/{}/".format,
        language="en",
        at=timezone.now(),
    )
    with pytest.raises(CannotCarry):
        form.fill(address, "N", b"T", "i@h")


@given(st.binary(max_size=300).map(lambda raw: raw.replace(b"\r", b"").replace(b"\n", b"\r\n")))
@example(b".")
@example(b".\r\n..\r\n.x")
def test_dots_are_doubled_and_taken_back(content):
    content = content if content.endswith(b"\r\n") else content + b"\r\n"
    assert Message("x@y.example", ended(dotted(content))).content == content


HOSTILE = (
    "Nasrin «B» & Co. =3D %s",
    ".",
    "=",
    "%b%s%%",
    "<script>alert(1)</script>",
    "نسرین",
    "بەرزان & Jan",
    "\u202eevil\u202c",
    "x" * 200,
    "=?utf-8?b?eA==?=",
    "'; DROP TABLE",
    "👩🏽‍⚖️ " * 20,
)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("neutral", [False, True])
def test_an_alert_in_every_language(network, language, neutral):
    """Byte for byte: a hostile name's copy is a harmless one's with the name put in its place, and nothing else."""
    alert = make_alert(network, make_campaign(network))
    if not alert.variants.filter(language=language).exists():
        known = alert.variants.get(language="en")
        AlertVariant.objects.create(alert=alert, **{**known.words(), "language": language})
    person = make_person("x@people.example", name="Harmless")
    type(alert).objects.filter(pk=alert.pk).update(state="draft")
    compiled = compile_alert(type(alert).objects.get(pk=alert.pk), language)

    def copy_for(name: str) -> EmailMessage:
        message = compiled.message_for(Recipient(7, person.email, name, person.public_id, neutral))
        mail = message_from_bytes(message.content, policy=default)
        assert mail.defects == [] and mail["Content-Language"] == language
        return mail  # type: ignore[return-value]

    harmless = copy_for("Harmless")
    plain, html = body(harmless, "plain"), body(harmless, "html")
    assert unsubscribe_token(Subscription(person.public_id, alert.campaign_id)) in plain
    assert ("Harmless" in plain) is not neutral
    for name in HOSTILE:
        mail = copy_for(name)
        assert body(mail, "plain") == plain.replace(apart("Harmless", language), apart(name, language))
        assert body(mail, "html") == html.replace("<bdi>Harmless</bdi>", f"<bdi>{escape(name)}</bdi>")
        assert {header: value for header, value in mail.items() if header != "Content-Type"} == {
            header: value for header, value in harmless.items() if header != "Content-Type"
        }


def test_a_token_is_small_and_bound_to_whom_it_is_for(network_free_person):
    token = unsubscribe_token(network_free_person)
    assert len(token) == 50 and subscription_behind(token) == network_free_person
    from network.refusals import LinkForged

    for wrong in (token[:-1], token[1:], token.swapcase(), "x" * 50, "", "ü", "A" * ((PERSON + CAMPAIGN + PROOF) * 2)):
        with pytest.raises(LinkForged):
            subscription_behind(wrong)


@pytest.fixture
def network_free_person() -> Subscription:
    from uuid import uuid4

    return Subscription(uuid4(), 12)
