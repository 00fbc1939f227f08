"""Countries: the ISO 3166-1 codes and what a language calls them."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError
from django.utils.translation import gettext, override

# Two letters in CLDR that are no country: unions, regions, pseudo and reserved codes.
_NO_COUNTRY = {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
TRIAL_COUNTRY = "QX"  # a user-assigned code: where the demo network's invented places lie


@cache
def names_in(language: str) -> dict[str, str]:
    """{code: name in the language}, in the order of the names; English where a language has no names of its own."""
    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        territories = Locale.parse("en").territories
    english = Locale.parse("en").territories
    codes = [str(code) for code in english if re.fullmatch("[A-Z]{2}", str(code)) and code not in _NO_COUNTRY]
    names = {code: str(territories.get(code, english[code])) for code in codes}
    return dict(sorted(names.items(), key=lambda item: item[1]))


def name_of(code: str, language: str) -> str:
    if code == TRIAL_COUNTRY:
        with override(language):
            return gettext("An invented State")
    return names_in(language).get(code, code)
