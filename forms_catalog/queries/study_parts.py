"""The many small lists on a study's page, fetched together.

A study has eight short lists beside its main tables, most of them empty. One UNION of rows of the same
shape keeps the page within its budget of twelve queries, whatever the study holds.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from forms_catalog.models import (
    CommonClaim,
    CounterSearch,
    NarrativeSynthesis,
    OutcomeNote,
    RiskOfBias,
    Study,
    StudyIdentifier,
    UnusableResult,
)
from forms_catalog.models.vocabulary import BiasDomain, BiasLevel, CommonClaimVerdict, PublicationStatus


@dataclass(frozen=True, slots=True)
class Part:
    """A row of a small list: whom it is about (a slug and a name), up to two texts, and where it was read."""

    slug: str
    name: str
    text: str
    more: str
    source: str

    @property
    def bias_domain(self) -> str:
        """For risk of bias: the domain in words."""
        return str(BiasDomain(self.slug).label)

    @property
    def bias_level(self) -> str:
        """For risk of bias: the judgement in words."""
        return str(BiasLevel(self.name).label)

    @property
    def common_verdict(self) -> str:
        """For a common claim: the verdict in words."""
        return str(CommonClaimVerdict(self.more).label)

    @property
    def status(self) -> str:
        """For a study: what its journal has said since, in words; empty where it said nothing."""
        status = PublicationStatus(self.more)
        return "" if status == PublicationStatus.AS_PUBLISHED else str(status.label)


def _rows(kind: str, rows: QuerySet, *, slug: str, name: str, text: str, more: str = "", source: str = "") -> QuerySet:
    """Rows as (kind, position, slug, name, text, more, source); an empty field name gives an empty text."""
    columns = {
        f"part_{column}": Cast(F(field), TextField()) if field else Value("", TextField())
        for column, field in (("slug", slug), ("name", name), ("text", text), ("more", more), ("source", source))
    }
    place = F("position") if "position" in {f.name for f in rows.model._meta.fields} else Value(0)
    return (
        rows.order_by()
        .annotate(part_kind=Value(kind, CharField()), part_place=place, **columns)
        .values_list("part_kind", "part_place", *columns)
    )


@cache
def _lists() -> list[tuple[QuerySet, str]]:
    """The small lists of all studies, each with its way to the study. Made once, because making them is slow."""
    about = {"slug": "outcome__slug", "name": "outcome__name"}
    form, claim = {"slug": "form__slug", "name": "form__name"}, {"slug": "claim__slug", "name": "claim__statement"}
    kinds: list[tuple[str, str, QuerySet, dict[str, str]]] = [
        ("identifiers", "study", StudyIdentifier.objects.all(), {"slug": "kind", "name": "kind", "text": "value"}),
        ("bias", "trial__study", RiskOfBias.objects.all(), {"slug": "domain", "name": "level", "text": "reason"}),
        ("narrative", "study", NarrativeSynthesis.objects.all(), about | {"text": "text", "source": "source_url"}),
        (
            "unusable",
            "study",
            UnusableResult.objects.all(),
            about | {"text": "seen", "more": "missing", "source": "source_url"},
        ),
        ("notes", "study", OutcomeNote.objects.all(), about | {"text": "note"}),
        ("common_claims", "studies", CommonClaim.objects.all(), form | {"text": "statement", "more": "verdict"}),
        ("searches", "found", CounterSearch.objects.all(), claim | {"text": "query"}),
        (
            "names",
            "named_by",
            Study.objects.published(),
            {"slug": "slug", "name": "slug", "text": "title", "more": "publication_status"},
        ),
    ]
    return [(_rows(kind, rows, **columns), study) for kind, study, rows, columns in kinds]


def study_parts(study: Study) -> dict[str, list[Part]]:
    """The small lists by name, each in order; a list that is empty is absent. One query."""
    lists = [rows.filter(**{way: study}) for rows, way in _lists()]
    parts: dict[str, list[Part]] = defaultdict(list)
    for kind, _, *texts in sorted(lists[0].union(*lists[1:], all=True), key=lambda row: (row[0], row[1])):
        parts[kind].append(Part(*texts))
    return dict(parts)
