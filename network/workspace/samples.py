"""What the style page shows its elements with: invented people and words, as everywhere in what is shown for trying.

Only shapes that elements read stand here; the real ones are published forms, which a surface of the network does not know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from network.languages import LANGUAGES, NAMES_OF_LANGUAGES, direction_of
from network.models import Membership
from network.numbers import CountField
from network.open.fields import AddressField, NameField

DAYS = (date(2026, 2, 3), date(2026, 5, 14), date(2026, 10, 1), date(2026, 10, 8), date(2026, 11, 9))
ROLES = tuple(Membership.Role)
LANES, TALLIES = ((20, 0), (13, 7), (0, 9)), (0, 1, 7, 640, 14208)  # lanes: chunks sent, chunks to do
BARS, NO_BARS = [(3, 5), (8, 9), (21, 30), (13, 14), (5, 5)], [(0, 0)] * 5  # counted, received


@dataclass(frozen=True)
class Name:
    text: str
    language: str

    @property
    def direction(self) -> str:
        return direction_of(self.language)


@dataclass(frozen=True)
class Defender:
    names: tuple[Name, ...]

    def name_in(self, language: str) -> Name:
        return next((one for one in self.names if one.language == language), self.names[0])


BEHNAM = Defender((Name("Behnam Daryazad", "en"), Name("بهنام دریازاد", "fa")))
SALMA = Defender((Name("Salma al-Zaytuni", "en"), Name("سلمى الزيتوني", "ar")))
INES = Defender((Name("Inés Valdeluz", "es"),))
BARAN = Defender((Name("Baran", "en"), Name("باران", "fa")))
DEFENDERS = (BEHNAM, SALMA, INES, BARAN)


class Letter:
    mailbox, whom, salutation = "minister@ministry.example", "The Minister of Water", "Dear Minister,"
    subject, signature, language = "Behnam Daryazad", "Ines Demo", "en"
    words = "A lake has lost its water.\n\nWould you ask that his books be given back?"


@dataclass(frozen=True, kw_only=True)
class Status:
    """How a person is, as the record tells it."""

    words: Any
    from_earliest: date
    from_latest: date
    dimension: str = "liberty"
    value: str = ""
    is_headline: bool = False

    @property
    def reported(self) -> Any:
        return _("as reported by the family")


STATUSES = (
    Status(words=_("Detained"), from_earliest=DAYS[0], from_latest=DAYS[0], is_headline=True),
    Status(words=_("On trial"), from_earliest=date(2026, 7, 1), from_latest=date(2026, 7, 31), dimension="legal"),
    Status(
        words=_("Medical care denied"),
        from_earliest=date(2026, 10, 5),
        from_latest=date(2026, 10, 18),
        dimension="condition",
    ),
)
FACETS = [
    {"title": title, "statuses": [status]}
    for title, status in (
        (_("Liberty"), STATUSES[0]),
        (_("Before the law"), STATUSES[1]),
        (_("What they face"), STATUSES[2]),
        (_("Life"), Status(words=_("Alive"), from_earliest=DAYS[4], from_latest=DAYS[4], value="alive")),
    )
]


@dataclass(frozen=True, kw_only=True)
class Article:
    instrument: str
    number: str
    label: Any
    is_binding: bool
    title: Any = ""
    since: date | None = None
    occurred_on: date | None = None


LAW = [
    Article(instrument="ICCPR", number="19", label=_("Expression."), is_binding=True, since=date(1975, 1, 5)),
    Article(instrument="UDHR", number="19", label=_("Expression."), is_binding=False, occurred_on=DAYS[0]),
]
CHAIN = [
    (_("What was done"), _("A letter to the ministry.")),
    (_("The charge"), _("Disturbing public opinion.")),
    (_("The right it touches"), _("Expression.")),
    (_("What we ask"), _("Set the conviction aside.")),
]
MOMENTS = [
    {"on": DAYS[4], "text": _("A visit, the first in three months.")},
    {"on": DAYS[2], "until": DAYS[3], "text": _("Moved; the day is not certain.")},
    {"on": DAYS[1], "text": _("A campaign opened."), "is_ours": True},
]


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """What a list shows of one, in the language its words are in."""

    language: str
    slug: str = "sample"
    defender: Defender
    context: str
    deck: str
    title: str
    closed_on: date | None = None
    ending: Any = ""


@dataclass(frozen=True, kw_only=True)
class Listed:
    form: Campaign
    count: int


@dataclass(frozen=True, kw_only=True)
class Person:
    """What a list shows of one, in the language its words are in."""

    language: str
    slug: str = "sample"
    defender_slug: str = ""
    defender: Defender
    who: str
    summary: str
    province: str = ""
    photo: None = None
    statuses: tuple[Status, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Clause:
    title: Any
    text: Any


@dataclass(frozen=True, kw_only=True)
class Text:
    """Words about what we stand by or about safety, which a second reader may not have compared yet."""

    language: str
    reviewed: bool = True
    is_readers_own: bool = True

    @property
    def clauses(self) -> list[Clause]:
        return [Clause(title=_("Expression."), text=_("Set the conviction aside."))]

    @property
    def called(self) -> str:
        return dict(NAMES_OF_LANGUAGES)[self.language]


@dataclass(frozen=True, kw_only=True)
class Version:
    version: int


@dataclass(frozen=True, kw_only=True)
class Application:
    legal_name: str
    website: str
    disclosures: Any
    contact_name: str
    principles: Version


APPLICATION = Application(
    legal_name="Almond Street",
    website="https://almond-street.example.org",
    disclosures=_("A letter to the ministry."),
    contact_name=BARAN.names[0].text,
    principles=Version(version=1),
)


class SampleForm(forms.Form):
    name = NameField(label=_("Your name"), help_text=_("Any name you like. No page shows it."))
    email = AddressField(label=_("E-mail"))
    country = forms.ChoiceField(
        label=_("Country"), choices=[("", _("Choose one"))], required=False, widget=forms.Select({"class": "input"})
    )
    words = forms.CharField(
        label=_("The letter"), required=False, widget=forms.Textarea({"class": "input", "rows": 3, "dir": "auto"})
    )
    people = CountField(label=_("How many letters an hour, at most?"), required=False, initial=1978)
    settled = forms.CharField(
        label=_("Legal name"), initial="Almond Street", disabled=True, widget=forms.TextInput({"class": "input"})
    )
    follow = forms.BooleanField(label=_("Write to me when something is asked of me"), required=False)
    endorse = forms.BooleanField(
        label=_("I stand by these principles"),
        help_text=_("Any name you like. No page shows it."),
        error_messages={"required": _("To join, tick that you stand by the principles.")},
    )
    several = forms.MultipleChoiceField(
        label=_("Language"), choices=NAMES_OF_LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    one = forms.ChoiceField(
        label=_("Country"), choices=[("1", _("Liberty")), ("2", _("Life"))], initial="1", widget=forms.RadioSelect
    )


def forms_of() -> dict[str, Any]:
    """{"forms": as it is met, as it is being filled in, and as it comes back; "again": that in the block where people act}."""
    words = str(_("A visit, the first in three months."))
    filled = {
        "name": BARAN.names[0].text,
        "email": "baran@example.org",
        "words": words,
        "endorse": True,
        "several": "fa",
    }
    return {
        "forms": [SampleForm(prefix="met"), SampleForm(initial=filled, prefix="filled"), _came_back("wrong")],
        "again": _came_back("again"),
    }


def _came_back(prefix: str) -> SampleForm:
    form = SampleForm({f"{prefix}-name": "", f"{prefix}-email": "asal.example.org"}, prefix=prefix)
    form.is_valid()
    return form


def words_in(shown: str) -> dict[str, Any]:
    """What elements show whose words may be in the reader's language, and what they show when they are not."""
    other = next(language for language in LANGUAGES if language != shown)
    return {
        "campaigns": [
            _campaign(shown, BEHNAM, 3870),
            _campaign(shown, SALMA, 0),
            _campaign(other, INES, 1, closed_on=DAYS[4]),
        ],
        "cases": [_person(shown, BARAN, STATUSES[:1]), _person(other, SALMA, ())],
        "texts": [Text(language=shown), Text(language=shown, reviewed=False), Text(language=other)],
        "elsewhere": Text(language=other, is_readers_own=False),
        "languages": [
            {
                "code": code,
                "name": name,
                "direction": direction_of(code),
                "url": f"?in={code}",
                "current": code == shown,
            }
            for code, name in settings.LANGUAGES
        ],
    }


def _campaign(language: str, defender: Defender, count: int, *, closed_on: date | None = None) -> Listed:
    with translation.override(language):
        form = Campaign(
            language=language,
            defender=defender,
            context=str(_("A measurer of lakes")),
            deck=str(_("A visit, the first in three months.")),
            title=str(_("Set the conviction aside.")),
            closed_on=closed_on,
            ending=_("Moved; the day is not certain.") if closed_on else "",
        )
    return Listed(form=form, count=count)


def _person(language: str, defender: Defender, statuses: tuple[Status, ...]) -> Person:
    with translation.override(language):
        return Person(
            language=language,
            defender=defender,
            who=str(_("A measurer of lakes")),
            summary=str(_("A letter to the ministry.")),
            statuses=statuses,
        )
