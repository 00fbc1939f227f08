"""PublishedDefender: the names and pronouns an audience may see, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from campaigns.models import Case, DefenderName, PublicationConsent
from campaigns.publishing.prose import findings
from network.languages import direction_of, with_and

Scope = PublicationConsent.Scope
NUMBERED_SLOTS = ("person", "person_short")  # one of several people: {person_2}


@dataclass(frozen=True)
class PublishedName:
    text: str
    short: str
    language: str

    @property
    def direction(self) -> str:
        return direction_of(self.language)


@dataclass(frozen=True, kw_only=True)
class PublishedDefender:
    public_id: UUID
    names: tuple[PublishedName, ...]  # one per language, real or alias by consent; never empty
    pronouns: dict[str, dict[str, str]]
    is_alias: bool
    together: tuple[
        PublishedDefender, ...
    ] = ()  # several, as one: their names are `names`, in each language they share

    def name_in(self, language: str) -> PublishedName:
        by_language = {name.language: name for name in self.names}
        return by_language.get(language) or by_language.get("en") or self.names[0]

    def slot_values(self, language: str) -> dict[str, str]:
        """Slot name → words. A language without pronouns repeats the name."""
        numbered = {
            f"{slot}_{number}": words
            for number, one in enumerate(self.together, 1)
            for slot, words in one.slot_values(language).items()
            if slot in NUMBERED_SLOTS
        }
        name = self.name_in(language)
        pronouns = self.pronouns.get(language, {})
        return {
            "person": name.text,
            "person_short": name.short or name.text,
            "they": pronouns.get("they", name.short or name.text),
            "them": pronouns.get("them", name.short or name.text),
            "their": pronouns.get("their", possessive(name.short or name.text, language)),
            **numbered,
        }


# Of several people; a language without them repeats the names.
PLURAL: dict[str, dict[str, str]] = {
    "en": {"they": "they", "them": "them", "their": "their"},
    "fa": {"they": "آنان", "them": "آنان", "their": "آنان"},
    "ckb": {"they": "ئەوان", "them": "ئەوان", "their": "ئەوان"},
    "de": {"they": "sie", "them": "sie", "their": "ihre"},
}


def as_one(people: Sequence[PublishedDefender]) -> PublishedDefender:
    """One as they are; several as one who is called by all their names, in every language in which the first has one."""
    first, *others = people
    if not others:
        return first
    names = tuple(
        PublishedName(
            text=with_and([one.name_in(name.language).text for one in people], name.language),
            short=with_and(
                [one.name_in(name.language).short or one.name_in(name.language).text for one in people], name.language
            ),
            language=name.language,
        )
        for name in first.names
    )
    return PublishedDefender(
        public_id=first.public_id,
        names=names,
        pronouns=PLURAL,
        is_alias=any(one.is_alias for one in people),
        together=tuple(people),
    )


def possessive(name: str, language: str) -> str:
    """A name where a possessive pronoun stands and none is known: "Laleh’s" in English, the name itself elsewhere."""
    return f"{name}’s" if language == "en" else name


def published_defender(case: Case, scopes: Collection[str]) -> PublishedDefender | None:
    """A case's defender as these scopes permit: by name, else by alias, else not at all.

    An alias or a pronoun that holds a part of the name it is to hide, or a word that must never be told, hides everything.
    """
    defender = case.defender
    shown_by_name = Scope.NAME in scopes
    if not shown_by_name and Scope.ALIAS not in scopes:
        return None
    names = tuple(
        PublishedName(name.text, name.short, name.language)
        for name in sorted(defender.names.all(), key=lambda name: name.pk)
        if name.is_display and (name.kind != DefenderName.Kind.ALIAS) == shown_by_name
    )
    if not names:
        return None
    words = [word for pronouns in defender.pronouns.values() for word in pronouns.values()]
    if not shown_by_name:
        words += [word for name in names for word in (name.text, name.short)]
    if any(one.why != "alias" for one in findings("\n".join(words), case, scopes)):
        return None
    return PublishedDefender(
        public_id=defender.public_id if shown_by_name else case.public_id,
        names=names,
        pronouns=defender.pronouns,
        is_alias=not shown_by_name,
    )
