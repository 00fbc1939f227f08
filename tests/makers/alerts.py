from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from campaigns.flows.campaign import joining
from campaigns.models import Campaign
from network.flows import approving
from notifications.flows.opening import SUBJECT
from notifications.models import Alert, AlertVariant
from tests.makers.network import Network, make_person


def make_alert(
    network: Network,
    campaign: Campaign,
    *,
    audience: int = 0,
    approved: bool = True,
    expires_at: datetime | None = None,
    severity: str = "action",
) -> Alert:
    """A drafted, approved alert in English and Persian; `audience` people join first, every third reads Persian."""
    now = timezone.now()
    for number in range(audience):
        language = "fa" if number % 3 == 0 else "en"
        person = make_person(f"member-{number:05d}@people.example", name=f"Member {number}", language=language)
        joining.join(person, campaign, through="test", at=now)
    alert = Alert.objects.create(
        campaign=campaign, severity=severity, written_by=network.writer, created_at=now, expires_at=expires_at
    )
    words = {
        "en": (
            "News of {person_short}",
            "Dear {recipient}, **today** {person} is heard.",
            "Dear {recipient}, today {person} is heard.",
            "Act",
        ),
        "fa": (
            "خبر {person_short}",
            "{recipient} گرامی، امروز {person} دادگاه دارد.",
            "{recipient} گرامی، امروز {person} دادگاه دارد.",
            "کاری کنید",
        ),
    }
    for language, (subject, body, body_text, button) in words.items():
        AlertVariant.objects.create(
            alert=alert,
            language=language,
            subject=subject,
            kicker="Something is asked",
            body=body,
            body_text=body_text,
            button=button,
            written_by=network.writer,
        )
    if approved:
        for part in alert.parts():
            approving.approve(SUBJECT, alert.pk, part, by=network.approver, at=now)
    return alert
