"""The catalog: forms of magnesium, mechanisms, outcomes, studies and claims."""

from django.apps import AppConfig


class FormsCatalogConfig(AppConfig):
    """App settings."""

    name = "forms_catalog"
    verbose_name = "Evidence catalog"
