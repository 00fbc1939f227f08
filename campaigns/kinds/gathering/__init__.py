"""Gathering: people come together at an hour; where, only those learn who said that they come."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.kinds.contract import SAID_OF_ANY, Kind, Word
from campaigns.kinds.gathering.answers import GatheringAnswers
from campaigns.kinds.gathering.form import GatheringForm
from campaigns.kinds.gathering.options import GatheringOptions, GatheringOptionsForm

SAYS = replace(
    SAID_OF_ANY,
    counted=_("You have a place"),
    thanks=_("Thank you, %(name)s. You have a place."),
    because=_("You get this once, because you said that you come."),
    done=_("You said that you come."),
    taken_back=_("You said that you come and took it back."),
)


def becomes(_answers: GatheringAnswers) -> Any:
    return _("Nobody is shown who comes. If you cannot come, take it back: somebody else gets the place.")


def missing(options: GatheringOptions, _country: str) -> list[str]:
    return [code for code, said in (("hour", options.starts), ("clock", options.place)) if not said]


GATHERING = Kind(
    name="gathering",
    label=_("Come together"),
    options=GatheringOptions,
    options_form=GatheringOptionsForm,
    words=(
        Word(name="title", label=_("What we ask, in one line"), limit=160),
        Word(name="about", label=_("What it is, and in which town"), limit=4_000, rows=8),
        Word(
            name="place",
            label=_("Where exactly, and how to get there"),
            limit=1_000,
            rows=4,
            is_plain=True,
            is_told_after=True,
            hint=_("Only whoever said that they come, and confirmed it, gets to read this."),
        ),
    ),
    answers=GatheringAnswers,
    answers_form=GatheringForm,
    says=SAYS,
    becomes=becomes,
    missing=missing,
    happens=GatheringOptions.happens,
    capacity=GatheringOptions.most,
)
