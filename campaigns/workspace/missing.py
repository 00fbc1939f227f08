"""What still stands in the way of launching, in words an organiser can act on."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

WORDS = {
    "consent": noop("Nobody's consent is in force for this case."),
    "consent-scope": noop("The consent does not cover what happened, asking for signatures, and a name or alias."),
    "risk-assessment": noop("No risk assessment in date permits publishing."),
    "risk-says-stop": noop("A risk assessment says stop."),
    "embargo": noop("The case is under embargo: launching would tell that there is something."),
    "demand": noop("Choose what we ask for."),
    "target": noop("Say to whom it is addressed."),
    "text": noop("Write the words in at least one language."),
    "action": noop("There is nothing to do for supporters yet."),
}


def in_words(codes: Sequence[str]) -> list[str]:
    return [_one(code) for code in codes]


def _one(code: str) -> str:
    kind, _separator, rest = code.partition(":")
    if kind in WORDS:
        return _(WORDS[kind])
    language = (
        get_language_info(rest.removeprefix("text:"))["name_translated"] if kind != "approval" or ":" in rest else ""
    )
    if kind == "names-someone":
        return _("The words in %(language)s name the person outright. Write {person} instead.") % {"language": language}
    if kind == "unknown-slot":
        return _("The words in %(language)s use a slot that does not exist.") % {"language": language}
    if kind == "empty":
        return _("The words in %(language)s are not complete.") % {"language": language}
    if language:
        return _("A second person has not approved the words in %(language)s as they stand.") % {"language": language}
    return _("A second person has not approved the facts as they stand.")
