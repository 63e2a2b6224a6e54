"""Outcomes."""

from django.contrib import admin

from forms_catalog.admin.base import CatalogAdmin, PartInline
from forms_catalog.models import Outcome, OutcomeNote


class OutcomeNoteInline(PartInline):
    """What studies say whatever the form."""

    model = OutcomeNote
    fields = ("position", "study", "note")
    autocomplete_fields = ("study",)


@admin.register(Outcome)
class OutcomeAdmin(CatalogAdmin):
    """Outcomes, lay name first."""

    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "technical_name", "slug", "description", "is_main", "broader")
    autocomplete_fields = ("broader",)
    inlines = (OutcomeNoteInline,)
    list_display = ("name", "technical_name", "slug", "is_main", "broader")
    list_filter = ("is_main",)
    list_select_related = ("broader",)
    search_fields = ("name", "technical_name", "slug")
