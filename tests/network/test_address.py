import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.models.address import canonical_form, destination_of, fingerprint, masked, stored_form
from network.refusals import NotAnAddress


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Nasrin@Example.ORG ", "nasrin@example.org"),
        ("ｎａｓｒｉｎ@example.org", "nasrin@example.org"),
        ("nasrin@bücher.example", "nasrin@xn--bcher-kva.example"),
        ("nas\u200brin@example.org", "nasrin@example.org"),
    ],
)
def test_stored_form(typed, stored):
    assert stored_form(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "nasrin",
        "a@b@c.example",
        "a b@c.example",
        "a@c.example\r\nBcc: x@y.example",
        "a@c.example\x00",
        "@c.example",
        "x" * 300 + "@c.example",
        "a@-.example",
    ],
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(NotAnAddress):
        stored_form(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nas.Rin+tag@gmail.com", "nasrin@googlemail.com"),
        ("nasrin+a@people.example", "nasrin@people.example"),
    ],
)
def test_spellings_of_one_mailbox_are_one(one, other):
    assert canonical_form(one) == canonical_form(other)


def test_dots_matter_where_the_provider_keeps_them():
    assert canonical_form("na.srin@people.example") != canonical_form("nasrin@people.example")


def test_a_fingerprint_needs_its_key():
    assert fingerprint("a@b.example", key=b"1" * 32) != fingerprint("a@b.example", key=b"2" * 32)
    assert len(fingerprint("a@b.example", key=b"1" * 32)) == 64


@given(st.text(max_size=400))
def test_any_text_is_an_address_or_refused_and_never_breaks_a_header(text):
    try:
        address = stored_form(text)
    except NotAnAddress:
        return
    assert address.count("@") == 1
    assert not any(character in address for character in "\r\n\x00 ")
    assert stored_form(address) == address


def test_masked_shows_first_and_last_letter_only():
    assert masked("nasrin@people.example") == "n····n@people.example"


def test_destination_groups():
    assert [destination_of(a) for a in ("x@gmail.com", "x@people.example")] == ["google", "other"]
