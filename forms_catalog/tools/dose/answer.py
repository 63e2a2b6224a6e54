"""The answer: everything the page shows, made from the question and the rules alone.

static/js/tools/dose-answer.js makes the same from the same rules; a test compares the two, word by word.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from fractions import Fraction

from forms_catalog.tools.dose import beside
from forms_catalog.tools.dose.dose import Dose, Row, form_of
from forms_catalog.tools.dose.figures import as_typed, shown, span
from forms_catalog.tools.dose.question import Question
from forms_catalog.tools.dose.rules import Rules
from forms_catalog.tools.dose.scale import scale
from forms_catalog.tools.dose.warnings import kidney, warnings
from forms_catalog.tools.dose.weights import Weight, cases, count, structures, weigh, whole
from forms_catalog.tools.dose.words import HERO, NOTICES, PROBLEMS, SCALE, WORKING, fill

ASK, MISTAKES, NO_DOSE, ANSWERED = "ask", "mistakes", "kidney", "answered"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows, in its order."""

    state: str
    """ask: nothing was asked yet; mistakes; kidney: the warning and no dose; answered."""
    errors: dict[str, str] = field(default_factory=dict)
    """What is wrong, by field."""
    notices: list[Row] = field(default_factory=list)
    """How something was read that could be meant otherwise."""
    said: str = ""
    """The answer in one breath, for whoever hears the page."""
    warnings: list[Row] = field(default_factory=list)
    hero: Row = field(default_factory=dict)
    working: list[str] = field(default_factory=list)
    intakes: list[Row] = field(default_factory=list)
    levels: list[Row] = field(default_factory=list)
    trials: list[Row] = field(default_factory=list)
    closest: str = ""
    foods: list[Row] = field(default_factory=list)
    scale: Row = field(default_factory=dict)

    def as_data(self) -> Row:
        """The same as plain data."""
        return asdict(self)


def answer(question: Question, rules: Rules) -> Answer:
    """Answer a question. It asks no database and fails on nothing that can be typed."""
    if question.kidney:
        warning = kidney(rules)
        return Answer(NO_DOSE, said=warning["title"], warnings=[warning])
    if not question.asked:
        return Answer(ASK)
    weight, number = weigh(rules, question.amount, question.unit), count(rules, question.per_day)
    of = whole(rules, question.whole)
    found = (
        []
        if weight.problem
        else cases(rules, weight, form=question.form, hydrate=question.hydrate, basis=question.basis)
    )
    errors = _errors(question, rules, weight=weight, number=number, of=of)
    if errors:
        return Answer(MISTAKES, errors=errors, said=" ".join(errors.values()))
    return _answered(question, rules, Dose(weight, found, number.value), of)


def _errors(question: Question, rules: Rules, *, weight: Weight, number: Weight, of: Weight) -> dict[str, str]:
    bound = question.basis != "elemental" and weight.unit not in rules["units"]["magnesium"]
    problems = {
        "form": "no_form" if bound and not question.form and not weight.problem else "",
        "amount": weight.problem,
        "per_day": number.problem,
        "whole": of.problem,
    }
    return {name: PROBLEMS[problem] for name, problem in problems.items() if problem}


def _answered(question: Question, rules: Rules, dose: Dose, of: Weight) -> Answer:
    levels = beside.levels(rules, question, dose)
    intakes = beside.intakes(rules, question, dose)
    trials = beside.trials(rules, question, dose)
    warned = warnings(rules, question, dose, levels=levels, whole=of)
    title = fill(SCALE["title"], dose=dose.words)
    return Answer(
        ANSWERED,
        notices=_notices(question, rules, dose.weight),
        said=" ".join([*(warning["title"] + "." for warning in warned), fill(HERO["said"], dose=dose.words)]),
        warnings=warned,
        hero=_hero(question, rules, dose),
        working=_working(question, rules, dose),
        intakes=intakes,
        levels=levels,
        trials=trials,
        closest=beside.closest(rules, question, dose),
        foods=beside.foods(rules, dose),
        scale={"title": title, **scale(dose, intakes=intakes, levels=levels, trials=trials)},
    )


def _notices(question: Question, rules: Rules, weight: Weight) -> list[Row]:
    unit, amount = rules["units"]["names"][weight.unit], as_typed(weight.value)
    found: list[Row] = []
    if weight.other is not None:
        other = as_typed(weight.other)
        said = fill(NOTICES["either_way"], typed=weight.typed, amount=amount, other=other, unit=unit)
        spelled = f"{other.replace(',', '')} {unit}"
        found.append({"text": said, "other": fill(NOTICES["read_other"], other=other), "value": spelled})
    elif weight.strayed:
        found.append({"text": fill(NOTICES["strayed"], amount=amount, unit=unit), "other": "", "value": ""})
    if weight.unit in rules["units"]["magnesium"] and question.basis != "elemental":
        found.append({"text": fill(NOTICES["magnesium_unit"], unit=unit), "other": "", "value": ""})
    return found


def _hero(question: Question, rules: Rules, dose: Dose) -> Row:
    words = {"each": span(*dose.each), "count": as_typed(dose.count)}
    return {
        "number": dose.words,
        "unit": HERO["unit"],
        "each": fill(HERO["one" if dose.count == 1 else "each"], **words),
        "why": _why(question, rules, dose),
    }


def _why(question: Question, rules: Rules, dose: Dose) -> str:
    """Why the answer is a range; empty where it is none."""
    bound = [case for case in dose.cases if case.share]
    form = form_of(rules, question)
    if form is None or span(*dose.each) == shown(dose.each[0]):
        return ""
    key = "why_hydrates" if len(bound) == len(dose.cases) else "why_both" if len(bound) > 1 else "why_basis"
    return fill(HERO[key], form=form["in_words"], count=len(bound))


def _working(question: Question, rules: Rules, dose: Dose) -> list[str]:
    """The sum, line by line."""
    weight, mg = dose.weight, as_typed(dose.weight.mg)
    unit = rules["units"]["names"][weight.unit]
    lines = [fill(WORKING["convert"], amount=as_typed(weight.value), unit=unit, mg=mg)] if weight.unit != "mg" else []
    lines += [_case_line(question, rules, dose, at) for at in range(len(dose.cases))]
    words = {"each": span(*dose.each), "count": as_typed(dose.count), "day": dose.words}
    lines += [fill(WORKING["day"], **words)] if dose.count != 1 else []
    per = Fraction(rules["units"]["mg_per_mmol"])
    mmol, meq = span(dose.low / per, dose.high / per), span(2 * dose.low / per, 2 * dose.high / per)
    lines.append(fill(WORKING["mmol"], day=dose.words, mmol=mmol, meq=meq, mg_per_mmol=rules["units"]["mg_per_mmol"]))
    return [*lines, *_compound_line(question, rules, dose)]


def _case_line(question: Question, rules: Rules, dose: Dose, at: int) -> str:
    case, form = dose.cases[at], form_of(rules, question)
    result = shown(case.mg)
    if not case.share:
        return fill(WORKING["itself" if len(dose.cases) == 1 else "itself_maybe"], result=result)
    key = "bound_known" if len(dose.cases) == 1 else "bound"
    form_words = form["in_words"] if form else ""
    return fill(
        WORKING[key], state=case.state, form=form_words, mg=as_typed(dose.weight.mg), share=case.share, result=result
    )


def _compound_line(question: Question, rules: Rules, dose: Dose) -> list[str]:
    """The way back, where the label named the magnesium: how much of the pure compound holds it."""
    form = form_of(rules, question)
    if form is None or any(case.share for case in dose.cases):
        return []
    shares = [Fraction(each["share"]) for each in structures(rules, form=question.form, hydrate=question.hydrate)]
    if not shares:
        return []
    compound = span(100 * dose.low / max(shares), 100 * dose.high / min(shares))
    return [fill(WORKING["compound"], compound=compound, form=form["in_words"])]
