"""What a dose is set beside: recommended intakes, upper levels, trials and foods, row by row, in words."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby

from forms_catalog.tools.dose.dose import Dose, Row, age_of, for_age, is_child
from forms_catalog.tools.dose.figures import half_up, percent_span, shown, span
from forms_catalog.tools.dose.question import Question
from forms_catalog.tools.dose.rules import Rules
from forms_catalog.tools.dose.words import FOODS, INTAKES, LEVELS, TRIALS, capital, fill

ABOVE, MAY, AT, WITHIN = "above", "may", "at", "within"
NOT_SET, NOT_SEEN = "not_set", "not_seen"
AS_GOOD_AS_SAME = Fraction(1, 2)
"""Half a milligram: closer than that no label and no trial is known."""


def intakes(rules: Rules, question: Question, dose: Dose) -> list[Row]:
    """The dose as a share of what each authority recommends for the person."""
    fields = next(who["fields"] for who in rules["people"] if who["key"] == question.who)
    rows = for_age(rules["intakes"], age_of(rules, question))
    return [_intake(list(group), fields, dose) for _, group in groupby(rows, key=lambda row: row["authority"])]


def _intake(group: list[Row], fields: list[str], dose: Dose) -> Row:
    counted = [row for row in group if any(row[field] for field in fields)]
    figures = [Fraction(row[field]) for row in counted for field in fields if row[field]]
    of = counted or group
    row = {
        "authority": group[0]["authority"],
        "short": group[0]["short"],
        "kind": " / ".join(dict.fromkeys(row["kind"] for row in of)),
        "ages": "; ".join(row["age"] for row in of),
        "note": of[0]["note"] if len(of) == 1 else "",
        "sources": group[0]["sources"],
    }
    if not figures:
        return {**row, "low": None, "high": None, "figure": INTAKES["none"], "share": ""}
    low, high = min(figures), max(figures)
    share = percent_span(dose.low / high, dose.high / low)
    said = {"figure": fill(INTAKES["figure"], mg=span(low, high)), "share": fill(INTAKES["share"], share=share)}
    return {**row, "low": str(low), "high": str(high), **said}


def levels(rules: Rules, question: Question, dose: Dose) -> list[Row]:
    """The dose beside each authority's upper level; one of which we have seen none says so."""
    rows = [_level(level, dose) for level in for_age(rules["levels"], age_of(rules, question))]
    return [*rows, *(_unseen(name) for name in rules["unseen"])]


def _level(level: Row, dose: Dose) -> Row:
    row = {name: level[name] for name in ("authority", "name", "short", "age", "mg", "sources")}
    row["about"] = _about(level)
    if level["mg"] is None:
        return {**row, "state": NOT_SET, "figure": LEVELS["not_set"], "text": LEVELS["not_compared"]}
    mg, nothing = Fraction(level["mg"]), Fraction(0)
    state = _state(mg, dose)
    least, most = max(dose.low - mg, nothing), max(dose.high - mg, nothing)
    by = span(least, most) if state == ABOVE else shown(most)
    share = percent_span(dose.low / mg, dose.high / mg)
    text = fill(LEVELS[state], dose=dose.words, by=by, share=share)
    return {**row, "state": state, "figure": fill(LEVELS["figure"], mg=shown(mg)), "text": text}


def _about(level: Row) -> str:
    about = fill(LEVELS["about"], covers=capital(level["covers"]), reason=level["reason"])
    return f"{about} {level['note']}".strip()


def _state(mg: Fraction, dose: Dose) -> str:
    if dose.low > mg:
        return ABOVE
    if dose.high > mg:
        return MAY
    return AT if dose.low == mg else WITHIN


def _unseen(name: str) -> Row:
    said = {"figure": LEVELS["no_figure"], "text": LEVELS["not_compared"], "about": LEVELS["not_seen"]}
    return {"authority": "", "name": name, "short": "", "age": "", "mg": None, "sources": [], "state": NOT_SEEN, **said}


def trials(rules: Rules, question: Question, dose: Dose) -> list[Row]:
    """The dose beside that of each trial, least first; for a child beside none."""
    if is_child(rules, question):
        return []
    return [
        {**trial, "dose": shown(Fraction(trial["mg"])), "text": _difference(Fraction(trial["mg"]), dose)}
        for trial in rules["trials"]
    ]


def _difference(mg: Fraction, dose: Dose) -> str:
    if max(abs(dose.low - mg), abs(dose.high - mg)) < AS_GOOD_AS_SAME:
        return TRIALS["same"]
    if dose.low >= mg:
        return fill(TRIALS["more"], by=span(dose.low - mg, dose.high - mg))
    if dose.high <= mg:
        return fill(TRIALS["fewer"], by=span(mg - dose.high, mg - dose.low))
    return fill(TRIALS["between"], low=shown(mg - dose.low), high=shown(dose.high - mg))


def closest(rules: Rules, question: Question, dose: Dose) -> str:
    """The trial whose dose lies nearest the middle of the dose, in a sentence; empty without trials."""
    if is_child(rules, question):
        return TRIALS["child"]
    middle = (dose.low + dose.high) / 2
    near = min(rules["trials"], key=lambda trial: abs(Fraction(trial["mg"]) - middle), default=None)
    if near is None:
        return ""
    lasted = fill(TRIALS["duration"], duration=near["duration"]) if near["duration"] else ""
    said = {"outcomes": near["outcomes"], "study": near["study"], "dose": shown(Fraction(near["mg"]))}
    found = fill(TRIALS["closest"], **said, duration=lasted, you=dose.words)
    return fill(TRIALS["closest_doubtful"], closest=found, doubtful=near["doubt"]) if near["doubt"] else found


def foods(rules: Rules, dose: Dose) -> list[Row]:
    """How much of each food holds as much magnesium."""
    return [{**food, "text": _servings(food, dose)} for food in rules["foods"]]


def _servings(food: Row, dose: Dose) -> str:
    mg = Fraction(food["mg"])
    ends = [half_up(end / mg, 1) for end in (dose.low, dose.high)]
    if ends[1] == "0":
        return fill(FOODS["less_than"], serving=food["serving"])
    return fill(FOODS["servings"], servings="–".join(dict.fromkeys(ends)), serving=food["serving"])
