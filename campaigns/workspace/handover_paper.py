"""The document that is handed over: the letter as it was signed, how many signed it, and the names that may be printed."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.publishing.handover import PublishedHandover
from campaigns.publishing.paper import SOFT, Paper, mark, paragraphs_of
from network.languages import apart, current_language, digits_of, direction_of, runs
from network.templatetags.localization import counted, day_in_words

NAME_POINTS = 10.5


def document(found: PublishedHandover, *, copy_of: str) -> bytes:
    """PDF, A4. copy_of: who took it out, at the foot of every page, so that a copy that turns up elsewhere has a way back."""
    language, form = current_language(), found.form
    foot = _("Copy of %(name)s, %(day)s, %(time)s UTC") % {
        "name": apart(copy_of, language),
        "day": day_in_words(found.as_of),
        "time": digits_of(found.as_of.strftime("%H:%M"), language),
    }
    pdf = Paper(language, foot)
    pdf.set_title(form.title)
    pdf.set_creator("Hamseda")
    pdf.add_page()
    mark(pdf)
    spoken = direction_of(form.language) == "rtl"
    pdf.say(form.title, 20, bold=True, leading=1.3, after=2, rtl=spoken)
    pdf.say(form.target, 11, colour=SOFT, after=3, rtl=spoken)
    pdf.rule(0.8)
    for paragraph in paragraphs_of(form.letter_html):
        pdf.say(paragraph, 11.5, after=2, rtl=spoken)
    pdf.ln(4)
    pdf.rule(0.8)
    told = ngettext("%(shown)s person signed this letter.", "%(shown)s people signed this letter.", found.counted)
    pdf.say(told % {"shown": counted(found.counted, language)}, 13, bold=True, after=1)
    if found.unnamed:
        rest = ngettext(
            "%(shown)s of them is named to nobody.", "%(shown)s of them are named to nobody.", found.unnamed
        )
        pdf.say(rest % {"shown": counted(found.unnamed, language)}, 10, colour=SOFT, after=3)
    for name in map(pdf.printable, found.names):
        pdf.say(name, NAME_POINTS, leading=1.35, rtl=runs(name) == "rtl")
    return bytes(pdf.output())
