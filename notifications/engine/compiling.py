"""Compiling: an alert in one language is rendered once; each person's copy differs only in its slots."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.utils import parseaddr
from functools import partial
from typing import Any, NamedTuple

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
from campaigns.publishing.told_of import told_of_ids, unfit_words
from network.languages import direction_of
from network.models import Approval
from notifications.channels.contract import Message
from notifications.engine.composing import ids_of
from notifications.engine.forms import NAME, TOKEN, Words, form_of
from notifications.engine.lines import in_lines
from notifications.flows.opening import SUBJECT
from notifications.links import unsubscribe_signer
from notifications.models import Alert, AlertVariant


class Recipient(NamedTuple):
    """One person's slots. `row_id` is the delivery's."""

    row_id: int
    address: str
    name: str
    public_id: Any
    neutral_mail: bool = False  # an inbox shows neither names nor what it is about


@dataclass(frozen=True)
class Letter:
    """An alert as a page shows it to one reader. body_html is safe; the rest is plain text."""

    subject: str
    kicker: str
    body_html: str
    button: str
    link: str
    language: str


class CompiledAlert:
    """One (alert, language), ready for its recipients: two forms, the ordinary one and the one that tells an inbox nothing.
    What stands around the words is in the reader's language, also where nobody wrote the words in it. Build with
    `compile_alert`."""

    def __init__(self, variant: AlertVariant, language: str, form: published.PublishedCampaign) -> None:
        alert = variant.alert
        self.language = language
        self.campaign_id = alert.campaign_id
        self.epoch = form.epoch
        # Marks that no organiser's text can hold, because they are made here and now.
        nonce = secrets.token_hex(8)
        marks = {NAME: f"n{nonce}n", TOKEN: f"u{nonce}u"}
        self._marks = marks
        self._sign, self._id_of = unsubscribe_signer(alert.campaign_id), ids_of("delivery")

        def put(words: str, *, html: bool) -> str:
            filled = slots.fill(words, form.defender, variant.language, html=html)
            return filled.replace("{recipient}", marks[NAME])

        with translation.override(language):
            before, _token, after = reverse("unsubscribe", args=["TOKEN"]).partition("TOKEN")

            def unsubscribe(token: str) -> str:
                return f"{settings.SITE_URL}{before}{token}{after}"

            context = {
                "alert": alert,
                "campaign": form,
                "kicker": put(variant.kicker, html=False),
                "preheader": put(variant.preheader, html=False),
                "body_html": put(to_html(variant.body), html=True),
                "body_text": put(variant.body_text, html=False),
                "button": put(variant.button, html=False),
                "link": f"{settings.SITE_URL}{reverse('campaign', args=[form.slug])}",
                "unsubscribe_url": unsubscribe(marks[TOKEN]),
                "language": language,
                "direction": direction_of(language),
                "words_language": variant.language,
                "words_direction": direction_of(variant.language),
                "site_url": settings.SITE_URL,
                "operator_name": settings.OPERATOR_NAME,
                "operator_address": settings.OPERATOR_ADDRESS,
            }
            self._html = render_to_string("mail/alert.html", context)
            subject = " ".join(put(variant.subject, html=False).replace("\0", "").split())
            self._letter = Letter(
                subject=subject,
                language=variant.language,
                **{name: str(context[name]) for name in ("kicker", "body_html", "button", "link")},
            )
            words = Words(
                language=variant.language,
                subject=subject,
                text=in_lines(render_to_string("mail/alert.txt", context)),
                html=self._html,
                marks=marks,
            )
            page = {**context, "link": f"{settings.SITE_URL}{reverse('me')}"}
            neutral = Words(
                language=language,
                subject=gettext("A note for you"),
                text=in_lines(render_to_string("mail/neutral.txt", page)),
                html=(neutral_html := render_to_string("mail/neutral.html", page)),
                marks=marks,
            )
        self._neutral_html = neutral_html
        form_in = partial(form_of, unsubscribe=unsubscribe, language=language, at=timezone.now())
        self._form = form_in(words, sender=settings.DEFAULT_FROM_EMAIL)
        # From an address without a name: only that something waits, and where.
        self._neutral = form_in(neutral, sender=parseaddr(settings.DEFAULT_FROM_EMAIL)[1])

    def html_for(self, recipient: Recipient) -> str:
        """The formatted part alone, as the recipient sees it."""
        return self._filled(self._html, recipient)

    def neutral_html_for(self, recipient: Recipient) -> str:
        """The same for whoever wants mail that names nobody and nothing."""
        return self._filled(self._neutral_html, recipient)

    def _filled(self, html: str, recipient: Recipient) -> str:
        name = f"<bdi>{escape(recipient.name)}</bdi>"
        token = self._sign(recipient.public_id.bytes).decode()
        return html.replace(self._marks[NAME], name).replace(self._marks[TOKEN], token)

    def letter_for(self, name: str) -> Letter:
        """What a page shows to a reader of that name."""
        mark, shown = self._marks[NAME], f"<bdi>{escape(name)}</bdi>"
        return replace(
            self._letter,
            subject=self._letter.subject.replace(mark, name),
            kicker=self._letter.kicker.replace(mark, name),
            body_html=self._letter.body_html.replace(mark, shown),
            button=self._letter.button.replace(mark, name),
        )

    def message_for(self, recipient: Recipient | Sequence[Any], key: Any = None) -> Message:
        """The bytes of one person's copy. Raises ValueError for a name or an address that has no way into a message.

        recipient: also as the database gives it, in that order. key: the message's own.
        """
        row_id, address, name, public_id, neutral_mail = recipient
        form = self._neutral if neutral_mail else self._form
        return Message(address, form.fill(address, name, self._sign(public_id.bytes), self._id_of(row_id)), key)


def compile_alert(alert: Alert, language: str) -> CompiledAlert | None:
    """The alert for readers of a language, in the words written in it or else in its fallback's; None when it may not leave
    now: its case is not public, a word changed after approval, or the words name whom consent does not let them name. A draft
    compiles unapproved, for its writers only."""
    written = {variant.language: variant for variant in alert.variants.all()}
    variant = written.get(language) or written[alert.fallback_language]
    variant.alert = alert  # as it was asked for, with what goes with it
    form = published.find_by_id(
        alert.campaign_id, audience=Audience.PUBLIC, language=variant.language, at=timezone.now()
    )
    if form is None or (
        Approval.objects.missing(SUBJECT, alert.pk, alert.parts()) and alert.state != Alert.State.DRAFT
    ):
        return None
    if naming(variant, alert, form):
        return None
    return CompiledAlert(variant, language, form)


def letter_of(alert: Alert, *, language: str, name: str) -> Letter | None:
    """The alert for a reader of that name, in their language or else in its fallback; None: it may not be shown now."""
    compiled = compile_alert(alert, language)
    return compiled.letter_for(name) if compiled else None


def naming(variant: AlertVariant, alert: Alert, form: published.PublishedCampaign) -> list[prose.Finding]:
    """What the prose guard refuses in a variant."""
    words = "\n".join(variant.words().values())
    return unfit_words(words, told_of_ids(form.told_of, form.left))
