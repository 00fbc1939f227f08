from uuid import uuid4

import pytest

from campaigns.publishing.defender import PublishedDefender, PublishedName
from campaigns.publishing.folding import fold
from campaigns.publishing.prose import naming_words
from campaigns.publishing.slots import fill, slots_in
from campaigns.refusals import UnknownSlot
from tests.makers import make_campaign


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("علي رضايي", "علی رضایی"),
        ("كيان", "کیان"),
        ("سپیده‌دم", "سپیدهدم"),
        ("گُلنار", "گلنار"),
        ("José", "JOSE"),
        ("۱۴۰۵", "1405"),
        ("آرش", "ارش"),
        ("کـیان", "کیان"),
    ],
)
def test_habits_of_writing_fold_together(one, other):
    assert fold(one) == fold(other)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "name_permitted", "found"),
    [
        ("She measured a lake.", False, []),
        ("GOLNAR-SABZRUD measured a lake.", True, ["Golnar Sabzrud"]),
        ("see golnarsabzrud.example", True, ["Golnar Sabzrud"]),
        ("گلنار‌سبزرود دریاچه را", True, ["گلنار سبزرود"]),
        ("Golnar measured a lake.", True, []),
        ("Golnar measured a lake.", False, ["Golnar", "Golnar"]),
        ("سبزرُود گفت", False, ["سبزرود"]),
        ("سبزرودی‌ها گفتند", False, ["سبزرود"]),
    ],
)
def test_the_guard_finds_names_however_written(network, text, name_permitted, found):
    defender = make_campaign(network).case.defender
    assert naming_words(text, defender, name_permitted=name_permitted) == found


DEFENDER = PublishedDefender(
    public_id=uuid4(),
    names=(PublishedName("A <b> Name", "A", "en"),),
    pronouns={"en": {"they": "she", "them": "her", "their": "her"}},
    is_alias=False,
)


def test_slots_are_filled_and_escaped():
    assert fill("{person} said {they} knew.", DEFENDER, "en", html=False) == "A <b> Name said she knew."
    assert fill("{person}", DEFENDER, "en", html=True) == "<bdi>A &lt;b&gt; Name</bdi>"


def test_a_language_without_pronouns_repeats_the_name():
    assert fill("{they}", DEFENDER, "fa", html=False) == "A"


def test_the_set_of_slots_is_closed():
    with pytest.raises(UnknownSlot):
        slots_in("Dear {settings}")
    assert slots_in("{person} {their}") == {"person", "their"}
