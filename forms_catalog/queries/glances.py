"""A record at a glance: its name and a line or two. For lists of related records, and for previews of links to them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, Model, OuterRef, Subquery, Value, When

from forms_catalog.chemistry import elemental_share
from forms_catalog.citations import participants
from forms_catalog.models import Form, Hydrate, LadderEntry, Mechanism, Outcome, Study
from forms_catalog.models.vocabulary import PublicationStatus, Rung
from mgsite.templatetags.ui import decimals, opening

NO_RUNG = "No rung is reached by a study that stands"


@dataclass(frozen=True, slots=True)
class Glance:
    """What a reader learns without leaving the page. `fact` is the one thing to know; either text may be empty."""

    url: str
    name: str
    fact: str
    line: str


def looked_up(*, form: str, mechanism: str) -> dict[str, Any]:
    """Annotations for rows that lead to forms and mechanisms by these names: glances then ask nothing more."""
    first = Hydrate.objects.filter(form=OuterRef(form)).order_by("position", "pk")
    on_ladder = LadderEntry.objects.filter(mechanism=OuterRef(mechanism), study__is_public=True).exclude(
        study__publication_status=PublicationStatus.RETRACTED
    )
    rungs = (When(Exists(on_ladder.filter(rung=rung)), then=Value(rung.value)) for rung in reversed(Rung))
    return {
        "formula": Subquery(first.values("formula")[:1]),
        "state": Subquery(first.values("state")[:1]),
        "rung": Case(*rungs, default=Value("")),
    }


def glance(record: Model, row: Any) -> Glance:
    """The record at a glance. `row` carries what was looked up."""
    return Glance(record.get_absolute_url(), str(record), *_KINDS[type(record)](record, row))  # type: ignore[attr-defined]


def _form(form: Form, row: Any) -> tuple[str, str]:
    share = (
        f"{decimals(100 * elemental_share(row.formula), 1)} % magnesium by weight ({row.state})" if row.formula else ""
    )
    return share, opening(form.absorption, 1)


def _mechanism(mechanism: Mechanism, row: Any) -> tuple[str, str]:
    return rung_in_words(row.rung), opening(mechanism.what_magnesium_does, 1)


def rung_in_words(rung: str) -> str:
    """How far up its ladder a mechanism is reached. `rung`: as looked up."""
    return f"Highest rung with a study: {str(Rung(rung).label).lower()}" if rung else NO_RUNG


def _outcome(outcome: Outcome, row: Any) -> tuple[str, str]:
    return "", opening(outcome.description, 1)


def _study(study: Study, row: Any) -> tuple[str, str]:
    status = PublicationStatus(study.publication_status)
    said_since = "" if status == PublicationStatus.AS_PUBLISHED else str(status.label)
    design = study.get_design_display() if study.design else study.get_kind_display()
    return ", ".join(filter(None, [said_since, str(design), participants(study)])), study.title_or_description


_KINDS: dict[type[Model], Callable[[Any, Any], tuple[str, str]]] = {
    Form: _form,
    Mechanism: _mechanism,
    Outcome: _outcome,
    Study: _study,
}
