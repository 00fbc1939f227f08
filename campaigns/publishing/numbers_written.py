"""Whole numbers below a hundred as people write them out, for the guard: an age in words is an age."""

from __future__ import annotations

from collections.abc import Iterator

# fmt: off
# Units from 1 to 19, then tens from 20 to 90, and what stands between ten and unit (German and Arabic: unit first).
_ENGLISH = ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
            " eighteen nineteen", "twenty thirty forty fifty sixty seventy eighty ninety", " ", False)
_PERSIAN = ("یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده",
            "بیست سی چهل پنجاه شصت هفتاد هشتاد نود", " و ", False)
_SORANI = ("یەک دوو سێ چوار پێنج شەش حەوت هەشت نۆ دە یانزە دوانزە سیانزە چواردە پانزە شانزە حەڤدە هەژدە نۆزدە",
           "بیست سی چل پەنجا شەست حەفتا هەشتا نەوەد", " و ", False)
_ARABIC = ("واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة أحد~عشر اثنا~عشر ثلاثة~عشر أربعة~عشر خمسة~عشر"
           " ستة~عشر سبعة~عشر ثمانية~عشر تسعة~عشر", "عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون", " و", True)
_GERMAN = ("ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn"
           " achtzehn neunzehn", "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", "und", True)
_SPANISH = ("uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete"
            " dieciocho diecinueve", "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa", " y ", False)
_FRENCH = ("un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit"
           " dix-neuf", "vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt", " ", False)
# fmt: on
LANGUAGES = (_ENGLISH, _PERSIAN, _SORANI, _ARABIC, _GERMAN, _SPANISH)
FRENCH_SEVENTY, FRENCH_NINETY = 70, 90  # sixty-ten, four-twenty-ten


def written_out(number: int) -> Iterator[str]:
    """The ways to write a number from 1 to 99 in the network's languages; nothing for any other."""
    if not 1 <= number <= 99:
        return
    for units, tens, between, unit_first in LANGUAGES:
        yield _written(number, units.split(), tens.split(), between, unit_first=unit_first)
    if 20 < number < 30:
        yield f"veinti{_SPANISH[0].split()[number - 21]}"
    if number > 20 and number % 10 == 1:  # before a noun: veintiún años, treinta y un años
        yield "veintiún" if number == 21 else f"{_SPANISH[1].split()[number // 10 - 2]} y un"
    yield from _french(number)
    yield from _arabic(number)


def _arabic(number: int) -> Iterator[str]:
    """Besides the dictionary's form: a unit as it agrees with a feminine year, and the tens as they stand after a verb."""
    if number < 11:
        yield from _arabic_units(number)
    elif number >= 20:
        ten = _ARABIC[1].split()[number // 10 - 2]
        for case in (ten, f"{ten.removesuffix('ون')}ين"):
            yield from (f"{unit} و{case}" for unit in _arabic_units(number % 10)) if number % 10 else (case,)


def _arabic_units(number: int) -> tuple[str, ...]:
    if number <= 2:
        return (("واحد", "واحدة", "إحدى"), ("اثنان", "اثنين", "اثنتان", "اثنتين"))[number - 1]
    unit = _ARABIC[0].split()[number - 1]
    return unit, unit.removesuffix("ة")


def _written(number: int, units: list[str], tens: list[str], between: str, *, unit_first: bool) -> str:
    if number < 20:
        return units[number - 1].replace("~", " ")
    ten, unit = tens[number // 10 - 2], number % 10
    if not unit:
        return ten
    pair = (units[unit - 1], ten) if unit_first else (ten, units[unit - 1])
    return between.join(pair)


def _french(number: int) -> Iterator[str]:
    units, tens = _FRENCH[0].split(), _FRENCH[1].split()
    if number < 20:
        yield units[number - 1]
        return
    ten, rest = tens[number // 10 - 2], number % 10
    if FRENCH_SEVENTY <= number < 80 or number >= FRENCH_NINETY:
        rest += 10
    if not rest:
        yield f"{ten}s" if ten == "quatre-vingt" else ten
        return
    yield f"{ten} {units[rest - 1]}"
    yield f"{ten} et {units[rest - 1]}"
