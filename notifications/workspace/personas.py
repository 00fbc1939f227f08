"""Made-up readers for previews: what an alert looks like to each. Nobody is meant."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from network.flows.quieting import NAMELESS
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


def persona_named(key: str) -> Persona | None:
    return next((persona for persona in PERSONAS if persona.key == key), None)
