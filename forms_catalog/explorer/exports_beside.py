"""People like the reader, and pathways, as data: the trials and the bands that the pages show, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from forms_catalog.explorer.pathways import Band, Pathways
from forms_catalog.explorer.people import Compared, Group, Likeness, Person
from forms_catalog.exports.columns import Column, Table, address, key, number, path, text, texts, yes_no

ASKED = {"age": "age", "sex": "sex", "condition": "condition", "magnesium": "magnesium at the start"}
"""What can be said of a person, as columns name it."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One trial beside the person."""

    group: Group
    compared: Compared
    is_asked: bool
    """Whether anything was said of the person; without it nobody is like or unlike."""

    @property
    def match(self) -> str:
        """How its people stand to the person; empty when nothing was said."""
        return self.group.match.value if self.is_asked else ""


def _answered(name: str, part: str) -> Callable[[PersonRow], Any]:
    def read(row: PersonRow) -> Any:
        """'match.value' or 'record' of the answer; None where that was not asked."""
        answer = next((answer for facet, answer in row.compared.answers if facet.name == name), None)
        return path(part)(answer)

    return read


def _asked(name: str, words: str) -> tuple[Column, Column]:
    said = f"How its people stand to the person by {words}; null: not asked"
    return (
        text(name, said, _answered(name, "match.value")),
        text(f"{name}_on_record", f"What the trial’s record says of {words}", _answered(name, "record")),
    )


PEOPLE = Table(
    "people",
    "People like you in the trials",
    (
        text("match", "Like you, Open to you, Not stated or Not like you; null: nothing was asked"),
        key("study", "Key of the study", "studies", "compared.trial.study.slug"),
        text("citation", "As people speak of it", "compared.trial.study.short_citation"),
        number("people", "People in the trial, in every arm; null: size not seen", "people", "compared.people"),
        key(
            "form", "Key of the one form given; null also where several were", "forms", "compared.trial.study.form.slug"
        ),
        yes_no("magnesium_alone", "Whether no other active ingredient came with it", "compared.trial.magnesium_alone"),
        *(column for name, words in ASKED.items() for column in _asked(name, words)),
        text("publication_status", "What the journal has said since", "compared.trial.study.publication_status"),
        address("study", path("compared.trial.study")),
    ),
)


def person_rows(person: Person, likeness: Likeness) -> list[PersonRow]:
    """Every trial, group by group as on the page. No query."""
    asked = bool(person.asked)
    return [PersonRow(group, compared, asked) for group in likeness.groups for compared in group.trials]


def people_said(person: Person, likeness: Likeness) -> str:
    """The question and its answer in words."""
    chosen = "; ".join(f"{choice.label}: {choice.words}" for choice in person.describe())
    trials = f"{likeness.trials} trials of {person.what}, {likeness.people:,} people"
    return f"{trials}. Asked: {chosen}." if chosen else f"{trials}. Nothing was asked."


@dataclass(frozen=True, slots=True)
class BandRow:
    """One band between two columns of the picture."""

    step: str
    band: Band


def _slug(end: str) -> Callable[[BandRow], str]:
    """Reads the key of a band's end; empty at the place for studies that name no form."""
    return lambda row: getattr(row.band, end).key.partition("-")[2]


PATHWAYS = Table(
    "pathways",
    "Pathways from form over mechanism to outcome",
    (
        text("step", "form_to_mechanism or mechanism_to_outcome"),
        text("from", "Key of the form or mechanism; null: no single form is named", _slug("start")),
        text("from_name", "Its name, as the picture has room for it", "band.start.name"),
        text("to", "Key of the mechanism or outcome", _slug("end")),
        text("to_name", "Its name, as the picture has room for it", "band.end.name"),
        yes_no("in_people", "Studies in people; else in animals or the laboratory", "band.in_people"),
        number("studies", "How many studies tie the two", "studies", "band.number"),
        texts("study_keys", "Their keys, newest first", lambda row: [study.slug for study in row.band.studies]),
        text("in_words", "All of it, as the picture says it", "band.words"),
    ),
)


def band_rows(series: Pathways) -> list[BandRow]:
    """Every band of the picture. No query."""
    steps: Iterable[tuple[str, tuple[Band, ...]]] = (
        ("form_to_mechanism", series.left),
        ("mechanism_to_outcome", series.right),
    )
    return [BandRow(step, band) for step, bands in steps for band in bands]
