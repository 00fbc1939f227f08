"""The fields of the gate: each thing on record that could be told, the scopes it needs, and what else holds it back.

A field with no scope missing and nothing else against it is what pages, feeds and messages show; they ask the same
functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from campaigns.models import (
    Case,
    CaseLink,
    CaseStatus,
    Correction,
    OwnWords,
    Photo,
    PublicationConsent,
    TimelineEvent,
)
from campaigns.publishing import case as case_publishing
from campaigns.publishing.audiences import Audience
from campaigns.publishing.case_parts import SUBJECT, part_of_photo
from campaigns.publishing.law import published_citations
from campaigns.publishing.prose import findings
from campaigns.publishing.standing import Standing, standing_of
from campaigns.publishing.status import NEEDS_CHARGES, NEEDS_FAMILY, NEEDS_HEALTH, WORDS, why_not_told
from campaigns.publishing.vocabulary import (
    CATEGORIES,
    EVENTS,
    LINKS,
    NEEDED_BY_EVENT,
    RIGHTS,
    SCOPE_OF_CATEGORY,
    SCOPES,
    SECTORS,
)
from network.countries import name_of
from network.languages import current_language, language_in, listed
from network.models import Approval

Scope = PublicationConsent.Scope
SLOTS = ("they", "them", "their")
Row = tuple[Any, str, frozenset[str], Any]  # (label, value, the scopes it needs, why nobody sees it or nothing)


def rows_of(case: Case, standing: Standing, *, at: datetime) -> Iterator[Row]:
    """Everything on record of a case that somebody outside could come to read, in the order of its page."""
    language = current_language()
    tell = Scope.NARRATIVE.value
    for name in case.defender.names.all():
        scope = Scope.ALIAS if name.kind == name.Kind.ALIAS else Scope.NAME
        hidden = "" if name.is_display else _("not chosen for display")
        if name.kind == name.Kind.ALIAS and Scope.NAME in standing.scopes:
            hidden = _("the name is shown instead")
        label = _("Alias") if name.kind == name.Kind.ALIAS else _("Name")
        yield label, f"{name.text} ({language_in(name.language, language)})", frozenset({scope.value}), hidden
    for code, words in sorted(case.defender.pronouns.items()):
        yield (
            _("Pronouns"),
            f"{', '.join(words.get(slot, '') for slot in SLOTS)} ({language_in(code, language)})",
            frozenset({tell}),
            "",
        )
    for text in case.texts.order_by("language"):
        yield (
            _("Words"),
            language_in(text.language, language),
            frozenset({tell}),
            _told_by("\n".join(text.words().values()), case, standing),
        )
    yield from _facts(case, standing, language, tell)
    yield from _statuses(case, standing, tell, at=at)
    yield from _claims(case, standing, language, tell)
    yield from _law(case, tell)
    yield from _companions(case, standing, tell, at=at)
    yield from _photographs(case, standing)
    for scope in (Scope.UN_LETTER, Scope.UN_REPORT, Scope.MEDIA):
        yield SCOPES[scope], "", frozenset({scope.value}), ""


def _photographs(case: Case, standing: Standing) -> Iterator[Row]:
    """The first that may stand is the one that is shown."""
    is_one_shown = False
    for photo in Photo.objects.standing().filter(case=case):
        why: Any = ""
        if Approval.objects.missing(SUBJECT, case.pk, [part_of_photo(photo)]):
            why = _("a second person has not approved it")
        why = why or _told_by("\n".join([*photo.alt.values(), photo.credit, photo.licence]), case, standing)
        if not why and is_one_shown:
            why = _("a newer photograph is shown instead")
        is_one_shown = is_one_shown or not why
        yield _("Photograph"), f"#{photo.pk}", frozenset({Scope.PHOTO.value}), why


def _facts(case: Case, standing: Standing, language: str, tell: str) -> Iterator[Row]:
    if case.country:
        yield _("State concerned"), name_of(case.country, language), frozenset({tell}), ""
    if case.province is not None:
        yield _("Province"), case.province.name_in(language), frozenset({Scope.PROVINCE.value}), ""
    if case.age_at_event is not None:
        yield _("Age when it happened"), str(case.age_at_event), frozenset({Scope.AGE.value}), ""
    for code in case.defender.sectors:
        yield _("Field of work"), str(SECTORS[code]), frozenset({tell}), ""
    for code in case.rights:
        yield _("Right at stake"), str(RIGHTS[code]), frozenset({tell}), ""
    for one in case.defender.special_categories.all():
        scope = SCOPE_OF_CATEGORY[one.category]
        yield CATEGORIES[one.category], one.words, frozenset({scope, tell}), _told_by(one.words, case, standing)
    kept = case.defender.guarded_words.count()
    if kept:
        yield _("Never to be told"), str(kept), frozenset(), _("on record as never to be told, to anybody")


def _statuses(case: Case, standing: Standing, tell: str, *, at: datetime) -> Iterator[Row]:
    found = list(CaseStatus.objects.verified().current(at.date()).filter(case=case))
    for row in CaseStatus.objects.current(at.date()).filter(case=case):
        needed = {tell}
        needed |= {Scope.HEALTH.value} if row.value in NEEDS_HEALTH else set()
        needed |= {Scope.CHARGES.value} if row.value in NEEDS_CHARGES else set()
        needed |= {Scope.FAMILY.value} if row.value in NEEDS_FAMILY else set()
        why = _unverified(row) or why_not_told(row, found, is_memorial=standing.is_memorial)
        yield _("How the person is"), str(WORDS[row.dimension][row.value]), frozenset(needed), why


def _claims(case: Case, standing: Standing, language: str, tell: str) -> Iterator[Row]:
    for row in TimelineEvent.objects.standing().filter(case=case):
        scope = NEEDED_BY_EVENT.get(row.kind, tell)
        for code, said in sorted(row.words.items()):  # each reader is told in one, and each is judged alone
            why = _unverified(row) or _told_by(said, case, standing)
            yield (
                _("What happened"),
                f"{EVENTS[row.kind]} ({language_in(code, language)})",
                frozenset({tell, scope}),
                why,
            )
    for words in OwnWords.objects.standing().filter(case=case):
        text = words.words.get(words.language, "")
        why = _unverified(words) or _told_by(text, case, standing)
        yield _("Their own words"), Truncator(text).chars(60), frozenset({tell, Scope.QUOTE.value}), why
    for line in Correction.objects.filter(case=case):
        text = line.words.get(language) or next(iter(line.words.values()), "")
        yield (
            _("Correction"),
            Truncator(text).chars(60),
            frozenset({tell}),
            _unverified(line) or _told_by(text, case, standing),
        )


def _told_by(words: str, case: Case, standing: Standing) -> Any:
    """What the guard holds a text back for; empty where it may stand."""
    found = findings(words, case, standing.scopes)
    return (
        _("the words tell: %(words)s") % {"words": listed((one.words for one in found), current_language())}
        if found
        else ""
    )


def _unverified(row: Any) -> Any:
    verified = row.verified_by_id is not None and row.verified_by_id != row.recorded_by_id
    return "" if verified else _("nobody else has verified it")


def _law(case: Case, tell: str) -> Iterator[Row]:
    for one in published_citations(case):
        label = _("Binding law") if one.is_binding else _("Standard")
        yield label, f"{one.instrument} {one.number}", frozenset({tell}), ""


def _companions(case: Case, standing: Standing, tell: str, *, at: datetime) -> Iterator[Row]:
    """A linked case is told of by number here: whoever reads this gate may not have read that one."""
    for row in CaseLink.objects.standing().of(case.pk).select_related("case__defender", "other__defender"):
        other = row.other if row.case_id == case.pk else row.case
        needed = {tell, Scope.FAMILY.value} if row.kind == CaseLink.Kind.FAMILY else {tell}
        why = _unverified(row)
        if not why and case_publishing.find(other.public_id, audience=Audience.PUBLIC, language="en", at=at) is None:
            why = _("the other case is not shown")
        theirs = standing_of(other, audience=Audience.PUBLIC, at=at).scopes
        if not why and needed > {tell} and Scope.FAMILY not in theirs:
            why = _("the other case has no consent to tell of the family")
        yield _("Belongs together with"), f"{LINKS[row.kind]} #{other.pk}", frozenset(needed), why
