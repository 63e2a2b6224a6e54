"""Figures kept as JSON: what editors may type, and what a form says to everything else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from forms_catalog.models import Effect, Recomputation

ARM = {"mean": 1.5, "sd": 2}
CALC = {"fn": "divide", "args": [1, 2], "half": [0.5, 0], "value": 0.5, "range": [0.25, 0.75]}
FIELDS = {field.name: field for model in (Effect, Recomputation) for field in model._meta.fields}
KEPT = [
    ("inputs", {"p": 0.05, "direction": "not_stated", "n_unseen": True, "events": [1, 2]}),
    ("end", {"mg": ARM, "control": {"mean": -1}}),
    ("change", {"mg": ARM, "control": ARM}),
    ("md", {"value": -1, "ci_low": -2.5, "ci_high": 0, "unit": "points"}),
    ("reported_effect", {"kind": "cohens_d", "value": 0.4}),
    ("calc", [CALC, {"fn": "total", "args": [1], "value": 1}]),
    ("compare", {"with": 0, "any_of": [0, 1], "reported": 5, "half": 0.05}),
]
REFUSED = [
    *(("inputs", {"p": value}) for value in (None, {}, [1, "x"], [True], float("nan"), float("inf"), 10**400)),
    *(("inputs", {"note": text}) for text in ("a\0b", "\ud800")),
    *(("inputs", value) for value in ({"a\0b": 1}, {"\ud800": 1}, [1], 1, True, "x")),
    *(("end", value) for value in (1, [ARM], {"mg": ARM}, {"mg": ARM, "control": 1}, {"mg": ARM, "control": {}})),
    *(("change", {"mg": ARM, "control": {"mean": value}}) for value in (None, "1", True, float("nan"))),
    ("end", {"mg": ARM, "control": ARM, "other": ARM}),
    ("end", {"mg": ARM, "control": ARM | {"median": 1}}),
    *(("md", value) for value in (-1.5, {"ci_low": 1}, {"value": None}, {"value": 1, "unit": 5})),
    *(("reported_effect", value) for value in ({"value": 1}, {"kind": "d", "value": "0.4"}, "0.4")),
    *(("calc", value) for value in (CALC, [1], [{"fn": "divide"}], [CALC | {"args": 1}], [CALC | {"half": ["0"]}])),
    *(("compare", value) for value in ({"reported": 5}, {"with": 0.5}, {"with": -1}, {"with": 0, "any_of": ["0"]})),
    ("compare", {"with": 0, "reported": float("-inf")}),
]
UNREADABLE = ["{", "[" * 5000, '{"a": ' * 300, "9" * 5000, "not json", "\x00", "{'p': 1}"]


@pytest.mark.parametrize(("name", "value"), KEPT)
def test_figures_of_the_right_shape_are_kept(name: str, value: Any) -> None:
    assert FIELDS[name].clean(value, None) == value


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_anything_else_is_refused_in_words_a_page_can_print(name: str, value: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        FIELDS[name].clean(value, None)
    assert " ".join(refusal.value.messages).encode()


@pytest.mark.parametrize("text", UNREADABLE)
def test_text_that_is_no_json_is_refused_and_shown_as_it_was_typed(text: str) -> None:
    field = FIELDS["inputs"].formfield()

    with pytest.raises(ValidationError):
        field.clean(text)
    assert field.has_changed({}, text)
    assert field.prepare_value(field.bound_data(text, {})) == text


def test_json_that_a_page_cannot_hold_is_shown_as_it_was_typed() -> None:
    field = FIELDS["inputs"].formfield()

    assert field.prepare_value(field.bound_data('{"a": "\\ud800"}', {})) == '{"a": "\\ud800"}'


@pytest.mark.parametrize("text", ["", "null", "{}", "[]", '""'])
@pytest.mark.parametrize(("name", "nothing"), [("inputs", {}), ("calc", []), ("end", None), ("compare", None)])
def test_nothing_is_kept_as_the_table_keeps_it(name: str, nothing: Any, text: str) -> None:
    assert FIELDS[name].formfield().clean(text) == nothing
