"""The catalog: forms of magnesium, mechanisms, outcomes, studies and claims."""

from django.apps import AppConfig


class FormsCatalogConfig(AppConfig):
    """App settings."""

    name = "forms_catalog"
    verbose_name = "Evidence catalog"

    def ready(self) -> None:
        """Hand in what can be searched, and tell of what leaves as data."""
        from forms_catalog import twins
        from forms_catalog.search import hand_in

        hand_in()
        twins.hand_in()
