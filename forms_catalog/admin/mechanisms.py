"""Mechanisms."""

from django.contrib import admin

from forms_catalog.admin.base import CatalogAdmin, LongPartInline, PartInline
from forms_catalog.models import AnalogousDrug, LadderEntry, Mechanism


class AnalogousDrugInline(PartInline):
    """Medicines with the same target."""

    model = AnalogousDrug
    fields = ("position", "drug", "relation")


class LadderEntryInline(LongPartInline):
    """How far up the evidence reaches."""

    model = LadderEntry
    fields = (("position", "rung", "study", "searched_on"), "note", "key_note")
    autocomplete_fields = ("study",)


@admin.register(Mechanism)
class MechanismAdmin(CatalogAdmin):
    """Mechanisms with their ladder."""

    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": ("name", "slug", "in_first_article")}),
        ("Target", {"fields": ("target_kind", "target_protein", "target_genes", "target_note")}),
        ("What it does", {"fields": ("what_magnesium_does", "establishment", "human_evidence", "unknowns")}),
        ("Misunderstandings", {"fields": ("common_misunderstanding", "article_check")}),
        ("Sources", {"fields": ("source_urls",)}),
    )
    inlines = (AnalogousDrugInline, LadderEntryInline)
    list_display = ("name", "slug", "target_kind", "in_first_article")
    list_filter = ("in_first_article",)
    search_fields = ("name", "slug", "target_protein", "what_magnesium_does")
