"""The audience of an alert: one SQL predicate, used by the estimate and at opening; and at leasing, without the cap."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from campaigns.models import Joining, Participation
from network.models import ContactConsent, Person
from network.models.person import PersonQuerySet
from notifications.models.alert import Alert
from notifications.models.delivery import Delivery
from notifications.models.suppression import Suppression

Channel = ContactConsent.Channel
OF_THE_CAMPAIGN = (Alert.Audience.JOINED, Alert.Audience.NOT_ACTED)


def meant_by(alert: Alert) -> PersonQuerySet:
    """Everybody the alert is for, whether or not they may be written to: the estimate's first line."""
    return _among(alert, Joining.objects.current())


def _among(alert: Alert, joinings: QuerySet[Joining]) -> PersonQuerySet:
    """joinings: what counts as having joined the campaign."""
    people = Person.objects.active()
    joined = Exists(joinings.filter(person=OuterRef("pk"), campaign_id=alert.campaign_id))
    confirmed = Participation.objects.confirmed()
    acted = Exists(confirmed.filter(person=OuterRef("pk"), action__campaign_id=alert.campaign_id))
    match alert.audience:
        case Alert.Audience.JOINED:
            people = people.filter(joined)
        case Alert.Audience.NOT_ACTED:
            people = people.filter(joined, ~acted)
        case Alert.Audience.ACTED:
            people = people.filter(acted)
        case Alert.Audience.GOT:
            got = Delivery.objects.filter(alert=alert.follows, person=OuterRef("pk"), state=Delivery.State.SENT)
            people = people.filter(Exists(got))
        case _:  # all supporters: whoever consents to alerts, as everybody reachable does
            pass
    if alert.countries:
        people = people.filter(country__in=alert.countries)
    return people.filter(language__in=alert.languages) if alert.languages else people


def reachable_by(alert: Alert, channel: str | None = None) -> PersonQuerySet:
    """Of those it is for, everybody who may be written to at the moment the query runs, by one channel or, without, by any.

    Did not mute or leave the campaign, consents to the organisation's alerts by that channel, wants this much, active; by mail
    also: not suppressed. Order is up to the caller; the result is a Person queryset without duplicates.
    """
    people = _among(alert, Joining.objects.current().unmuted())
    if alert.audience not in OF_THE_CAMPAIGN:
        silent = Joining.objects.filter(Q(muted_at__isnull=False) | Q(left_at__isnull=False))
        people = people.exclude(Exists(silent.filter(person=OuterRef("pk"), campaign_id=alert.campaign_id)))
    if alert.severity not in Alert.PRESSING:
        people = people.exclude(pace=Person.Pace.URGENT)
    consents = ContactConsent.objects.in_force().for_alerts()
    consents = consents.filter(person=OuterRef("pk"), organisation_id=alert.campaign.host_id)
    if channel is None:
        here = consents.filter(channel__in=[Channel.INBOX, Channel.FEED])
        return people.filter(Q(Exists(here)) | (Q(Exists(consents.by_email())) & _has_a_mailbox()))
    people = people.filter(Exists(consents.by(channel)))
    return people.filter(_has_a_mailbox()) if channel == Channel.EMAIL else people


def _has_a_mailbox() -> Q:
    """Mail may go there."""
    may = ~Q(Exists(Suppression.objects.in_force().filter(address=OuterRef("email"))))
    for domain in Suppression.objects.domains():  # few, if any: one condition each costs nothing where there are none
        may &= ~Q(email__iendswith=f"@{domain}")
    return may


def audience_of(alert: Alert, channel: str | None = None) -> PersonQuerySet:
    """Whom it reaches, by one channel or, without, by any: reachable, and not written to FATIGUE_ALERTS times within
    FATIGUE_DAYS already, unless it is pressing or somebody said why this one goes to them all the same. Decided when it opens:
    who is in then is not left out later.
    """
    people, since = reachable_by(alert, channel), timezone.now() - timedelta(days=settings.FATIGUE_DAYS)
    if alert.severity in Alert.PRESSING or alert.over_cap:
        return people
    others = Alert.objects.tiring(since).exclude(pk=alert.pk)
    if others.count() < settings.FATIGUE_ALERTS:  # then nobody can have had enough, and nobody's letters are counted
        return people
    # What waits for its hours is on its way as surely as what has left.
    had = Delivery.objects.filter(person=OuterRef("pk"), alert__in=others).exclude(state__in=Delivery.NOT_GOT)
    counted = had.order_by().values("person").annotate(n=Count("alert", distinct=True)).values("n")
    return people.alias(had=Subquery(counted)).filter(Q(had=None) | Q(had__lt=settings.FATIGUE_ALERTS))
