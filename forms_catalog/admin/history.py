"""How verdicts changed, to be read and nothing else."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from forms_catalog.models import VerdictChange


@admin.register(VerdictChange)
class VerdictChangeAdmin(admin.ModelAdmin):
    """Lines that the site writes itself, as readers see them. Nobody adds, changes or deletes one."""

    list_display = ("at", "record", "before", "after", "in_brief")
    list_filter = ("at",)
    list_select_related = ("claim", "outcome")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("claim__slug", "claim__statement", "outcome__slug", "outcome__name")
    fields = ("at", "record", "before", "after", "in_brief", "why")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The site adds them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """What was said stays said."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """What was said stays said; a line goes with its record alone."""
        return False
