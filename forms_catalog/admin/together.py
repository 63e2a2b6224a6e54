"""Two editors with one record open: the second save overwrites nothing unnoticed.

A form carries the digest of the record as it was when the form was made. When the record has moved on, the form
comes back with all that was typed and says so; saving it again, now knowingly, goes through.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format

from forms_catalog.edition.documents import digest, document_of, with_parts
from forms_catalog.edition.layout import owned_parts

CHANGED = (
    "This record has changed since you opened it{last}. Nothing was overwritten and everything you typed is still "
    "here. Compare with the record as it stands, take over what you need, and save again."
)


def state_of(record: Model) -> str:
    """Digest of what the record's page edits, as the database has it: its values and its parts."""
    model = type(record)
    document = document_of(with_parts(model._default_manager.filter(pk=record.pk)).get())
    for owned in owned_parts(model):
        if admin.site.is_registered(owned.model):
            document.pop(owned.name, None)  # has a page of its own
    return digest(document)


def last_saved(record: Model) -> str:
    """Who saved it here last and when, as the middle of a sentence; empty when nobody did."""
    kind = ContentType.objects.get_for_model(record)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(record.pk)).select_related("user")
    entry = entries.order_by("-action_time").first()
    if entry is None:
        return ""
    when = date_format(timezone.localtime(entry.action_time), "DATETIME_FORMAT")
    return f"; {entry.user} saved it last, on {when}"


class StateField(forms.CharField):
    """What the form saw when it was made. It says nothing about the record, so it never counts as a change."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Never."""
        return False


class CatalogForm(forms.ModelForm):
    """A record's form that notices when someone else has saved the record meanwhile."""

    opened = StateField(required=False)
    conflict = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            self.initial["opened"] = state_of(self.instance)

    def clean(self) -> dict[str, Any]:
        """Refuse to overwrite what a colleague saved. Runs in the admin's transaction."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk:
            self._check_state(cleaned.get("opened", ""))
        return cleaned

    def _check_state(self, opened: str) -> None:
        stored = type(self.instance)._default_manager.filter(pk=self.instance.pk).order_by()
        stored.select_for_update().first()  # held until the save; on SQLite the transaction does as much
        now = state_of(self.instance)
        if opened == now:
            return
        self.conflict = True
        shown_again: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict in every request
        shown_again[self.add_prefix("opened")] = now
        self.data = shown_again
        self.add_error(None, CHANGED.format(last=last_saved(self.instance)))
