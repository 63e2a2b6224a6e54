"""One form of a comparison, as its column shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms_catalog.grading.words import lower_first
from forms_catalog.models import Form, Hydrate
from forms_catalog.queries.forms import OutcomeEvidence, counted_in_words
from mgsite.templatetags.ui import figure

WEEK = 7


@dataclass(frozen=True, slots=True)
class Dose:
    """What one arm of a trial gave."""

    study: int
    mg: float | None
    """Elemental magnesium a day; None: not seen."""
    days: float | None
    """For how long; None: not seen."""

    @property
    def is_daily(self) -> bool:
        """Whether it was taken day by day. A single test dose, or one by vein, says nothing of a daily one."""
        return self.mg is not None and self.days is not None and self.days >= WEEK


@dataclass(frozen=True, slots=True)
class Side:
    """A form with what is on file of it. Outcomes and studies by primary key."""

    form: Form
    hydrate: Hydrate | None
    """The structure meant when nothing else is said."""
    structures: int
    doses: list[Dose]
    evidence: Mapping[int, OutcomeEvidence]
    trials: Mapping[int, set[int]]
    """Trials in people, by the outcome they measured."""

    @property
    def name(self) -> str:
        """Its name in running text: 'citrate', 'L-threonate'."""
        return lower_first(self.form.short_name.partition(" (")[0])

    @property
    def label(self) -> str:
        """Its name where it stands alone: 'Citrate'."""
        return self.name[:1].upper() + self.name[1:]

    @property
    def dose_range(self) -> str:
        """'248 to 450 mg a day', '320 mg a day'; empty where no trial's daily dose was seen."""
        seen = sorted({dose.mg for dose in self.doses if dose.mg is not None and dose.is_daily})
        ends = [figure(mg) for mg in dict.fromkeys([seen[0], seen[-1]])] if seen else []
        return f"{' to '.join(ends)} mg a day" if ends else ""

    @property
    def dose_basis(self) -> str:
        """What the range rests on: '3 trials; in 2 more, given less than a week or not seen'."""
        daily = {dose.study for dose in self.doses if dose.is_daily}
        others = {dose.study for dose in self.doses} - daily
        if not daily:
            return f"{counted_in_words(len(others), 'trial')}; no daily dose seen" if others else ""
        more = f"; in {len(others)} more, given less than a week or not seen" if others else ""
        return counted_in_words(len(daily), "trial") + more
