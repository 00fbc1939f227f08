from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = "Network"

    def ready(self) -> None:
        from network import consumers, personal_data, receivers

        personal_data.declare()
        consumers.register()
        receivers.connect()
