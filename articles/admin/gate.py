"""The gate on the article's page: complaints by line, and what an editor sets aside with a reason.

Everything is in the page and in the form it sends, so it works without scripts and keeps nothing in a session.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from articles.actions.articles import readers_see_it, stands_set_aside
from articles.gate import LONGEST_SUBJECT
from articles.models import Article
from articles.publication import describe, publication_problems, still_blocking

PREFIX = "gate"
MOST_SHOWN = 50


class SetAsideForm(forms.Form):
    """One complaint that may be set aside; texts as long as CheckOverride holds them."""

    check = forms.CharField(max_length=60, widget=forms.HiddenInput)
    subject = forms.CharField(max_length=LONGEST_SUBJECT, widget=forms.HiddenInput, required=False)
    aside = forms.BooleanField(required=False, label="Set aside")
    reason = forms.CharField(
        max_length=300, required=False, label="because", widget=forms.TextInput({"class": "vTextField"})
    )

    def clean(self) -> dict[str, Any]:
        """Refuse to set something aside without a word why, and a reason for nothing."""
        cleaned = super().clean() or self.cleaned_data
        aside, reason = cleaned.get("aside"), cleaned.get("reason")
        if aside and not reason and "reason" not in self.errors:
            self.add_error("reason", "Say why: readers see the reason in the article's history.")
        if reason and not aside:
            self.add_error("aside", "Tick the box to set this aside, or clear the reason.")
        return cleaned


SetAsideFormSet = forms.formset_factory(SetAsideForm, extra=0, max_num=MOST_SHOWN, absolute_max=MOST_SHOWN)


@dataclass(frozen=True, slots=True)
class Row:
    """A complaint in words, and the form to set it aside where that is possible."""

    words: str
    form: forms.Form | None


@dataclass(frozen=True, slots=True)
class GateSection:
    """What the page shows of the gate."""

    rows: list[Row]
    formset: forms.BaseFormSet[SetAsideForm]
    more: int
    """Complaints that are not shown because there are so many."""


def sent_set_asides(data: Mapping[str, Any]) -> forms.BaseFormSet[SetAsideForm] | None:
    """What a page with the gate's section sent; None when it had none."""
    if f"{PREFIX}-TOTAL_FORMS" not in data:
        return None
    return SetAsideFormSet(data, prefix=PREFIX)


def chosen_set_asides(data: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """What the editor set aside, each with its reason: check and subject → reason."""
    formset = sent_set_asides(data)
    if formset is None or not formset.is_valid():
        return {}
    chosen = (form.cleaned_data for form in formset if form.cleaned_data.get("aside"))
    return {(row["check"], row["subject"]): row["reason"] for row in chosen}


def section_for(article: Article) -> GateSection | None:
    """The section for a stored article; None when nothing stands in the way of publishing it."""
    former = stands_set_aside(article)
    complaints = still_blocking(publication_problems(article), set_aside=former if readers_see_it(article) else {})
    shown = complaints[:MOST_SHOWN]
    once = list({complaint.key: complaint for complaint in shown if complaint.can_override})
    initial = [_initial(key, former.get(key, "")) for key in once]
    formset = SetAsideFormSet(initial=initial, prefix=PREFIX)
    forms_left = dict(zip(once, formset.forms, strict=True))
    rows = [Row(describe(complaint), forms_left.pop(complaint.key, None)) for complaint in shown]
    return GateSection(rows=rows, formset=formset, more=len(complaints) - len(shown)) if rows else None


def section_again(formset: forms.BaseFormSet[SetAsideForm]) -> GateSection:
    """The section as it was sent, when the page is shown again with a mistake in it."""
    formset.is_valid()
    rows = [Row(_as_sent(form), form) for form in formset]
    return GateSection(rows=rows, formset=formset, more=0)


def _initial(key: tuple[str, str], reason: str) -> dict[str, Any]:
    check, subject = key
    return {"check": check, "subject": subject, "aside": bool(reason), "reason": reason}


def _as_sent(form: forms.Form) -> str:
    check, subject = form["check"].value(), form["subject"].value()
    return f"{check}: {subject}" if subject else str(check)
