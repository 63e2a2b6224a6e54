"""Tail areas and quantiles against values from SciPy 1.17.1, and against each other."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forms_catalog.distributions import (
    Z_975,
    chi2_upper,
    fisher_two_sided,
    incomplete_beta,
    normal_two_sided,
    t_quantile_two_sided,
    t_two_sided,
)


@pytest.mark.parametrize(
    ("t", "df", "p"),
    [
        (0, 5, 1),
        (1, 1, 0.5),
        (2, 5, 0.10193947882985835),
        (-2.5, 21, 0.02077826387223802),
        (1.96, 124, 0.05223868993060914),
    ],
)
def test_t_tail(t: float, df: float, p: float) -> None:
    assert t_two_sided(t, df) == pytest.approx(p, abs=1e-10)


@pytest.mark.parametrize(
    ("p", "df", "t"),
    [
        (0.05, 1, 12.706204736174705),
        (0.05, 21, 2.079613844727681),
        (0.01, 44, 2.692278265693022),
        (0.05, 124, 1.979280116604855),
        (1, 10, 0),
    ],
)
def test_t_quantile(p: float, df: float, t: float) -> None:
    assert t_quantile_two_sided(p, df) == pytest.approx(t, abs=1e-9)


@pytest.mark.parametrize("p", [0, -0.1, 1.1])
def test_quantile_of_what_is_no_probability_is_refused(p: float) -> None:
    with pytest.raises(ValueError, match="not a probability"):
        t_quantile_two_sided(p, 10)


@pytest.mark.parametrize(
    ("x", "df", "p"),
    [
        (0, 1, 1),
        (3.84, 1, 0.05004352124870519),
        (10, 3, 0.01856613546304325),
        (0.5, 2, 0.7788007830714049),
        (50, 30, 0.01240206071890054),
    ],
)
def test_chi_squared_tail(x: float, df: float, p: float) -> None:
    assert chi2_upper(x, df) == pytest.approx(p, abs=1e-12)


@pytest.mark.parametrize(
    ("z", "p"), [(0, 1), (0.5, 0.6170750774519738), (-1.96, 0.04999579029644087), (3, 0.0026997960632601866)]
)
def test_normal_tail(z: float, p: float) -> None:
    assert normal_two_sided(z) == pytest.approx(p, abs=1e-12)


@pytest.mark.parametrize(
    ("table", "p"),
    [
        ((3, 10, 7, 12), 0.23053107882829244),
        ((23, 26, 13, 27), 0.0027625909802312075),
        ((1, 200, 9, 210), 0.020358834235519582),
        ((0, 5, 5, 5), 0.007936507936507936),
        ((0, 5, 0, 5), 1),
    ],
)
def test_fishers_exact_test(table: tuple[int, int, int, int], p: float) -> None:
    assert fisher_two_sided(*table) == pytest.approx(p, abs=1e-12)


@given(st.floats(0.01, 20), st.floats(1, 500))
def test_quantile_undoes_the_tail(t: float, df: float) -> None:
    p = t_two_sided(t, df)
    if p > 1e-12:
        assert t_quantile_two_sided(p, df) == pytest.approx(t, rel=1e-5)


@given(st.floats(0.5, 50), st.floats(0.5, 50), st.floats(0.001, 0.999))
def test_incomplete_beta_is_symmetric(a: float, b: float, x: float) -> None:
    assert incomplete_beta(a, b, x) + incomplete_beta(b, a, 1 - x) == pytest.approx(1, abs=1e-9)


@given(st.floats(-6, 6))
@example(2e-5)
def test_t_with_many_degrees_of_freedom_is_normal(z: float) -> None:
    assert t_two_sided(z, 1e7) == pytest.approx(normal_two_sided(z), abs=1e-5)


@given(st.floats(0.01, 40))
def test_chi_squared_with_one_degree_is_a_squared_normal(x: float) -> None:
    assert chi2_upper(x, 1) == pytest.approx(normal_two_sided(x**0.5), abs=1e-10)


def test_the_usual_normal_quantile() -> None:
    assert pytest.approx(1.959963984540054) == Z_975


@pytest.mark.parametrize("table", [(4, 3, 1, 5), (-1, 3, 1, 5), (0, 0, 0, 0), (3 * 10**11, 10**12, 1, 10**12)])
def test_what_is_no_table_or_too_large_a_one_is_refused(table: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="not a table"):
        fisher_two_sided(*table)


def test_table_of_a_large_cohort_is_tested() -> None:
    """It took minutes once, in a page that a reader waits for; then this test does not end."""
    assert fisher_two_sided(2900, 9569, 3000, 9569) == pytest.approx(0.12121086533, abs=1e-9)


@pytest.mark.parametrize("df", [0, -3])
def test_t_without_degrees_of_freedom_is_refused(df: float) -> None:
    with pytest.raises(ValueError, match="too few"):
        t_two_sided(2, df)
