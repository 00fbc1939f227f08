"""What campaigns do with the log: they count, and say what a restore must repeat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from campaigns.events import (
    ActionEnded,
    CampaignChanged,
    CampaignClosed,
    CampaignPaused,
    CaseEdited,
    CaseNarrowed,
    CasesUnlinked,
    CaseUnpublished,
    CaseWithdrawn,
    ClaimTakenBack,
    CoHostingEnded,
    ConsentWithdrawn,
    DemandMet,
    DemandMetTakenBack,
    EmbargoLifted,
    EmbargoSet,
    GrantRevoked,
    HarmRecorded,
    MessageDeclined,
    OutcomeTakenBack,
    PaperTakenBack,
    ParticipationRejected,
    ParticipationReworded,
    ParticipationWithdrawn,
    PersonLeftOut,
    PhotoChanged,
    PhotoRemoved,
    SignOnWithdrawn,
    StatusVerified,
    TemplateDropped,
    UpdateTakenBack,
)
from campaigns.flows.campaign import (
    acting,
    closing,
    cohosting,
    counting,
    demanding,
    harming,
    including,
    moderating,
    observing,
    offering,
    papering,
    signing_on,
    templating,
    updating,
)
from campaigns.flows.gate import granting, pausing, publishing, silencing
from campaigns.flows.record import linking, picturing, telling
from campaigns.models import (
    Action,
    Campaign,
    Case,
    CaseGrant,
    CaseLink,
    CoHosting,
    Demand,
    Harm,
    Message,
    Outcome,
    PaperSheets,
    Participation,
    Photo,
    PublicationConsent,
    SignOn,
    Update,
)
from network.events import PartnerReinstated, PartnerSuspended
from network.flows import consuming, remembering
from network.flows.recording import record
from network.models import OutboxEvent

UNTIL_SOMEBODY_LOOKS = timedelta(days=365)


def register() -> None:
    consuming.register(counting.CONSUMER, counting.apply_counted, wants=list(counting.WANTED))
    consuming.register("releases", _follow_liberty, wants=[StatusVerified])
    consuming.register("co-hosts", _tell_of_co_hosts, wants=[PartnerSuspended, PartnerReinstated])
    remembering.remember(CoHostingEnded, _end_co_hosting_again)
    remembering.remember(CaseWithdrawn, _withdraw_case_again)
    remembering.remember(ConsentWithdrawn, _withdraw_consent_again)
    remembering.remember(CampaignPaused, _pause_again)
    remembering.remember(CampaignClosed, _close_again)
    remembering.remember(CaseUnpublished, _unpublish_again)
    remembering.remember(EmbargoSet, _embargo_again)
    remembering.remember(EmbargoLifted, _lift_embargo_again)
    remembering.remember(CaseNarrowed, _embargo_again)
    remembering.remember(CaseEdited, _hide_edited_case)
    remembering.remember(CasesUnlinked, _unlink_again)
    remembering.remember(PhotoChanged, _remove_photo_again)
    remembering.remember(PhotoRemoved, _remove_photo_again)
    remembering.remember(GrantRevoked, _revoke_grant_again)
    remembering.remember(ClaimTakenBack, _take_claim_back_again)
    remembering.remember(ParticipationWithdrawn, _withdraw_participation_again)
    remembering.remember(ParticipationRejected, _reject_participation_again)
    remembering.remember(ParticipationReworded, _read_message_again)
    remembering.remember(MessageDeclined, _read_message_again)
    remembering.remember(ActionEnded, _end_action_again)
    remembering.remember(OutcomeTakenBack, _take_outcome_back_again)
    remembering.remember(DemandMet, _meet_again)
    remembering.remember(DemandMetTakenBack, _take_met_back_again)
    remembering.remember(PersonLeftOut, _leave_out_again)
    remembering.remember(TemplateDropped, _drop_template_again)
    remembering.remember(UpdateTakenBack, _take_update_back_again)
    remembering.remember(PaperTakenBack, _take_paper_back_again)
    remembering.remember(SignOnWithdrawn, _withdraw_sign_on_again)
    remembering.remember(HarmRecorded, _record_harm_again)


def _withdraw_consent_again(payload: dict[str, Any], at: datetime) -> None:
    """A consent that this database never knew renewed an older one: with it went whatever its giver had said, and who that
    was nobody can tell here. Everything said about the case is taken back: silence may be asked about, a name that came back not.
    """
    known = PublicationConsent.objects.filter(pk=payload["consent_id"])
    rows = known if known.exists() else PublicationConsent.objects.filter(case=payload["case_id"], withdrawn_at=None)
    for consent_id in rows.order_by("pk").values_list("pk", flat=True):
        silencing.withdraw_consent(consent_id, by=None, at=at)


def _follow_liberty(events: Sequence[OutboxEvent]) -> None:
    for event in events:
        demanding.follow_liberty(event.payload["status_id"], at=timezone.now())


def _tell_of_co_hosts(events: Sequence[OutboxEvent]) -> None:
    """A partner that is suspended or back is named, or not, by the campaigns it co-hosts and under the statements it signed: they
    are to be read again."""
    for event in events:
        partner = event.payload["organisation_id"]
        co_hosted = CoHosting.objects.filter(organisation=partner, state=CoHosting.State.ACCEPTED)
        signed = SignOn.objects.filter(organisation=partner, state=SignOn.State.CONFIRMED)
        named = {*co_hosted.values_list("campaign", flat=True), *signed.values_list("action__campaign", flat=True)}
        for campaign in Campaign.objects.shown().filter(pk__in=named).order_by("pk"):
            record(CampaignChanged(campaign_id=campaign.pk), by=None, at=event.happened_at)


def _end_co_hosting_again(payload: dict[str, Any], at: datetime) -> None:
    if CoHosting.objects.filter(pk=payload["cohosting_id"]).exists():
        cohosting.end(payload["cohosting_id"], by=None, at=at)


def _withdraw_case_again(payload: dict[str, Any], at: datetime) -> None:
    if Case.objects.filter(pk=payload["case_id"]).exists():
        silencing.withdraw_case(payload["case_id"], by=None, at=at)


def _pause_again(payload: dict[str, Any], at: datetime) -> None:
    if Campaign.objects.filter(pk=payload["campaign_id"]).exists():
        pausing.pause(payload["campaign_id"], by=None, at=at)


def _close_again(payload: dict[str, Any], at: datetime) -> None:
    """The ledger holds ids alone: that it ended, and not how."""
    if Campaign.objects.filter(pk=payload["campaign_id"]).exists():
        closing.close(payload["campaign_id"], ending=Campaign.Ending.ENDED, by=None, at=at)


def _withdraw_participation_again(payload: dict[str, Any], at: datetime) -> None:
    row = Participation.objects.confirmed().select_related("person").filter(pk=payload["participation_id"]).first()
    if row is not None and row.person is not None:
        acting.withdraw(row.pk, by=row.person, at=at)


def _unpublish_again(payload: dict[str, Any], at: datetime) -> None:
    if Case.objects.filter(pk=payload["case_id"]).exists():
        publishing.unpublish(payload["case_id"], by=None, at=at)


def _remove_photo_again(payload: dict[str, Any], at: datetime) -> None:
    if Photo.objects.filter(pk=payload["photo_id"]).exists():
        picturing.remove(payload["photo_id"], by=None, at=at)


def _revoke_grant_again(payload: dict[str, Any], at: datetime) -> None:
    if CaseGrant.objects.filter(pk=payload["grant_id"]).exists():
        granting.revoke(payload["grant_id"], by=None, at=at)


def _take_claim_back_again(payload: dict[str, Any], at: datetime) -> None:
    claim = next((name for name, model in telling.CLAIMS.items() if model.__name__ == payload["kind"]), None)
    if claim is not None and telling.CLAIMS[claim].objects.filter(pk=payload["claim_id"]).exists():
        telling.take_back(claim, payload["claim_id"], by=None, at=at)


def _embargo_again(payload: dict[str, Any], at: datetime) -> None:
    """The ledger holds ids alone, so not until when: until somebody looks."""
    case = Case.objects.filter(pk=payload["case_id"]).first()
    until = at + UNTIL_SOMEBODY_LOOKS
    if case is not None and (case.embargo_until is None or case.embargo_until < until):
        publishing.embargo(case.pk, until=until, by=None, at=at)


def _hide_edited_case(payload: dict[str, Any], at: datetime) -> None:
    """Its words of before are back, approved as they were; why they were changed the ledger does not know."""
    if Case.objects.published().filter(pk=payload["case_id"]).exists():
        _embargo_again(payload, at)


def _lift_embargo_again(payload: dict[str, Any], at: datetime) -> None:
    if Case.objects.filter(pk=payload["case_id"]).exists():
        publishing.embargo(payload["case_id"], until=None, by=None, at=at)


def _unlink_again(payload: dict[str, Any], at: datetime) -> None:
    if CaseLink.objects.filter(pk=payload["link_id"]).exists():
        linking.unlink(payload["link_id"], by=None, at=at)


def _reject_participation_again(payload: dict[str, Any], at: datetime) -> None:
    """It was not theirs, or was set apart when they took it back."""
    row = Participation.objects.select_related("person").filter(pk=payload["participation_id"]).first()
    if row is not None and row.person is not None:
        acting.withdraw(row.pk, by=row.person, at=at)
    elif row is not None:
        acting.reject(row.pk, at=at)


def _read_message_again(payload: dict[str, Any], at: datetime) -> None:
    """Its words of before are back, accepted as they were; that they are others now, or do not go, is known by id alone."""
    if "message_id" in payload:
        moderating.read_again(Message.objects.filter(pk=payload["message_id"]), at=at)
    else:
        moderating.read_again(Message.objects.filter(participation=payload["participation_id"]), at=at)


def _end_action_again(payload: dict[str, Any], at: datetime) -> None:
    if Action.objects.filter(pk=payload["action_id"], is_draft=False).exists():
        offering.end(payload["action_id"], by=None, at=at)


def _meet_again(payload: dict[str, Any], at: datetime) -> None:
    if Demand.objects.filter(pk=payload["demand_id"]).exclude(campaign__launched_at=None).exists():
        demanding.meet(payload["demand_id"], by=None, at=at)


def _take_met_back_again(payload: dict[str, Any], at: datetime) -> None:
    if Demand.objects.filter(pk=payload["demand_id"]).exists():
        demanding.take_back(payload["demand_id"], by=None, at=at)


def _leave_out_again(payload: dict[str, Any], at: datetime) -> None:
    campaign = Campaign.objects.filter(pk=payload["campaign_id"]).first()
    if campaign is not None and len(campaign.cases) > 1:
        including.leave_out(campaign.pk, payload["case_id"], by=None, at=at)


def _drop_template_again(payload: dict[str, Any], at: datetime) -> None:
    templating.drop(payload["template_id"], by=None, at=at)


def _take_update_back_again(payload: dict[str, Any], at: datetime) -> None:
    if Update.objects.filter(pk=payload["update_id"]).exists():
        updating.take_back(payload["update_id"], by=None, at=at)


def _take_outcome_back_again(payload: dict[str, Any], at: datetime) -> None:
    if Outcome.objects.filter(pk=payload["outcome_id"]).exists():
        observing.take_back(payload["outcome_id"], by=None, at=at)


def _take_paper_back_again(payload: dict[str, Any], at: datetime) -> None:
    if PaperSheets.objects.filter(pk=payload["sheets_id"]).exists():
        papering.take_back(payload["sheets_id"], by=None, at=at)


def _withdraw_sign_on_again(payload: dict[str, Any], at: datetime) -> None:
    if SignOn.objects.filter(pk=payload["sign_on_id"]).exists():
        signing_on.withdraw(payload["sign_on_id"], by=None, at=at)


def _record_harm_again(payload: dict[str, Any], at: datetime) -> None:
    """What it was the ledger does not know: somebody looks before the campaign comes back."""
    known = Harm.objects.filter(pk=payload["harm_id"]).exists()
    if not known and Campaign.objects.filter(pk=payload["campaign_id"]).exists():
        harming.record_harm(payload["campaign_id"], what=Harm.What.OTHER, on=at.date(), note="", by=None, at=at)
