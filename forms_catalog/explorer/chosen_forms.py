"""Which forms an address asks to see side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.http import urlencode

from forms_catalog.queries.filters import LONGEST_ECHO, clean_text
from mgsite.templatetags.ui import in_series

FEWEST, MOST = 2, 4
MOST_ECHOED = 3


@dataclass(frozen=True, slots=True)
class ChosenForms:
    """Up to four forms, by slug, in the one order in which a comparison is written."""

    slugs: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    @classmethod
    def from_params(cls, params: QueryDict, *, names: Mapping[str, str]) -> ChosenForms:
        """Read an address; `names` of all forms by slug. What is unknown or too much is left out, with a notice."""
        asked = list(dict.fromkeys(value for value in params.getlist("form") if value))
        known = [slug for slug in asked if slug in names]
        strange = [slug for slug in asked if slug not in names]
        notices = [*_unknown(strange), *_too_many([names[slug] for slug in known[MOST:]])]
        return cls(tuple(sorted(known[:MOST])), tuple(notices))

    @property
    def query_string(self) -> str:
        """The address of this comparison."""
        return urlencode([("form", slug) for slug in self.slugs])

    @property
    def is_enough(self) -> bool:
        """Whether there is something to compare."""
        return len(self.slugs) >= FEWEST

    def is_written_as(self, params: QueryDict) -> bool:
        """Whether the address is this comparison's own. One with a notice stays: the notice speaks of its words."""
        return bool(self.notices) or params.urlencode() == self.query_string


def _unknown(strange: list[str]) -> list[str]:
    shown = [f"“{clean_text(value)[:LONGEST_ECHO]}”" for value in strange[:MOST_ECHOED]]
    more = len(strange) - len(shown)
    if more:
        shown.append(f"{more} more")
    return [f"No form is called {in_series(shown)}, so that was left out."] if strange else []


def _too_many(left_out: list[str]) -> list[str]:
    if not left_out:
        return []
    return [f"Four forms fit side by side. Left out: {in_series(left_out)}."]
