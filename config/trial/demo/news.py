"""News of a demo campaign: one that everybody reads, and one that is still being written."""

from __future__ import annotations

from datetime import datetime

from campaigns.flows.campaign import updating
from campaigns.models import Campaign, Update
from campaigns.publishing.update import parts_of
from network.models import Person

TOLD = {
    "en": {
        "title": "The family could visit",
        "body": "For the first time since spring {person_short} was allowed a visit. {they} asks us to thank everybody who wrote."
        "\n\nThe day of the appeal is **not yet set**. Whoever joined is told when it is.",
    },
    "fa": {
        "title": "خانواده توانستند به ملاقات بروند",
        "body": "{person_short} برای نخستین بار از بهار تا کنون اجازهٔ ملاقات یافت و از همهٔ کسانی که نوشته‌اند تشکر می‌کند."
        "\n\nروز دادگاه تجدیدنظر **هنوز معلوم نیست**. هر که به کارزار پیوسته باشد خبردار می‌شود.",
    },
}
BEGUN = {"en": {"title": "A lamp in every window", "body": "On the evening before the hearing we light one lamp each."}}


def seed(campaign: Campaign, writer: Person, approver: Person, *, at: datetime) -> None:
    if campaign.updates.exists():
        return
    told = _written(campaign, TOLD, writer, at=at)
    for part in parts_of(Update.objects.get(pk=told.pk)):
        updating.approve(told.pk, part.name, digest=part.digest, by=approver, at=at)
    updating.publish(told.pk, by=approver, at=at)
    _written(campaign, BEGUN, writer, at=at)


def _written(campaign: Campaign, texts: dict[str, dict[str, str]], writer: Person, *, at: datetime) -> Update:
    row = updating.draft(campaign.pk, by=writer, at=at)
    return updating.write(row.pk, texts=texts, by=writer, at=at)
