from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

from campaigns.flows.campaign import acting, approving
from campaigns.kinds.petition.answers import PetitionAnswers
from campaigns.models import (
    Action,
    Campaign,
    CampaignText,
    Case,
    Defender,
    DefenderName,
    Demand,
    Participation,
    PublicationConsent,
    RiskAssessment,
    Target,
    TargetText,
)
from campaigns.publishing import case_parts, conduct
from network.models.address import stored_form
from tests.makers.network import Network

_numbers = count(1)
ALL_SCOPES = ("name", "narrative", "petition")


def make_campaign(
    network: Network,
    *,
    slug: str = "",
    name: str = "Golnar Sabzrud",
    name_fa: str = "گلنار سبزرود",
    alias: str = "",
    scopes: tuple[str, ...] | None = ALL_SCOPES,
    consent_until: datetime | None = None,
    risk: str | None = "medium",
    risk_until: datetime | None = None,
    approved: bool = True,
    launched: bool = True,
    deck: str = "{person} measured a lake. We ask for the charge to be dropped.",
) -> Campaign:
    """A live, publishable campaign with one petition, in English and Persian; each condition can be taken away."""
    now = timezone.now()
    defender = Defender.objects.create(pronouns={"en": {"they": "she", "them": "her", "their": "her"}}, created_at=now)
    for language, text in (("en", name), ("fa", name_fa)):
        DefenderName.objects.create(
            defender=defender, kind="known_as", language=language, text=text, short=text.split()[0], is_display=True
        )
    if alias:
        DefenderName.objects.create(defender=defender, kind="alias", language="en", text=alias, is_display=True)
    case = Case.objects.create(defender=defender, created_at=now, written_by=network.writer)
    if scopes is not None:
        PublicationConsent.objects.create(
            case=case,
            scopes=list(scopes),
            given_by="family",
            given_on=now - timedelta(days=400),
            expires_at=consent_until or now + timedelta(days=180),
        )
    if risk is not None:
        RiskAssessment.objects.create(
            case=case,
            result=risk,
            assessed_at=now - timedelta(days=400),
            valid_until=risk_until or now + timedelta(days=90),
            assessed_by=network.writer,
        )
    target = Target.objects.create()
    for language, title in (("en", "the Court"), ("fa", "دادگاه")):
        TargetText.objects.create(target=target, language=language, title=title)
    campaign = Campaign.objects.create(
        slug=slug or f"campaign-{next(_numbers)}",
        case=case,
        host=network.host,
        written_by=network.writer,
        state=Campaign.State.LIVE if launched else Campaign.State.DRAFT,
        created_at=now,
        launched_at=now if launched else None,
    )
    Demand.objects.create(campaign=campaign, asks="drop_charges", target=target)
    words = {
        "en": ("The lake", deck, "To the Court: drop the charge.", "We respect the Court.\n\n{person} did no wrong."),
        "fa": (
            "دریاچه",
            "{person} دریاچه را اندازه گرفت.",
            "خطاب به دادگاه: اتهام را بردارید.",
            "با احترام. {person} خطایی نکرد.",
        ),
    }
    for language, (title, deck_text, ask, letter) in words.items():
        CampaignText.objects.create(
            campaign=campaign,
            language=language,
            title=title,
            deck=deck_text,
            ask=ask,
            letter=letter,
            written_by=network.writer,
        )
    Action.objects.create(campaign=campaign, kind="petition", options={})
    if approved:
        approve_campaign(network, campaign)
    return campaign


def approve_campaign(network: Network, campaign: Campaign, *, at: datetime | None = None) -> None:
    """Every part as it stands, and the judgement of risk of its case, by the one who wrote none of them."""
    now = at or timezone.now()
    fresh = Campaign.objects.select_related("case").get(pk=campaign.pk)
    for part in [*fresh.parts(), *conduct.parts_of(fresh), case_parts.safety_of(fresh.case, at=now)]:
        approving.approve(fresh.pk, part.name, digest=part.digest, by=network.approver, at=now)


def make_participation(
    campaign: Campaign,
    address: str,
    *,
    name: str = "A Signer",
    confirmed: bool = True,
    follow: bool = False,
    show_name: bool = False,
    language: str = "en",
) -> Participation:
    """Through the flows, as a visitor would."""
    now = timezone.now()
    answers = PetitionAnswers(show_name=show_name, follow=follow)
    entry = acting.Entry(address=stored_form(address), name=name, language=language, answers=answers)
    row = acting.enter(campaign.actions.get(kind="petition").pk, entry, at=now)
    return acting.confirm(row.pk, name=name, answers=answers, at=now) if confirmed else row
