"""The project's own app: system checks and template tags."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class SiteConfig(AppConfig):
    """Registers the deployment checks."""

    name = "mgsite"

    def ready(self) -> None:
        """Register the checks."""
        from mgsite import checks  # noqa: F401  (importing registers them)


class EditingConfig(AdminConfig):
    """Django's admin, as a site of ours: see mgsite.administration."""

    default_site = "mgsite.administration.EditingSite"
