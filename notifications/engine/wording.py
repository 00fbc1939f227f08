"""Wording: what each notice says, read from the rows it speaks of at the moment it is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from campaigns.kinds.contract import kind_named
from campaigns.models import CorrectionRequest, Joining, Message, Participation
from campaigns.publishing import campaign as published
from campaigns.publishing.action import happens
from campaigns.publishing.audiences import Audience
from campaigns.publishing.letter import action_in, becomes_of
from campaigns.publishing.vocabulary import DECLINED
from network import links
from network.languages import current_language, direction_of
from network.models import Application, Endorsement, Invitation, Person
from notifications.channels.contract import Message as Mail
from notifications.engine.compiling import Recipient, compile_alert
from notifications.engine.composing import compose, ids_of
from notifications.engine.letters import letter_test
from notifications.engine.lines import in_lines
from notifications.flows import noticing
from notifications.links import Subscription, unsubscribe_token
from notifications.models import Alert, Notice

Kind = Notice.Kind


@dataclass(frozen=True)
class Words:
    """A notice's context for its templates. unsubscribe_path: where one click ends this kind of mail, if it can.
    link_tells: its link says what it is about; a neutral mail leads to the reader's own page instead."""

    context: dict[str, Any]
    unsubscribe_path: str = ""
    link_tells: bool = False


def word(notice: Notice) -> Mail | None:
    """The message of a notice, or None when there is nothing to say any more (withdrawn, answered, erased)."""
    if not notice.subject_id and notice.kind not in noticing.SIGN_INS:  # what it spoke of was erased
        return None
    if notice.kind == Kind.ALERT_TEST:
        return _alert_test(notice)
    if notice.kind == Kind.LETTER_TEST:
        return letter_test(
            int(notice.subject_id), recipient=notice.address, language=notice.language, at=timezone.now()
        )
    with translation.override(notice.language):
        words = WORDINGS[Kind(notice.kind)](notice)
        if words is None:
            return None
        context = {
            **words.context,
            "language": notice.language,
            "direction": direction_of(notice.language),
            "site_url": settings.SITE_URL,
            "operator_name": settings.OPERATOR_NAME,
            "operator_address": settings.OPERATOR_ADDRESS,
            "unsubscribe_url": _address(words.unsubscribe_path) if words.unsubscribe_path else "",
        }
        room = f"mail/{notice.kind}"
        subject = " ".join(render_to_string(f"{room}.subject.txt", context).split())
        is_neutral = Person.objects.filter(email=notice.address, neutral_mail=True).exists()
        if is_neutral:  # whoever sees the inbox, or the open mail, learns no name and nothing of what it is about
            room = "mail/neutral"
            if words.link_tells or "link" not in context:
                context["link"] = _address(reverse("me"))
        return compose(
            sender=parseaddr(settings.DEFAULT_FROM_EMAIL)[1] if is_neutral else "",
            recipient=notice.address,
            subject=gettext("A note for you") if is_neutral else subject,
            text=in_lines(render_to_string(f"{room}.txt", context)),
            html=render_to_string(f"{room}.html", context),
            message_id=ids_of("notice")(notice.pk),
            at=timezone.now(),
            unsubscribe_url=context["unsubscribe_url"],
            language=notice.language,
        )


def _alert_test(notice: Notice) -> Mail | None:
    """The alert itself, exactly as its readers will get it, to the organiser who asked."""
    alert = Alert.objects.select_related("campaign__case__defender").filter(pk=notice.subject_id).first()
    person = Person.objects.filter(email=notice.address).first()
    if alert is None or person is None or not alert.variants.filter(language=notice.language).exists():
        return None
    compiled = compile_alert(alert, notice.language)
    if compiled is None:
        return None
    return compiled.message_for(
        Recipient(-notice.pk, person.email, person.display_name, person.public_id, person.neutral_mail)
    )


def _address(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _campaign(campaign_id: int) -> published.PublishedCampaign | None:
    return published.find_by_id(campaign_id, audience=Audience.PUBLIC, language=current_language(), at=timezone.now())


def _confirm_participation(notice: Notice) -> Words | None:
    row = Participation.objects.select_related("action").filter(pk=notice.subject_id).first()
    if row is None or not (row.state == Participation.State.PENDING or row.waiting):
        return None
    campaign = _campaign(row.action.campaign_id)
    if campaign is None:
        return None
    token = links.token_for(row.pk, notice.address, salt=links.PARTICIPATION)
    return Words(
        {
            "campaign": campaign,
            "says": kind_named(row.action.kind).says,
            "ask": _ask_of(row, campaign),
            "again": notice.kind == Kind.REMIND_PARTICIPATION,
            "is_counted": row.state == Participation.State.CONFIRMED,
            "link": _address(reverse("confirm", args=[token])),
            "until": timezone.now() + timedelta(days=settings.CONFIRMATION_DAYS) if row.waiting else row.last_day(),
        }
    )


def _confirm_endorsement(notice: Notice) -> Words | None:
    row = Endorsement.objects.filter(pk=notice.subject_id).first()
    if row is None or row.state not in {Endorsement.State.PENDING, Endorsement.State.CONFIRMED}:
        return None
    token = links.token_for(row.pk, notice.address, salt=links.ENDORSEMENT)
    return Words(
        {
            "known": row.state == Endorsement.State.CONFIRMED,
            "link": _address(reverse("join_confirm", args=[token])),
            "until": timezone.now() + timedelta(days=settings.CONFIRMATION_DAYS),
        }
    )


def _receipt(notice: Notice) -> Words | None:
    row = Participation.objects.confirmed().select_related("action").filter(pk=notice.subject_id).first()
    campaign = _campaign(row.action.campaign_id) if row else None
    if row is None or campaign is None:
        return None
    kind = kind_named(row.action.kind)
    is_over = campaign.closed_on is not None and row.answers.get("show_name")  # nobody knows what is printed then
    return Words(
        {
            "campaign": campaign,
            "row": row,
            "says": kind.says,
            "ask": _ask_of(row, campaign),
            "becomes": "" if is_over else becomes_of(row),
            "me_link": _address(reverse("me")),
            "action": action_in(campaign, row.action_id),
        }
    )


def _ask_of(row: Participation, campaign: published.PublishedCampaign) -> str:
    """What was asked: the action's own line, where it may be shown, else the campaign's."""
    action = action_in(campaign, row.action_id)
    return (action.title if action else "") or campaign.ask


def _message_declined(notice: Notice) -> Words | None:
    row = Message.objects.standing().select_related("participation__action").filter(pk=notice.subject_id).first()
    campaign = _campaign(row.participation.action.campaign_id) if row else None
    if row is None or campaign is None or row.state != Message.State.DECLINED:
        return None
    action = row.participation.action
    is_open = action.closed_at is None
    link = reverse("campaign_action", args=[campaign.slug, action.position]) if is_open else reverse("me")
    return Words(
        {"campaign": campaign, "row": row.participation, "reason": DECLINED[row.reason], "link": _address(link)},
        link_tells=True,
    )


def _called_off(notice: Notice) -> Words | None:
    """Without the campaign's name: it may be silent by now."""
    row = Participation.objects.confirmed().select_related("action").filter(pk=notice.subject_id).first()
    hour = happens(row.action) if row else None
    if hour is None or hour.begins <= timezone.now():
        return None
    return Words({"happens": hour, "link": _address(reverse("me"))})


def _welcome(notice: Notice) -> Words | None:
    row = Endorsement.objects.confirmed().select_related("person").filter(pk=notice.subject_id).first()
    if row is None:
        return None
    me, campaigns = _address(reverse("me")), _address(reverse("campaigns"))
    return Words({"person": row.person, "me_link": me, "campaigns_link": campaigns})


def _joined(notice: Notice) -> Words | None:
    row = Joining.objects.current().select_related("person").filter(pk=notice.subject_id).first()
    campaign = _campaign(row.campaign_id) if row else None
    if row is None or campaign is None:
        return None
    token = unsubscribe_token(Subscription(row.person.public_id, row.campaign_id))
    return Words(
        {"campaign": campaign, "person": row.person, "link": _address(reverse("campaign", args=[campaign.slug]))},
        unsubscribe_path=reverse("unsubscribe", args=[token]),
        link_tells=True,
    )


def _sign_in_code(notice: Notice) -> Words | None:
    if "code" not in notice.payload:
        return None
    return Words({"code": notice.payload["code"], "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60})


def _sign_in_unknown(notice: Notice) -> Words | None:
    return Words({"join_link": _address(reverse("join"))})


def _confirm_application(notice: Notice) -> Words | None:
    row = Application.objects.pending().filter(pk=notice.subject_id).first()
    if row is None:
        return None
    token = links.token_for(row.public_id, notice.address, salt=links.APPLICATION)
    return Words(
        {
            "application": row,
            "link": _address(reverse("partner_apply_confirm", args=[token])),
            "until": timezone.now() + timedelta(days=settings.CONFIRMATION_DAYS),
        }
    )


def _partner_admitted(notice: Notice) -> Words | None:
    row = Application.objects.select_related("organisation").filter(pk=notice.subject_id).first()
    if row is None or row.organisation is None:
        return None
    return Words({"organisation": row.organisation, "link": _address(reverse("desk"))})


def _application_refused(notice: Notice) -> Words | None:
    row = Application.objects.filter(pk=notice.subject_id, state=Application.State.REFUSED).first()
    return Words({"application": row, "link": _address(reverse("principles"))}) if row else None


def _invitation(notice: Notice) -> Words | None:
    rows = Invitation.objects.select_related("organisation").filter(state=Invitation.State.SENT)
    row = rows.filter(pk=notice.subject_id).first()
    if row is None or not row.organisation.is_in_good_standing:
        return None
    token = links.token_for(row.pk, notice.address, salt=links.INVITATION)
    return Words(
        {
            "invitation": row,
            "organisation": row.organisation,
            "link": _address(reverse("invitation", args=[token])),
            "until": timezone.now() + timedelta(days=settings.CONFIRMATION_DAYS),
        }
    )


def _correction_asked(notice: Notice) -> Words | None:
    row = CorrectionRequest.objects.waiting().filter(pk=notice.subject_id).first()
    return Words({"due": row.due_at, "link": _address(reverse("case", args=[row.case_id]))}) if row else None


def _correction_answered(notice: Notice) -> Words | None:
    row = CorrectionRequest.objects.filter(pk=notice.subject_id).first()
    return Words({"asked": row.asked_at}) if row else None


WORDINGS: dict[Notice.Kind, Callable[[Notice], Words | None]] = {
    Kind.CONFIRM_PARTICIPATION: _confirm_participation,
    Kind.REMIND_PARTICIPATION: _confirm_participation,
    Kind.CONFIRM_ENDORSEMENT: _confirm_endorsement,
    Kind.RECEIPT: _receipt,
    Kind.MESSAGE_DECLINED: _message_declined,
    Kind.CALLED_OFF: _called_off,
    Kind.WELCOME: _welcome,
    Kind.JOINED: _joined,
    Kind.CONFIRM_APPLICATION: _confirm_application,
    Kind.PARTNER_ADMITTED: _partner_admitted,
    Kind.APPLICATION_REFUSED: _application_refused,
    Kind.INVITATION: _invitation,
    Kind.CORRECTION_ASKED: _correction_asked,
    Kind.CORRECTION_ANSWERED: _correction_answered,
    Kind.SIGN_IN_CODE: _sign_in_code,
    Kind.SIGN_IN_UNKNOWN: _sign_in_unknown,
}
