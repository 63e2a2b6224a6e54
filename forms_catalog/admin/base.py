"""What the admin of every catalog record has in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models, transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from forms_catalog.actions import public_content_changed
from forms_catalog.admin.parts import PartFormSet
from forms_catalog.admin.together import CatalogForm
from forms_catalog.alerts import close_finished_alerts
from forms_catalog.history import note_changes, note_studies, outcomes_of, standing_of
from forms_catalog.models import ReviewTask, Study, Trial, VerdictChange
from forms_catalog.queries.filters import MOST_WORDS, clean_text, holds
from mgsite.index.keeping import follow

STUDIES: dict[type[Model], str] = {Study: "pk", Trial: "study_id"}
"""What a study's page is made of, with the name of the study's key there."""


OUTCOME_FIELDS = {"outcome", "outcomes", "broader"}
"""Names of fields that lead to outcomes."""


class CatalogAdmin(admin.ModelAdmin):
    """A record readers can see: each change of it is noted in the transaction that makes it."""

    form = CatalogForm
    list_per_page = 50
    show_full_result_count = False
    save_on_top = True
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 5})}}
    fixed_once_made: tuple[str, ...] = ("slug",)
    """Fields other records, articles or addresses lean on; they are set once."""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """A record's slug is part of its address and of the articles that name it: it stays."""
        readonly = list(super().get_readonly_fields(request, obj))
        names = {field.name for field in self.model._meta.get_fields()}
        return readonly + [name for name in self.fixed_once_made if obj is not None and name in names]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None) -> dict[str, Any]:
        """Only where the slug can still be chosen."""
        return {} if obj is not None else dict(super().get_prepopulated_fields(request, obj))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Model], search_term: str
    ) -> tuple[QuerySet[Model], bool]:
        """Records that hold every word, as the public list of studies finds them: with accents too.

        No field searched is on the far side of a to-many relation, so nothing is found twice.
        """
        for word in clean_text(search_term.replace('"', " ")).split()[:MOST_WORDS]:
            queryset = queryset.filter(holds(word, fields=self.get_search_fields(request)))
        return queryset, False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Remember how verdicts stood before the change."""
        form.stood = standing_of([obj], outcomes=outcomes_of(obj, named=_outcomes_named(request)))
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The last step of a save, in the admin's transaction."""
        super().save_related(request, form, formsets, change)
        note_changes(form.stood)
        if self.model in STUDIES and any(each.has_changed() for each in [form, *formsets]):
            note_studies(self._studies_of([form.instance]))
        public_content_changed()
        self.let_index_follow([form.instance.pk])

    def let_index_follow(self, keys: list[int]) -> None:
        """Let the search say of these rows what readers may see now. A part's admin names its whole instead."""
        follow(model=self.model, keys=keys)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Delete one record, in the admin's transaction."""
        gone, stood, studies = obj.pk, standing_of([obj], outcomes=outcomes_of(obj)), self._studies_of([obj])
        super().delete_model(request, obj)
        note_changes(stood)
        note_studies(studies)
        close_finished_alerts()
        public_content_changed()
        self.let_index_follow([gone])

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> None:
        """Delete the records chosen in a list."""
        gone, stood = list(queryset.values_list("pk", flat=True)), standing_of(queryset)
        studies = self._studies_of(queryset)
        super().delete_queryset(request, queryset)
        note_changes(stood)
        note_studies(studies)
        close_finished_alerts()
        public_content_changed()
        self.let_index_follow(gone)

    def _studies_of(self, records: Iterable[Any]) -> list[int]:
        """Keys of the studies whose page such records are part of; of one that is gone nothing is noted."""
        key = STUDIES.get(self.model)
        return [getattr(record, key) for record in records] if key else []

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Protect records that a published article refers to: its text would lead nowhere."""
        deleted, counts, permissions, protected = super().get_deleted_objects(objs, request)
        for record in objs:
            for reference in _article_references(record):
                protected.append(f"“{reference.article}” refers to “{record}”. Take the reference out of it first.")
        # Nobody deletes a task or a line of history by hand; it goes with the record it is about.
        permissions -= {ReviewTask._meta.verbose_name, VerdictChange._meta.verbose_name}
        return deleted, counts, permissions, protected

    def view_on_site(self, obj: Model) -> str | None:
        """The record's public page, where it has one."""
        if not hasattr(obj, "get_absolute_url") or not getattr(obj, "is_public", True):
            return None
        return str(obj.get_absolute_url())


def _outcomes_named(request: HttpRequest) -> Iterator[str]:
    """Keys of outcomes in a record's form and in the rows of its parts."""
    for name, values in request.POST.lists():
        if name.rpartition("-")[2] in OUTCOME_FIELDS:
            yield from values


def _article_references(record: Model) -> Any:
    """Rows of the articles app that point at a record; known here by their relation alone."""
    references = getattr(record, "article_references", None)
    return references.select_related("article") if references is not None else ()


SHORT_TEXT: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}
}


class PartInline(admin.TabularInline):
    """Short rows of a record."""

    formset = PartFormSet
    extra = 0
    ordering = ("position", "pk")
    formfield_overrides = SHORT_TEXT


class LongPartInline(admin.StackedInline):
    """Rows with more than a line of text."""

    formset = PartFormSet
    extra = 0
    ordering = ("position", "pk")
    formfield_overrides = SHORT_TEXT
