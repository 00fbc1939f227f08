from django.apps import AppConfig


class SwitchboardConfig(AppConfig):
    name = "config"
    verbose_name = "Hamseda"

    def ready(self) -> None:
        from config import checks  # noqa: F401  (registers the boot checks)
