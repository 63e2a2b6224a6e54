"""Forms of magnesium."""

from django.contrib import admin

from forms_catalog.admin.base import CatalogAdmin, LongPartInline
from forms_catalog.models import CommonClaim, Form, FormEvidence, Hydrate


class HydrateInline(LongPartInline):
    """Structures sold under the form's name."""

    model = Hydrate
    fields = (
        ("position", "state"),
        ("formula", "formula_display"),
        ("smiles", "smiles_note"),
        "drawing_state",
        ("cas", "unii", "pubchem_cid"),
        ("cas_note", "pubchem_note"),
    )
    readonly_fields = ("drawing_state",)

    @admin.display(description="Drawing")
    def drawing_state(self, hydrate: Hydrate) -> str:
        """Whether readers see the structure drawn, and if not, why."""
        if not hydrate.drawing:
            return "None yet. An operator makes it with manage.py draw_structures."
        if not hydrate.current_drawing:
            return (
                "Out of date: the SMILES has changed since it was drawn, so readers do not see the drawing. "
                "An operator makes a new one with manage.py draw_structures."
            )
        return "Up to date: readers see it on the form's page."


class FormEvidenceInline(LongPartInline):
    """What studies say of the form."""

    model = FormEvidence
    fields = (("position", "outcome", "study"), ("level", "n"), "note")
    autocomplete_fields = ("outcome", "study")


class CommonClaimInline(LongPartInline):
    """What is often said of the form."""

    model = CommonClaim
    fields = (("position", "verdict"), "statement", "evidence", "studies")
    autocomplete_fields = ("studies",)


@admin.register(Form)
class FormAdmin(CatalogAdmin):
    """Forms with their structures, evidence and common claims."""

    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": ("name", "slug", "chemical_name", "synonyms")}),
        (
            "Partner",
            {
                "fields": (
                    "partner_name",
                    "partner_origin",
                    "partner_activity",
                    ("partner_mg_per_250_mg", "partner_mg_basis"),
                    "partner_source_urls",
                )
            },
        ),
        ("In the body", {"fields": ("solubility", "absorption", "absorption_source_urls", "tolerability")}),
        ("In use", {"fields": ("typical_label_dose", "study_doses", "cautions")}),
        ("Sources", {"fields": ("source_urls",)}),
    )
    inlines = (HydrateInline, FormEvidenceInline, CommonClaimInline)
    list_display = ("name", "slug", "chemical_name", "partner_name")
    search_fields = ("name", "slug", "chemical_name", "partner_name", "synonyms")
