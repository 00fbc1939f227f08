"""What a message of solidarity may not speak of, told to its writer at once, with the words that stand in the way.

A card that names an organisation, a case or politics is kept back at a prison's gate, or held against whoever gets it. Only what
anybody may know is looked for here: what is on record as never to be told would be told by a refusal, so a moderator sees to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.kinds.contract import Kind
from campaigns.publishing.conduct import NEVER_ASKED, breaches
from campaigns.publishing.phrases import found_in
from campaigns.publishing.ways_to_reach import ways_to_reach
from network.models import Organisation

LINK = re.compile(
    r"\b(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|info|ir|de|fr|es|uk|eu|io|me)\b(?:/\S*)?", re.IGNORECASE
)
# As publishing.phrases reads them.
PHRASES: Mapping[str, tuple[str, ...]] = {
    "organisations": (
        "amnesty", "human rights watch", "front line defenders", "united nations", "u n", "unesco", "red cross", "red crescent",
        "european union", "organisation*", "organization*", "ngo", "ngos", "association*", "union", "unions",
        "campaign*", "hamseda",
        "عفو بین الملل", "دیدبان حقوق بشر", "سازمان*", "انجمن*", "اتحادیه*", "کانون", "صلیب سرخ", "هلال احمر",
        "کارزار*", "کمپین*", "همصدا",
        "العفو الدولیه", "منظمه", "المنظمه", "منظمات", "المنظمات", "جمعیه", "الجمعیه", "نقابه", "النقابه", "الامم المتحده",
        "الصلیب الاحمر", "الهلال الاحمر", "حمله تضامن*",
        "ڕێکخراو*", "کۆمەڵەی", "نەتەوە یەکگرتووەکان", "سەندیکا*", "کەمپەین*",
        "organisation*", "verein*", "gewerkschaft*", "vereinte* nationen", "rotes kreuz", "kampagne*",
        "association*", "syndicat*", "nations unies", "croix rouge", "campagne*", "ong",
        "organización*", "organizacion*", "asociación*", "sindicato*", "naciones unidas", "cruz roja", "campaña*",
    ),
    "case": (
        "prison*", "jail*", "cell", "cells", "court*", "judge*", "trial", "sentence*", "charge", "charges", "charged",
        "convict*",
        "verdict*", "lawyer*", "interrogat*", "tortur*", "hunger strike", "arrest*", "detain*", "detention", "release", "case",
        "execution*", "guilty", "innocent", "bail",
        "زندان*", "سلول*", "دادگاه*", "قاضی", "محاکمه", "حکم", "اتهام*", "محکوم*", "وکیل*", "بازجو*", "شکنجه*", "اعتصاب غذا",
        "بازداشت*", "دستگیر*", "ازادی شما", "پرونده*", "اعدام*", "بیگناه", "بی گناه", "وثیقه", "بند",
        "سجن*", "السجن", "زنزانه", "محکمه", "المحکمه", "قاضی", "القاضی", "محاکمه", "حکم", "تهمه", "التهمه", "محامی", "المحامی",
        "تحقیق", "تعذیب", "التعذیب", "اضراب عن الطعام", "اعتقال", "الاعتقال", "قضیه", "القضیه", "قضیتک", "اعدام", "بریء",
        "زیندان*", "بەندیخانە*", "دادگا*", "دادوەر*", "سزا", "تۆمەت*", "پارێزەر*", "ئەشکەنجە*", "مانگرتن لە خواردن",
        "دەستبەسەر*",
        "gefängnis*", "haft", "zelle*", "gericht*", "richter*", "prozess", "urteil*", "anklage*", "verurteil*", "anwalt*",
        "verhör*", "folter*", "hungerstreik*", "verhaft*", "freilassung", "unschuldig", "hinrichtung*",
        "prison*", "cellule*", "tribunal*", "juge*", "procès", "peine", "accusation*", "condamn*", "avocat*", "interrogatoire*",
        "tortur*", "grève de la faim", "arrêté*", "arrestation*", "détention", "libération", "innocent*", "exécution*",
        "cárcel*", "prisión*", "celda*", "tribunal*", "juez*", "juicio*", "condena*", "acusación*", "abogad*",
        "interrogatorio*",
        "huelga de hambre", "arresto*", "detención", "liberación", "inocente*", "ejecución*",
    ),
    "politics": (
        "politic*", "government*", "regime*", "president*", "minister*", "party", "parties", "election*",
        "revolution*", "protest*",
        "demonstration*", "human rights", "rights", "freedom", "liberty", "justice", "democra*", "dictator*",
        "struggle", "resist*",
        "activist*", "opposition", "leader*", "sanction*", "flag", "flags",
        "سیاس*", "حکومت*", "دولت*", "رژیم*", "رییس جمهور", "وزیر*", "حزب*", "انتخابات", "انقلاب*", "اعتراض*", "تظاهرات",
        "حقوق بشر", "حق", "ازادی", "عدالت", "دموکراسی", "دیکتاتور*", "مبارز*", "مقاومت", "فعال مدنی", "اپوزیسیون",
        "رهبر*", "تحریم*", "پرچم*",
        "سیاسه", "السیاسه", "سیاسی", "حکومه", "الحکومه", "نظام", "النظام", "رییس", "الرییس", "وزیر", "حزب", "الحزب", "انتخابات",
        "ثوره", "الثوره", "احتجاج*", "مظاهره", "حقوق الانسان", "حریه", "الحریه", "عداله", "العداله", "دیمقراطیه", "الدیمقراطیه",
        "دیکتاتور*", "نضال", "النضال", "مقاومه", "المقاومه", "ناشط*", "معارضه", "المعارضه",
        "سیاسی", "سیاسەت*", "حکومەت*", "ڕژێم*", "سەرۆک*", "وەزیر*", "پارت*", "هەڵبژاردن*", "شۆڕش*", "ناڕەزایەتی*", "مافی مرۆڤ",
        "ئازادی", "دادپەروەری", "دیموکراسی", "خەبات*", "چالاکوان*",
        "politik*", "politisch*", "regierung*", "präsident*", "partei*", "wahlen", "revolution*", "protest*", "demonstration*",
        "menschenrecht*", "freiheit*", "gerechtigkeit", "demokrat*", "diktat*", "widerstand*", "aktivist*",
        "politique*", "gouvernement*", "régime*", "président*", "ministre*", "parti", "élection*", "révolution*", "manifest*",
        "droits humains", "droits de l'homme", "liberté*", "justice", "démocrat*", "dictat*", "résist*", "militant*",
        "polític*", "gobierno*", "régimen*", "partido*", "elecciones", "revolución*", "manifestación*", "derechos humanos",
        "libertad*", "justicia", "resistencia", "activista*",
    ),
}  # fmt: skip
WHY: dict[str, Any] = {
    "organisations": _("“%(words)s”: a message that names an organisation would not get through."),
    "case": _("“%(words)s”: a message that speaks of the case would not get through, or do harm."),
    "politics": _("“%(words)s”: a message that speaks of politics or rights would not get through."),
    "contact": _("“%(words)s”: please leave out addresses, numbers and links."),
    "conduct": _("“%(words)s”: we hand over nothing that calls for force, backs a party or threatens."),
}


@dataclass(frozen=True, order=True)
class Unfit:
    """Words that stand in the way of a message, and why: a key of WHY."""

    why: str
    words: str

    @property
    def says(self) -> str:
        return str(WHY[self.why]) % {"words": self.words}


def unfit(words: str, rules: Iterable[str]) -> list[Unfit]:
    """What stands in the way of a message for somebody, by these rules (kinds.message.options.RULES) and by those that always
    hold; empty when it may go to a moderator."""
    found = {Unfit("conduct", one.words) for one in breaches(words, NEVER_ASKED)}
    found |= {Unfit("contact", one) for one in ways_to_reach(words)}
    found |= {Unfit("contact", match.group()) for match in LINK.finditer(words)}
    for rule in rules:
        found |= {Unfit(rule, one) for one in found_in(words, PHRASES[rule])}
        if rule == "organisations":
            found |= {Unfit(rule, one) for one in found_in(words, _names_of_organisations())}
    return sorted(found)


def unfit_for(kind: Kind, options: Mapping[str, Any], words: str) -> list[Unfit]:
    """The same by the rules that an organiser set for an action. options: as they are kept with it."""
    return unfit(words, kind.options.read(options).rules())  # type: ignore[attr-defined]


def _names_of_organisations() -> tuple[str, ...]:
    """Of those that anybody can read on our pages."""
    names = {row.name for row in Organisation.objects.listed()}
    return tuple(sorted({Organisation.objects.host().name, *names}))
