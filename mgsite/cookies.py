"""Cookies that a reader's choices leave behind, described for the page on privacy. A new one is one line here."""

from dataclasses import dataclass

from mgsite.preferences import MARKS, THEME, YEAR

DAY = 24 * 3600
UNITS = ((YEAR, "year"), (DAY, "day"), (3600, "hour"), (60, "minute"))


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie of this site."""

    name: str
    """As browsers list it; `…` stands for a part that differs."""
    when: str
    """What a person does that sets it."""
    purpose: str
    seconds: int | None
    """None: until the browser is closed."""

    @property
    def lifetime(self) -> str:
        """How long it is kept, in words."""
        return span(self.seconds) if self.seconds is not None else "until you close the browser"


PREFERENCES = (
    Cookie(MARKS, "You switch the evidence marks on or off", "Remembers that choice: the word “on” or “off”", YEAR),
    Cookie(THEME, "You choose the colours", "Remembers that choice: the word “system”, “light” or “dark”", YEAR),
)


def span(seconds: float) -> str:
    """A length of time in the largest unit it fills: '90 days', '12 hours'."""
    size, unit = next(((size, unit) for size, unit in UNITS if seconds >= size), (1, "second"))
    number = round(seconds / size)
    return f"{number} {unit}{'' if number == 1 else 's'}"
