import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.models.display_name import display_name
from network.refusals import NameTooLong, NotAName


@pytest.mark.parametrize(
    "name", ["Nasrin", "شب‌نم نیک‌روز", "O’Brien-Çelik", "さくら 森", "ሰላም", "ڕۆژان", "नमिता", "X Æ 12", "👩‍🏫 Teacher"]
)
def test_names_in_any_script_are_kept(name):
    assert display_name(f"  {name}  ") == name


@pytest.mark.parametrize(
    "name",
    [
        "Nasrin\r\nBcc: all@people.example",
        "Nasrin\nX",
        "Nas\x00rin",
        "\u202eniraN",
        "Nas\u2066rin",
        "\u200b\u200b",
        "\u2028",
        "",
        "   ",
        "…",
        "\ud800",
        "a\ue000",
    ],
)
def test_what_could_disguise_or_inject_is_refused(name):
    with pytest.raises(NotAName):
        display_name(name)


def test_a_megabyte_is_refused_before_any_work():
    with pytest.raises(NameTooLong):
        display_name("ن" * 1_000_000)
    with pytest.raises(NameTooLong):
        display_name("n" * 81)


@given(st.text())
def test_what_is_kept_is_one_visible_line(text):
    try:
        name = display_name(text)
    except (NotAName, NameTooLong):
        return
    assert 0 < len(name) <= 80
    assert len(name.splitlines()) == 1
    assert display_name(name) == name
