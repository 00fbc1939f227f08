"""…/share.png, sheet.pdf and letter.pdf: drawn anew for each request from the published form, so that they fall silent with
the page."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from campaigns.models import PageAddress
from campaigns.open import cases
from campaigns.open.caching import kept_briefly
from campaigns.publishing import addresses
from campaigns.publishing import campaign as campaigns
from campaigns.publishing import case as published
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import PublishedCampaign
from campaigns.publishing.case import PublishedCase
from network.languages import current_language
from network.open.errors import gone, missing
from network.templatetags.localization import day_in_words

# Drawing brings some 50 MB of font tools with it. Every process that knows the addresses would hold them, workers too; so they
# are loaded by the first that draws.
picture: Any = SimpleLazyObject(partial(import_module, "campaigns.open.sharing.picture"))
sheet: Any = SimpleLazyObject(partial(import_module, "campaigns.open.sharing.sheet"))
letter: Any = SimpleLazyObject(partial(import_module, "campaigns.open.sharing.letter"))


@require_safe
def campaign_picture(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    form = _campaign(slug, at=now)
    if form is None:
        return _absent_campaign(request, slug)
    words = picture.Words(
        kicker=" · ".join(part for part in (form.title, form.context) if part),
        names=form.defender.names,
        deck=form.deck,
        language=form.language,
    )
    return _sent(picture.share_picture(words), "image/png", form, at=now)


@require_safe
def defender_picture(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    holder = addresses.holder_of(PageAddress.Page.DEFENDER, slug)
    language = current_language()
    forms = published.of_defender(holder, audience=Audience.PUBLIC, language=language, at=now) if holder else []
    if not forms:
        return cases.absent(request, PageAddress.Page.DEFENDER, slug)
    return _case_picture(forms[0], at=now)


@require_safe
def case_picture(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    form = cases.find(slug, at=now)
    return _case_picture(form, at=now) if form else cases.absent(request, PageAddress.Page.CASE, slug)


def _case_picture(form: PublishedCase, *, at: datetime) -> HttpResponse:
    words = picture.Words(kicker=form.who, names=form.defender.names, deck=form.summary, language=form.language)
    return _sent(picture.share_picture(words), "image/png", form, at=at)


@require_safe
def campaign_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """A4, to pin up or hand round: who, what happened, what is asked, and a code that leads to the page."""
    now = timezone.now()
    form = _campaign(slug, at=now)
    if form is None:
        return _absent_campaign(request, slug)
    if all(one.words for one in form.asked):  # it asks for names, and there is nothing to put them under
        return HttpResponseRedirect(reverse("campaign", args=[slug]))
    day = day_in_words(now)
    with override(form.language):  # a line of the campaign's own, like the letter below it
        target = _("To %(target)s") % {"target": form.target}
    words = sheet.Words(
        kicker=" · ".join(part for part in (form.title, form.context) if part),
        names=form.defender.names,
        deck=form.deck,
        target=target,
        letter_html=form.letter_html,
        what_you_sign=_("What you sign"),
        put_your_name=_("Put your name to it"),
        address=f"{settings.SITE_URL}{reverse('campaign', args=[slug])}",
        printed=_(
            "As published on %(day)s. If this person or their family ask for silence, the page closes: look there first."
        )
        % {"day": day},
        spoken=form.language,
        language=current_language(),
    )
    answer = _sent(sheet.sheet(words), "application/pdf", form, at=now)
    answer["Content-Disposition"] = f'inline; filename="{slug}.pdf"'
    return answer


@require_safe
def action_letter(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """A4, to sign and send by post: the letter that an action begins from, in the language of its words."""
    now = timezone.now()
    form = _campaign(slug, at=now)
    if form is None:
        return _absent_campaign(request, slug)
    action = form.at_position(position)
    if action is None:
        return missing(request)
    if not (action.is_open and action.words.get("sample")) or action.kind_of.is_relayed:
        return HttpResponseRedirect(reverse("campaign_action", args=[slug, position]))
    with override(action.language):
        words = letter.Words(
            office=action.words["whom"],
            postal=action.options.get("postal", ""),
            subject=action.words["subject"],
            salutation=action.words["salutation"],
            body=action.words["sample"],
            blanks=[_("Your name and address"), _("Place and date")],
            signed=_("Signature"),
            language=action.language,
        )
    answer = _sent(letter.letter(words), "application/pdf", form, at=now)
    answer["Content-Disposition"] = f'inline; filename="{slug}-{position}.pdf"'
    return answer


def _campaign(slug: str, *, at: datetime) -> PublishedCampaign | None:
    return campaigns.find(slug, audience=Audience.PUBLIC, language=current_language(), at=at)


def _absent_campaign(request: HttpRequest, slug: str) -> HttpResponse:
    return gone(request) if campaigns.was_launched_at(slug) else missing(request)


def _sent(content: bytes, kind: str, form: PublishedCampaign | PublishedCase, *, at: datetime) -> HttpResponse:
    return kept_briefly(HttpResponse(content, content_type=kind), [form], at=at)
