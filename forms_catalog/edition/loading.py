"""Loading an edition: all of it or nothing, and never over an editor's work."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from django.db import DataError, IntegrityError, transaction
from django.db.models import Model

from forms_catalog.actions import public_content_changed
from forms_catalog.edition.documents import digest
from forms_catalog.edition.drafts import Draft
from forms_catalog.edition.errors import EditionError
from forms_catalog.edition.layout import DATA, KINDS
from forms_catalog.edition.planning import Plan, draft_all, make_plan, name_of, refuse_faults
from forms_catalog.edition.reading import read_folder
from forms_catalog.edition.rows import write_rows
from forms_catalog.glossary import tell_of_terms
from forms_catalog.history import Stood, note_changes, note_studies, standing_of
from forms_catalog.models import Claim, EditionRecord, GlossaryTerm, Study
from mgsite.index.keeping import follow
from mgsite.index.sources import SOURCES

BATCH = 200


@dataclass(frozen=True, slots=True)
class Report:
    """What a load did, as 'kind/slug' each."""

    created: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    kept_edited: tuple[str, ...]
    """Changed here since the edition wrote them."""
    kept_deleted: tuple[str, ...]
    """Deleted here since the edition wrote them."""
    cut_off: tuple[str, ...]
    """Not written, because they refer to a record that was deleted here."""

    @property
    def changed(self) -> int:
        """How many records were written."""
        return len(self.created) + len(self.updated)

    def __str__(self) -> str:
        counts = (
            (self.created, "created"),
            (self.updated, "updated"),
            (self.unchanged, "unchanged"),
            (self.kept_edited, "kept as edited here"),
            (self.kept_deleted, "kept deleted"),
            (self.cut_off, "left out, as they refer to records deleted here"),
        )
        return ", ".join(f"{len(names)} {what}" for names, what in counts if names) or "no records"


def load_edition(*, directory: Path = DATA) -> Report:
    """Load the edition in a folder. Raises EditionError listing everything that is wrong; then nothing is changed."""
    sources, problems = read_folder(directory, kinds=list(KINDS))
    drafts = draft_all(sources, problems=problems)
    try:
        with transaction.atomic():
            plan = make_plan(drafts)
            refuse_faults(drafts, plan, problems=problems)
            if plan.written:
                stood = _standing(plan)
                write_rows(create=plan.create, update=plan.update)
                _note(plan, stood)
                public_content_changed()
                _follow(plan)
                _tell_of_terms(plan)
            _remember(plan)
    except (IntegrityError, DataError) as error:
        raise EditionError(f"The database refused the edition: {error}") from error
    return _report(plan)


def _standing(plan: Plan) -> Stood:
    """How verdicts stand that the load may change."""
    claims = Claim.objects.filter(slug__in=_slugs(plan.update)[Claim])
    return standing_of([*claims, *(draft.row for draft in plan.written if not isinstance(draft.row, Claim))])


def _note(plan: Plan, stood: Stood) -> None:
    note_changes(stood)
    note_studies(draft.row.pk for draft in plan.written if isinstance(draft.row, Study))


def _follow(plan: Plan) -> None:
    """Let the index follow what was written."""
    slugs = _slugs(plan.written)
    for model in SOURCES.keys() & slugs.keys():
        follow(model=model, keys=model._default_manager.filter(slug__in=slugs[model]).values_list("pk", flat=True))


def _slugs(drafts: list[Draft]) -> dict[type[Model], list[str]]:
    slugs: dict[type[Model], list[str]] = defaultdict(list)
    for draft in drafts:
        slugs[type(draft.row)].append(name_of(draft)[1])
    return slugs


def _tell_of_terms(plan: Plan) -> None:
    terms = [draft.row for draft in plan.written if isinstance(draft.row, GlossaryTerm)]
    if terms:
        tell_of_terms(terms)


def _remember(plan: Plan) -> None:
    """Note what was written, and what an editor has meanwhile made the same."""
    now = {name_of(draft): digest(draft.document()) for draft in [*plan.written, *plan.same]}
    EditionRecord.objects.bulk_create(
        [
            EditionRecord(kind=kind, slug=slug, digest=written)
            for (kind, slug), written in now.items()
            if plan.last_written.get((kind, slug)) != written
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["kind", "slug"],
        update_fields=["digest"],
    )


def _report(plan: Plan) -> Report:
    def names(drafts: list[Draft]) -> tuple[str, ...]:
        return tuple("/".join(name_of(draft)) for draft in drafts)

    return Report(
        created=names(plan.create),
        updated=names(plan.update),
        unchanged=names(plan.same),
        kept_edited=names(plan.edited),
        kept_deleted=names(plan.deleted),
        cut_off=names(plan.cut_off),
    )
