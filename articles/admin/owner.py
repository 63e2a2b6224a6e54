"""The admin of the site's owner: one page with what readers may know of who runs the site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from articles.models import SiteOwner
from forms_catalog.actions import public_content_changed

CHANGED = (
    "Someone has saved this page since you opened it. Nothing was overwritten and everything you typed is still here. "
    "Compare with the public page, take over what you need, and save again."
)


class OwnerForm(forms.ModelForm):
    """The owner's words. `opened` notices that someone else has saved meanwhile."""

    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["opened"] = self._stored()

    def clean(self) -> dict[str, Any]:
        """Refuse to overwrite what a colleague saved."""
        cleaned = super().clean() or self.cleaned_data
        stored = self._stored()
        if cleaned.get("opened", "") != stored:
            self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict in every request
            self.data[self.add_prefix("opened")] = stored  # type: ignore[index]  # its copy can be changed
            self.add_error(None, CHANGED)
        return cleaned

    def _stored(self) -> str:
        """When the row was last saved, as the database has it now; empty before it was ever saved."""
        saved = SiteOwner.objects.values_list("updated_at", flat=True).first()
        return saved.isoformat() if saved else ""


@admin.register(SiteOwner)
class SiteOwnerAdmin(admin.ModelAdmin):
    """For superusers, and for editors who were given the permission by name: the group does not hold it."""

    form = OwnerForm
    fieldsets = [
        ("Who", {"fields": ["operator", "postal_address", "email", "website", "people", "opened"]}),
        ("Money and ties", {"fields": ["funding", "conflicts"]}),
        ("Review", {"fields": ["clinical_review"]}),
    ]
    list_display = ["__str__", "updated_at"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Once: there is one owner."""
        return super().has_add_permission(request) and not SiteOwner.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: SiteOwner | None = None) -> bool:
        """Fields can be emptied; then the page says that nothing is known."""
        return False

    def view_on_site(self, obj: SiteOwner) -> str:
        """The public page."""
        return reverse("about:us")

    def save_model(self, request: HttpRequest, obj: SiteOwner, form: Any, change: bool) -> None:
        """Save, and let readers see it, in the admin's transaction."""
        super().save_model(request, obj, form, change)
        public_content_changed()
