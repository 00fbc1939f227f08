"""ContactConsent: yes to one purpose, by one channel, from one organisation."""

from __future__ import annotations

from django.db import models

from network.models.organisation import Organisation
from network.models.person import Person


class ContactConsentQuerySet(models.QuerySet["ContactConsent"]):
    def in_force(self) -> ContactConsentQuerySet:
        return self.filter(withdrawn_at=None)

    def for_alerts(self) -> ContactConsentQuerySet:
        return self.filter(purpose=ContactConsent.Purpose.ALERTS)

    def by(self, channel: str) -> ContactConsentQuerySet:
        """channel: ContactConsent.Channel."""
        return self.filter(channel=channel)

    def by_email(self) -> ContactConsentQuerySet:
        return self.by(ContactConsent.Channel.EMAIL)


class ContactConsent(models.Model):
    class Purpose(models.TextChoices):
        ALERTS = "alerts"

    class Channel(models.TextChoices):
        EMAIL = "email"
        INBOX = "inbox"  # letters on their own page, and nowhere else
        FEED = "feed"  # an Atom feed at an address that only they know

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_consents")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contact_consents")
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    channel = models.CharField(max_length=16, choices=Channel.choices)
    given_at = models.DateTimeField()
    given_through = models.CharField(max_length=32)  # which page: join, signature, my-page
    withdrawn_at = models.DateTimeField(null=True)

    objects = ContactConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "purpose", "channel"],
                condition=models.Q(withdrawn_at=None),
                name="one_contact_consent_in_force",
            ),
        ]
