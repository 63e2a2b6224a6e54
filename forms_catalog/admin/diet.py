"""Diet: foods, recommended intakes, upper levels, and notes on them."""

from django.contrib import admin

from forms_catalog.admin.base import CatalogAdmin
from forms_catalog.models import FoodSource, IntakeReference, ReferenceNote, UpperLevel


@admin.register(FoodSource)
class FoodSourceAdmin(CatalogAdmin):
    """Foods with the magnesium in a serving."""

    fields = (
        "food",
        "slug",
        "serving",
        ("magnesium_mg", "magnesium_mg_low", "magnesium_mg_high"),
        ("percent_dv", "magnesium_mg_per_100_kcal", "group"),
        "basis",
        "source_urls",
    )
    prepopulated_fields = {"slug": ("food",)}
    list_display = ("food", "serving", "magnesium_mg", "percent_dv", "group")
    list_filter = ("group",)
    search_fields = ("food", "slug", "basis")


@admin.register(IntakeReference)
class IntakeReferenceAdmin(CatalogAdmin):
    """Recommended intakes by age."""

    fields = (
        ("authority", "kind"),
        ("age", "rank"),
        "slug",
        ("male", "female", "pregnancy", "lactation"),
        "note",
        "source_urls",
    )
    list_display = ("authority", "kind", "age", "male", "female", "pregnancy", "lactation")
    list_display_links = ("authority", "age")
    list_filter = ("authority", "kind")
    search_fields = ("authority", "kind", "age", "slug")


@admin.register(UpperLevel)
class UpperLevelAdmin(CatalogAdmin):
    """Upper levels for magnesium from supplements."""

    fields = ("authority", "applies_to", ("age", "rank"), "slug", "mg", "reason", "note", "source_urls")
    list_display = ("authority", "age", "mg", "applies_to")
    list_display_links = ("authority", "age")
    list_filter = ("authority",)
    search_fields = ("authority", "age", "applies_to", "slug")


@admin.register(ReferenceNote)
class ReferenceNoteAdmin(CatalogAdmin):
    """Facts that are a text rather than a table."""

    fields = ("title", "slug", "topic", "text", "source_urls")
    prepopulated_fields = {"slug": ("title",)}
    list_display = ("title", "topic", "slug")
    list_filter = ("topic",)
    search_fields = ("title", "text", "slug")
