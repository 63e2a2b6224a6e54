"""The project's own app: system checks and template tags."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class SiteConfig(AppConfig):
    """Registers the deployment checks, and lets the search know the pages that are no record's."""

    name = "mgsite"

    def ready(self) -> None:
        """Register the checks; hand in the pages, and what else leaves as data."""
        from mgsite import checks  # noqa: F401  (importing registers them)
        from mgsite.pages import search
        from mgsite.pages.about import corrections_data
        from mgsite.search import twin

        search.hand_in()
        twin.hand_in()
        corrections_data.hand_in()


class EditingConfig(AdminConfig):
    """Django's admin, as a site of ours: see mgsite.administration."""

    default_site = "mgsite.administration.EditingSite"
