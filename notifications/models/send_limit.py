"""SendLimit: how much mail may leave in an hour, from a sender in all or to one group of mailboxes."""

from __future__ import annotations

from django.db import models

from network.models import Person


class SendLimit(models.Model):
    bucket = models.CharField(
        max_length=81, unique=True
    )  # "default": all of a sender's; "default:google": to one group
    per_hour = models.PositiveIntegerField()  # messages
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    @classmethod
    def in_force(cls) -> dict[str, int]:
        """{bucket: messages an hour}"""
        return dict(cls._default_manager.values_list("bucket", "per_hour"))
