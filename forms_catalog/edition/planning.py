"""What a load would do: compare files with what the edition last wrote, and with what is in the database now."""

from __future__ import annotations

from dataclasses import dataclass, field

from forms_catalog.edition.constraints import broken_checks
from forms_catalog.edition.documents import CHUNK, digest, documents
from forms_catalog.edition.drafts import Draft, draft_record
from forms_catalog.edition.errors import EditionError, Problem
from forms_catalog.edition.layout import KINDS, kind_of
from forms_catalog.edition.reading import Source
from forms_catalog.edition.sources import wrong_sources
from forms_catalog.edition.uniqueness import repeated, taken
from forms_catalog.models import EditionRecord
from forms_catalog.models.base import Record

Name = tuple[str, str]
"""Kind and slug."""


def name_of(draft: Draft) -> Name:
    """Kind and slug of a record's draft."""
    if not isinstance(draft.row, Record):
        raise TypeError("Only records have names.")
    return kind_of(type(draft.row)), draft.row.slug


@dataclass(slots=True)
class Plan:
    """Every record of an edition, by what will happen to it."""

    create: list[Draft] = field(default_factory=list)
    update: list[Draft] = field(default_factory=list)
    same: list[Draft] = field(default_factory=list)
    edited: list[Draft] = field(default_factory=list)
    """Changed here since the edition wrote them, or made here under the same slug; kept."""
    deleted: list[Draft] = field(default_factory=list)
    """Deleted here since the edition wrote them; not brought back."""
    cut_off: list[Draft] = field(default_factory=list)
    """Left as they are, because they now refer to a record that was deleted here."""
    last_written: dict[Name, str] = field(default_factory=dict)
    """Digest of what the edition last wrote for a record."""

    @property
    def written(self) -> list[Draft]:
        """The records that will be written."""
        return [*self.create, *self.update]


def draft_all(sources: list[Source], *, problems: list[Problem]) -> list[Draft]:
    """A draft of every file. Problems of single records are added to the list."""
    drafts = []
    for source in sources:
        draft, faults = draft_record(source)
        drafts.append(draft)
        if not faults:
            faults = [problem for each in draft.with_parts() for problem in broken_checks(each)]
        problems += faults
    return drafts


def make_plan(drafts: list[Draft]) -> Plan:
    """Sort the drafts by what should happen to them."""
    plan = Plan(last_written={(row.kind, row.slug): row.digest for row in EditionRecord.objects.all()})
    present = _present_digests(drafts)
    for draft in drafts:
        name, new = name_of(draft), digest(draft.document())
        before, now = plan.last_written.get(name), present.get(name)
        if now is None:
            (plan.create if before is None else plan.deleted).append(draft)
        elif now == new:
            plan.same.append(draft)
        elif now == before:
            plan.update.append(draft)
        else:
            plan.edited.append(draft)
    _leave_what_is_cut_off(plan)
    return plan


def _present_digests(drafts: list[Draft]) -> dict[Name, str]:
    """Digest of what the database holds now, for each record that it holds."""
    present: dict[Name, str] = {}
    for kind, slugs in _slugs_by_kind(drafts).items():
        wanted = sorted(slugs)
        for start in range(0, len(wanted), CHUNK):
            records = KINDS[kind]._default_manager.filter(slug__in=wanted[start : start + CHUNK])
            present |= {(kind, slug): digest(document) for slug, document in documents(records)}
    return present


def _leave_what_is_cut_off(plan: Plan) -> None:
    """Drop writes that refer to a record deleted here; dropping a new record may cut off others."""
    gone = {name_of(draft) for draft in plan.deleted}
    while cut := [draft for draft in plan.written if _refers_to(draft, gone)]:
        gone |= {name_of(draft) for draft in plan.create if draft in cut}
        plan.create = [draft for draft in plan.create if draft not in cut]
        plan.update = [draft for draft in plan.update if draft not in cut]
        plan.cut_off += cut


def _refers_to(draft: Draft, gone: set[Name]) -> bool:
    return any((kind, slug) in gone for _, kind, slug in draft.references())


def refuse_faults(drafts: list[Draft], plan: Plan, *, problems: list[Problem]) -> None:
    """Raise EditionError listing the problems given and those between records, if there are any."""
    replaced = _slugs_by_kind(plan.written)
    problems += _dangling(drafts)
    problems += repeated(drafts)
    problems += taken(plan.written, replaced=replaced)
    problems += wrong_sources(drafts, written=plan.written, replaced=replaced.get("studies", set()))
    if problems:
        raise EditionError(problems)


def _slugs_by_kind(drafts: list[Draft]) -> dict[str, set[str]]:
    slugs: dict[str, set[str]] = {}
    for kind, slug in map(name_of, drafts):
        slugs.setdefault(kind, set()).add(slug)
    return slugs


def _dangling(drafts: list[Draft]) -> list[Problem]:
    """Keys that lead to no record of the edition and to none that is here."""
    files, here = _slugs_by_kind(drafts), dict[str, set[str]]()
    problems = []
    for draft in drafts:
        for place, kind, slug in draft.references():
            if slug in files.get(kind, ()):
                continue
            if kind not in here:
                here[kind] = set(KINDS[kind]._default_manager.values_list("slug", flat=True))
            if slug not in here[kind]:
                problems.append(Problem(place, f"There is no record {slug!r} among {kind}."))
    return problems
