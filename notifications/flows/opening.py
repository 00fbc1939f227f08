"""Opening: an approved alert gets its deliveries, slab by slab, each slab one transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Case, CharField, F, Q, Value, When

from campaigns.publishing import campaign as published
from campaigns.publishing import conduct, slots
from campaigns.publishing.audiences import Audience
from campaigns.publishing.told_of import told_of_ids, unfit_words
from network.flows.recording import record
from network.languages import LANGUAGES
from network.models import Approval, Person
from network.models.dialect import holds_alone, slab_people, snapshot
from notifications.events import AlertFinished, AlertFullyOpened, AlertOpened
from notifications.flows import steering
from notifications.flows.timing import times_of
from notifications.models import Alert, Chunk, Delivery
from notifications.models.audience import Channel, audience_of
from notifications.refusals import AlertNotReady
from notifications.signals import announce, bulk_waiting

SUBJECT = "alert"
SLAB = "opening_slab"  # a table of one transaction
# Mail first: whoever is reached by nothing else should not wait for pages that wait for their readers anyway.
CHANNELS = (Channel.EMAIL, Channel.INBOX, Channel.FEED)
ALERT_SLOTS = slots.PERSON_SLOTS | {"recipient"}  # and where there are several people, one of them


@transaction.atomic
def open_alert(alert_id: int, *, by: Person | None, at: datetime, undo_seconds: int = 0) -> Alert:
    """Let an approved alert go, after undo_seconds in which it can be taken back; one that follows what people do stands from
    now on, and nothing leaves before somebody does it. Raises AlertNotReady with what is missing;
    one already open stays as it is. A stand-down pauses whatever else the campaign is sending.
    """
    alert = Alert.objects.locked(alert_id)
    if alert.state != Alert.State.DRAFT:
        return alert
    missing = missing_for_opening(alert, at=at)
    if missing:
        raise AlertNotReady(missing)
    alert.state = Alert.State.STANDING if alert.trigger else Alert.State.OPENING
    alert.opened_at = at
    alert.leaves_at = at + timedelta(seconds=0 if alert.trigger else undo_seconds)
    alert.save(update_fields=["state", "opened_at", "leaves_at"])
    record(AlertOpened(alert_id=alert.pk), by=by, at=at)
    if alert.severity == Alert.Severity.STAND_DOWN:
        for other in Alert.objects.under_way().filter(campaign=alert.campaign_id).exclude(pk=alert.pk):
            steering.pause(other.pk, by=by, at=at)
    announce(bulk_waiting)
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
    elif form.closed_on is not None and alert.severity in Alert.ASKING:
        missing.append("campaign-over")
    elif form.demands and all(one.met_on for one in form.demands) and alert.severity in Alert.ASKING:
        missing.append("campaign-met")
    if alert.audience == Alert.Audience.GOT and alert.follows_id is None:
        missing.append("follows-nothing")
    if alert.expires_at is not None and alert.expires_at <= at:
        missing.append("expired")
    for variant in variants:
        words = "\n".join(variant.words().values())
        if form is not None:
            found = unfit_words(words, told_of_ids(form.told_of, form.left))
            missing += [f"unfit:{variant.language}:{one.why}:{one.words}" for one in found]
        asked = "\n".join((variant.subject, variant.kicker, variant.preheader, variant.button))
        found_asked = conduct.breaches(asked, conduct.NEVER_ASKED)
        missing += [f"conduct:{variant.language}:{one.rule}:{one.words}" for one in found_asked]
        unknown = slots.unknown_slots(words, allowed=ALERT_SLOTS | slots.slots_of())
        missing += [f"unknown-slot:{variant.language}:{slot}" for slot in unknown]
    missing += [f"approval:{part}" for part in Approval.objects.missing(SUBJECT, alert.pk, alert.parts())]
    return missing


def is_ready(alert: Alert, *, at: datetime) -> bool:
    """A draft that may be let go now."""
    return alert.state == Alert.State.DRAFT and not missing_for_opening(alert, at=at)


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
        for channel in CHANNELS[CHANNELS.index(Channel(alert.opened_channel)) :]:
            through = alert.opened_through if channel == alert.opened_channel else 0
            reached, last = _insert(alert, channel, through=through, at=at)
            if last is not None:
                Alert.objects.filter(pk=alert.pk).update(opened_channel=channel, opened_through=last)
                announce(bulk_waiting)
                return reached
        Alert.objects.filter(pk=alert.pk).update(state=Alert.State.SENDING)
        record(AlertFullyOpened(alert_id=alert.pk), by=None, at=at)
        return 0


def _insert(alert: Alert, channel: Channel, *, through: int, at: datetime) -> tuple[int, int | None]:
    """The next slab's chunks, by (language, destination, zone), and its deliveries; through: the last person's id of the slab
    before. Returns how many rows, and the last person's id or None when nobody is left.

    The audience is asked once, into a table of this transaction's own: asking costs more than all the writing.
    """
    people = audience_of(alert, channel).filter(pk__gt=through).order_by("pk")
    mail_language = Case(
        # What stands around the words is in the reader's language, whatever the words are in.
        When(language__in=list(LANGUAGES), then=F("language")),
        default=Value(alert.fallback_language),
        output_field=CharField(),
    )
    zone = Case(When(zone="", then=Value(alert.campaign.zone)), default=F("zone")) if alert.hours else Value("")
    size = slab_people(is_first=not through)
    named = people.annotate(mail_language=mail_language, by_clock=zone)
    asked = named.values("pk", "mail_language", "destination", "by_clock")[:size]
    selected, parameters = asked.query.sql_with_params()
    delivery, chunk = Delivery._meta.db_table, Chunk._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE {SLAB} (pk bigint, language varchar(8), destination varchar(16),"
            f" zone varchar(48), place bigint)"
        )
        cursor.execute(
            f"INSERT INTO {SLAB} WITH p(pk, language, destination, zone) AS ({selected})"  # noqa: S608
            f" SELECT pk, language, destination, zone, (row_number() OVER"
            f" (PARTITION BY language, destination, zone ORDER BY pk) - 1) / {int(settings.CHUNK_ROWS)} FROM p",
            parameters,
        )
        cursor.execute(
            f"SELECT language, destination, zone, place, count(*), max(pk) FROM {SLAB} GROUP BY 1, 2, 3, 4"  # noqa: S608
        )
        groups = cursor.fetchall()
        last = max((group[-1] for group in groups), default=None)
        Chunk.objects.bulk_create(
            Chunk.of_alert(
                alert,
                channel=channel,
                language=language,
                destination=destination,
                slab=last,
                ordinal=place,
                size_count=size,
                zone=zone,
                **times_of(alert, zone, at=at)._asdict(),
            )
            for language, destination, zone, place, size, _last in groups
        )
        insert = (
            f"INSERT INTO {delivery} (alert_id, person_id, channel, chunk_id, state, reason, attempts)"  # noqa: S608
            f" SELECT %s, p.pk, c.channel, c.id, 'queued', '', 0 FROM {SLAB} p"
            f" JOIN {chunk} c ON c.alert_id = %s AND c.channel = %s AND c.slab = %s AND c.language = p.language"
            f" AND c.destination = p.destination AND c.zone = p.zone AND c.ordinal = p.place WHERE 1 = 1"
        )
        values = [alert.pk, alert.pk, channel, last]
        try:  # nobody has a delivery yet, and to look for one before each row would cost a third of it
            with transaction.atomic():
                cursor.execute(insert, values)
        except IntegrityError:
            cursor.execute(f"{insert} ON CONFLICT DO NOTHING", values)
        reached = cursor.rowcount
        cursor.execute(f"DROP TABLE {SLAB}")
    return reached, last


@transaction.atomic
def finish(*, at: datetime) -> list[int]:
    """Mark alerts finished whose every delivery is settled, and nobody is to come; returns their ids."""
    finished = []
    ended = Q(state=Alert.State.STANDING, expires_at__lte=at)
    for alert in Alert.objects.filter(ended | Q(state=Alert.State.SENDING)):
        # Cheap questions first: only when nothing is open and nothing waits for later is every row looked at, once.
        if Chunk.objects.filter(alert=alert).open().exists() or Delivery.objects.of(alert).deferred().exists():
            continue
        if Delivery.objects.of(alert).unsettled().exists():
            continue
        if Alert.objects.filter(pk=alert.pk, state=alert.state).update(state=Alert.State.FINISHED, finished_at=at):
            Chunk.objects.filter(alert=alert).open().update(state=Chunk.State.CLOSED)
            record(AlertFinished(alert_id=alert.pk), by=None, at=at)
            finished.append(alert.pk)
    return finished
