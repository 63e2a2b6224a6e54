"""Reading everything that studies can be found by: three queries, however many studies there are.

What the database works out here is worked out by the same expressions that select studies elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Case, F, IntegerField, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from forms_catalog.explorer import conditions
from forms_catalog.models import Arm, FormEvidence, LadderEntry, Study, StudyResult, Trial
from forms_catalog.models.vocabulary import PublicationStatus, Species
from forms_catalog.queries.study_conditions import period

Rows = QuerySet[Any, Any]
Table = dict[str, tuple[Any, ...]]
"""Columns by name, all of one length."""
RESULT, ARM, FILED, LOOKED, NAMED, RUNG = "result", "arm", "filed", "looked", "named", "rung"


class Keys(Aggregate):
    """The keys of all rows of a group, as digits between commas."""

    output_field = TextField()
    template = "GROUP_CONCAT(%(expressions)s)"

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """The same where it has another name and wants words."""
        return self.as_sql(compiler, connection, template="STRING_AGG((%(expressions)s)::text, ',')", **extra)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is said of studies: a result for an outcome, an arm with a form."""

    kind: str
    first: str
    second: str
    wider: str
    """The outcome of which the one spoken of is a part; empty: none."""
    keys: list[int]
    """Of the studies; none where a search found none."""


def studies() -> Table:
    """Public studies in the order of the lists, newest first, with what is said of each once. One query."""
    columns = ("pk", "year", "period", "kind", "design", "species", "publication_status", "form__slug")
    rows = Study.objects.published().annotate(period=period())
    return _table(rows.order_by(F("year").desc(nulls_last=True), "slug"), columns)


def trials() -> Table:
    """How those that are trials were run. One query."""
    bands = {f"age_{age}": Case(When(conditions.took_in(age), then=1), default=0) for age in conditions.AGES}
    worked_out = {
        "sex": conditions.sex(),
        "bias": conditions.bias(),
        "recruited": Cast("trial__conditions", TextField()),
        "not_by_chance": Case(When(trial__randomised=False, then=1), default=0, output_field=IntegerField()),
        **bands,
    }
    rows = Study.objects.published().filter(trial__isnull=False).annotate(**worked_out).order_by()
    return _table(rows, ("pk", *worked_out, "trial__baseline_magnesium", "trial__funding_type"))


def _table(rows: Rows, columns: tuple[str, ...]) -> Table:
    found = list(zip(*rows.values_list(*columns), strict=True))
    return dict(zip(columns, found or [()] * len(columns), strict=True))


def said() -> Iterator[Said]:
    """What of results, arms, evidence and ladders is said of which studies, hidden ones too. One query."""
    filed, looked = (FormEvidence.objects.filter(study__isnull=none) for none in (False, True))
    tables = [
        _gathered(RESULT, StudyResult.objects.all(), "outcome__slug", "direction", "outcome__broader__slug"),
        _gathered(ARM, Arm.objects.filter(form__isnull=False), "form__slug", study="trial__study"),
        _gathered(FILED, filed, "form__slug", "outcome__slug", "outcome__broader__slug"),
        _gathered(LOOKED, looked, "form__slug", "outcome__slug"),
        _gathered(NAMED, Study.mechanisms.through.objects.all(), "mechanism__slug"),
        _gathered(RUNG, LadderEntry.objects.filter(study__isnull=False), "mechanism__slug", "rung"),
    ]
    for kind, first, second, wider, keys in tables[0].union(*tables[1:], all=True):
        yield Said(kind, first, second, wider, list(map(int, keys.split(","))) if keys else [])


def people() -> Table:
    """Trials that gave people magnesium and stand, newest first, with what is said of those who took part. One query.

    The list of conditions as the text it is kept as.
    """
    found = Trial.objects.filter(magnesium_given=True, study__is_public=True, study__species=Species.HUMAN)
    found = found.exclude(study__publication_status=PublicationStatus.RETRACTED)
    rows = found.annotate(recruited=Cast("conditions", TextField()))
    columns = ("pk", "age_min", "age_max", "mean_age", "sex", "recruited", "baseline_magnesium", "study__form__slug")
    sizes = ("study__n", "n_total_randomised", "n_total_analysed")
    return _table(rows.order_by(F("study__year").desc(nulls_last=True), "study__slug"), (*columns, *sizes))


def forms_of_arms() -> Iterator[tuple[str, list[int]]]:
    """Each form with the keys of the trials that have an arm with it. One query."""
    arms = Arm.objects.filter(form__isnull=False).order_by().values("form__slug").annotate(said_of=Keys("trial"))
    for form, keys in arms.values_list("form__slug", "said_of"):
        yield form, list(map(int, keys.split(",")))


def _gathered(kind: str, rows: Rows, first: str, second: str = "", wider: str = "", *, study: str = "study") -> Rows:
    words = {"said_first": first, "said_second": second, "said_wider": wider}
    shaped = {name: _text(field) for name, field in words.items()}
    named = rows.order_by().annotate(said_kind=Value(kind, TextField()), **shaped).values("said_kind", *shaped)
    return named.annotate(said_of=Keys(study)).values_list("said_kind", *shaped, "said_of")


def _text(field: str) -> Any:
    empty = Value("", TextField())
    return Coalesce(Cast(field, TextField()), empty) if field else empty
