"""The glossary."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from forms_catalog.admin.base import CatalogAdmin
from forms_catalog.admin.together import CatalogForm
from forms_catalog.glossary import tell_of_terms
from forms_catalog.models import GlossaryTerm


class GlossaryForm(CatalogForm):
    """A term; a spelling belongs to one term only, or a text could not tell which is meant."""

    def clean(self) -> dict[str, Any]:
        """Refuse a spelling that is another term's."""
        cleaned = super().clean()
        spellings = [cleaned.get("name", ""), *cleaned.get("also_called", [])]
        mine = {spelling.lower() for spelling in spellings}
        for other in GlossaryTerm.objects.exclude(pk=self.instance.pk).only("name", "also_called"):
            for shared in sorted(mine & {spelling.lower() for spelling in other.spellings}):
                self.add_error("also_called", f"“{shared}” is a spelling of “{other}” already.")
        return cleaned


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(CatalogAdmin):
    """Words and their meanings. Texts mark them by themselves, so each change is told."""

    form = GlossaryForm
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "also_called", "definition", "more", "see_also", "mechanisms", "outcomes", "source_urls")
    autocomplete_fields = ("see_also", "mechanisms", "outcomes")
    list_display = ("name", "definition", "slug")
    search_fields = ("name", "also_called", "definition", "slug")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The last step of a save, in the admin's transaction."""
        super().save_related(request, form, formsets, change)
        tell_of_terms([form.instance])

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete one term, in the admin's transaction."""
        super().delete_model(request, obj)
        tell_of_terms([obj])

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete the terms chosen in a list."""
        terms = list(queryset)
        super().delete_queryset(request, queryset)
        tell_of_terms(terms)
