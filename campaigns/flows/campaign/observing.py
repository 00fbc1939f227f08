"""Observing: what happens after a campaign began is recorded, verified by a second person, and rated by two."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from campaigns.events import CampaignChanged, OutcomeRated, OutcomeRecorded, OutcomeTakenBack, OutcomeVerified
from campaigns.models import Campaign, ContributionRating, Outcome
from campaigns.refusals import NotBeforeItBegan
from network.flows.recording import record
from network.models import Person
from network.refusals import SamePersonApproves


@transaction.atomic
def record_outcome(
    campaign_id: int, *, what: str, grade: str, on: date, reporter: str, by: Person, at: datetime
) -> Outcome:
    """Put on record what happened, for better or worse; readers see it once a second person has verified it. what, grade: of
    Outcome. Raises NotBeforeItBegan for a day before the campaign was launched, or when it never was."""
    campaign = Campaign.objects.locked(campaign_id)
    if campaign.launched_at is None or on < campaign.launched_at.date():
        raise NotBeforeItBegan
    row = Outcome.objects.create(
        campaign=campaign,
        what=Outcome.What(what),
        grade=Outcome.Grade(grade),
        on=on,
        reporter=reporter,
        recorded_by=by,
        recorded_at=at,
    )
    record(OutcomeRecorded(outcome_id=row.pk, campaign_id=campaign.pk), by=by, at=at)
    return row


@transaction.atomic
def verify(outcome_id: int, *, by: Person, at: datetime) -> Outcome:
    """A second person looked. Raises SamePersonApproves."""
    row = Outcome.objects.locked(outcome_id)
    if row.recorded_by_id == by.pk:
        raise SamePersonApproves
    if row.verified_at is None and row.taken_back_at is None:
        row.verified_by, row.verified_at = by, at
        row.save(update_fields=["verified_by", "verified_at"])
        record(OutcomeVerified(outcome_id=row.pk, campaign_id=row.campaign_id), by=by, at=at)
        record(CampaignChanged(campaign_id=row.campaign_id), by=by, at=at)
    return row


@transaction.atomic
def take_back(outcome_id: int, *, by: Person | None, at: datetime) -> Outcome:
    """It was wrong, or may not be told: one person is enough, and it is off the page with the next request."""
    row = Outcome.objects.locked(outcome_id)
    if row.taken_back_at is None:
        row.taken_back_at = at
        row.save(update_fields=["taken_back_at"])
        record(OutcomeTakenBack(outcome_id=row.pk, campaign_id=row.campaign_id), by=by, at=at)
        record(CampaignChanged(campaign_id=row.campaign_id), by=by, at=at)
    return row


@transaction.atomic
def rate(outcome_id: int, value: str, *, by: Person, at: datetime) -> ContributionRating:
    """How far this person holds the campaign to have had a part in it; rating again replaces one's own."""
    row = Outcome.objects.locked(outcome_id)
    values = {"value": ContributionRating.Value(value), "rated_at": at}
    rating, _made = ContributionRating.objects.update_or_create(outcome=row, by=by, defaults=values)
    record(OutcomeRated(outcome_id=row.pk, campaign_id=row.campaign_id), by=by, at=at)
    return rating
