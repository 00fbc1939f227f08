"""Opening: an approved alert gets its deliveries, slab by slab, each slab one transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, CharField, Count, F, Max, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from campaigns.publishing import campaign as published
from campaigns.publishing import prose, slots
from campaigns.publishing.audiences import Audience
from campaigns.refusals import UnknownSlot
from network.flows.recording import record
from network.models import Approval, Person
from network.models.dialect import holds_alone, slab_people, snapshot
from notifications.events import AlertFinished, AlertFullyOpened, AlertOpened
from notifications.flows import steering
from notifications.models import Alert, Chunk, Delivery
from notifications.models.audience import audience_of
from notifications.refusals import AlertNotReady
from notifications.signals import bulk_waiting

SUBJECT = "alert"
ALERT_SLOTS = slots.PERSON_SLOTS | {"recipient"}


@transaction.atomic
def open_alert(alert_id: int, *, by: Person | None, at: datetime, undo_seconds: int = 0) -> Alert:
    """Let an approved alert go, after undo_seconds in which it can be taken back. Raises AlertNotReady with what is missing;
    one already open stays as it is. A stand-down pauses whatever else the campaign is sending.
    """
    alert = Alert.objects.locked(alert_id)
    if alert.state != Alert.State.DRAFT:
        return alert
    missing = missing_for_opening(alert, at=at)
    if missing:
        raise AlertNotReady(missing)
    alert.state = Alert.State.OPENING
    alert.opened_at = at
    alert.leaves_at = at + timedelta(seconds=undo_seconds)
    alert.save(update_fields=["state", "opened_at", "leaves_at"])
    record(AlertOpened(alert_id=alert.pk), by=by, at=at)
    if alert.severity == Alert.Severity.STAND_DOWN:
        for other in Alert.objects.under_way().filter(campaign=alert.campaign_id).exclude(pk=alert.pk):
            steering.pause(other.pk, by=by, at=at)
    transaction.on_commit(_announce, robust=True)
    return alert


def missing_for_opening(alert: Alert, *, at: datetime) -> list[str]:
    """Codes of what still stands in the way of opening."""
    missing = []
    variants = list(alert.variants.all())
    languages = {variant.language for variant in variants}
    if alert.fallback_language not in languages:
        missing.append(f"text:{alert.fallback_language}")
    form = published.find_by_id(alert.campaign_id, audience=Audience.PUBLIC, language=alert.fallback_language, at=at)
    if form is None:
        missing.append("campaign-not-published")
    if alert.audience == Alert.Audience.GOT and alert.follows_id is None:
        missing.append("follows-nothing")
    if alert.expires_at is not None and alert.expires_at <= at:
        missing.append("expired")
    for variant in variants:
        words = "\n".join(variant.words().values())
        if form is not None:
            found = prose.findings(words, alert.campaign.case, form.scopes)
            missing += [f"unfit:{variant.language}:{one.why}:{one.words}" for one in found]
        try:
            slots.slots_in(words, allowed=ALERT_SLOTS)
        except UnknownSlot:
            missing.append(f"unknown-slot:{variant.language}")
    missing += [f"approval:{part}" for part in Approval.objects.missing(SUBJECT, alert.pk, alert.parts())]
    return missing


def open_slab(alert_id: int, *, at: datetime) -> int:
    """Make the next slab's deliveries and chunks; returns how many people it reached.

    Resumable: `opened_through` moves in the same transaction. Single-flight: zero also when another worker is at it.
    """
    with snapshot():
        if not holds_alone(f"open-alert:{alert_id}"):
            return 0
        alert = Alert.objects.select_related("campaign").get(pk=alert_id)
        if alert.state != Alert.State.OPENING or (alert.leaves_at is not None and alert.leaves_at > at):
            return 0
        ahead = audience_of(alert).filter(pk__gt=alert.opened_through)
        last = ahead.order_by("pk")[: slab_people()].aggregate(last=Max("pk"))["last"]
        if last is None:
            Alert.objects.filter(pk=alert.pk).update(state=Alert.State.SENDING)
            record(AlertFullyOpened(alert_id=alert.pk), by=None, at=at)
            return 0
        reached = _insert(alert, ahead.filter(pk__lte=last), last=last, at=at)
        Alert.objects.filter(pk=alert.pk).update(opened_through=last)
        transaction.on_commit(_announce, robust=True)
        return reached


def _insert(alert: Alert, people: QuerySet[Person], *, last: int, at: datetime) -> int:
    """Chunks first, by (language, destination); then every delivery in one INSERT … SELECT. Returns rows made."""
    languages = [variant.language for variant in alert.variants.all()]
    people = people.annotate(
        mail_language=Case(
            When(language__in=languages, then=F("language")),
            default=Value(alert.fallback_language),
            output_field=CharField(),
        )
    )
    groups = people.order_by().values("mail_language", "destination").annotate(size=Count("pk"))
    Chunk.objects.bulk_create(
        Chunk(
            kind=Chunk.Kind.DELIVERY,
            kind_rank=Chunk.KIND_RANK[Chunk.Kind.DELIVERY],
            severity_rank=Chunk.SEVERITY_RANK[alert.severity],
            alert=alert,
            language=group["mail_language"],
            destination=group["destination"],
            slab=last,
            ordinal=ordinal,
            size_count=min(settings.CHUNK_ROWS, group["size"] - ordinal * settings.CHUNK_ROWS),
            not_before=at,
        )
        for group in groups
        for ordinal in range(-(-group["size"] // settings.CHUNK_ROWS))
    )
    numbered = people.order_by().annotate(
        place=Window(RowNumber(), partition_by=[F("mail_language"), F("destination")], order_by=F("pk").asc())
    )
    selected, parameters = numbered.values("pk", "mail_language", "destination", "place").query.sql_with_params()
    delivery, chunk = Delivery._meta.db_table, Chunk._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH p(pk, mail_language, destination, place) AS ({selected})"  # noqa: S608
            f" INSERT INTO {delivery} (alert_id, person_id, channel, chunk_id, state, reason, attempts)"
            f" SELECT %s, p.pk, 'email', c.id, 'queued', '', 0 FROM p"
            f" JOIN {chunk} c ON c.alert_id = %s AND c.slab = %s AND c.language = p.mail_language"
            f" AND c.destination = p.destination AND c.ordinal = (p.place - 1) / {int(settings.CHUNK_ROWS)}"
            f" WHERE 1 = 1 ON CONFLICT DO NOTHING",
            [*parameters, alert.pk, alert.pk, last],
        )
    # SQLite's driver does not count an INSERT that begins with WITH.
    return Delivery.objects.of(alert).filter(chunk__slab=last).count()


@transaction.atomic
def finish(*, at: datetime) -> list[int]:
    """Mark alerts finished whose every delivery is settled; returns their ids."""
    finished = []
    for alert in Alert.objects.filter(state=Alert.State.SENDING):
        # Cheap questions first: only when nothing is open and nothing waits for later is every row looked at, once.
        if Chunk.objects.filter(alert=alert).open().exists() or Delivery.objects.of(alert).deferred().exists():
            continue
        if Delivery.objects.of(alert).unsettled().exists():
            continue
        if Alert.objects.filter(pk=alert.pk, state=Alert.State.SENDING).update(
            state=Alert.State.FINISHED, finished_at=at
        ):
            Chunk.objects.filter(alert=alert).open().update(state=Chunk.State.CLOSED)
            record(AlertFinished(alert_id=alert.pk), by=None, at=at)
            finished.append(alert.pk)
    return finished


def _announce() -> None:
    bulk_waiting.send(sender=Alert)
