"""What the organiser sets: when it begins by the clock there, how long it lasts, and for how many there is room."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.kinds.contract import Happening, Record
from network.languages import current_language
from network.numbers import CountField
from network.places import NOWHERE, names_of_places, places

LONGEST_MINUTES, MOST_PEOPLE = 24 * 60, 100_000
NOBODYS = "utc"  # of people who come together in no one place


@dataclass(frozen=True, kw_only=True)
class GatheringOptions(Record):
    place: str = NOWHERE  # code of network.places: whose clock counts; NOBODYS: UTC's
    starts: str = ""  # ISO, without a zone: by the clock there
    minutes: int = 120
    room: int = 0  # for so many people; 0: for any number

    def happens(self) -> Happening | None:
        if not self.starts:
            return None
        place = places().get(self.place)
        zone = ZoneInfo(place.zone if place else "UTC")
        begins = datetime.fromisoformat(self.starts).replace(tzinfo=zone)
        return Happening(begins=begins, ends=begins + timedelta(minutes=self.minutes))

    def most(self) -> int:
        return self.room


class GatheringOptionsForm(forms.Form):
    place = forms.ChoiceField(
        label=_("Whose clock counts?"),
        choices=lambda: [(NOWHERE, _("Choose one")), (NOBODYS, "UTC"), *names_of_places(current_language())],
        required=False,
        widget=forms.Select({"class": "input"}),
    )
    starts = forms.DateTimeField(label=_("When does it begin, by the clock there?"), required=False)
    minutes = CountField(
        label=_("How many minutes does it last?"),
        min_value=1,
        max_value=LONGEST_MINUTES,
        initial=120,
    )
    room = CountField(
        label=_("For how many is there room? 0: for any number"),
        min_value=0,
        max_value=MOST_PEOPLE,
        initial=0,
    )

    def clean_starts(self) -> str:
        moment = self.cleaned_data["starts"]
        return moment.replace(tzinfo=None, second=0, microsecond=0).isoformat(timespec="minutes") if moment else ""
