"""Names people give themselves: any script, one line, nothing hidden."""

from __future__ import annotations

import unicodedata

from django.conf import settings

from network.refusals import NameTooLong, NotAName

# Joiners that Persian, Kurdish, Urdu and Indic names need. Every other format character can disguise a name.
_NEEDED_JOINERS = {"\u200c", "\u200d"}


def display_name(text: str) -> str:
    """The name as we keep it: NFC, single spaces. Raises NotAName, NameTooLong.

    Refused: control characters (a line break in a name becomes a mail header), bidi overrides, NUL, unassigned and
    private-use code points, lone surrogates; and a name made of nothing visible.
    """
    if len(text) > 4 * settings.DISPLAY_NAME_MAX_CHARACTERS:
        raise NameTooLong  # before any work on a megabyte
    name = one_line(text)
    if len(name) > settings.DISPLAY_NAME_MAX_CHARACTERS:
        raise NameTooLong
    return name


def one_line(text: str) -> str:
    """Any text that must be one visible line, by the same rules, of any length. Raises NotAName."""
    line = unicodedata.normalize("NFC", text).strip()
    for character in line:
        category = unicodedata.category(character)
        if category in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} or (category == "Cf" and character not in _NEEDED_JOINERS):
            raise NotAName
    line = " ".join(line.split())
    if not any(unicodedata.category(character)[0] in "LNS" for character in line):
        raise NotAName
    return line


def several_lines(text: str) -> str:
    """The same for a text of several lines: empty ones stay, nothing hidden does. Raises NotAName for one without any words."""
    lines = [line.strip() for line in unicodedata.normalize("NFC", text).replace("\r\n", "\n").split("\n")]
    kept = [one_line(line) if line else "" for line in lines]
    if not any(kept):
        raise NotAName
    return "\n".join(kept).strip("\n")
