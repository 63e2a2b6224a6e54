"""Claims, with the evidence for and against each, and what the grading rule says of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from forms_catalog.admin.base import LongPartInline
from forms_catalog.admin.watched import WatchedAdmin
from forms_catalog.grading import compare_claims
from forms_catalog.models import Claim, CounterSearch, Support
from forms_catalog.overclaims import find_overclaims


class SupportInline(LongPartInline):
    """What each source shows about the claim."""

    model = Support
    fields = (
        ("position", "study", "stance", "read_as"),
        "shows",
        "locator",
        ("fit_population", "fit_form", "fit_dose", "fit_outcome", "fit_comparator"),
        "fit_note",
    )
    autocomplete_fields = ("study",)


class CounterSearchInline(LongPartInline):
    """What was looked for against the claim."""

    model = CounterSearch
    fields = (("position", "searched_on"), "query", "where", "result", "found")
    autocomplete_fields = ("found",)


@admin.register(Claim)
class ClaimAdmin(WatchedAdmin):
    """Claims with verdict, reason and sources."""

    fieldsets = (
        (None, {"fields": ("slug", "quote", "statement", "topic")}),
        (
            "Verdict",
            {
                "fields": (
                    ("verdict", "certainty"),
                    "in_brief",
                    "why",
                    ("suggested_wording", "wording_says_too_much"),
                    "what_would_change",
                )
            },
        ),
        ("The grading rule", {"fields": ("question", "rule_says", "certainty_reason")}),
        ("Safety", {"fields": ("safety_flag", "safety_note")}),
        ("What it is about", {"fields": ("forms", "mechanisms", "outcomes")}),
    )
    autocomplete_fields = ("forms", "mechanisms", "outcomes")
    inlines = (SupportInline, CounterSearchInline)
    list_display = ("slug", "statement", "verdict", "certainty", "topic", "safety_flag")
    list_display_links = ("slug", "statement")
    list_filter = ("verdict", "certainty", "question", "topic", "safety_flag")
    search_fields = ("slug", "statement", "quote", "in_brief")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """What is worked out is shown, not typed."""
        return [*super().get_readonly_fields(request, obj), "rule_says", "wording_says_too_much"]

    def get_urls(self) -> list[URLPattern]:
        """With the table of what the rule and the editors say."""
        table = path(
            "rule-and-editors/", self.admin_site.admin_view(self.rule_and_editors), name="forms_catalog_claim_rule"
        )
        return [table, *super().get_urls()]

    def rule_and_editors(self, request: HttpRequest) -> HttpResponse:
        """Every claim where rule and editors differ, or whose reason is missing or no longer needed."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        compared = compare_claims(Claim.objects.all())
        context = {
            **self.admin_site.each_context(request),
            "title": "Rule and editors",
            "opts": self.opts,
            "rows": [row for row in compared if row.differs or not row.is_explained],
            "unexplained": sum(not row.is_explained for row in compared),
            "agreeing": sum(row.grade is not None and not row.differs for row in compared),
            "ungraded": sum(row.grade is None for row in compared),
        }
        return TemplateResponse(request, "admin/forms_catalog/claim/rule.html", context)

    @admin.display(description="the rule says")
    def rule_says(self, claim: Claim) -> str:
        """The rule's certainty with its working, from what is saved."""
        if claim.pk is None:
            return "Save the claim with its sources first."
        row = compare_claims([claim])[0]
        if row.grade is None:
            return "No certainty: a question of fact, or no source that speaks for or against."
        steps = " ".join(f"{step.domain} −{step.points}: {step.reason}" for step in row.grade.steps if step.points)
        words = f"{row.grade.certainty.label}. Start {row.grade.start.label.lower()}: {row.grade.basis.name}. {steps}"
        return words if row.is_explained else f"{words} {explanation_wanted(differs=row.differs)}"

    @admin.display(description="words that say too much")
    def wording_says_too_much(self, claim: Claim) -> str:
        """Words of the suggested wording that promise more than its certainty allows."""
        found = find_overclaims(claim.suggested_wording, certainty=claim.certainty) if claim.pk else []
        return in_quotes([words for _, words in found]) or "None found."


def explanation_wanted(*, differs: bool) -> str:
    """What an editor should do about the reason."""
    return "Say below why you differ." if differs else "You agree with the rule, so the reason below is not needed."


def in_quotes(words: Sequence[Any]) -> str:
    """'“proves”, “cures”'; empty for none."""
    return ", ".join(f"“{word}”" for word in words)
