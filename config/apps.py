from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SwitchboardConfig(AppConfig):
    name = "config"
    verbose_name = "Hamseda"

    def ready(self) -> None:
        from config import checks  # noqa: F401  (registers the boot checks)
        from config.keeping import roles

        post_migrate.connect(roles.after_migrations, sender=self)
