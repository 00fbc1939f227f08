"""Ways to reach somebody in a text, for the guard: whoever calls or writes there may endanger somebody.

Officials are reached through a Target, which has fields for that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from network.languages import fold_digits

AT = r"\s*(?:@|[\[({]\s*(?:at|ات)\s*[\])}])\s*"
MAIL = re.compile(rf"[\w.+-]+{AT}[\w-]+\s*(?:\.|[\[(]dot[\])])\s*[\w.-]*\w", re.IGNORECASE)
PLACES = r"t\.me|telegram\.me|wa\.me|signal\.me|instagram\.com|facebook\.com|fb\.com|x\.com|twitter\.com|threads\.net"
ACCOUNT = re.compile(rf"(?<![\w.])(?:www\.)?(?:{PLACES})/[\w+./-]+", re.IGNORECASE)
HANDLE = re.compile(r"(?<![\w.@/])@\w{4,}(?!\.?\w*@)")
# Blanked out before telephone numbers are looked for: a day is none, whatever stands between its figures.
DAY = re.compile(r"(?<!\d)(?:\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})(?!\d)")
BETWEEN = r"[ ()./\u2010-\u2015-]{0,2}"
# International, or national with its leading zero; or ten figures in three groups. A year or a file's number is neither.
PHONE = re.compile(rf"(?<![\w/.-])(?:\+|00|0(?=[1-9]))\d(?:{BETWEEN}\d){{8,14}}(?!\w)")
GROUPS = re.compile(r"(?<![\d.,/-])\(?\d{3}\)?[ ./\u2010-\u2015-]\d{3}[ ./\u2010-\u2015-]\d{4}(?!\d)")


def ways_to_reach(text: str) -> Iterator[str]:
    """E-mail addresses, telephone numbers and accounts, as they stand; figures as 0 to 9."""
    plain = fold_digits(unicodedata.normalize("NFKC", text))
    for pattern in (MAIL, ACCOUNT, HANDLE):
        yield from (found.group() for found in pattern.finditer(plain))
    without_days = DAY.sub(" ; ", plain)
    found = [match.group() for match in PHONE.finditer(without_days)]
    found += [
        match.group() for match in GROUPS.finditer(without_days) if not any(match.group() in one for one in found)
    ]
    yield from found
