"""Conduct: what no campaign of ours asks for, however just its cause, looked for in the words in which it asks.

No call for force, no support of a party or a form of government, no threat. Where such words stand in what is asked, the
campaign does not go out; where they only stand in what is told (somebody was arrested for speaking against a war), a second
reader says so. Measures against single persons or goods (a frozen account, a visa refused) may be asked for, and are always
read by a second one. So are words of violence where something is asked, and only there: "kill" stands in "do not let them
kill her", and in most of what is told.

Lists of words know no meaning: they find what somebody must look at, and miss what is said in other words. Approval stays with
people.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from campaigns.models import Campaign, CampaignText
from campaigns.publishing.phrases import found_in
from network.models import Principles
from network.models.part import Part

FORCE, PARTY, THREAT, MEASURES, VIOLENCE = "force", "party", "threat", "measures", "violence"
NEVER_ASKED = (FORCE, PARTY, THREAT)
READ_WHERE_ASKED = (MEASURES, VIOLENCE)
READ_WHEREVER_TOLD = (*NEVER_ASKED, MEASURES)
# The clause of our principles that each would break, by its place in network/principles/1.json.
CLAUSES = {PARTY: 1, FORCE: 2, MEASURES: 2, VIOLENCE: 2, THREAT: 6}
# In which fields something is asked; the others tell.
ASKING = ("title", "ask")
TELLING = ("context", "deck", "letter")
# As publishing.phrases reads them.
PHRASES: Mapping[str, tuple[str, ...]] = {
    FORCE: (
        # English
        "military action*", "military intervention*", "military strike*", "military attack*", "air strike*", "airstrike*",
        "bomb", "bombs", "bombing", "bombard*", "invade*", "invasion", "armed intervention", "armed struggle", "armed uprising",
        "armed attack*", "take up arms", "declare war", "go to war", "overthrow*", "regime change", "by force of arms",
        "assassinat*", "storm … prison", "storm … court", "storm … embassy", "storm … parliament", "arm yourselves",
        "burn … down", "set fire to", "set … on fire", "lynch*", "shed … blood",
        # Persian
        "حمله نظامی", "حملات نظامی", "مداخله نظامی", "دخالت نظامی", "اقدام نظامی", "بمباران*", "حمله هوایی", "حملات هوایی",
        "مبارزه مسلحانه", "قیام مسلحانه", "سلاح برداشتن", "سرنگونی", "سرنگون*", "براندازی", "تغییر رژیم", "اعلان جنگ", "ترور",
        "حمله مسلحانه", "حملات مسلحانه", "مسلح شوید", "سلاح بردارید", "دست به سلاح", "به آتش بکشید", "به آتش کشید*", "آتش بزنید",
        "یورش ببرید",
        # Arabic
        "تدخل عسکری", "التدخل العسکری", "ضربه عسکریه", "ضربات عسکریه", "غارات جویه", "قصف", "غزو", "کفاح مسلح", "الکفاح المسلح",
        "حمل السلاح", "اسقاط النظام", "تغییر النظام", "اعلان الحرب", "اغتیال",
        "هجوم مسلح", "الهجوم المسلح", "احملوا السلاح", "تسلحوا", "احرقوا", "اقتحموا",
        # Sorani
        "هێرشی سەربازی", "دەستێوەردانی سەربازی", "بۆردومان*", "خەباتی چەکداری", "ڕووخاندنی ڕژێم", "گۆڕینی ڕژێم",
        "هێرشی چەکداری*", "چەک هەڵبگرن", "بسووتێنن",
        # German
        "militärschlag*", "militärische* … eingreifen", "militärische intervention", "militärintervention*", "luftangriff*",
        "bombardier*", "bomben", "einmarsch*", "bewaffnete* kampf", "bewaffnete* aufstand", "zu den waffen", "regimewechsel",
        "stürzt", "umsturz*", "bewaffnete* angriff*", "waffengewalt", "bewaffnet euch", "stürmt", "brennt … nieder", "lyncht",
        # French
        "action militaire", "intervention militaire", "frappe* militaire*", "frappe* aérienne*", "bombarde*", "envahi*",
        "lutte armée", "soulèvement armé", "prendre les armes", "renverse*", "changement de régime", "déclarer la guerre",
        "attaque* armée*", "prenez les armes", "armez-vous", "prenez d'assaut", "incendiez", "brûlez", "lynchez",
        # Spanish
        "acción militar", "intervención militar", "ataque* militar*", "ataque* aéreo*", "bombarde*", "invadi*", "invasión",
        "lucha armada", "levantamiento armado", "tomar las armas", "derroca*", "derrocamiento", "cambio de régimen",
        "declarar la guerra", "ataque* armado*", "tomen las armas", "ármense", "asalten", "incendien", "quemen", "linchen",
    ),
    VIOLENCE: (
        "kill", "shoot", "hang", "stab", "murder", "behead", "slaughter", "poison", "beat up", "attack", "with guns",
        "with weapons",
        "بکشید", "کشتن", "اعدام کنید", "دار بزنید", "به دار", "تیرباران", "حمله کنید", "هجوم", "کتک بزنید", "با سلاح", "با اسلحه",
        "اقتلوا", "اشنقوا", "هاجموا", "اضربوا", "بالسلاح",
        "بکوژن", "کوشتن", "هێرش بکەن*", "بە چەک",
        "tötet", "töten", "erschießt", "erschlagt", "hängt", "greift … an", "mit waffen",
        "tuez", "tuer", "pendez", "abattez", "attaquez", "avec des armes",
        "maten", "matar", "ahorquen", "cuelguen", "ataquen", "disparen", "con armas",
    ),
    PARTY: (
        "vote for", "vote against", "elect … president", "support … party", "join … party", "bring … to power",
        "return of the monarchy", "restore the monarchy", "restoration of the monarchy", "long live", "our only leader",
        "رای بدهید", "رای دهید", "به حزب", "از حزب … پشتیبانی", "از حزب … حمایت", "به قدرت رسیدن", "بازگشت پادشاهی", "جاوید شاه",
        "زنده باد", "تنها رهبر",
        "صوتوا", "التصویت ل*", "ادعموا حزب", "انضموا الی حزب", "عوده الملکیه", "یحیا", "عاش",
        "دەنگ بدەن", "پشتیوانی لە پارتی", "بژی",
        "wählt", "wählen sie", "stimmt für", "unterstützt die partei", "an die macht bringen", "es lebe",
        "votez", "voter pour", "soutenez le parti", "rejoignez le parti", "porter … au pouvoir", "vive le", "vive la",
        "vote por", "voten por", "apoye* al partido", "únase al partido", "llevar … al poder", "viva el", "viva la",
    ),
    THREAT: (
        "death to", "you will pay", "will pay for this", "you will regret", "we know where you", "you will be hunted", "revenge",
        "vengeance", "burn in hell", "or else",
        "مرگ بر", "انتقام*", "تقاص", "پشیمان خواهید شد", "پشیمان میشوید", "تاوان خواهید داد", "میدانیم کجا", "به سزای",
        "الموت ل*", "الانتقام", "انتقام", "ستدفعون الثمن", "ستندمون", "نعرف این",
        "مردن بۆ", "تۆڵە*", "پەشیمان دەبنەوە",
        "tod den", "tod dem", "rache", "sie werden dafür bezahlen", "sie werden es bereuen", "wir wissen, wo",
        "mort à", "mort aux", "vengeance", "vous le paierez", "vous le regretterez", "nous savons où",
        "muerte a", "venganza", "lo pagarán", "lo pagará", "se arrepentirá*", "sabemos dónde",
    ),
    MEASURES: (
        "sanction*", "asset freeze*", "freeze … assets", "frozen assets", "visa ban*", "travel ban*", "embargo", "boycott*",
        "تحریم*", "مسدود کردن دارایی*", "انسداد دارایی*", "ممنوعیت سفر", "بایکوت",
        "عقوبات", "العقوبات", "تجمید … اصول", "حظر السفر", "حظر سفر", "مقاطعه",
        "سزادان*", "بایکۆت*",
        "sanktion*", "vermögenssperre*", "einreiseverbot*", "einreisesperre*", "boykott*",
        "gel des avoirs", "geler … avoirs", "interdiction de voyager", "interdiction d'entrée", "boycott*",
        "sancion*", "sanción", "congela* … activos", "congelación de activos", "prohibición de viajar", "boicot*",
    ),
}  # fmt: skip


@dataclass(frozen=True, order=True)
class Breach:
    """Words that ask for what no campaign of ours asks for, or may do so."""

    rule: str  # force, party, threat or measures
    words: str  # as they stand in the text, folded


def breaches(text: str, rules: Collection[str] = READ_WHEREVER_TOLD) -> list[Breach]:
    """What of PHRASES stands in a text, in whichever language: writers quote others."""
    return sorted({Breach(rule, found) for rule in rules for found in found_in(text, PHRASES[rule])})


def asked_for(text: CampaignText) -> list[Breach]:
    """What a campaign asks in a language and may not: it does not go out with these words."""
    return breaches(_words(text, ASKING), NEVER_ASKED)


def to_be_read(text: CampaignText) -> list[Breach]:
    """What a second reader has to look at: measures wherever they stand, violence where it is asked, the rest where it is
    told."""
    asked = breaches(_words(text, ASKING), READ_WHERE_ASKED)
    told = [_words(text, TELLING), *(f"{link['title']}\n{link['text']}" for link in text.chain)]
    return sorted({*asked, *breaches("\n".join(told))})


def parts_of(campaign: Campaign) -> list[Part]:
    """One part for each language in which something has to be read: approved, it says that nothing of it is asked for that may
    not be. Its digest covers the words, so that an edit voids it."""
    found = []
    for text in sorted(campaign.texts.all(), key=lambda one: one.language):
        if read := to_be_read(text):
            content = {"words": text.words(), "read": [[one.rule, one.words] for one in read], **text.added}
            found.append(Part.written_in(text, f"conduct:{text.language}", content))
    return found


def parts_of_language(language: str) -> set[str]:
    """Names of the parts that are approved of the words in one language."""
    return {f"text:{language}", f"conduct:{language}"}


def clause_of(rule: str, language: str) -> tuple[str, str]:
    """Title and text of the clause of the principles in force that speaks of a rule; empty before any were adopted."""
    principles = Principles.objects.in_force()
    clauses = principles.text_in(language).clauses if principles else []
    place = CLAUSES[rule]
    return (clauses[place]["title"], clauses[place]["text"]) if place < len(clauses) else ("", "")


def _words(text: CampaignText, names: tuple[str, ...]) -> str:
    return "\n".join(getattr(text, name) for name in names)
