"""Doorbells of the campaigns."""

from celery import shared_task
from django.utils import timezone

from campaigns.flows.campaign import acting, counting


@shared_task(name="campaigns.expire_participations")
def expire_participations() -> None:
    acting.expire(at=timezone.now())


@shared_task(name="campaigns.reconcile_tallies")
def reconcile_tallies() -> None:
    counting.reconcile(at=timezone.now())
