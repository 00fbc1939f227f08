from uuid import uuid4

import pytest

from campaigns.models import Case, GuardedWord, SpecialCategory
from campaigns.publishing.defender import PublishedDefender, PublishedName
from campaigns.publishing.folding import fold
from campaigns.publishing.markdown import to_html
from campaigns.publishing.prose import Finding, findings, naming_words
from campaigns.publishing.slots import fill, unknown_slots
from campaigns.publishing.ways_to_reach import ways_to_reach
from tests.makers import make_campaign, make_case


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
    ("text", "found"),
    [
        ("They call her G o l n a r.", ["Golnar"]),
        ("G.O.L.N.A.R. was there", ["Golnar"]),
        ("S\u200ba\u200bb\u200bz\u200br\u200bu\u200bd", ["Sabzrud"]),
        ("G-o-l-n-a-r  S-a-b-z-r-u-d", ["Golnar Sabzrud"]),
        ("گ ل ن ا ر را آزاد کنید", ["گلنار"]),
        ("س.ب.ز.ر.و.د", ["سبزرود"]),
        ("Plan A, b and c: a u.k. n.g.o. asks.", []),
    ],
)
def test_a_name_spelled_letter_by_letter_is_found(network, text, found):
    case = make_case(network, scopes=("alias", "narrative"), alias="Baran")
    assert sorted({one.words for one in findings(text, case, {"alias", "narrative"})}) == found


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
    assert unknown_slots("Dear {settings}, {person} {}") == ["", "settings"]
    assert unknown_slots("{person} {their}") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ring 09121234567 now.", "09121234567"),
        ("زنگ بزنید: ۰۹۱۲ ۱۲۳ ۴۵۶۷", "0912 123 4567"),
        ("+98 (912) 123-4567", "+98 (912) 123-4567"),
        ("Write to sister@people.example.", "sister@people.example"),
        ("Join t.me/for_her", "t.me/for_her"),
        ("Follow @for_her", "@for_her"),
    ],
)
def test_a_way_to_reach_somebody_is_found(text, found):
    assert list(ways_to_reach(text)) == [found]


def test_numbers_that_reach_nobody_may_stand():
    for text in (
        "In file 140012345678, of 2026-01-03.",
        "Article 19, on 03-05-2026 at 09:12.",
        "From 01.02.2026 to 03.02.2026.",
        "1,000,000,000 people",
        "Paragraph 0.5 @ noon",
    ):
        assert list(ways_to_reach(text)) == []


@pytest.mark.django_db
def test_a_whole_name_is_said_once_and_not_again_in_parts(network):
    case = make_case(network, scopes=("alias", "narrative"), alias="Baran", published=False)
    assert findings("Golnar Sabzrud measured a lake.", case, {"alias"}) == [Finding("Golnar Sabzrud", "name")]
    assert findings("Golnar measured a lake.", case, {"alias"}) == [Finding("Golnar", "name")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("مریم‌جان آموزگار بود.", "name"),
        ("مریمی‌ها می‌دانند.", "name"),
        ("سپردند بمریم.", "name"),
        ("رضای مهربان گفت.", "person"),
        ("سقزی‌ها دیدند.", "place"),
        ("در بند ۲۰۹ زندان اوین بود.", "place"),
        ("Ward 209 of Evin prison.", "place"),
        ("روز دوم خرداد آمدند.", "date"),
        ("On the second of Khordad they came.", "date"),
        ("2 Khordad 1405", "date"),
        ("On the twenty-third of May they came.", "date"),
        ("مریم نبود؛ ۳۴ ساله بود.", "age"),
        ("{person}, 34, was seized.", "age"),
        ("A 34-year-old teacher.", "age"),
        ("aged 34", "age"),
        ("Ring 0912.345.6789", "contact"),
        ("0912/345/6789", "contact"),
        ("912 345 6789", "contact"),
        ("a (at) b.example", "contact"),
        ("x.com/foo", "contact"),
        ("آموزگار کُردی", "special"),
    ],
)
def test_what_is_guarded_is_found_however_it_is_written(network, text, why):
    case = make_case(
        network,
        name="Maryam Naderi",
        name_fa="مریم نادری",
        alias="Baran",
        scopes=("alias", "narrative"),
        age_at_event=34,
    )
    for kind, words in (("person", "رضا"), ("place", "سقز"), ("place", "Evin ward 209"), ("place", "اوین بند ۲۰۹")):
        GuardedWord.objects.create(defender=case.defender, kind=kind, text=words)
    GuardedWord.objects.create(defender=case.defender, kind="date", text="2026-05-23")
    SpecialCategory.objects.create(defender=case.defender, category="ethnicity", language="fa", words="کرد")
    assert why in {one.why for one in findings(text, Case.objects.get(pk=case.pk), {"alias", "narrative"})}


@pytest.mark.django_db
def test_ordinary_words_may_stand(network):
    case = make_case(network, alias="Baran", scopes=("alias", "narrative"), age_at_event=34)
    GuardedWord.objects.create(defender=case.defender, kind="place", text="Evin ward 209")
    text = "In 2034, 134 years after the law, {person} measured a lake. Ward rules say so. Nobody knows of Evin."
    assert findings(text, Case.objects.get(pk=case.pk), {"alias", "narrative"}) == []


def test_a_line_begun_stays_one_where_points_are_written_line_by_line():
    assert to_html("One\nTwo") == "<p>One\nTwo</p>\n"
    assert to_html("One\nTwo", keeps_lines=True) == "<p>One<br>\nTwo</p>\n"
