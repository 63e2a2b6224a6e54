"""All rules on file in order of severity, and what a reader can pick: medicines by name, classes, conditions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from forms_catalog.models import Caution, Gap, Interaction, NamedMedicine
from forms_catalog.models.vocabulary import Severity
from forms_catalog.tools.safety.hours import Figure, Widest, figure_of, widest

MEANINGS = {
    Severity.MAJOR: "can make a treatment fail or cause harm",
    Severity.MONITOR: "blood test or clinician review",
    Severity.MODERATE: "plan the timing",
    Severity.MINOR: "convenience",
}
"""Gravest first. To be watched by a clinician is put before what good timing settles; the grading is editorial."""
ABOUT_FIELDS = re.compile(r"\bhour fields\b|^Hours apply to ")
RANK = {severity: rank for rank, severity in enumerate(MEANINGS)}


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine, or a class, as one rule names it."""

    name: str
    also_called: tuple[str, ...]
    whole_class: bool
    what_to_do: str
    """Of its own, where the rule's sentence speaks of others; else empty."""
    figures: tuple[Figure, ...]

    @property
    def widest(self) -> Widest | None:
        """The hours that keep to every source."""
        return widest(self.figures)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about medicines or about a condition, in the record's own words."""

    key: str
    about: str
    """'medicine' or 'condition'."""
    title: str
    severity: Severity
    what_to_do: str
    sources: tuple[str, ...]
    checked_on: dt.date | None
    direction: str = ""
    why: str = ""
    note: str = ""
    medicines: tuple[Medicine, ...] = ()

    @property
    def sentence(self) -> str:
        """What to do, with a capital and a full stop where the record has none."""
        text = self.what_to_do[:1].upper() + self.what_to_do[1:]
        return text if text.endswith((".", "!", "?")) else f"{text}."

    @property
    def meaning(self) -> str:
        """What its severity means."""
        return MEANINGS[self.severity]

    @property
    def names(self) -> list[str]:
        """Names it holds for, beside its title. One with a sentence of its own works otherwise; the note names it."""
        return [each.name for each in self.medicines if each.name != self.title and not each.what_to_do]

    @property
    def hours(self) -> list[tuple[list[str], Medicine]]:
        """Medicines for which hours are on file; those with the same figures stand together, the first for all."""
        alike: dict[tuple[Figure, ...], list[Medicine]] = {}
        for medicine in self.medicines:
            if medicine.figures:
                alike.setdefault(medicine.figures, []).append(medicine)
        return [([medicine.name for medicine in group], group[0]) for group in alike.values()]


@dataclass(frozen=True, slots=True)
class Pick:
    """A name a reader can pick, and every rule that holds for it."""

    name: str
    also_called: tuple[str, ...]
    whole_class: bool
    rules: tuple[tuple[Rule, Medicine], ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every source's hours, whichever rule they stand in."""
        return tuple(figure for _, medicine in self.rules for figure in medicine.figures)

    @property
    def widest(self) -> Widest | None:
        """The hours that keep to every source."""
        return widest(self.figures)


def rules() -> list[Rule]:
    """Every rule, gravest first; conditions before medicines. Four queries."""
    interactions = Interaction.objects.prefetch_related("medicines__gaps")
    found = [*map(rule_of_condition, Caution.objects.all()), *map(_of_interaction, interactions)]
    return sorted(found, key=lambda rule: (RANK[rule.severity], rule.about, rule.title.lower()))


def rule_of_condition(caution: Caution) -> Rule:
    """A condition as a rule."""
    title = f"{caution.condition} ({caution.threshold})" if caution.threshold else caution.condition
    return Rule(
        key=f"condition-{caution.slug}",
        about="condition",
        title=title,
        severity=Severity(caution.severity),
        what_to_do=caution.rule,
        sources=tuple(caution.source_urls),
        checked_on=caution.checked_on,
    )


def _of_interaction(interaction: Interaction) -> Rule:
    medicines = interaction.medicines.all()
    return rule_about(interaction, (medicine_of(medicine, medicine.gaps.all()) for medicine in medicines))


def rule_about(interaction: Interaction, medicines: Iterable[Medicine]) -> Rule:
    """An interaction as a rule, with the medicines it names."""
    return Rule(
        key=f"medicine-{interaction.slug}",
        about="medicine",
        title=interaction.drug_class,
        severity=Severity(interaction.severity),
        what_to_do=interaction.what_to_do,
        sources=tuple(interaction.source_urls),
        checked_on=interaction.checked_on,
        direction=interaction.direction,
        why=interaction.mechanism,
        note=note_for_readers(interaction.note),
        medicines=tuple(medicines),
    )


def note_for_readers(note: str) -> str:
    """A note without what it says of the record's hour fields: readers see each medicine's own hours."""
    return " ".join(sentence for sentence in re.split(r"(?<=[.]) ", note) if not ABOUT_FIELDS.search(sentence))


def medicine_of(named: NamedMedicine, gaps: Iterable[Gap]) -> Medicine:
    """A row of the catalog as a medicine, with each source's hours."""
    return Medicine(
        name=named.name,
        also_called=tuple(named.also_called),
        whole_class=named.whole_class,
        what_to_do=named.what_to_do,
        figures=tuple(map(figure_of, gaps)),
    )


def picks(found: Iterable[Rule]) -> list[Pick]:
    """What can be picked, in alphabetical order: a medicine that several rules name is one, with all of them."""
    by_name: dict[str, list[tuple[Rule, Medicine]]] = {}
    for rule in found:
        for medicine in rule.medicines:
            by_name.setdefault(medicine.name, []).append((rule, medicine))
    return [_pick(name, by_name[name]) for name in sorted(by_name, key=str.lower)]


def _pick(name: str, named: list[tuple[Rule, Medicine]]) -> Pick:
    also = dict.fromkeys(word for _, medicine in named for word in medicine.also_called)
    return Pick(name, tuple(also), all(medicine.whole_class for _, medicine in named), tuple(named))
