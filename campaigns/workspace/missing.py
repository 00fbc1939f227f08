"""What still stands in the way of launching, in words an organiser can act on."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from campaigns.publishing.conduct import clause_of
from network.languages import current_language, digits_of

WORDS = {
    "consent": noop("Nobody's consent is in force for this case."),
    "consent-taken-back": noop(
        "Somebody took their consent back. Everything stays silent, whatever others say, until they themselves say yes anew."
    ),
    "consent-for-a-child": noop(
        "This is about a child. Whoever answers for it said yes to the name and not “For a child”: ask them, and record it anew."
    ),
    "consent-scope": noop("The consent does not cover what happened, asking for signatures, and a name or alias."),
    "risk-assessment": noop("No risk assessment in date permits publishing."),
    "risk-says-stop": noop(
        "A risk assessment says stop. No later one lifts it: it holds until its own day has passed."
    ),
    "embargo": noop("The case is under embargo: launching would tell that there is something."),
    "name-tells": noop(
        "What they are called tells something of another of them that may not be told, as a family’s name does."
    ),
    "consent-health": noop(
        "Medical care is asked for, which tells that they are ill: the consent does not cover their health."
    ),
    "consent-to-tell": noop("The consent does not cover what happened, and a name or alias."),
    "was-named": noop(
        "This case was shown by name. Under an alias they need a case of their own: here the alias would tell whose it is."
    ),
    "consent-to-remember": noop("They have died. Their family has not yet agreed to a remembrance."),
    "demand-moot": noop("They have died. What can still be asked for is an investigation."),
    "release-moot": noop("They are free, as two people have seen: nobody need be asked to let them go."),
    "nothing-verified": noop("Nothing is verified yet: a second person must have looked at one event or status."),
    "emergency-used": noop("The day of an emergency is given once. Have everything checked, and publish."),
    "withdrawn": noop("This case was withdrawn. It stays silent."),
    "demand": noop("Choose what we ask for."),
    "target": noop("Say to whom it is addressed."),
    "text": noop("Write the words in at least one language."),
    "expired": noop("Its last day is past: give it a new one, or it would be dropped."),
    "campaign-not-published": noop("The campaign is shown to nobody at the moment, so nobody is written to about it."),
    "campaign-over": noop(
        "The campaign is over. What is written now may tell its members something, or call them off; it asks nothing."
    ),
    "campaign-met": noop(
        "All that the campaign asked for was done. What is written now may tell its members something; it asks nothing."
    ),
    "follows-nothing": noop("It follows no alert: choose another audience."),
    "hour-past": noop("It would begin in the past: say another hour."),
    "last-day-past": noop("Its last day is past: give it another."),
    "risk-before-harm": noop("Harm was put on record after the risk was judged: judge the risk anew, for each person."),
    "harm-unreviewed": noop("Harm is on record that no second person has looked at."),
    "update-campaign-silent": noop("The campaign is shown to nobody at the moment: its news would stand nowhere."),
    "campaign-not-live": noop("Its campaign is not live: it can be opened once that is shown."),
    "number": noop("Say which number is called."),
    "calls-the-state": noop(
        "This office is of the State that the campaign is about. A call would tell it whose telephone it is: choose another."
    ),
    "way-to-write": noop("Give the office’s mailbox, or its address on paper."),
    "hour": noop("Say when it begins."),
    "clock": noop("Say whose clock that hour is by."),
    "mailbox": noop("Give the office’s mailbox."),
    "action": noop("There is nothing to do for supporters yet."),
}


def in_words(codes: Sequence[str], of: str = "campaign") -> list[str]:
    """of: what they are missing for (campaign, action, update or alert), whose parts are called as where they are approved."""
    return [_(FACTS[of]) if code in ("approval:facts", "approval:plan") else _one(code) for code in codes]


FACTS = {
    "campaign": noop("A second person has not approved what is asked, and of whom, as it stands."),
    "action": noop("A second person has not approved what it is, as it stands."),
    "update": noop("A second person has not approved of which campaign it is news."),
    "alert": noop("A second person has not approved audience and time as they stand."),
}
# Why words may not stand in a text.
UNFIT = {
    "name": noop("“%(words)s” in %(language)s names the person outright. Write {person} instead."),
    "alias": noop("“%(words)s” in %(language)s is the alias written out. Write {person} instead."),
    "province": noop("“%(words)s” in %(language)s tells the province, and the consent does not cover it."),
    "special": noop("“%(words)s” in %(language)s is of a special category, and the consent does not cover it."),
    "place": noop("“%(words)s” in %(language)s is a place on record as never to be told."),
    "person": noop("“%(words)s” in %(language)s names somebody on record as never to be told."),
    "date": noop("A day on record as never to be told (%(words)s) stands in %(language)s."),
    "age": noop("The age (%(words)s) stands in %(language)s, and the consent does not cover it."),
    "slot": noop("“%(words)s” in %(language)s stands for somebody whom the campaign is not for."),
    "contact": noop("“%(words)s” in %(language)s is a way to reach somebody. No address or number stands in a text."),
    "other": noop("“%(words)s” in %(language)s is on record as never to be told."),
}


# What is said in place of the words themselves.
PLAIN = {"unfit": "held-back", "unknown-slot": "unknown-slot"}


def without_words(codes: Sequence[str]) -> list[str]:
    """For readers of the workspace who do not work on cases: that something may not stand, not what it is."""
    plain = (
        f"{PLAIN[code.split(':')[0]]}:{code.split(':')[1]}" if code.split(":")[0] in PLAIN else code
        for code in codes
        if not code.startswith("unfit-options:")
    )
    return list(dict.fromkeys(plain))


def _one(code: str) -> str:
    kind, _separator, rest = code.partition(":")
    if kind in WORDS:
        return _(WORDS[kind])
    if kind == "approval":
        return _approval(rest)
    if kind == "of":
        place, _separator, code = rest.partition(":")
        return _("Of person %(number)s: %(what)s") % {
            "number": digits_of(place, current_language()),
            "what": _one(code),
        }
    if kind == "unfit-options":
        return _("“%(words)s” in the facts of it may not be told.") % {"words": rest}
    language, _separator, rest = rest.partition(":")
    called = get_language_info(language)["name_translated"]
    if kind == "unfit":
        why, _separator, words = rest.partition(":")
        return _(UNFIT[why]) % {"words": words, "language": called}
    if kind == "conduct":
        rule, _separator, words = rest.partition(":")
        title, text = clause_of(rule, current_language())
        said = {"words": words, "language": called, "clause": title, "text": text}
        if not title:  # other principles than those that were shipped
            return _("“%(words)s” in %(language)s asks for what we do not ask for.") % said
        return (
            _("“%(words)s” in %(language)s asks for what we do not ask for. Our principles, “%(clause)s”: %(text)s")
            % said
        )
    if kind == "sample-unfit":
        return _("Sent unchanged, the letter to begin from in %(language)s would be refused: “%(words)s”.") % {
            "language": called,
            "words": rest,
        }
    if kind == "held-back":
        return _("The words in %(language)s tell something that consent does not cover.") % {"language": called}
    if kind == "unknown-slot":
        if not rest:
            return _("The words in %(language)s use a slot that does not exist.") % {"language": called}
        return _("The words in %(language)s use {%(slot)s}, and there is no such slot.") % {
            "language": called,
            "slot": rest,
        }
    return _("The words in %(language)s are not complete.") % {"language": called}


def _approval(part: str) -> str:
    kind, _separator, language = part.partition(":")
    if kind == "text":
        called = get_language_info(language)["name_translated"]
        return _("A second person has not approved the words in %(language)s as they stand.") % {"language": called}
    if kind == "conduct":
        called = get_language_info(language)["name_translated"]
        return _("A second person has not looked at what stands out in the words in %(language)s.") % {
            "language": called
        }
    if kind == "case" and language:
        number = digits_of(language, current_language())
        return _("A second person has not approved the facts of case %(number)s as they stand.") % {"number": number}
    if kind == "case":
        return _("A second person has not approved the facts of the case as they stand.")
    if kind == "safety":
        return _("A second person has not read and approved the judgement of risk.")
    return _("A second person has not approved the facts as they stand.")
