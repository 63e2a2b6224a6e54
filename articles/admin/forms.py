"""The article's form: what an editor may change, and what happens when two of them do at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from articles.actions.articles import (
    FIRST_NOTE,
    NOTE_MISSING,
    REVISED,
    EditConflict,
    readers_see_it,
    stored_article,
)
from articles.admin.gate import sent_set_asides
from articles.models import Article, Status
from articles.publication import MAY_BECOME, MOST_CHARACTERS, check_slug_free
from articles.widgets import MarkdownEditor

CONTEXT_LINES = 2
NO_VERSION = -1


@dataclass(frozen=True, slots=True)
class Conflict:
    """What a colleague saved while this editor was writing."""

    by: str
    at: datetime
    fields: list[tuple[str, str]]
    """Short fields that differ: label, and the text as the colleague saved it."""
    lines: list[tuple[str, str]]
    """The body, line by line: 'theirs', 'yours', 'same' or 'gap', and the text."""
    body: str
    """The colleague's whole body, to copy from."""


SIGNS = {"-": "theirs", "+": "yours", " ": "same", "@": "gap"}


def difference(theirs: str, yours: str) -> list[tuple[str, str]]:
    """Lines that differ with a little of what stands around them."""
    lines = list(unified_diff(theirs.splitlines(), yours.splitlines(), lineterm="", n=CONTEXT_LINES))[2:]
    return [(SIGNS[line[0]], "" if line[0] == "@" else line[1:]) for line in lines]


def conflict_with(stored: Article, *, typed: dict[str, Any]) -> Conflict:
    """What the stored article says where the typed one says something else."""
    return Conflict(
        by=str(stored.saved_by or "someone whose account is gone"),
        at=stored.saved_at,
        fields=[
            (name, getattr(stored, name))
            for name in REVISED
            if name != "body" and typed.get(name, "") != getattr(stored, name)
        ],
        lines=difference(stored.body, typed.get("body", "")),
        body=stored.body,
    )


class ArticleForm(forms.ModelForm):
    """Title to body, and how far the article is. `version` notices that someone else has saved meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    change_note = forms.CharField(
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=f"What changed and why, for readers. The first time it may stay empty: “{FIRST_NOTE}”",
    )
    conflict: Conflict | None = None

    class Meta:
        model = Article
        exclude: tuple[str, ...] = ()
        widgets = {"body": MarkdownEditor} | {
            name: forms.Textarea(attrs={"rows": rows, "class": "vLargeTextField"})
            for name, rows in (("standfirst", 3), ("funding", 2), ("conflicts", 2))
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "body" in self.fields:
            self.fields["body"].strip = False  # type: ignore[attr-defined]
        if "status" in self.fields:
            self._offer_statuses(MAY_BECOME[Status(self.instance.status)])

    def _offer_statuses(self, allowed: tuple[Status, ...]) -> None:
        field = self.fields["status"]
        field.choices = [(status.value, status.label) for status in allowed]  # type: ignore[attr-defined]
        # A page opened before a colleague published still sends "draft"; that is not a wish to withdraw.
        field.disabled = len(allowed) == 1

    def clean_slug(self) -> str:
        """Refuse an address that leads readers to another article."""
        slug: str = self.cleaned_data["slug"]
        check_slug_free(slug=slug, article=self.instance)
        return slug

    def clean_body(self) -> str:
        """The text with the line ends every tool agrees on. Spaces at its beginning mean something; at its end not."""
        body = str(self.cleaned_data["body"]).replace("\r\n", "\n").rstrip() + "\n"
        if body == "\n":
            raise ValidationError("Write something first.")
        if len(body) > MOST_CHARACTERS:
            raise ValidationError(f"The text is longer than {MOST_CHARACTERS:,} characters. Split the article.")
        return body

    def clean_version(self) -> int:
        """A new article has none; a form that lost its version has one that never fits."""
        if not self.instance.pk:
            return 0
        version = self.cleaned_data["version"]
        return NO_VERSION if version is None else version

    def clean(self) -> dict[str, Any]:
        """Refuse to overwrite a colleague, or to publish a change without saying what it is."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk:
            self._check_version(cleaned)
        if "_publish" in self.data and not self.errors:
            self._check_note(cleaned)
            self._check_set_asides()
        return cleaned

    def _check_set_asides(self) -> None:
        formset = sent_set_asides(self.data)
        if formset is not None and not formset.is_valid():
            self.add_error(None, "Look again at what you set aside, below the text. Nothing is lost.")

    def _check_version(self, cleaned: dict[str, Any]) -> None:
        opened = Article(pk=self.instance.pk, version=cleaned.get("version", NO_VERSION))
        try:
            stored_article(opened)
        except EditConflict as error:
            self.conflict = conflict_with(error.stored, typed=cleaned)
            cleaned["version"] = error.stored.version
            # Saving again, now knowingly, goes through: the form is shown once more with the version just compared.
            shown_again: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict in every request
            shown_again[self.add_prefix("version")] = str(error.stored.version)
            self.data = shown_again
            when = date_format(timezone.localtime(self.conflict.at), "DATETIME_FORMAT")
            self.add_error(
                None,
                f"{self.conflict.by} saved this article on {when}, after you opened it. Nothing was overwritten and "
                "everything you typed is still here. Compare below, take over what you need, and save again.",
            )

    def _check_note(self, cleaned: dict[str, Any]) -> None:
        words = {name: cleaned.get(name, getattr(self.instance, name)) for name in REVISED}
        proposed = Article(live=self.instance.live, **words)
        if proposed.live and not readers_see_it(proposed) and not cleaned.get("change_note", "").strip():
            self.add_error("change_note", NOTE_MISSING.message)
