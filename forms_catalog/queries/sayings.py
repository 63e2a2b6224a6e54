"""What sources say of an outcome in words: notes, reviews that did not pool, results without a usable number.

Three tables hold it. One UNION of rows of the same shape, each with what is shown of its study, keeps the outcome's
page within its budget of queries. The records that come out are complete for showing, and are not for saving.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, CharField, F, QuerySet, TextField, Value

from forms_catalog.charts.query import COMPARATORS
from forms_catalog.charts.series import MOST_ROWS, unusable_shown
from forms_catalog.models import Form, NarrativeSynthesis, Outcome, OutcomeNote, Study, UnusableResult

# What a row shows of its study.
STUDY_FIELDS = (
    "slug",
    "authors",
    "title",
    "year",
    "n",
    "form_stated",
    "dose_mg_elemental",
    "comparator",
    "publication_status",
)
TOLD = {"first_direction": CharField(), "last_direction": CharField()}
ROLES = {f"against_{role}": BooleanField() for role in COMPARATORS}


@dataclass(slots=True)
class Sayings:
    """The records, each kind in its own order, with their studies."""

    notes: list[OutcomeNote] = field(default_factory=list)
    narrative: list[NarrativeSynthesis] = field(default_factory=list)
    unusable: list[UnusableResult] = field(default_factory=list)


def sayings_of(outcome: Outcome) -> Sayings:
    """Everything of public studies. One query."""
    public = {"study__is_public": True}
    rows = _rows("notes", outcome.notes.filter(**public), text=F("note")).union(
        _rows("narrative", outcome.narrative_syntheses.filter(**public), text=F("text"), url=F("source_url")),
        _rows("unusable", unusable_shown([outcome.slug]), text=F("seen"), more=F("missing"), told=True),
        all=True,
    )
    found = Sayings()
    for row in rows.order_by("say_position", "say_pk")[:MOST_ROWS]:
        _file(found, outcome, row)
    return found


def _rows(
    table: str, rows: QuerySet[Any, Any], *, text: F, more: Any = None, url: Any = None, told: bool = False
) -> QuerySet[Any, Any]:
    empty = Value("", TextField())
    columns: dict[str, Any] = {
        "say_table": Value(table, CharField()),
        "say_position": F("position"),
        "say_pk": F("pk"),
        "say_text": text,
        "say_more": more or empty,
        "say_url": url or empty,
        "say_form": F("study__form__name"),
        **{f"study_{name}": F(f"study__{name}") for name in STUDY_FIELDS},
        "study_key": F("study__id"),
        **{f"say_{name}": F(name) if told else Value("", kind) for name, kind in TOLD.items()},
        **{f"say_{name}": F(name) if told else Value(False, kind) for name, kind in ROLES.items()},
    }
    return rows.order_by().annotate(**columns).values(*columns)


def _file(found: Sayings, outcome: Outcome, row: dict[str, Any]) -> None:
    study = _study(row)
    if row["say_table"] == "notes":
        found.notes.append(OutcomeNote(outcome=outcome, study=study, note=row["say_text"]))
    elif row["say_table"] == "narrative":
        found.narrative.append(
            NarrativeSynthesis(outcome=outcome, study=study, text=row["say_text"], source_url=row["say_url"])
        )
    else:
        found.unusable.append(_unusable(outcome, study, row))


def _unusable(outcome: Outcome, study: Study, row: dict[str, Any]) -> UnusableResult:
    result = UnusableResult(outcome=outcome, study=study, seen=row["say_text"], missing=row["say_more"])
    result.position = row["say_position"]
    for name in (*TOLD, *ROLES):
        setattr(result, name, row[f"say_{name}"] or None)
    return result


def _study(row: dict[str, Any]) -> Study:
    form = Form(name=row["say_form"]) if row["say_form"] else None
    known = {name: row[f"study_{name}"] for name in STUDY_FIELDS}
    return Study(id=row["study_key"], form=form, **known)
