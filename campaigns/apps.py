from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Campaigns"

    def ready(self) -> None:
        from campaigns import consumers, kinds, personal_data

        kinds.register_all()
        personal_data.declare()
        consumers.register()
