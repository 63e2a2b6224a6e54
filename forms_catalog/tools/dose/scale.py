"""Where everything stands on the picture, in hundredths of a per cent of its width and in lines of fixed height.

Widths are shares, so that the picture fits any screen while its words keep their size.
"""

from __future__ import annotations

from fractions import Fraction

from forms_catalog.tools.dose.beside import ABOVE, AS_GOOD_AS_SAME, MAY
from forms_catalog.tools.dose.dose import Dose, Row
from forms_catalog.tools.dose.words import SCALE, fill

WHOLE = 10_000
STEP, TICK = 100, 200
"""The scale ends at a multiple of the first; every multiple of the second is marked. In mg."""
TOP, LINE, HEAD, GAP, DOT = 52, 20, 22, 14, 11
"""Heights: above the first lane, of a bar, of a lane's heading, between lanes, of a row of dots."""
NEAR = 260
"""Dots nearer than this to the one before are stacked."""
NEAR_EDGE = 6_200
"""A label that would begin beyond this stands on the left of its mark."""


def scale(dose: Dose, *, intakes: list[Row], levels: list[Row], trials: list[Row]) -> Row:
    """The picture's geometry and words."""
    drawn = [row for row in intakes if row["low"]]
    ceilings = [row for row in levels if row["mg"]]
    known = [row["high"] for row in drawn] + [row["mg"] for row in (*ceilings, *trials)]
    end = STEP * (1 + int(max([Fraction(mg) for mg in known] or [Fraction(STEP)]) / STEP))
    bars = [_bar(row, at, end) for at, row in enumerate(drawn)]
    dots = _dots([Fraction(row["mg"]) for row in trials], end)
    lanes = _lanes(len(bars), max([dot["row"] + 1 for dot in dots], default=0), len(ceilings))
    full = {"intakes": bars, "trials": dots, "levels": ceilings}
    return {
        "you": _you(dose, end),
        "intakes": [{**bar, "y": lanes["intakes"] + HEAD + LINE * at} for at, bar in enumerate(bars)],
        "trials": [{"x": dot["x"], "y": lanes["trials"] + HEAD + DOT * dot["row"]} for dot in dots],
        "levels": [_ceiling(row, lanes["levels"] + HEAD + LINE * at, end) for at, row in enumerate(ceilings)],
        "heads": [{"y": lanes[name] + 8, "label": SCALE[name]} for name, marks in full.items() if marks],
        "ticks": [{"x": printed(place(Fraction(mg), end)), "label": str(mg)} for mg in range(0, end + 1, TICK)],
        "axis": lanes["axis"],
        "height": lanes["axis"] + 24,
        "finding": finding(dose, ceilings=ceilings, trials=trials),
    }


def _lanes(bars: int, dots: int, ceilings: int) -> dict[str, int]:
    """Where each lane begins, from the top. A lane without marks takes no room."""
    trials = TOP + _lane(LINE * bars) + GAP
    levels = trials + (_lane(DOT * dots) + GAP if dots else 0)
    return {"intakes": TOP, "trials": trials, "levels": levels, "axis": levels + _lane(LINE * ceilings) + 6}


def _lane(marks: int) -> int:
    """The height of a lane, with its heading."""
    return HEAD + marks if marks else 0


def place(mg: Fraction, end: int) -> int:
    """Where a number of mg stands; what lies beyond stands on the edge."""
    return min(WHOLE, int(mg * WHOLE / end + Fraction(1, 2)))


def printed(hundredths: int) -> str:
    """A place as an attribute takes it: '31.25'."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _bar(row: Row, at: int, end: int) -> Row:
    low, high = place(Fraction(row["low"]), end), place(Fraction(row["high"]), end)
    label = fill(SCALE["intake"], name=row["short"], mg=row["figure"])
    return {"x": printed(low), "width": printed(max(high - low, 60)), **_label(low, high, label)}


def _ceiling(row: Row, y: int, end: int) -> Row:
    at = place(Fraction(row["mg"]), end)
    label = fill(SCALE["intake"], name=row["short"], mg=row["figure"])
    return {"x": printed(at), "y": y, "state": row["state"], **_label(at, at, label)}


def _label(low: int, high: int, label: str) -> Row:
    left = high > NEAR_EDGE
    return {"label": label, "label_x": printed(low if left else high), "left": left}


def _dots(doses: list[Fraction], end: int) -> list[Row]:
    """One dot each, stacked where they would touch. The doses come in order."""
    last: list[int] = []
    dots: list[Row] = []
    for mg in doses:
        at = place(mg, end)
        row = next((row for row, x in enumerate(last) if at - x >= NEAR), len(last))
        last[row : row + 1] = [at]
        dots.append({"x": printed(at), "row": row})
    return dots


def _you(dose: Dose, end: int) -> Row:
    low, high = place(dose.low, end), place(dose.high, end)
    beyond = dose.high > end
    return {
        "x": printed(low),
        "width": printed(max(high - low, 0)),
        "end": printed(high),
        "beyond": beyond,
        "label": fill(SCALE["beyond" if beyond else "you"], dose=dose.words),
        "anchor": "start" if low + high < 5_000 else "end" if low + high > 15_000 else "middle",
        "label_x": printed(low if low + high < 5_000 else high if low + high > 15_000 else (low + high) // 2),
    }


def finding(dose: Dose, *, ceilings: list[Row], trials: list[Row]) -> str:
    """The picture in a sentence or two."""
    above = sum(row["state"] == ABOVE for row in ceilings)
    may = sum(row["state"] == MAY for row in ceilings)
    key = ("may" if may else "above") if above else ("perhaps" if may else "within")
    said = fill(SCALE[key if ceilings else "none_set"], above=above, may=may, levels=len(ceilings))
    if not trials:
        return said
    as_much = sum(Fraction(row["mg"]) > dose.high - AS_GOOD_AS_SAME for row in trials)
    return f"{said} {fill(SCALE['trials_found'], trials=as_much, all_trials=len(trials))}"
