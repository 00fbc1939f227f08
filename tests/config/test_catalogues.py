"""Plural forms: each language counts by its own rule, and every form stands where the rule looks for it."""

from __future__ import annotations

import pytest
from django.utils import translation

ONE, MANY = "%(shown)s person has signed", "%(shown)s people have signed"


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        # Arabic: none, one, two, 3 to 10, 11 to 99, the hundreds.
        ("ar", {3: "أشخاص", 10: "أشخاص", 11: "شخصًا", 25: "شخصًا", 99: "شخصًا", 100: "شخص", 101: "شخص", 103: "أشخاص"}),
        ("fr", {0: "personne", 1: "personne", 2: "personnes"}),
        ("de", {0: "Personen", 1: "Person", 2: "Personen"}),
    ],
)
def test_each_number_takes_its_form(language, forms):
    with translation.override(language):
        for number, form in forms.items():
            said = translation.ngettext(ONE, MANY, number) % {"shown": number}
            assert form in said.split(), (number, said)
