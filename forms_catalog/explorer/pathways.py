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
from typing import ClassVar

from django.db.models import Q, QuerySet

from forms_catalog.explorer.differences import capital
from forms_catalog.explorer.people import forms_by_slug
from forms_catalog.models import (
    Arm,
    Form,
    LadderEntry,
    Mechanism,
    Outcome,
    PublicState,
    Study,
    StudyResult,
)
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
Pairs = set[tuple[int, str]]
"""Studies by primary key, each with the slug of a record."""


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


class Ties:
    """Which nodes of one column a study belongs to."""

    def __init__(self, pairs: Pairs, nodes: Nodes) -> None:
        self._slugs: dict[int, list[str]] = defaultdict(list)
        for study, slug in sorted(pairs):
            self._slugs[study].append(slug)
        self._nodes = nodes

    def of(self, study: Study) -> list[Node]:
        """Its nodes."""
        return [self._nodes[slug] for slug in self._slugs.get(study.pk, ())]


@dataclass(frozen=True, slots=True)
class Band:
    """Studies of one kind that tie two neighbours."""

    start: Node
    end: Node
    in_people: bool
    studies: tuple[Study, ...]
    """Newest first."""

    @property
    def key(self) -> str:
        """Where on the page its studies are listed."""
        return f"{self.start.key}-to-{self.end.key}-{'people' if self.in_people else 'laboratory'}"

    @property
    def number(self) -> int:
        """How many studies."""
        return len(self.studies)

    @property
    def words(self) -> str:
        """'Oxide to serotonin: 2 studies in people'."""
        where = "in people" if self.in_people else "in animals or the laboratory"
        return f"{self.start.name} to {self.end.name}: {counted_in_words(self.number, 'study')} {where}"

    @property
    def shown(self) -> tuple[Study, ...]:
        """The newest of them."""
        return self.studies[:MOST_LISTED]

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.number - len(self.shown)


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


def pathways(filters: PathwayFilter) -> Pathways:
    """The paths that are asked for. Seven queries."""
    mechanisms, studies = on_mechanisms(), {study.pk: study for study in shown(observed())}
    forms, outcomes = forms_given(studies), outcomes_measured()
    wanted_form, wanted_outcome = filters.chosen.get("form"), filters.chosen.get("outcome")
    forms = {pair for pair in forms if wanted_form in (None, pair[1])}
    outcomes = {pair for pair in outcomes if wanted_outcome in (None, pair[1])}
    kept = {study for study, _ in forms}
    if wanted_outcome:
        kept &= {study for study, _ in outcomes}
    drawn = [study for key, study in studies.items() if key in kept]
    form_nodes, mechanism_nodes, outcome_nodes = nodes_of(filters)
    over = Ties(mechanisms, mechanism_nodes)
    return Pathways(
        left=bands(drawn, starts=Ties(forms, form_nodes), ends=over),
        right=bands(drawn, starts=over, ends=Ties(outcomes, outcome_nodes)),
        in_people=sum(is_in_people(study) for study in drawn),
        in_laboratory=sum(not is_in_people(study) for study in drawn),
        unnamed=len({study for study, slug in forms if slug == NO_FORM and study in kept}),
        as_of=last_changed(),
    )


def on_mechanisms() -> Pairs:
    """Studies with the mechanisms they bear on, as they are filed or stand on a ladder. One query."""
    filed = Study.mechanisms.through.objects.order_by().values_list("study_id", "mechanism__slug")
    ladder = LadderEntry.objects.filter(study__isnull=False).order_by().values_list("study_id", "mechanism__slug")
    return set(filed.union(ladder))


def observed() -> QuerySet[Study]:
    """Studies on a mechanism that readers may see, that stand, and that watched people, animals, cells or receptors."""
    studied = Q(species__in=set(Species) - {Species.NONE}) | Q(design__in=LABORATORY)
    filed = Q(pk__in=Study.mechanisms.through.objects.values("study"))
    on_ladder = Q(pk__in=LadderEntry.objects.filter(study__isnull=False).order_by().values("study"))
    found = Study.objects.published().filter(studied, filed | on_ladder, kind=StudyKind.STUDY)
    return found.exclude(design__in=TEXTS).exclude(publication_status=PublicationStatus.RETRACTED).order_by()


def shown(studies: QuerySet[Study]) -> QuerySet[Study]:
    """The studies with what the lists show of them, newest first."""
    fields = ("slug", "authors", "title", "year", "species", "design", "form__slug")
    return studies.select_related("form").only(*fields).order_by("-year", "slug")


def is_in_people(study: Study) -> bool:
    """Whether people were watched or measured."""
    return study.species == Species.HUMAN and study.design not in LABORATORY


def forms_given(studies: Mapping[int, Study]) -> Pairs:
    """Studies with the forms they gave; without one, with the place for those. One query."""
    arms = Arm.objects.filter(trial__study__in=observed().values("pk"), form__isnull=False).order_by()
    given: Pairs = set(arms.values_list("trial__study_id", "form__slug"))
    given |= {(key, study.form.slug) for key, study in studies.items() if study.form}
    named = {study for study, _ in given}
    return given | {(key, NO_FORM) for key in studies if key not in named}


def outcomes_measured() -> Pairs:
    """The studies with the outcomes they have results for. One query."""
    results = StudyResult.objects.filter(study__in=observed().values("pk")).order_by()
    return set(results.values_list("study_id", "outcome__slug"))


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


def bands(studies: Iterable[Study], *, starts: Ties, ends: Ties) -> tuple[Band, ...]:
    """The studies that tie each start to each end, those in people apart; most studies first."""
    found: dict[tuple[Node, Node, bool], list[Study]] = defaultdict(list)
    for study in studies:
        for start in starts.of(study):
            for end in ends.of(study):
                found[start, end, is_in_people(study)].append(study)
    made = [Band(start, end, people, tuple(tied)) for (start, end, people), tied in found.items()]
    return tuple(sorted(made, key=lambda band: (not band.in_people, -band.number, band.start.name, band.end.name)))


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
