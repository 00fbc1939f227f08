"""The demo's partners: one admitted, co-hosting, with a key; one that waits in the vetting desk."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from django.conf import settings

from campaigns.flows.campaign import cohosting
from campaigns.models import Campaign
from config.trial.demo.words import PARTNER_SAYS, WAITING_SAYS
from network.flows import applying, issuing, vetting
from network.models import ApiKey, Application, ApplicationCheck, Organisation, Person, Principles
from network.models.api_key import PREFIX, hash_of


def seed(principles: Principles, campaign: Campaign, writer: Person, approver: Person, *, at: datetime) -> None:
    """Through the flows, as it would happen; a second run changes nothing."""
    if not Application.objects.filter(legal_name=WAITING_SAYS["legal_name"]).exists():
        row = applying.enter(principles, applying.Entry(**WAITING_SAYS), at=at)
        applying.confirm(row.pk, at=at)
    partner = Organisation.objects.partners().filter(name=PARTNER_SAYS["legal_name"]).first()
    if partner is None:
        partner = _admitted(principles, writer, approver, at=at)
        administrator = Person.objects.get(email=PARTNER_SAYS["address"])
        asked = cohosting.ask(campaign.pk, partner, by=administrator, at=at)
        cohosting.accept(asked.pk, by=approver, at=at)
    if not ApiKey.objects.filter(handle=_handle()).exists():
        issuing.issue(partner.pk, name="Trial", scopes=ApiKey.Scope.values, days=365, by=None, at=at, secret=_secret())


def api_key() -> str:
    """The demo partner's key: the same at each start of one trial, because it comes from the trial's own secret."""
    return f"{PREFIX}{_handle()}_{_secret()}"


def _admitted(principles: Principles, writer: Person, approver: Person, *, at: datetime) -> Organisation:
    row = applying.enter(principles, applying.Entry(**PARTNER_SAYS), at=at)
    applying.confirm(row.pk, at=at)
    for name in ApplicationCheck.Name.values:
        vetting.check(row.pk, name, note="Looked at for the demo.", by=writer, at=at)
    vetting.admit(row.pk, by=writer, at=at)
    vetting.admit(row.pk, by=approver, at=at)
    return Organisation.objects.get(application=row)


def _secret() -> str:
    return hmac.new(settings.SECRET_KEY.encode(), b"demo api key", hashlib.sha256).hexdigest()


def _handle() -> str:
    return hash_of(_secret())[:12]
