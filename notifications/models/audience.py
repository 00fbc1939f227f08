"""The audience of an alert: one SQL predicate, used by the estimate, at opening and at leasing alike."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from campaigns.models import Joining
from network.models import ContactConsent, Person
from notifications.models.alert import Alert
from notifications.models.suppression import Suppression


def joined_to(alert: Alert) -> QuerySet[Person]:
    """Everybody in the campaign, whether or not they may be written to: the estimate's first line."""
    return Person.objects.active().filter(
        Exists(Joining.objects.current().filter(person=OuterRef("pk"), campaign_id=alert.campaign_id))
    )


def audience_of(alert: Alert) -> QuerySet[Person]:
    """Everybody this alert may reach at the moment the query runs.

    Joined the campaign and did not mute it, consents to the organisation's alerts by mail, wants this much, not suppressed,
    active.
    Order is up to the caller; the result is a Person queryset without duplicates.
    """
    people = Person.objects.active()
    for domain in Suppression.objects.domains():  # few, if any: one condition each costs nothing where there are none
        people = people.exclude(email__iendswith=f"@{domain}")
    if alert.severity not in Alert.PRESSING:
        people = people.exclude(pace=Person.Pace.URGENT)
    return people.filter(
        Exists(Joining.objects.current().unmuted().filter(person=OuterRef("pk"), campaign_id=alert.campaign_id)),
        Exists(
            ContactConsent.objects.in_force()
            .for_alerts()
            .by_email()
            .filter(person=OuterRef("pk"), organisation_id=alert.campaign.host_id)
        ),
        ~Exists(Suppression.objects.in_force().filter(address=OuterRef("email"))),
    )
