"""What must be said before a dose is shown, in the words of the catalog's records."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from forms_catalog.tools.dose.beside import ABOVE, MAY
from forms_catalog.tools.dose.dose import Dose, Row, form_of, is_child
from forms_catalog.tools.dose.figures import as_typed, shown
from forms_catalog.tools.dose.question import Question
from forms_catalog.tools.dose.rules import Rules
from forms_catalog.tools.dose.weights import Weight, structures
from forms_catalog.tools.dose.words import LEVELS, WARNINGS, capital, fill

ROUNDED_BY = Fraction(1, 2)
"""A label may round to whole milligrams: half a milligram on either side proves nothing."""


def kidney(rules: Rules) -> Row:
    """With kidney disease there is this, and no dose."""
    lines = [WARNINGS["kidney_why"], *_conditions(rules["kidney"])]
    return _warning("kidney", WARNINGS["kidney_title"], lines, said=rules["kidney"])


def warnings(rules: Rules, question: Question, dose: Dose, *, levels: list[Row], whole: Weight) -> list[Row]:
    """All that apply, the gravest first."""
    found = [
        _too_much(rules, dose, levels),
        _impossible(rules, question, dose, whole),
        *_of_form(rules, question),
        _for_child(rules, question),
        _expecting(rules, question),
    ]
    return [warning for warning in found if warning]


def _warning(
    kind: str,
    title: str,
    lines: list[str],
    *,
    do: Iterable[str] = (),
    effects: Iterable[str] = (),
    said: Iterable[Row] = (),
) -> Row:
    sources = {source["url"]: source for each in said for source in each["sources"]}
    lists = {"do": list(do), "effects": list(effects), "sources": list(sources.values())}
    return {"kind": kind, "title": title, "lines": lines, **lists}


def _too_much(rules: Rules, dose: Dose, levels: list[Row]) -> Row | None:
    above = [level for level in levels if level["state"] == ABOVE]
    may = [level for level in levels if level["state"] == MAY]
    over = [*above, *may]
    if not over:
        return None
    lines = [fill(LEVELS["above_line"], dose=dose.words, adding_up=LEVELS["adding_up"])]
    said = [*over, *rules["ask_first"], *rules["too_much"], *rules["urgent"]]
    title = fill(LEVELS["above_title" if above else "may_title"], names=_names(above or may))
    if above and may:
        title = fill(LEVELS["also_may"], title=title, names=_names(may))
    do = [LEVELS["ask"], *_texts([*rules["ask_first"], *rules["urgent"]])]
    return _warning(ABOVE if above else MAY, title, lines, do=do, effects=_texts(rules["too_much"]), said=said)


def _names(levels: list[Row]) -> str:
    return ", ".join(fill(LEVELS["name"], name=level["name"], mg=shown(Fraction(level["mg"]))) for level in levels)


def _impossible(rules: Rules, question: Question, dose: Dose, whole: Weight) -> Row | None:
    """More magnesium than the pure compound can hold: the label was read wrongly, or more is mixed in."""
    form = form_of(rules, question)
    if form is None or not whole.mg or question.basis == "compound":
        return None
    shares = [each["share"] for each in structures(rules, form=question.form, hydrate=question.hydrate)]
    richest = max(shares, key=Fraction)
    claimed = dose.weight.mg
    if claimed - ROUNDED_BY <= (whole.mg + ROUNDED_BY) * Fraction(richest) / 100:
        return None
    most = shown(whole.mg * Fraction(richest) / 100)
    values = {
        "form": form["in_words"],
        "share": richest,
        "whole": as_typed(whole.mg),
        "most": most,
        "claimed": as_typed(claimed),
    }
    return _warning("impossible", WARNINGS["impossible_title"], [fill(WARNINGS["impossible"], **values)])


def _of_form(rules: Rules, question: Question) -> list[Row]:
    form = form_of(rules, question)
    notes = [rules["notes"][slug] for slug in form["notes"] if slug in rules["notes"]] if form else []
    if not form or not notes:
        return []
    return [_warning("form", fill(WARNINGS["form_title"], form=form["name"]), _texts(notes), said=notes)]


def _for_child(rules: Rules, question: Question) -> Row | None:
    if not is_child(rules, question):
        return None
    return _warning("child", WARNINGS["child_title"], _texts(rules["ask_first"]), said=rules["ask_first"])


def _expecting(rules: Rules, question: Question) -> Row | None:
    if question.who not in rules["expecting"]:
        return None
    lines = _conditions(rules["pregnancy"])
    return _warning("pregnancy", WARNINGS["pregnancy_title"], lines, said=rules["pregnancy"])


def _texts(notes: Iterable[Row]) -> list[str]:
    return [line for note in notes for line in note["text"].split("\n")]


def _conditions(cautions: list[Row]) -> list[str]:
    return [
        fill(WARNINGS["condition"], condition=capital(_with_threshold(each)), rule=each["rule"]) for each in cautions
    ]


def _with_threshold(caution: Row) -> str:
    return f"{caution['condition']} ({caution['threshold']})" if caution["threshold"] else str(caution["condition"])
