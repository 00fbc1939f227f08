"""Doorbells of the campaigns."""

import time

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from campaigns.flows.campaign import acting, closing, counting, offering, sifting
from campaigns.flows.gate import correcting, publishing, silencing
from campaigns.models import Sift
from campaigns.publishing import campaign as published
from campaigns.publishing import case as cases
from network.tasks import ring


@shared_task(name="campaigns.expire_participations")
def expire_participations() -> None:
    acting.expire(at=timezone.now())


@shared_task(name="campaigns.forget_fingerprint_keys")
def forget_fingerprint_keys() -> None:
    closing.forget_keys(at=timezone.now())


@shared_task(name="campaigns.reconcile_tallies")
def reconcile_tallies() -> None:
    counting.reconcile(at=timezone.now())


@shared_task(name="campaigns.sift")
def sift() -> None:
    """Go on with what is being set apart or put back, and ring again while there is more."""
    ends_at = time.monotonic() + settings.SIFT_SECONDS
    for row in Sift.objects.under_way():
        while sifting.go_on(row.pk, at=timezone.now()):
            if time.monotonic() > ends_at:
                ring("campaigns.sift", queue="bulk")
                return


@shared_task(name="campaigns.keep_silence")
def keep_silence() -> None:
    """Tell of what time has silenced, of what an embargo has let out, and of what may be shown again."""
    now = timezone.now()
    silencing.silence_lapsed(at=now)
    publishing.lift_embargoes(at=now)
    offering.tell_of_released(at=now)
    for campaign_id in published.silenced_and_shown(at=now):
        silencing.tell_of_return(campaign_id, at=now)
    for case_id in cases.silenced_and_shown(at=now):
        publishing.tell_of_return(case_id, at=now)


@shared_task(name="campaigns.forget_correction_addresses")
def forget_correction_addresses() -> None:
    correcting.forget(at=timezone.now())
