"""From form over mechanism to outcome: which studies tie them, in people or in animals and the laboratory.

Counted are studies that watched or measured something. Reviews, hypotheses and regulators' texts are left out: they
speak of studies that are counted already.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import ClassVar

from forms_catalog.explorer.differences import capital
from forms_catalog.explorer.people import forms_by_slug
from forms_catalog.index.studies import StudyIndex, study_index
from forms_catalog.models import Form, Mechanism, Outcome, PublicState, Study
from forms_catalog.models.vocabulary import PublicationStatus, Species, StudyDesign, StudyKind
from forms_catalog.queries.facets import Facet, Filters
from forms_catalog.queries.forms import counted_in_words

NO_FORM = ""
"""Key of the place for studies that name no single form."""
TEXTS = {
    StudyDesign.META_ANALYSIS,
    StudyDesign.SYSTEMATIC_REVIEW,
    StudyDesign.NARRATIVE_REVIEW,
    StudyDesign.HYPOTHESIS,
    StudyDesign.COMMENTARY,
    StudyDesign.MODELLING,
}
LABORATORY = {StudyDesign.ANIMAL, StudyDesign.IN_VITRO}
MOST_LISTED = 20
FEWEST_LISTED, MOST_IN_ALL = 3, 2_000
MOST_IN_FILE = 1_000
"""Studies of one band that a file names."""
Sets = Mapping[str, int]
"""Sets of studies by the slug of a record."""


class PathwayFilter(Filters):
    """Which paths an address asks for."""

    NOUN: ClassVar[tuple[str, str]] = ("study", "studies")

    @property
    def fields(self) -> list[tuple[Facet, list[tuple[str, str]], str]]:
        """Facets with their choices and the one made; empty: none."""
        return [(facet, list(facet.options.items()), self.chosen.get(facet.name, "")) for facet in self.facets]


@dataclass(frozen=True, slots=True)
class Node:
    """A form, mechanism or outcome in its column."""

    key: str
    """Kind and slug."""
    name: str
    url: str
    """Empty: it has no page, being the place for what names none."""


Nodes = Mapping[str, Node]


@dataclass(frozen=True, slots=True)
class Band:
    """Studies of one kind that tie two neighbours."""

    start: Node
    end: Node
    in_people: bool
    number: int
    """How many studies."""
    studies: tuple[Study, ...]
    """The newest of them."""

    @property
    def key(self) -> str:
        """Where on the page its studies are listed."""
        return f"{self.start.key}-to-{self.end.key}-{'people' if self.in_people else 'laboratory'}"

    @property
    def words(self) -> str:
        """'Oxide to serotonin: 2 studies in people'."""
        where = "in people" if self.in_people else "in animals or the laboratory"
        return f"{self.start.name} to {self.end.name}: {counted_in_words(self.number, 'study')} {where}"

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.number - len(self.studies)


@dataclass(frozen=True, slots=True)
class Pathways:
    """All bands, and what they rest on."""

    left: tuple[Band, ...]
    """Form to mechanism."""
    right: tuple[Band, ...]
    """Mechanism to outcome."""
    in_people: int
    """Different studies in people."""
    in_laboratory: int
    unnamed: int
    """Studies that name no single form."""
    as_of: dt.date | None

    @property
    def number(self) -> int:
        """Different studies."""
        return self.in_people + self.in_laboratory

    @property
    def finding(self) -> str:
        """One sentence that only counts."""
        said = f"{counted_in_words(self.number, 'study')} on these paths: {self.in_people} in people, "
        said += f"{self.in_laboratory} in animals or the laboratory"
        return f"{said}; {self.unnamed} of them name no single form." if self.unnamed else f"{said}."

    @property
    def source(self) -> str:
        """Where the numbers come from, and of when."""
        return source_line(self.as_of)


def source_line(day: dt.date | None) -> str:
    """Where a picture's numbers come from, and of when."""
    as_of = f", as of {day.day} {day:%B %Y}" if day else ""
    return f"Source: the catalog of Magnesium & Mind{as_of}."


def pathway_facets() -> tuple[Facet, ...]:
    """What the paths can be narrowed by. Two queries."""
    forms = forms_by_slug()
    outcomes = dict(Outcome.objects.values_list("slug", "name"))
    return (
        Facet("form", "Form", "Any form", forms, "of {}"),
        Facet("outcome", "Outcome", "Any outcome", outcomes, "about {}"),
    )


def pathways(filters: PathwayFilter, *, listed: int | None = None) -> Pathways:
    """The paths that are asked for, each with the newest of its studies. Three queries, and what the index asks.

    `listed`: how many of each band's studies; None: as many as a page has room for.
    """
    index, (form_nodes, mechanism_nodes, outcome_nodes) = study_index(), nodes_of(filters)
    studies, lab = observed(index), index.any_of("design", LABORATORY)
    people = studies & index.of("species", Species.HUMAN) & ~lab
    forms = wanted(forms_given(index, studies), filters.chosen.get("form"))
    outcomes = wanted({slug: index.of("result", slug) for slug in outcome_nodes}, filters.chosen.get("outcome"))
    drawn = studies & any_of(forms)
    if "outcome" in filters.chosen:
        drawn &= any_of(outcomes)
    mechanisms = {slug: index.of("mechanism", slug) for slug in mechanism_nodes}
    starts, middle, ends = tied(forms, form_nodes), tied(mechanisms, mechanism_nodes), tied(outcomes, outcome_nodes)
    kinds = [(True, drawn & people), (False, drawn & ~people)]
    left, right = bands([ties(starts, middle, kinds), ties(middle, ends, kinds)], index, listed)
    return Pathways(
        left=left,
        right=right,
        in_people=(drawn & people).bit_count(),
        in_laboratory=(drawn & ~people).bit_count(),
        unnamed=(drawn & forms.get(NO_FORM, 0)).bit_count(),
        as_of=last_changed(),
    )


def observed(index: StudyIndex) -> int:
    """Studies on a mechanism that stand, and that watched people, animals, cells or receptors."""
    studied = index.any_of("species", set(Species) - {Species.NONE}) | index.any_of("design", LABORATORY)
    left_out = index.any_of("design", TEXTS) | index.of("status", PublicationStatus.RETRACTED)
    return studied & index.whole("mechanism") & index.of("kind", StudyKind.STUDY) & ~left_out


def forms_given(index: StudyIndex, studies: int) -> Sets:
    """Studies by the forms they gave, by an arm or by their record; those without one in the place for them."""
    forms = {form: found & studies for form, found in index.values("given") if form}
    return {**forms, NO_FORM: studies & ~any_of(forms)}


def wanted(sets: Sets, slug: str | None) -> Sets:
    """Those of one record; all where none is asked for."""
    return sets if slug is None else {slug: sets.get(slug, 0)}


def any_of(sets: Sets) -> int:
    """The studies in any of the sets."""
    return reduce(or_, sets.values(), 0)


def nodes_of(filters: PathwayFilter) -> tuple[Nodes, Nodes, Nodes]:
    """Forms, mechanisms and outcomes by slug. One query: the filters know the first and the last."""
    forms, outcomes = (facet.options for facet in filters.facets)
    mechanisms = dict(Mechanism.objects.values_list("slug", "name"))
    salts = {slug: capital(name.removeprefix("Magnesium ")) for slug, name in forms.items()}
    return (
        {**_nodes(Form, salts), NO_FORM: Node("form", "No single form named", "")},
        _nodes(Mechanism, mechanisms),
        _nodes(Outcome, outcomes),
    )


def _nodes(kind: type[Form] | type[Mechanism] | type[Outcome], names: Mapping[str, str]) -> dict[str, Node]:
    word = kind._meta.model_name
    return {
        slug: Node(f"{word}-{slug}", short(name), kind(slug=slug).get_absolute_url()) for slug, name in names.items()
    }


def short(name: str) -> str:
    """A name as a picture has room for it, without what stands in brackets at its end: 'GABA-A receptor'."""
    return re.sub(r"(?<=.) \([^()]*\)$", "", name)


def tied(sets: Sets, nodes: Nodes) -> list[tuple[Node, int]]:
    """Each record of a column with its studies."""
    return [(nodes[slug], found) for slug, found in sets.items() if slug in nodes and found]


def ties(
    starts: list[tuple[Node, int]], ends: list[tuple[Node, int]], kinds: list[tuple[bool, int]]
) -> list[tuple[Node, Node, bool, int]]:
    """What ties each start to each end, the studies in people apart; most studies first."""
    found = [
        (start, end, people, first & last & kind)
        for start, first in starts
        for end, last in ends
        for people, kind in kinds
        if first & last & kind
    ]
    return sorted(found, key=lambda tie: (not tie[2], -tie[3].bit_count(), tie[0].name, tie[1].name))


def bands(
    columns: list[list[tuple[Node, Node, bool, int]]], index: StudyIndex, listed: int | None
) -> list[tuple[Band, ...]]:
    """Ties with the newest of their studies: on a page, the more bands there are, the fewer of each. One query."""
    each = listed or max(FEWEST_LISTED, min(MOST_LISTED, MOST_IN_ALL // max(1, sum(map(len, columns)))))
    keys = {found: index.keys_of(found, stop=each) for column in columns for *_, found in column}
    fields = ("slug", "authors", "title", "year")
    studies = Study.objects.only(*fields).in_bulk(list({key for several in keys.values() for key in several}))
    return [
        tuple(
            Band(start, end, people, found.bit_count(), tuple(studies[key] for key in keys[found] if key in studies))
            for start, end, people, found in column
        )
        for column in columns
    ]


def last_changed() -> dt.date | None:
    """When public content last changed; None when it never has. One query."""
    changed = PublicState.objects.filter(pk=PublicState.ONLY).values_list("changed_at", flat=True).first()
    return changed.date() if changed else None


def grouped(found: Iterable[Band]) -> list[tuple[Node, list[Band]]]:
    """Bands under the node they start from, in their order."""
    by_start: dict[Node, list[Band]] = defaultdict(list)
    for band in found:
        by_start[band.start].append(band)
    return list(by_start.items())
