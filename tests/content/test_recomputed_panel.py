"""Every figure of a does-it-recompute panel follows from the inputs on file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from forms_catalog.models import Recomputation
from forms_catalog.queries.recomputed import checks_of, shown
from forms_catalog.recompute import calculate

DATA = Path("forms_catalog/data/studies")
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:,\d{3})*(?:\.\d+)?")
ROWS = [
    pytest.param(row, path.read_text(encoding="utf-8"), id=f"{path.stem}-{number}")
    for path in sorted(DATA.glob("*.yaml"))
    for number, row in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")).get("recomputations") or [])
]
FIELDS = ("what", "reported", "recomputed", "inputs", "formula", "state", "note", "source_url", "calc", "compare")


def as_row(record: dict) -> Recomputation:
    return Recomputation(**{name: record[name] for name in FIELDS if record.get(name) is not None})


def numbers(value: object) -> list[float]:
    return [float(text.replace(",", "")) for text in NUMBER.findall(str(value).replace("−", "-"))]


def known_figures(record: dict) -> list[float]:
    """Everything a recomputed figure may be: a result, an end of its range, an input (in mg or g), a printed figure."""
    done = [calculate(calc) for calc in record.get("calc") or []]
    results = [figure for result in done for figure in (result.value, result.low, result.high)]
    inputs = numbers(record.get("inputs"))
    printed = [*numbers(record["reported"]), *numbers(record["note"])]
    return [*results, *inputs, *(figure / 1000 for figure in inputs), *numbers(record.get("calc")), *printed]


def agrees(printed: str, figures: list[float]) -> bool:
    """Whether some figure, or its size, is the printed one at its number of decimals; ends of ranges go outwards."""
    decimals = len(printed.partition(".")[2])
    wanted = abs(float(printed.replace(",", "")))
    return any(abs(abs(figure) - wanted) <= 0.6 * 10**-decimals for figure in figures)


def figures_in(text: str) -> list[str]:
    """The figures a sentence claims: without '95%' of an interval's name and bounds such as 'below 0.001'."""
    return NUMBER.findall(re.sub(r"95% interval|below 0\.001", "", text.replace("−", "-")))


@pytest.mark.parametrize(("record", "study"), ROWS)
def test_each_recomputed_figure_follows_from_the_inputs(record: dict, study: str) -> None:
    figures = known_figures(record)
    beyond = [text for text in figures_in(record["recomputed"]) if not agrees(text, figures)]
    # What is left may only name another figure that the same paper prints.
    assert [text for text in beyond if study.count(text) < 2] == []


@pytest.mark.parametrize(("record", "study"), ROWS)
def test_panel_reaches_the_state_on_file(record: dict, study: str) -> None:
    (check,) = checks_of([as_row(record)])
    assert check.state == record["state"]
    assert len(check.calculations) == len(record.get("calc") or [])


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0, "0"), (638.25, "638.2"), (-0.000012345, "−0.000012"), (1479.0, "1479"), (12345.6, "12345.6"), (1e-9, "0")],
)
def test_figures_are_never_shown_in_powers_of_ten(value: float, words: str) -> None:
    assert shown(value) == words


def test_a_calculation_that_cannot_run_leaves_the_state_open() -> None:
    row = Recomputation(
        what="p", calc=[{"fn": "divide", "args": [1, 0]}], compare={"with": 0, "reported": 1, "half": 0}
    )
    (check,) = checks_of([row])
    assert (check.state, check.calculations) == ("cannot_tell", [])
