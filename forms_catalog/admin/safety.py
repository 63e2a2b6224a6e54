"""Safety: interactions, cautions, what too much does, and where to turn in a crisis."""

from django.contrib import admin

from forms_catalog.admin.base import CatalogAdmin, LongPartInline
from forms_catalog.models import (
    AdverseEffect,
    Caution,
    CrisisLine,
    Interaction,
    NamedMedicine,
    PoisoningCase,
    ToxicityThreshold,
)


class NamedMedicineInline(LongPartInline):
    """What readers can pick. The hours are on each medicine's own page."""

    model = NamedMedicine
    fields = (("position", "name", "whole_class"), "also_called", "what_to_do")
    show_change_link = True


@admin.register(Interaction)
class InteractionAdmin(CatalogAdmin):
    """Medicines that magnesium acts on, or that act on magnesium."""

    fieldsets = (
        (None, {"fields": ("drug_class", "slug", "examples", "severity")}),
        ("What happens", {"fields": ("direction", "mechanism")}),
        ("What to do", {"fields": ("what_to_do", ("hours_before", "hours_after_low", "hours_after_high"), "note")}),
        ("Sources", {"fields": ("checked_on", "source_urls")}),
    )
    inlines = (NamedMedicineInline,)
    prepopulated_fields = {"slug": ("drug_class",)}
    list_display = ("drug_class", "severity", "direction", "slug")
    list_filter = ("severity",)
    search_fields = ("drug_class", "slug", "examples", "what_to_do")


@admin.register(Caution)
class CautionAdmin(CatalogAdmin):
    """Conditions in which magnesium needs a clinician's word."""

    fields = ("condition", "slug", "threshold", "rule", "severity", "checked_on", "source_urls")
    prepopulated_fields = {"slug": ("condition",)}
    list_display = ("condition", "threshold", "rule", "severity")
    list_filter = ("severity",)
    search_fields = ("condition", "slug", "rule")


@admin.register(AdverseEffect)
class AdverseEffectAdmin(CatalogAdmin):
    """Unwanted effects."""

    fields = ("effect", "slug", "detail", "source_urls")
    prepopulated_fields = {"slug": ("effect",)}
    list_display = ("effect", "detail")
    search_fields = ("effect", "slug", "detail")


@admin.register(ToxicityThreshold)
class ToxicityThresholdAdmin(CatalogAdmin):
    """Signs by level in the blood."""

    fields = ("serum", "slug", "signs", "source")
    prepopulated_fields = {"slug": ("serum",)}
    list_display = ("serum", "signs", "source")
    search_fields = ("serum", "slug", "signs", "source")


@admin.register(PoisoningCase)
class PoisoningCaseAdmin(CatalogAdmin):
    """Published cases of poisoning."""

    fields = ("slug", "route", "patient", "outcome", "serum", ("pmid", "doi"))
    list_display = ("slug", "route", "outcome", "serum", "pmid")
    list_filter = ("route",)
    search_fields = ("slug", "route", "patient", "outcome", "pmid", "doi")


@admin.register(CrisisLine)
class CrisisLineAdmin(CatalogAdmin):
    """Where to turn now."""

    fieldsets = (
        (None, {"fields": (("service", "rank"), "slug", "region", "hours")}),
        ("How to reach it", {"fields": ("contact", ("phone", "sms"), "url")}),
        ("Checked", {"fields": ("verification", "confirmed_on", "source_urls")}),
    )
    prepopulated_fields = {"slug": ("service",)}
    list_display = ("service", "region", "contact", "rank", "confirmed_on")
    list_filter = ("region", ("confirmed_on", admin.EmptyFieldListFilter))
    search_fields = ("service", "region", "slug", "contact")
