"""Medicines with their hours, those about which nothing was verified, and the owner's word on a pharmacist's review."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from forms_catalog.actions import public_content_changed
from forms_catalog.admin.base import CatalogAdmin, LongPartInline
from forms_catalog.models import Gap, Interaction, NamedMedicine, SafetyReview, UnverifiedMedicine
from mgsite.index.keeping import follow


class GapInline(LongPartInline):
    """Each source's figure, a row of its own."""

    model = Gap
    fields = (("position", "said_by"), "stated", ("before_low", "before_high"), ("after_low", "after_high"))


@admin.register(NamedMedicine)
class NamedMedicineAdmin(CatalogAdmin):
    """Medicines of the safety check."""

    fixed_once_made = ("interaction",)
    fields = ("interaction", ("name", "position", "whole_class"), "also_called", "what_to_do")
    autocomplete_fields = ("interaction",)
    inlines = (GapInline,)
    list_display = ("name", "interaction", "whole_class")
    list_filter = ("whole_class", "interaction")
    list_select_related = ("interaction",)
    search_fields = ("name", "also_called")
    ordering = ("name",)

    def let_index_follow(self, keys: list[int]) -> None:
        """What is found is the rule that names it; of a deleted one nobody knows any more which that was."""
        follow(model=Interaction, keys=Interaction.objects.values_list("pk", flat=True))


@admin.register(UnverifiedMedicine)
class UnverifiedMedicineAdmin(CatalogAdmin):
    """Medicines of which the site says that it does not know."""

    fields = ("name", "slug", "also_called", "says", "source_urls")
    prepopulated_fields = {"slug": ("name",)}
    list_display = ("name", "says")
    search_fields = ("name", "slug", "also_called", "says")


@admin.register(SafetyReview)
class SafetyReviewAdmin(admin.ModelAdmin):
    """For superusers, and for those who were given the permission by name: the editors' group does not hold it."""

    fields = ("reviewed_by", "reviewed_on")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Once: there is one list."""
        return super().has_add_permission(request) and not SafetyReview.objects.exists()

    def save_model(self, request: HttpRequest, obj: SafetyReview, form: Any, change: bool) -> None:
        """Save, and let readers see it, in the admin's transaction."""
        super().save_model(request, obj, form, change)
        public_content_changed()

    def delete_model(self, request: HttpRequest, obj: SafetyReview) -> None:
        """A review can be taken back; then the pages say again that there was none."""
        super().delete_model(request, obj)
        public_content_changed()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """No deleting from the list: it would pass readers' pages by."""
        return {}
