"""Tail areas and quantiles of the normal, t and chi-squared distributions, from the standard library alone.

The site works a handful of p-values out again; that does not justify a numerical library at run time. The incomplete
beta and gamma functions are evaluated as in Press and others, Numerical Recipes, chapter 6 (continued fractions by
Lentz's method). Absolute errors are below 1e-10 over the ranges that trials have; tests hold them to that.
"""

import math
from collections.abc import Iterator
from statistics import NormalDist

NORMAL = NormalDist()
Z_975 = NORMAL.inv_cdf(0.975)
LARGEST_TABLE = 20_000
"""People in a table that is still tested exactly while a reader waits."""
_TINY, _PRECISION, _STEPS = 1e-300, 1e-15, 10_000


def normal_two_sided(z: float) -> float:
    """Chance of a standard normal value at least as far from zero as z."""
    return math.erfc(abs(z) / math.sqrt(2))


def t_two_sided(t: float, df: float) -> float:
    """Chance of a t value at least as far from zero as t, with df degrees of freedom."""
    if df <= 0:
        raise ValueError(f"{df} degrees of freedom are too few.")
    if t * t < 1:
        # Near nought and with many degrees of freedom, df / (df + t²) is 1 to the last digit; what it lacks is not.
        return 1 - incomplete_beta(0.5, df / 2, t * t / (df + t * t))
    return incomplete_beta(df / 2, 0.5, df / (df + t * t))


def t_quantile_two_sided(p: float, df: float) -> float:
    """The t value that is exceeded on either side with chance p: 0.05 gives the 97.5 % point."""
    if not 0 < p <= 1:
        raise ValueError(f"{p} is not a probability above zero.")
    high = 1.0
    while t_two_sided(high, df) > p:
        high *= 2
    low = 0.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if t_two_sided(middle, df) > p else (low, middle)
    return (low + high) / 2


def chi2_upper(x: float, df: float) -> float:
    """Chance of a chi-squared value of x or more."""
    return 1.0 if x <= 0 else incomplete_gamma_upper(df / 2, x / 2)


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b), for x from 0 to 1."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    front = math.exp(log_front)
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(a, b, x) / a
    return 1 - front * _beta_fraction(b, a, 1 - x) / b


def _beta_fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away_from_zero(1 + term * d)
            c = _away_from_zero(1 + term / c)
            fraction *= c * d
        if abs(c * d - 1) < _PRECISION:
            break
    return fraction


def incomplete_gamma_upper(a: float, x: float) -> float:
    """The regularised upper incomplete gamma function Q(a, x), for x above 0."""
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    return 1 - front * _gamma_series(a, x) if x < a + 1 else front * _gamma_fraction(a, x)


def _gamma_series(a: float, x: float) -> float:
    term = total = 1 / a
    for n in range(1, _STEPS):
        term *= x / (a + n)
        total += term
        if term < total * _PRECISION:
            break
    return total


def _gamma_fraction(a: float, x: float) -> float:
    b = x + 1 - a
    c, d = 1 / _TINY, 1 / _away_from_zero(b)
    fraction = d
    for n in range(1, _STEPS):
        term = n * (a - n)
        b += 2
        d = 1 / _away_from_zero(term * d + b)
        c = _away_from_zero(b + term / c)
        fraction *= c * d
        if abs(c * d - 1) < _PRECISION:
            break
    return fraction


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def fisher_two_sided(a: int, n1: int, c: int, n2: int) -> float:
    """Fisher's exact test of a of n1 against c of n2: the chance of a table no likelier than this one."""
    total, events = n1 + n2, a + c
    if not (0 <= a <= n1 and 0 <= c <= n2 and 0 < total <= LARGEST_TABLE):
        raise ValueError(f"{a} of {n1} against {c} of {n2} is not a table that can be tested here.")
    ways = list(_ways(n1, n2, events))
    observed = ways[a - max(0, events - n2)]
    return sum(way for way in ways if way <= observed) / sum(ways)


def _ways(n1: int, n2: int, events: int) -> Iterator[int]:
    """In how many ways the first group can have each number of the events, fewest first; each from the one before."""
    fewest, most = max(0, events - n2), min(n1, events)
    way = math.comb(n1, fewest) * math.comb(n2, events - fewest)
    for k in range(fewest, most + 1):
        yield way
        way = way * (n1 - k) * (events - k) // ((k + 1) * (n2 - events + k + 1))
