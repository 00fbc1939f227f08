"""Offering: one thing more that a campaign asks of its supporters, with words of its own, approved and opened by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Max

from campaigns.events import ActionEdited, ActionEnded, ActionOpened, CampaignChanged
from campaigns.kinds.contract import kind_named
from campaigns.kinds.offices import CALLS_THE_STATE
from campaigns.models import Action, ActionText, Campaign, Demand, Participation
from campaigns.publishing import action as published
from campaigns.publishing.conduct import parts_of_language
from campaigns.publishing.permitting import permits
from campaigns.publishing.signers import hidden_until
from campaigns.publishing.told_of import told_of_today
from campaigns.refusals import ActionClosed, ActionNotReady, CallsTheState, LanguageNotReady, WordsAreLocked
from network.flows import approving, editing
from network.flows.recording import record
from network.models import Person
from network.models.dialect import locked
from network.refusals import ContentChanged


@transaction.atomic
def offer(campaign_id: int, kind: str, *, demand_id: int | None = None, by: Person, at: datetime) -> Action:
    """A new draft of an action. For one of the campaign's demands: it ends when that is met, and what is known of the office is
    filled in. Raises ActionClosed for a campaign that is over, KeyError for a kind there is not, and
    ValueError for one that stands on the campaign's words: of those it has its one; CallsTheState where the office is of the
    State concerned, and would learn whose telephone it is."""
    campaign = Campaign.objects.locked(campaign_id)
    if campaign.closed_at is not None:
        raise ActionClosed
    if kind_named(kind).stands_on_the_campaign:
        raise ValueError(f"{kind} has no words of its own")
    last = campaign.actions.aggregate(last=Max("position"))["last"] or 0
    demand = campaign.demands.unmet().filter(pk=demand_id).first() if demand_id else None
    options = kind_named(kind).options().written()
    if demand is not None and "country" in options:
        options["country"] = demand.target.country
        office, states = kind_named(kind).options.read(options), {case.country for case in campaign.cases}
        if any(CALLS_THE_STATE in kind_named(kind).missing(office, state) for state in states):
            raise CallsTheState
    action = Action.objects.create(
        campaign=campaign,
        kind=kind,
        demand=demand,
        options=options,
        position=last + 1,
        has_own_words=True,
        is_draft=True,
    )
    editing.wrote(action, by=by, at=at)
    if demand is not None:
        _write_to(action, demand, by=by, at=at)
    record(ActionEdited(action_id=action.pk), by=by, at=at)
    return action


def _write_to(action: Action, demand: Demand, *, by: Person, at: datetime) -> None:
    """Who is written to and how, where the kind has words for it."""
    known = {word.name for word in kind_named(action.kind).words}
    for text in demand.target.texts.exclude(title=""):
        words = {"whom": text.title, "salutation": text.salutation}
        here = {name: said for name, said in words.items() if name in known}
        write_text(action, text.language, here, by=by, at=at)


@transaction.atomic
def write(
    action_id: int,
    *,
    options: Mapping[str, Any],
    texts: Mapping[str, Mapping[str, str]],
    last_day: date | None = None,
    by: Person,
    at: datetime,
) -> Action:
    """Replace a draft's options and its words per language ({language: {name: text}}; a language left empty goes). last_day: of
    an urgent action, which is asked until that day is over where its campaign keeps time; what happens at an hour is asked until
    then, and is none.

    Raises WordsAreLocked once it is open: what people did stands under these words.
    """
    action = Action.objects.locked(action_id)
    if not action.is_draft:
        raise WordsAreLocked
    kind = kind_named(action.kind)
    kept = kind.options(**options).written()
    happens = kind.happens(kind.options.read(kept))
    ends = happens.begins if happens else _end_of(last_day, action.campaign.zone) if last_day else None
    if (kept, ends) != (action.options, action.act_before):
        action.options, action.act_before = kept, ends
        action.save(update_fields=["options", "act_before"])
        editing.wrote(action, by=by, at=at)
    for language, words in texts.items():
        write_text(action, language, dict(words), by=by, at=at)
    record(ActionEdited(action_id=action.pk), by=by, at=at)
    return action


def _end_of(day: date, zone: str) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(zone))


def write_text(
    action: Action, language: str, words: dict[str, str], *, is_later: bool = False, by: Person, at: datetime
) -> None:
    """An action's words in one language; empty ones go. Inside the caller's transaction, which has seen that they may change."""
    text = ActionText.objects.filter(action=action, language=language).first()
    if not any(words.values()):
        if text is not None:
            text.delete()
        return
    if text is None:
        text = ActionText(action=action, language=language, is_later=is_later)
    elif text.words == words:
        return
    text.words = words
    text.save()
    editing.wrote(text, by=by, at=at)


@transaction.atomic
def approve(action_id: int, part: str, *, digest: str, by: Person, at: datetime) -> None:
    """A second person says yes to one part as it stood on their screen; a language that was added to one that is open is read
    from then on. Raises ContentChanged, SamePersonApproves, LanguageNotReady."""
    action = Action.objects.locked(action_id)
    found = next((one for one in published.parts_of(action) if one.name == part), None)
    if found is None:
        raise ContentChanged
    approving.require_unchanged(found, digest)
    language = found.name.partition(":")[2]
    later = action.texts.filter(language=language, is_later=True, read_at=None).first()
    missing = published.missing_words_in(action, language, told_of_today(action.campaign, at=at)) if later else []
    if missing:
        raise LanguageNotReady(missing)
    approving.approve(published.SUBJECT, action_id, found, by=by, at=at)
    if later is not None and not parts_of_language(language) & set(published.missing_approvals(action)):
        action.texts.filter(pk=later.pk).update(read_at=at)
        record(CampaignChanged(campaign_id=action.campaign_id), by=by, at=at)


def missing_for_opening(action: Action, *, at: datetime) -> list[str]:
    """Codes of what still stands in the way, in the order an organiser would settle them."""
    campaign = action.campaign
    is_live = campaign.state == Campaign.State.LIVE and permits(campaign.pk, at=at)
    found = [] if is_live else ["campaign-not-live"]
    if action.act_before is not None and action.act_before <= at:
        found.append("hour-past" if published.happens(action) else "last-day-past")
    found += published.missing_words(action, told_of_today(campaign, at=at))
    return [*found, *(f"approval:{part}" for part in published.missing_approvals(action))]


def open_(action_id: int, *, by: Person, at: datetime) -> Action:
    """Ask it from now on. Raises ActionNotReady with every missing item named; one that is open stays so."""
    try:
        return _opened(action_id, by=by, at=at)
    except IntegrityError:  # another urgent action took the same number at the same moment: there is a next one
        return _opened(action_id, by=by, at=at)


@transaction.atomic
def _opened(action_id: int, *, by: Person, at: datetime) -> Action:
    Campaign.objects.locked_with_its_cases(Action.objects.values_list("campaign", flat=True).get(pk=action_id))
    action = Action.objects.locked(action_id)
    if not action.is_draft:
        return action
    missing = missing_for_opening(action, at=at)
    if missing:
        raise ActionNotReady(missing)
    action.is_draft, action.opened_at = False, at
    if published.last_day_of(action) is not None:
        action.year = at.year
        action.number = Action.objects.last_number(at.year) + 1
    action.save(update_fields=["is_draft", "opened_at", "year", "number"])
    record(ActionOpened(action_id=action.pk, campaign_id=action.campaign_id), by=by, at=at)
    _tell(action, by=by, at=at)
    return action


def _tell(action: Action, *, by: Person | None, at: datetime) -> None:
    """Whoever reads the campaign is to read it again, from the minute on at which the action may be seen."""
    hidden = hidden_until(action)
    if action.told_at is None and (hidden is None or hidden <= at):
        action.told_at = at
        action.save(update_fields=["told_at"])
        record(CampaignChanged(campaign_id=action.campaign_id), by=by, at=at)


@transaction.atomic
def tell_of_released(*, at: datetime) -> None:
    """Joint statements whose minute has come."""
    for action in locked(Action.objects.open(at).filter(has_own_words=True, told_at=None)):
        _tell(action, by=None, at=at)


@transaction.atomic
def end(action_id: int, *, by: Person | None, at: datetime) -> Action:
    """Ask it no more, for good; its campaign goes on. Whoever entered it before may still confirm it. A draft is dropped: nobody
    outside has seen it."""
    action = Action.objects.locked(action_id)
    if action.is_draft:
        record(ActionEnded(action_id=action.pk, campaign_id=action.campaign_id), by=by, at=at)
        action.delete()
        return action
    if action.has_own_words and action.closed_at is None:
        action.closed_at = at
        action.save(update_fields=["closed_at"])
        record(ActionEnded(action_id=action.pk, campaign_id=action.campaign_id), by=by, at=at)
        record(CampaignChanged(campaign_id=action.campaign_id), by=by, at=at)
    return action


def replace(petition: Action, *, by: Person | None, at: datetime) -> Action:
    """What people signed is over, and the campaign's letter is signed anew, from the first, in the same place; who has not
    confirmed yet is asked nothing more. In the caller's transaction."""
    place = petition.position
    last = petition.campaign.actions.aggregate(last=Max("position"))["last"] or 0
    petition.closed_at, petition.position = at, last + 1
    petition.save(update_fields=["closed_at", "position"])
    Participation.objects.filter(action=petition).forget_pending()
    record(ActionEnded(action_id=petition.pk, campaign_id=petition.campaign_id), by=by, at=at)
    return Action.objects.create(
        campaign=petition.campaign, kind=petition.kind, options=petition.options, position=place
    )
