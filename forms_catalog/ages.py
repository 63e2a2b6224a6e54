"""What an authority's words for an age band mean, in months: 'from' included, 'until' not."""

from __future__ import annotations

import re

NO_END = 2400
MONTH, YEAR = 1, 12
"""Bands include their last whole year or month: '1-3 years' ends on the fourth birthday."""
_PATTERNS = (
    (re.compile(r"(?P<low>\d+)-(?P<high>\d+) months"), MONTH, True),
    (re.compile(r"(?P<low>\d+)-(?P<high>\d+) years"), YEAR, True),
    (re.compile(r"(?P<low>\d+) to under (?P<high>\d+) years"), YEAR, False),
    (re.compile(r"under (?P<high>\d+) years"), YEAR, False),
    (re.compile(r"(?:adults )?(?P<low>\d+)(?: years)? and over(?:,.*)?"), YEAR, False),
)
EXAMPLES = "“7-12 months”, “4-8 years”, “1 to under 3 years”, “under 4 years” or “9 years and over”"


def months(age: str) -> tuple[int, int] | None:
    """Where a band begins and ends; None for words that are not understood."""
    for pattern, unit, includes_last in _PATTERNS:
        if found := pattern.fullmatch(age.strip()):
            parts = found.groupdict()
            low = unit * int(parts.get("low") or 0)
            high = unit * (int(parts["high"]) + includes_last) if parts.get("high") else NO_END
            # '7-12 months' ends on the first birthday, where '1-3 years' begins.
            return low, min(high, YEAR) if unit == MONTH else high
    return None
