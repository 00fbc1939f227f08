"""What notifications keep about people."""

from __future__ import annotations

from network.models import Person
from network.personal_data import Store, fields, nothing_to_hide, register
from notifications.models import Delivery, Letter, Notice, SoftBounce, Suppression


def declare() -> None:
    deliverable = "id chunk state reason attempts not_before token settled_at"
    fields(
        "notifications.Notice",
        personal="address mailbox_key payload subject_id",
        impersonal=f"{deliverable} kind dedupe_key language created_at",
    )
    fields("notifications.Delivery", personal="person", impersonal=f"{deliverable} alert channel")
    fields(
        "notifications.Suppression",
        personal="address reason source note created_at expires_at added_by released_at released_by",
        impersonal="id domain",
    )
    fields("notifications.Letter", personal="participation", impersonal=f"{deliverable} lane queued_at released_at")
    fields(
        "notifications.LetterLane",
        impersonal="id action mailbox zone per_hour per_day from_hour to_hour is_held used_until",
    )
    fields("notifications.SendLimit", personal="set_by", impersonal="id bucket per_hour set_at")
    fields("notifications.SoftBounce", personal="address day", impersonal="id")
    fields(
        "notifications.Chunk",
        impersonal="id kind kind_rank alert channel sender language destination severity_rank slab ordinal state"
        " not_before closes_at zone leased_until leased_by journal_domain token size_count sent_count failed_count"
        " dropped_count uncertain_count failures",
    )
    fields(
        "notifications.Alert",
        personal="written_by",
        impersonal="id campaign severity audience languages countries from_hour to_hour trigger after_days follows over_cap"
        " state fallback_language expires_at created_at"
        " opened_at leaves_at opened_channel opened_through finished_at",
    )
    fields(
        "notifications.AlertVariant",
        personal="written_by",
        impersonal="id alert language subject kicker preheader body body_text button",
    )
    register(
        Store(
            name="deliveries",
            disclose=lambda person: [
                {"alert": row.alert_id, "channel": row.channel, "state": row.state, "settled_at": row.settled_at}
                for row in Delivery.objects.filter(person=person)
            ],
            erase=_erase_deliveries,
            hide=nothing_to_hide,
        )
    )
    register(
        Store(
            name="letters",
            disclose=lambda person: [
                {"action": row.lane.action_id, "to": row.lane.mailbox, "state": row.state, "settled_at": row.settled_at}
                for row in Letter.objects.filter(participation__person=person).select_related("lane")
            ],
            erase=_erase_letters,
            hide=_hide_letters,
        )
    )
    register(
        Store(
            name="notices",
            disclose=lambda person: [
                {"kind": row.kind, "state": row.state, "created_at": row.created_at}
                for row in Notice.objects.filter(address=person.email)
            ],
            erase=_erase_notices,
            hide=nothing_to_hide,
        )
    )
    register(
        Store(
            name="suppressions",
            disclose=lambda person: [
                {"reason": row.reason, "source": row.source, "since": row.created_at}
                for row in Suppression.objects.in_force().filter(address=person.email)
            ],
            erase=_erase_suppressions,
            hide=nothing_to_hide,
        )
    )


def _erase_deliveries(person: Person) -> None:
    """Settled rows keep counting and point to nobody; what was still to be sent is dropped."""
    rows = Delivery.objects.filter(person=person)
    rows.unsettled().update(state=Delivery.State.DROPPED, reason="erased")
    rows.update(person=None)


def _erase_letters(person: Person) -> None:
    """What has not left does not leave; what left keeps counting and points to nobody."""
    left = Letter.objects.all()  # campaigns may have parted them from the person already, and marked the row
    rows = left.filter(participation__person=person) | left.filter(participation__fingerprint__startswith="erased:")
    rows.unsettled().update(state=Letter.State.DROPPED, reason="erased", chunk=None)
    rows.update(participation=None)


def _hide_letters(person: Person) -> None:
    """Nothing goes to an office for somebody in danger."""
    rows = Letter.objects.filter(participation__person=person)
    rows.unsettled().update(state=Letter.State.DROPPED, reason="at-risk")


def _erase_notices(person: Person) -> None:
    rows = Notice.objects.filter(address=person.email)
    rows.unsettled().update(state=Notice.State.DROPPED, reason="erased")
    rows.update(address="", mailbox_key="", payload={}, subject_id="")


def _erase_suppressions(person: Person) -> None:
    Suppression.objects.filter(address=person.email).delete()
    SoftBounce.objects.filter(address=person.email).delete()
