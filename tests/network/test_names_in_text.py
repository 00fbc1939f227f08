"""Where no markup can stand, a name that runs the other way than the words around it is isolated, and no other is."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.translation import override

from network.templatetags.localization import apart

SALMA, ELIAS = "سلمى", "Elias"


@pytest.mark.parametrize("language", ["fa", "ar", "ckb"])
def test_latin_letters_among_arabic_ones(language):
    with override(language):
        assert apart(ELIAS) == "\u2068Elias\u2069"
        assert apart(SALMA) == SALMA
        assert apart("۱۲۳ …") == "۱۲۳ …"  # nothing in it says which way it runs


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_arabic_letters_among_latin_ones(language):
    with override(language):
        assert apart(SALMA) == f"\u2068{SALMA}\u2069"
        assert apart(ELIAS) == ELIAS
        assert apart("»" + SALMA) == f"\u2068»{SALMA}\u2069"  # the first letter decides, not the first sign


def test_it_reaches_the_mail():
    person = {"display_name": ELIAS}
    with override("fa"):
        text = render_to_string("mail/welcome.txt", {"person": person})
    assert "\u2068Elias\u2069" in text


def test_what_is_isolated_is_escaped_where_markup_stands():
    with override("fa"):
        page = Template("{{ name|apart }}").render(Context({"name": "E<b>"}))
    assert page == "\u2068E&lt;b&gt;\u2069"
