"""Places: where somebody may say they live, as a country and the clock that goes there. CLDR's and the tz database's."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from babel import Locale
from babel.core import UnknownLocaleError, get_global
from babel.dates import get_timezone_location

from network.countries import names_in

NOWHERE = ""  # not said


class Place(NamedTuple):
    country: str  # ISO 3166-1
    zone: str  # of the tz database

    @property
    def code(self) -> str:
        return f"{self.country} {self.zone}"


@cache
def places() -> dict[str, Place]:
    """{code: place}. Zones of a single county, as the tz database tells them apart for the past's sake, are left out."""
    found = {}
    for country, zones in get_global("territory_zones").items():
        ordinary = [zone for zone in zones if zone.count("/") < 2] or list(zones)
        for zone in ordinary if country in names_in("en") else []:
            place = Place(country, zone)
            found[place.code] = place
    return found


def clock_of(country: str) -> str:
    """The zone of a country that has one clock; empty for one with several, and for none."""
    zones = {place.zone for place in places().values() if place.country == country}
    return zones.pop() if len(zones) == 1 else ""


@cache
def names_of_places(language: str) -> list[tuple[str, str]]:
    """[(code, name)] in the order of the names: the country, and the city where it has more than one clock."""
    countries = names_in(language)
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en")
    several = [place.country for place in places().values()]
    named = [
        (
            place.code,
            f"{countries[place.country]} · {_city(place.zone, locale)}"
            if several.count(place.country) > 1
            else countries[place.country],
        )
        for place in places().values()
    ]
    return sorted(named, key=lambda one: one[1])


def name_of_clock(zone: str, language: str) -> str:
    """The place whose clock it is, as a language calls it; the zone's own name where no place has it."""
    return dict(names_of_places(language)).get(place_with(zone), zone)


def _city(zone: str, locale: Locale) -> str:
    return get_timezone_location(zone, locale=locale, return_city=True).rpartition("/")[2]


def place_of(country: str, zone: str) -> str:
    """The code of a place, or NOWHERE for one that is not offered."""
    code = Place(country, zone).code
    return code if code in places() else NOWHERE


def place_with(zone: str) -> str:
    """The code of a place that has this clock, or NOWHERE."""
    return next((code for code, place in places().items() if place.zone == zone), NOWHERE)
