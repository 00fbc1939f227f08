"""Made-up readers for previews: what an alert looks like to each. Nobody is meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from network.flows.quieting import NAMELESS
from network.languages import LANGUAGES, own_name_of
from notifications.engine.compiling import Recipient


@dataclass(frozen=True)
class Persona:
    key: str
    label: object
    name: str
    language: str
    is_neutral: bool = False  # wants mail that names nobody and nothing

    def recipient(self) -> Recipient:
        return Recipient(0, f"{self.key}@people.example", self.name, UUID(int=0))


PERSONAS = [
    Persona("english", _("Somebody who reads English"), "Marit Norling", "en"),
    Persona("persian", _("Somebody who reads Persian"), "نرگس باغبان", "fa"),
    Persona(
        "long-name", _("Somebody with a long name"), "Maximiliana-Theodora von und zu Hohenweiden-Almasgarten", "en"
    ),
    Persona("at-risk", _("Somebody who may be at risk"), NAMELESS, "en", is_neutral=True),
    Persona("at-risk-persian", _("Somebody who may be at risk and reads Persian"), NAMELESS, "fa", is_neutral=True),
    Persona("nameless", _("Somebody without a name"), NAMELESS, "en"),
    Persona("other-script", _("Somebody whose name is in another script"), "さくら 森", "en"),
]


def personas_in(languages: Iterable[str]) -> list[Persona]:
    """The made-up readers of these languages; of one that nobody above reads, somebody who does."""
    known = {persona.language for persona in PERSONAS}
    more = [_reader_of(language) for language in sorted(languages) if language not in known]
    return [persona for persona in PERSONAS if persona.language in set(languages)] + more


def persona_named(key: str) -> Persona | None:
    everybody = [*PERSONAS, *(_reader_of(language) for language in LANGUAGES)]
    return next((persona for persona in everybody if persona.key == key), None)


def _reader_of(language: str) -> Persona:
    label = format_lazy(_("Somebody who reads {language}"), language=own_name_of(language))
    return Persona(f"reads-{language}", label, "Marit Norling", language)
