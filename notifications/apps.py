from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        from notifications import consumers, personal_data, receivers
        from notifications.open import gauges
        from notifications.personal import second_factor

        personal_data.declare()
        consumers.register()
        receivers.connect()
        gauges.register()
        second_factor.connect()
