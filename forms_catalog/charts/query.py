"""What a forest plot shows, as it is written in an article or an address: an outcome, and at most two narrowings.

forest?outcome=depression&comparator=placebo&without=flagged
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from forms_catalog.queries.filters import LONGEST_ECHO, clean_text

COMPARATORS = {"placebo": "placebo", "no_treatment": "no treatment", "active": "another treatment"}
"""What magnesium was compared with: the word in an address, and the words for readers."""
ANY = "any"
"""In an address: every comparator, where a page would narrow by itself."""
FLAGGED = "flagged"
CHOICES: Mapping[str, frozenset[str]] = {"comparator": frozenset(COMPARATORS), "without": frozenset([FLAGGED])}
_SLUG = re.compile(r"[a-z0-9-]{1,80}")


@dataclass(frozen=True, slots=True)
class ForestQuery:
    """One view of one outcome's trials."""

    outcome: str
    comparator: str = ""
    """Only comparisons with this; empty: with anything."""
    without: str = ""
    """'flagged' leaves out trials some of whose printed figures do not add up."""

    @classmethod
    def from_key(cls, key: str) -> ForestQuery | None:
        """From a chart's name in an article; None for anything that is not exactly understood."""
        name, _, query = key.lower().partition("?")
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=10) if query.count("&") < 10 else []
        asked = dict(pairs)
        outcome = asked.pop("outcome", "")
        known = all(value in CHOICES.get(name, ()) for name, value in asked.items())
        if name != "forest" or not _SLUG.fullmatch(outcome) or not known or len(pairs) != len(asked) + 1:
            return None
        return cls(outcome, **asked)

    @classmethod
    def from_params(cls, outcome: str, params: Mapping[str, str]) -> ForestQuery:
        """From an address. What is not known narrows nothing; `misread` names it."""
        return cls(outcome, **{name: params[name] for name in CHOICES if params.get(name) in CHOICES[name]})

    @property
    def params(self) -> str:
        """The narrowings as a query string, always in the same order; empty without any."""
        return urlencode([(name, value) for name in CHOICES if (value := getattr(self, name))])

    @property
    def in_words(self) -> str:
        """The narrowings for readers: 'compared with placebo, …'; empty without any."""
        words = [f"compared with {COMPARATORS[self.comparator]}"] if self.comparator else []
        if self.without:
            words.append("without trials whose printed figures do not add up")
        return ", ".join(words)


def misread(params: Mapping[str, str]) -> list[str]:
    """A sentence for each narrowing in an address that has a value nobody knows."""
    return [
        f"The chart cannot be narrowed to {name} “{clean_text(params[name])[:LONGEST_ECHO]}”, so it was left as it is."
        for name in CHOICES
        if params.get(name) and params[name] not in CHOICES[name] | {ANY}
    ]
