"""Compiling: an alert in one language is rendered once; each person's copy differs only in its slots."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext

from campaigns.publishing import campaign as published
from campaigns.publishing import prose, slots
from campaigns.publishing.audiences import Audience
from campaigns.publishing.markdown import to_html
from network.languages import direction_of
from network.models import Approval
from notifications.channels.contract import Message
from notifications.engine.composing import compose, message_id
from notifications.flows.opening import SUBJECT
from notifications.links import Subscription, unsubscribe_token
from notifications.models import Alert, AlertVariant


@dataclass(frozen=True)
class Recipient:
    """One person's slots. `row_id` is the delivery's."""

    row_id: int
    address: str
    name: str
    public_id: Any
    neutral_mail: bool = False  # an inbox shows neither names nor what it is about


class CompiledAlert:
    """One (alert, language), ready for its recipients. Build with `compile_alert`."""

    def __init__(self, alert: Alert, language: str, form: published.PublishedCampaign) -> None:
        variant = alert.variants.get(language=language)
        self.language = language
        self.campaign_id = alert.campaign_id
        self.epoch = form.epoch
        # Marks that no organiser's text can hold, because they are made here and now.
        nonce = secrets.token_hex(8)
        self._name_mark, self._link_mark = f"n{nonce}n", f"u{nonce}u"

        def put(words: str, *, html: bool) -> str:
            filled = slots.fill(words, form.defender, language, html=html)
            return filled.replace("{recipient}", self._name_mark)

        with translation.override(language):
            context = {
                "alert": alert,
                "campaign": form,
                "kicker": put(variant.kicker, html=False),
                "preheader": put(variant.preheader, html=False),
                "body_html": put(to_html(variant.body), html=True),
                "body_text": put(variant.body_text, html=False),
                "button": put(variant.button, html=False),
                "link": f"{settings.SITE_URL}{reverse('campaign', args=[form.slug])}",
                "unsubscribe_url": self._link_mark,
                "language": language,
                "direction": direction_of(language),
                "site_url": settings.SITE_URL,
                "operator_name": settings.OPERATOR_NAME,
                "operator_address": settings.OPERATOR_ADDRESS,
            }
            self._html = render_to_string("mail/alert.html", context)
            self._text = render_to_string("mail/alert.txt", context)
            self._subject = put(variant.subject, html=False)
            page = {**context, "link": f"{settings.SITE_URL}{reverse('me')}"}
            self._neutral_html = render_to_string("mail/neutral.html", page)
            self._neutral_text = render_to_string("mail/neutral.txt", page)
            self._neutral_subject = gettext("A note for you")
            self._unsubscribe = f"{settings.SITE_URL}{reverse('unsubscribe', args=['TOKEN'])}"

    def html_for(self, recipient: Recipient) -> str:
        """The formatted part alone, as the recipient sees it."""
        name = f"<bdi>{escape(recipient.name)}</bdi>"
        return self._html.replace(self._name_mark, name).replace(self._link_mark, escape(self._url(recipient)))

    def _url(self, recipient: Recipient) -> str:
        token = unsubscribe_token(Subscription(recipient.public_id, self.campaign_id))
        return self._unsubscribe.replace("TOKEN", token)

    def message_for(self, recipient: Recipient) -> Message:
        url = self._url(recipient)
        if recipient.neutral_mail:
            return self._neutral_for(recipient, url)
        return compose(
            recipient=recipient.address,
            subject=self._subject.replace(self._name_mark, recipient.name),
            text=self._text.replace(self._name_mark, recipient.name).replace(self._link_mark, url),
            html=self.html_for(recipient),
            message_id=message_id("delivery", recipient.row_id),
            at=timezone.now(),
            unsubscribe_url=url,
            language=self.language,
        )

    def _neutral_for(self, recipient: Recipient, url: str) -> Message:
        """Only that something waits, and where; from an address without a name."""
        return compose(
            sender=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
            recipient=recipient.address,
            subject=self._neutral_subject,
            text=self._neutral_text.replace(self._link_mark, url),
            html=self._neutral_html.replace(self._link_mark, escape(url)),
            message_id=message_id("delivery", recipient.row_id),
            at=timezone.now(),
            unsubscribe_url=url,
            language=self.language,
        )


def compile_alert(alert: Alert, language: str) -> CompiledAlert | None:
    """The alert in a language, or None when it may not leave now: its case is not public, a word changed after approval,
    or the words name whom consent does not let them name. A draft compiles unapproved, for its writers only."""
    form = published.find_by_id(alert.campaign_id, audience=Audience.PUBLIC, language=language, at=timezone.now())
    if form is None or (
        Approval.objects.missing(SUBJECT, alert.pk, alert.parts()) and alert.state != Alert.State.DRAFT
    ):
        return None
    variant = alert.variants.get(language=language)
    if naming(variant, alert, form):
        return None
    return CompiledAlert(alert, language, form)


def naming(variant: AlertVariant, alert: Alert, form: published.PublishedCampaign) -> list[prose.Finding]:
    """What the prose guard refuses in a variant."""
    words = "\n".join(variant.words().values())
    return prose.findings(words, alert.campaign.case, form.scopes)
