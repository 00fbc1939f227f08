"""Invented people with names in many scripts: ordinary given names, joined by number, with addresses under .example."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

# language the person reads here, given names, second names; each script as its own readers write it
SCRIPTS: list[tuple[str, list[str], list[str]]] = [
    (
        "fa",
        ["نرگس", "بهار", "سپیده", "کیان", "آرش", "مهتاب", "شب‌نم", "امید"],
        ["باغبان", "دریادل", "کوهسار", "نیک‌روز", "سبزواری"],
    ),
    (
        "en",
        ["Asal", "Marit", "João", "Zoë", "Björn", "Siobhán", "Łucja", "Noël"],
        ["Norling", "Almeida", "O’Brien", "Müller-Lang", "Çelik"],
    ),
    ("fa", ["هیوا", "ڕۆژان", "ئاسۆ", "بێریڤان"], ["شاهۆ", "زاگرۆس", "گوڵاڵە"]),
    ("en", ["سلمى", "ياسين", "نور", "هالة"], ["الزيتوني", "بن علي", "القمر"]),
    ("en", ["Оксана", "Мирослав", "Алёна", "Їванна"], ["Вишневська", "Соколов", "Річна"]),
    ("en", ["Ελένη", "Νίκος"], ["Θαλασσινού", "Ελαιώνας"]),
    ("en", ["נועה", "יונתן"], ["כרמל", "שחר"]),
    ("en", ["आशा", "रोहन"], ["सागर", "वन"]),
    ("en", ["রূপা", "নীল"], ["নদী", "আকাশ"]),
    ("en", ["மலர்", "கவின்"], ["ஆறு", "வானம்"]),
    ("en", ["ฟ้า", "ต้น"], ["ทะเล", "ภูเขา"]),
    ("en", ["春", "思源"], ["林", "江"]),
    ("en", ["さくら", "ゆう"], ["森", "川"]),
    ("en", ["하늘", "바다"], ["숲", "강"]),
    ("en", ["ნინო", "ლაშა"], ["მთა", "ზღვა"]),
    ("en", ["Անի", "Արամ"], ["Լեռ", "Ծով"]),
    ("en", ["ሰላም", "ዳዊት"], ["ተራራ", "ወንዝ"]),
]


@dataclass(frozen=True)
class DemoPerson:
    number: int
    address: str
    name: str
    language: str


def people(how_many: int) -> Iterator[DemoPerson]:
    """The first `how_many` demo people; the same number is always the same person."""
    for number in range(1, how_many + 1):
        language, given, second = SCRIPTS[number % len(SCRIPTS)]
        turn = number // len(SCRIPTS)
        name = f"{given[turn % len(given)]} {second[turn // len(given) % len(second)]}"
        yield DemoPerson(number, f"person-{number:06d}@people.example", name, language)
