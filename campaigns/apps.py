from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Campaigns"

    def ready(self) -> None:
        from campaigns import consumers, kinds, personal_data

        kinds.register_all()
        personal_data.declare()
        consumers.register()
        post_migrate.connect(_adopt_the_registers, sender=self)


def _adopt_the_registers(**kwargs: Any) -> None:
    """After every migration: what is shipped of the registers of law and provinces and is not there yet."""
    from campaigns.flows.record import registering

    registering.adopt_shipped()
    registering.adopt_provinces()
