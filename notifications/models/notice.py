"""Notice: one transactional message to one address, once per dedupe key."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from notifications.models.deliverable import Deliverable, DeliverableQuerySet


class NoticeQuerySet(DeliverableQuerySet):
    def settled_before(self, moment: datetime) -> NoticeQuerySet:
        return self.filter(settled_at__lt=moment)


class Notice(Deliverable):
    class Kind(models.TextChoices):
        CONFIRM_PARTICIPATION = "confirm_participation"
        CONFIRM_ENDORSEMENT = "confirm_endorsement"
        REMIND_PARTICIPATION = "remind_participation"
        RECEIPT = "receipt"
        MESSAGE_DECLINED = "message_declined"
        CALLED_OFF = "called_off"  # what people were to come together for
        WELCOME = "welcome"
        JOINED = "joined"
        CONFIRM_APPLICATION = "confirm_application"
        PARTNER_ADMITTED = "partner_admitted"
        APPLICATION_REFUSED = "application_refused"
        INVITATION = "invitation"
        CORRECTION_ASKED = "correction_asked"
        CORRECTION_ANSWERED = "correction_answered"
        LETTER_TEST = "letter_test"  # a letter to an office, to the organiser who asks for it
        ALERT_TEST = "alert_test"  # an alert, to the organiser who is writing it
        SIGN_IN_CODE = "sign_in_code"
        SIGN_IN_UNKNOWN = "sign_in_unknown"

    kind = models.CharField(max_length=24, choices=Kind.choices)
    dedupe_key = models.CharField(max_length=120, unique=True)
    address = models.CharField(max_length=254, blank=True)  # forgotten some days after settling
    mailbox_key = models.CharField(max_length=64, blank=True)  # keyed hash of the canonical address, for daily limits
    language = models.CharField(max_length=8)
    subject_id = models.CharField(max_length=36, blank=True)  # the row it speaks of
    payload = models.JSONField(default=dict)  # what no row holds (a code); emptied when settled
    created_at = models.DateTimeField()

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], condition=Q(not_before__isnull=False), name="notice_later"),
            models.Index(fields=["mailbox_key", "created_at"]),
        ]
