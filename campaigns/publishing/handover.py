"""PublishedHandover: what a petition's target is handed. The letter that was signed, how many signed it, and the names of those
who ticked that theirs be printed: nobody else's, nothing else of them, and none that tells what may not be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from campaigns.models import Action, Participation
from campaigns.publishing.audiences import Audience
from campaigns.publishing.campaign import PublishedCampaign, find_by_id
from campaigns.publishing.folding import fold
from campaigns.publishing.message import held_back
from campaigns.publishing.told_of import told_of_ids


@dataclass(frozen=True, kw_only=True)
class PublishedHandover:
    form: PublishedCampaign
    counted: int
    names: tuple[str, ...]  # in their own order of letters, so that nobody sees who came when
    as_of: datetime

    @property
    def unnamed(self) -> int:
        return self.counted - len(self.names)


def handover_of(action_id: int, *, language: str, at: datetime) -> PublishedHandover | None:
    """None for what does not stand on its campaign's words, while the campaign is shown to nobody, and where people signed
    another letter than it is by now."""
    form = _form_of(action_id, language=language, at=at)
    if form is None:
        return None
    counted = Participation.objects.confirmed().filter(action=action_id)
    printed = counted.filter(answers__show_name=True, person__at_risk=False).exclude(name="")
    people = told_of_ids(form.told_of, form.left)
    fit = [name for name in printed.values_list("name", flat=True) if not held_back(name, people)]
    names = sorted(fit, key=lambda name: (fold(name), name))
    return PublishedHandover(form=form, counted=counted.count(), names=tuple(names), as_of=at)


def may_be_handed_over(action_id: int, *, at: datetime) -> bool:
    """Whether there is such a document now; no name is looked at."""
    return _form_of(action_id, language="en", at=at) is not None


def _form_of(action_id: int, *, language: str, at: datetime) -> PublishedCampaign | None:
    action = Action.objects.filter(pk=action_id, has_own_words=False).first()
    form = find_by_id(action.campaign_id, audience=Audience.PUBLIC, language=language, at=at) if action else None
    if form is None:
        return None
    signed = Participation.objects.confirmed().filter(action=action_id)
    is_of_before = form.rewritten_at is not None and signed.filter(entered_at__lt=form.rewritten_at).exists()
    return None if is_of_before else form


def petition_of(campaign_id: int) -> int | None:
    """The id of what a launched campaign asks to be signed as its letter stands; None before that, and where there is none."""
    launched = Action.objects.filter(campaign=campaign_id, has_own_words=False).exclude(campaign__launched_at=None)
    return launched.order_by("position").values_list("pk", flat=True).first()
