"""What the rule needs to know of many studies at once: results, intervals, arms, risk of bias, and how they are filed.

Six tables hold it. One UNION of rows of the same shape keeps the pages that grade within their budget of queries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BigIntegerField, CharField, F, FloatField, QuerySet, Value
from django.db.models.functions import Cast

from forms_catalog.models import Arm, Effect, FormEvidence, PooledResult, RiskOfBias, StudyResult
from forms_catalog.models.vocabulary import EffectKind, EvidenceType

NO_EFFECT = {EffectKind.MD: 0.0, EffectKind.SMD: 0.0, EffectKind.RR: 1.0, EffectKind.OR: 1.0}
"""The value of each effect measure that means no difference."""
MOST_NAMED = 5_000


class AsRead(Cast):
    """A value as the database gives it, which has cast it already: to look at each again takes a third of the time."""

    @property
    def convert_value(self) -> Any:
        """Nothing."""
        return self._convert_value_noop  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Result:
    """A number or a direction for one outcome. A published pool, an effect on the common scale, or a result as told."""

    outcome: int
    broader: int | None
    measure: str
    said: str
    """Direction of a result; kind of evidence of a pool; empty for an effect."""
    low: float | None
    high: float | None

    def about(self, outcomes: frozenset[int]) -> bool:
        """Whether it is about one of these outcomes, or a part of one."""
        return self.outcome in outcomes or self.broader in outcomes

    @property
    def includes_no_effect(self) -> bool | None:
        """Whether the interval includes no effect; None where an end or the measure is unknown."""
        if self.low is None or self.high is None or self.measure not in NO_EFFECT:
            return None
        return self.low <= NO_EFFECT[EffectKind(self.measure)] <= self.high


@dataclass(slots=True)
class Facts:
    """What is on file for one study, as far as the rule looks."""

    pools: list[Result] = field(default_factory=list)
    effects: list[Result] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    arms: set[str] = field(default_factory=set)
    """Roles of its arms."""
    bias: list[str] = field(default_factory=list)
    """Levels of its domains of risk of bias."""
    filed: list[tuple[int, str]] = field(default_factory=list)
    """As what kind of evidence the catalog files it, for which outcome and whatever form."""

    def crosses_no_effect(self, outcomes: frozenset[int], *, randomised: bool) -> bool | None:
        """Whether an interval for these outcomes includes no effect; from pools, else effects, else results as told.

        Of several intervals one that includes no effect decides: the study then does not rule it out.
        """
        pools = [row for row in self.pools if not randomised or row.said == EvidenceType.RANDOMISED]
        for rows in (pools, self.effects, self.results):
            known = [row.includes_no_effect for row in rows if row.about(outcomes)]
            answers = [answer for answer in known if answer is not None]
            if answers:
                return any(answers)
        return None


def facts_of(studies: Iterable[int]) -> dict[int, Facts]:
    """Facts by the primary key of the study. One query; none where there are no studies."""
    found = {key: Facts() for key in sorted(set(studies))}
    if not found:
        return found
    known: dict[tuple[Any, ...], Result] = {}  # many studies say the same in the same words
    for table, study, outcome, broader, word, more, low, high in _facts(found):
        facts = found.get(study)
        if facts is None:
            continue
        if table == "arms":
            facts.arms.add(word)
        elif table == "bias":
            facts.bias.append(word)
        elif table == "filed":
            facts.filed.append((outcome, word))
        else:
            told = (outcome, broader, word, more, low, high)
            result = known.get(told) or known.setdefault(told, Result(*told))
            getattr(facts, table).append(result)
    return found


def _facts(studies: Collection[int]) -> QuerySet[Any, Any]:
    """Rows of all six tables; of all studies where it would take longer to name those that are wanted."""
    named = len(studies) <= MOST_NAMED
    of_study = {"study__in": studies} if named else {}
    of_trial = {"trial__study__in": studies} if named else {}
    about = {"outcome": F("outcome_id"), "broader": F("outcome__broader_id"), "low": F("ci_low"), "high": F("ci_high")}
    results, pools = StudyResult.objects.filter(**of_study), PooledResult.objects.filter(**of_study)
    effects = Effect.objects.filter(**of_study, primary_row=True)
    filed = FormEvidence.objects.filter(**of_study).exclude(level="")
    filed = filed if named else filed.filter(study__isnull=False)
    arms, bias = Arm.objects.filter(**of_trial), RiskOfBias.objects.filter(**of_trial)
    tables = [
        _rows("results", results, word=F("effect_kind"), more=F("direction"), **about),
        _rows("pools", pools, word=F("effect_kind"), more=F("evidence"), **about),
        _rows("effects", effects, word=Value("SMD"), **about),
        _rows("filed", filed, word=F("level"), outcome=F("outcome_id")),
        _rows("arms", arms, study=F("trial__study_id"), word=F("role")),
        _rows("bias", bias, study=F("trial__study_id"), word=F("level")),
    ]
    return tables[0].union(*tables[1:], all=True)


def _rows(table: str, rows: QuerySet[Any], **columns: Any) -> QuerySet[Any, Any]:
    """Rows as (table, study, outcome, broader, word, more, low, high); a column that is not given is empty."""
    wanted: dict[str, tuple[Any, Any]] = {
        "study": (F("study_id"), BigIntegerField()),
        "outcome": (Value(None), BigIntegerField()),
        "broader": (Value(None), BigIntegerField()),
        "word": (Value(""), CharField()),
        "more": (Value(""), CharField()),
        "low": (Value(None), FloatField()),
        "high": (Value(None), FloatField()),
    }
    shaped = {f"fact_{name}": AsRead(columns.get(name, empty), kind) for name, (empty, kind) in wanted.items()}
    return rows.order_by().annotate(fact_table=Value(table, CharField()), **shaped).values_list("fact_table", *shaped)
