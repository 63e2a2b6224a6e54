"""Exact numbers in words. Amounts stay fractions until they are printed, and are rounded once, halves upwards.

static/js/tools/dose-arithmetic.js holds the same rules for the browser.
"""

from fractions import Fraction

ROUNDING = ((Fraction(10), 0), (Fraction(1), 1), (Fraction(0), 2))
"""Decimals by size: from 10 up whole numbers, from 1 up one decimal, below that two."""
LEAST_SHOWN = Fraction(1, 100)
MOST_DECIMALS = 6


def half_up(value: Fraction, places: int) -> str:
    """A number that is not negative, with so many decimals at most and commas between thousands."""
    scaled = int(value * 10**places + Fraction(1, 2))
    whole, rest = divmod(scaled, 10**places)
    decimals = f"{rest:0{places}d}".rstrip("0") if places else ""
    return f"{whole:,}.{decimals}" if decimals else f"{whole:,}"


def shown(value: Fraction) -> str:
    """An amount as the page prints it: '282', '9.5', '0.25'."""
    if 0 < value < LEAST_SHOWN:
        return "under 0.01"
    return half_up(value, next(places for least, places in ROUNDING if value >= least))


def as_typed(value: Fraction) -> str:
    """An amount somebody typed, without rounding what a label could print."""
    return half_up(value, MOST_DECIMALS)


def span(low: Fraction, high: Fraction) -> str:
    """A range, or one number where both ends are printed alike: '78–83'."""
    ends = shown(low), shown(high)
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def percent(value: Fraction) -> str:
    """A share in whole per cent."""
    return "under 1" if 0 < value < Fraction(1, 100) else half_up(100 * value, 0)


def percent_span(low: Fraction, high: Fraction) -> str:
    """A range of shares: '67–91'."""
    ends = percent(low), percent(high)
    return ends[0] if ends[0] == ends[1] else "–".join(ends)
