"""Studies and other sources."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from forms_catalog.admin.base import LongPartInline, PartInline
from forms_catalog.admin.together import CatalogForm
from forms_catalog.admin.watched import WatchedAdmin
from forms_catalog.models import (
    Effect,
    NarrativeSynthesis,
    PooledResult,
    Recomputation,
    Study,
    StudyIdentifier,
    StudyResult,
    Trial,
    UnusableResult,
)


class IdentifierInline(PartInline):
    """PMIDs, DOIs and addresses that lead to the record."""

    model = StudyIdentifier
    fields = ("position", "kind", "value")


class ResultInline(LongPartInline):
    """What came out, by outcome."""

    model = StudyResult
    fields = (
        ("position", "outcome", "direction"),
        ("measure", "effect_text"),
        ("effect_kind", "effect", "ci_low", "ci_high", "p_value"),
    )
    autocomplete_fields = ("outcome",)


class EffectInline(LongPartInline):
    """Comparisons with a number."""

    model = Effect
    fk_name = "study"
    classes = ("collapse",)
    autocomplete_fields = ("via", "outcome")


class UnusableResultInline(LongPartInline):
    """Comparisons whose numbers could not be used."""

    model = UnusableResult
    classes = ("collapse",)
    autocomplete_fields = ("outcome",)


class PooledResultInline(LongPartInline):
    """Pooled results as published."""

    model = PooledResult
    classes = ("collapse",)
    autocomplete_fields = ("outcome",)


class NarrativeSynthesisInline(LongPartInline):
    """Findings of reviews that did not pool."""

    model = NarrativeSynthesis
    classes = ("collapse",)
    autocomplete_fields = ("outcome",)


class RecomputationInline(LongPartInline):
    """Printed figures worked out again."""

    model = Recomputation
    classes = ("collapse",)


class StudyForm(CatalogForm):
    """A study, which stays public while readers are sent to it."""

    def clean_is_public(self) -> bool:
        """Refuse to take a study from readers while published articles refer to it: they would lose it silently."""
        public: bool = self.cleaned_data["is_public"]
        if not public and self.instance.pk and "is_public" in self.changed_data:
            references = self.instance.article_references.filter(article__status="published")
            titles = ", ".join(f"“{title}”" for title in references.values_list("article__title", flat=True))
            if titles:
                raise ValidationError(f"Published articles refer to it: {titles}. Take the references out first.")
        return public


@admin.register(Study)
class StudyAdmin(WatchedAdmin):
    """Studies with their results; how a trial was run has a page of its own."""

    form = StudyForm
    fieldsets = (
        (None, {"fields": ("slug", ("kind", "is_public"), "title", "authors", "year", "trial_page")}),
        ("Where it appeared", {"fields": ("journal", "issn", ("volume", "issue", "pages"), "source_url", "accessed")}),
        ("Identifiers", {"fields": (("doi", "pmid", "pmcid"),)}),
        (
            "What was done",
            {
                "fields": (
                    ("design", "species", "n"),
                    "population",
                    ("form_stated", "form"),
                    ("dose_mg_elemental", "duration_days"),
                    "dose_text",
                    "comparator",
                    "mechanisms",
                )
            },
        ),
        ("What came out", {"fields": ("summary", "limitations", "funding_or_conflict")}),
        ("What the journal said since", {"fields": ("publication_status", "publication_note")}),
        ("How it was read", {"fields": ("verified_fields", "named_by")}),
    )
    readonly_fields = ("trial_page",)
    autocomplete_fields = ("form", "mechanisms", "named_by")
    inlines = (
        IdentifierInline,
        ResultInline,
        EffectInline,
        UnusableResultInline,
        PooledResultInline,
        NarrativeSynthesisInline,
        RecomputationInline,
    )
    list_display = ("slug", "short_citation", "title", "design", "n", "form", "publication_status", "is_public")
    list_display_links = ("slug", "short_citation")
    list_filter = ("kind", "design", "species", "is_public", "publication_status", "form_stated")
    list_select_related = ("form",)
    search_fields = ("slug", "title", "authors", "journal", "doi", "pmid", "pmcid", "year")

    @admin.display(description="how it was run")
    def trial_page(self, study: Study) -> SafeString | str:
        """A link to the trial's arms and risk of bias, or to where they are entered."""
        if study.pk is None:
            return "Save the study first; then a human trial's arms and risk of bias can be entered."
        trial = Trial.objects.filter(study=study).first()
        if trial is None:
            address = f"{reverse('admin:forms_catalog_trial_add')}?study={study.pk}"
            return format_html('<a href="{}">Enter arms and risk of bias</a>', address)
        address = reverse("admin:forms_catalog_trial_change", args=[trial.pk])
        return format_html('<a href="{}">Arms, people and risk of bias</a>', address)
