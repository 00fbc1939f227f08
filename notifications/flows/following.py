"""Following: a standing alert goes to each who does what it follows: a welcome, a word of thanks, what to do next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from network.languages import LANGUAGES
from notifications.flows.opening import CHANNELS
from notifications.flows.timing import times_of
from notifications.models import Alert, Chunk, Delivery
from notifications.models.audience import audience_of
from notifications.signals import announce, bulk_waiting


@transaction.atomic
def follow(trigger: str, campaign_id: int, done: Mapping[int, datetime], *, at: datetime) -> int:
    """Queue the letters that people have coming for what they did: {person's id: when}. Returns how many.

    Each standing alert goes to a person once, however often they do it, and never for what they did before it stood. Who may be
    written to is asked now, and again when the letter leaves.
    """
    queued = 0
    for alert in Alert.objects.standing().filter(campaign=campaign_id, trigger=trigger).select_related("campaign"):
        people = [person for person, when in done.items() if alert.opened_at is not None and when >= alert.opened_at]
        due = at + timedelta(days=alert.after_days)
        if people and (alert.expires_at is None or due < alert.expires_at):
            queued += _queue(alert, people, due=due)
    if queued:
        announce(bulk_waiting)
    return queued


def _queue(alert: Alert, people: list[int], *, due: datetime) -> int:
    queued = 0
    for channel in CHANNELS:
        had = Delivery.objects.filter(alert=alert, person=OuterRef("pk"), channel=channel)
        together: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for person in audience_of(alert, channel).filter(~Exists(had), pk__in=people).order_by("pk"):
            language = person.language if person.language in LANGUAGES else alert.fallback_language
            zone = (person.zone or alert.campaign.zone) if alert.hours else ""
            together[language, person.destination, zone].append(person.pk)
        for (language, destination, zone), theirs in together.items():
            chunk = Chunk.of_alert(
                alert,
                channel=channel,
                language=language,
                destination=destination,
                zone=zone,
                size_count=len(theirs),
                **times_of(alert, zone, at=due)._asdict(),
            )
            chunk.save()
            Delivery.objects.bulk_create(
                Delivery(alert=alert, person_id=person, channel=channel, chunk=chunk) for person in theirs
            )
            queued += len(theirs)
    return queued
