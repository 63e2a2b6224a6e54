"""The index as an app: its tables, and what runs after each migration."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def make_ready(*, using: str, **kwargs: Any) -> None:
    """Migrating may have made or dropped what the index stands on."""
    from mgsite.index.keeping import make_ready as prepare

    prepare(using=using)


class IndexConfig(AppConfig):
    """App settings."""

    name = "mgsite.index"
    label = "site_index"
    verbose_name = "Search index"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the check; look after the index when the last app has migrated."""
        from mgsite.index import checks  # noqa: F401  (importing registers it)

        post_migrate.connect(make_ready, sender=self, dispatch_uid="site_index.ready")
