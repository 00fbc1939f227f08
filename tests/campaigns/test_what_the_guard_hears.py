"""The guard hears what stands in another script, in words for figures, as the neighbours spell it, and in parts of an alias."""

from __future__ import annotations

import pytest

from campaigns.models import GuardedWord
from campaigns.publishing.prose import findings
from tests.makers import make_case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "kept", "text", "found"),
    [
        ("place", "Sanandaj", "در سنندج زندگی می‌کند.", ["Sanandaj"]),
        ("place", "سنندج", "She lives in Sanandaj.", ["سنندج"]),
        ("person", "Xpersonq Rostami", "با رستمی بود.", ["Xpersonq Rostami"]),
        ("person", "رستمی", "with Rostami", ["رستمی"]),
        ("place", "Qom", "قم و کم و گم", []),  # too short to be heard: it wants both scripts
        ("place", "Sanandaj", "She measured a lake, and sang.", []),
    ],
)
def test_what_is_never_to_be_told_is_heard_in_the_other_script(network, kind, kept, text, found):
    case = make_case(network)
    GuardedWord.objects.create(defender=case.defender, kind=kind, text=kept)
    assert [one.words for one in findings(text, case, {"name", "narrative"})] == found


@pytest.mark.parametrize(
    ("alias", "text", "found"),
    [
        ("Baran Rostami", "Baran measured a lake.", ["Baran"]),
        ("Baran Rostami", "Rostami, Baran.", ["Baran", "Rostami"]),
        ("Baran Rostami", "Baran Rostami measured a lake.", ["Baran Rostami"]),
        ("Baran Rostami", "رستمی دریاچه را اندازه گرفت.", ["Rostami"]),
        ("باران رستمی", "باران رستمی گفت", ["باران رستمی"]),
        ("Baran de la Cruz", "They asked Cruz.", ["Cruz"]),
        # It says what somebody does: its words are everybody's, and stand unless they stand together.
        ("A teacher from Sanandaj", "The teacher went to work.", []),
        ("A teacher from Sanandaj", "A teacher from Sanandaj went.", ["A teacher from Sanandaj"]),
        ("The Student", "A student of hers.", []),
    ],
)
def test_parts_of_an_alias_are_the_alias(network, alias, text, found):
    case = make_case(network, alias=alias, scopes=("alias", "narrative"))
    assert [one.words for one in findings(text, case, {"alias", "narrative"})] == found


@pytest.mark.parametrize(("kept", "text"), [("مریوان", "لە مەریوان بوو."), ("مەریوان", "در مریوان بود.")])
def test_a_place_is_found_as_the_neighbours_spell_it(network, kept, text):
    case = make_case(network)
    GuardedWord.objects.create(defender=case.defender, kind="place", text=kept)
    assert [one.words for one in findings(text, case, {"name", "narrative"})] == [kept]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She is twenty-seven years old.", True),
        ("بیست و هفت ساله است", True),
        ("بیست‌وهفت‌ساله", False),  # written as one word nobody takes it apart
        ("Sie ist siebenundzwanzig Jahre alt.", True),
        ("Elle a vingt-sept ans.", True),
        ("Tiene veintisiete años.", True),
        ("عمرها سبعة وعشرون عاماً", True),
        ("عمرها سبع وعشرين سنة", True),
        ("بلغت سبعةً وعشرين عاماً", True),
        ("mit siebenundzwanzig Jahren", True),
        ("eine siebenundzwanzigjährige Lehrerin", True),
        ("a teacher, aged twenty-seven", True),
        ("à l’âge de vingt-sept", False),  # of what, nobody said: too often a street, a page, a day
        ("She waited seven years.", False),
        ("twenty-seven lakes", False),
    ],
)
def test_an_age_in_words_is_an_age(network, text, found):
    case = make_case(network, age_at_event=27)
    assert bool(findings(text, case, {"name", "narrative"})) is found


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (21, "Tiene veintiún años."),
        (31, "Tiene treinta y un años."),
        (30, "عمره ثلاثين عاماً"),
        (34, "aged thirty-four"),
    ],
)
def test_an_age_as_its_language_bends_it(network, age, text):
    case = make_case(network, age_at_event=age)
    assert [one.why for one in findings(text, case, {"name", "narrative"})] == ["age"]


def test_a_surname_first_is_the_name_too(network):
    case = make_case(network)
    assert [one.words for one in findings("Sabzrud, Golnar measured.", case, {"name", "narrative"})] == [
        "Golnar Sabzrud"
    ]
