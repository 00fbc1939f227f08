"""Unsubscribing: from one campaign's mail, from every alert, or from mail alone; and fewer letters, or other ones."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from campaigns.flows.campaign import joining
from network.flows import consenting, preferring
from network.models import ContactConsent, Person


@transaction.atomic
def stop_alerts(person: Person, *, at: datetime) -> int:
    """No more alerts at all; returns how many consents were taken back. Confirmations and codes still come."""
    return consenting.withdraw(person, at=at)


@transaction.atomic
def mute_campaign(person: Person, campaign_id: int, *, at: datetime) -> None:
    """No more mail about one campaign."""
    joining.mute(person, campaign_id, at=at)


@transaction.atomic
def keep_letters_here(person: Person, *, at: datetime) -> None:
    """Whoever consented to alerts by mail finds them on their own page from now on. Who consented to none still gets none."""
    person = Person.objects.locked(person.pk)
    by_mail = ContactConsent.objects.in_force().for_alerts().by(ContactConsent.Channel.EMAIL).filter(person=person)
    for consent in by_mail.select_related("organisation"):
        others = ContactConsent.objects.in_force().for_alerts().filter(person=person, organisation=consent.organisation)
        kept = set(others.values_list("channel", flat=True)) - {ContactConsent.Channel.EMAIL}
        channels = kept | {ContactConsent.Channel.INBOX}
        consenting.be_reached(person, consent.organisation, channels=channels, through="letter", at=at)


@transaction.atomic
def choose_letters(person_id: int, *, pace: str, language: str, at: datetime) -> None:
    """pace: Person.Pace, no more letters than before; language: a code of settings.LANGUAGES. Who was erased has none."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        return
    person = Person.objects.locked(person_id)
    if person.pace == Person.Pace.URGENT:  # a link that somebody passed on makes no letters come that were declined
        pace = person.pace
    wishes = preferring.Wishes(
        language=language, pace=pace, neutral_mail=person.neutral_mail, country=person.country, zone=person.zone
    )
    preferring.prefer(person_id, wishes, at=at)
