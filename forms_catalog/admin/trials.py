"""How human trials were run."""

from django.contrib import admin

from forms_catalog.admin.base import CatalogAdmin, LongPartInline, PartInline
from forms_catalog.models import Arm, RiskOfBias, Trial


class ArmInline(LongPartInline):
    """The arms."""

    model = Arm
    fields = (
        ("position", "label", "role"),
        ("n_randomised", "n_analysed"),
        ("form_stated", "form"),
        ("dose_mg_elemental", "duration_days"),
        "dose_text",
    )
    autocomplete_fields = ("form",)


class RiskOfBiasInline(PartInline):
    """One judgement for each domain."""

    model = RiskOfBias
    fields = ("position", "domain", "level", "reason")


@admin.register(Trial)
class TrialAdmin(CatalogAdmin):
    """Arms, people, funding and risk of bias of one study."""

    fixed_once_made = ("study",)
    fieldsets = (
        (None, {"fields": ("study", "design", ("magnesium_given", "magnesium_alone"), "randomised", "blinded")}),
        ("Outcomes", {"fields": ("outcomes", "measured_other_outcomes")}),
        (
            "People",
            {
                "fields": (
                    ("n_total_randomised", "n_total_analysed"),
                    ("age_min", "age_max", "mean_age"),
                    "sex",
                    "conditions",
                    "baseline_magnesium",
                )
            },
        ),
        ("Place and money", {"fields": ("country", "setting", "funding_type", "funding_text")}),
        ("Risk of bias and sources", {"fields": ("risk_of_bias_basis", "note", "source_url")}),
    )
    autocomplete_fields = ("study", "outcomes")
    inlines = (ArmInline, RiskOfBiasInline)
    list_display = ("study", "design", "n_total_randomised", "blinded", "funding_type", "randomised")
    list_filter = ("design", "blinded", "funding_type", "baseline_magnesium", "randomised")
    list_select_related = ("study",)
    search_fields = ("study__slug", "study__title", "study__authors", "country")
