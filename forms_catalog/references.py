"""Answers references from texts into the catalog: one query per kind, one for all that need just their names.

A claim takes two, a chart three.
"""

import difflib
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet, Value
from django.utils.text import slugify

from forms_catalog import charts
from forms_catalog.citations import citation_details
from forms_catalog.glossary import load_glossary
from forms_catalog.models import Claim, Form, Mechanism, Outcome, Study
from forms_catalog.models.base import page_address
from forms_catalog.queries.claim_cards import card_html, with_sources
from mgsite.markup.glossary import Glossary
from mgsite.markup.references import Kind, Target

MOST_SUGGESTIONS = 3
MOST_CANDIDATES = 1000
"""How many keys a suggestion is chosen from; a catalog may hold many more studies."""
NEAR_ENOUGH = 0.5


class CatalogResolver:
    """Resolves studies, forms, mechanisms, outcomes, claims, terms and charts. Keys are matched in lower case."""

    @cached_property
    def glossary(self) -> Glossary:
        """All terms, asked for once: a text marks some by itself and may name others."""
        return load_glossary()

    @cached_property
    def _named(self) -> dict[tuple[Kind, str], Target]:
        """Forms, mechanisms and outcomes, of which there are dozens, by kind and slug. One query for the three."""
        rows = [
            model.objects.order_by().annotate(kind=Value(kind.value)).values_list("kind", "slug", "name")
            for kind, model in _NAMED.items()
        ]
        return {
            (Kind(kind), slug): Target(Kind(kind), slug, page_address(f"catalog:{kind}", slug), name)
            for kind, slug, name in rows[0].union(*rows[1:], all=True)
        }

    def resolve(self, kind: Kind, keys: Collection[str]) -> Mapping[str, Target]:
        """The targets readers may see, by key as asked for."""
        if kind == Kind.CHART:
            return self._charts(keys)
        if kind == Kind.TERM:
            return self._terms(keys)
        if kind in _NAMED:
            found = {key: self._named.get((kind, key.lower())) for key in keys}
            return {key: replace(target, key=key) for key, target in found.items() if target}
        if kind not in _RECORDS:
            return {}
        records, describe = _RECORDS[kind]
        asked = {key.lower(): key for key in keys}
        found = {asked[record.slug]: record for record in records().filter(slug__in=asked)}
        return {key: _target(kind, key, record, *describe(record)) for key, record in found.items()}

    def suggest(self, kind: Kind, key: str) -> list[str]:
        """Existing keys nearest to one that does not exist, by key and by name."""
        if kind == Kind.CHART:
            known = {name: (name,) for name in charts.available()}
            return charts.better(key)[:MOST_SUGGESTIONS] or nearest(key, known)
        return nearest(key, self._names(kind, key))

    def explain(self, kind: Kind, key: str) -> str:
        """Why a key has no target."""
        if kind == Kind.CHART:
            return charts.explain(key)
        if kind == Kind.STUDY and Study.objects.filter(slug=key.lower()).exists():
            return f"The study “{key}” is not published: it is kept for editors until someone has read it."
        return f"There is no {kind} with the key “{key}”."

    def _terms(self, keys: Collection[str]) -> dict[str, Target]:
        terms = {key: self.glossary.terms[key.lower()] for key in keys if key.lower() in self.glossary.terms}
        return {key: Target(Kind.TERM, term.key, term.url, term.name, {"term": term}) for key, term in terms.items()}

    def _charts(self, keys: Collection[str]) -> dict[str, Target]:
        return {
            key: Target(Kind.CHART, key, "", chart.title, {"html": chart.html})
            for key, chart in charts.draw(keys).items()
        }

    def _names(self, kind: Kind, key: str) -> dict[str, tuple[str, ...]]:
        """Keys to choose from, each with the words it is known by."""
        if kind == Kind.TERM:
            return {key: (key, *map(slugify, term.spellings)) for key, term in self.glossary.terms.items()}
        if kind not in _RECORDS:
            return {}
        records = _RECORDS[kind][0]().prefetch_related(None)
        if kind == Kind.STUDY:
            records = records.filter(slug__startswith=key.lower()[:2])
        return {
            record.slug: (record.slug, slugify(getattr(record, "name", "")), *_synonyms(record))
            for record in records.order_by("slug")[:MOST_CANDIDATES]
        }


def nearest(key: str, names: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The keys whose names are most like `key`, best first."""
    wanted = slugify(key) or key

    def likeness(known: str) -> float:
        return max(difflib.SequenceMatcher(None, wanted, name).ratio() for name in names[known])

    rated = sorted(((likeness(known), known) for known in names), key=lambda pair: (-pair[0], pair[1]))
    return [known for rating, known in rated[:MOST_SUGGESTIONS] if rating >= NEAR_ENOUGH]


def _target(kind: Kind, key: str, record: Any, title: str, details: dict[str, Any]) -> Target:
    return Target(kind, key, record.get_absolute_url(), title, details)


def _synonyms(record: Any) -> tuple[str, ...]:
    return tuple(slugify(synonym) for synonym in getattr(record, "synonyms", []))


def _named(record: Form | Mechanism | Outcome) -> tuple[str, dict[str, Any]]:
    return record.name, {}


def _study(study: Study) -> tuple[str, dict[str, Any]]:
    return study.short_citation, citation_details(study)


def _claim(claim: Claim) -> tuple[str, dict[str, Any]]:
    return claim.statement, {
        "verdict": claim.verdict,
        "verdict_label": claim.get_verdict_display(),
        "statement": claim.statement,
        "in_brief": claim.in_brief,
        "safety_note": claim.safety_note if claim.safety_flag else "",
        "card": card_html(claim),
    }


_NAMED: dict[Kind, type[Form] | type[Mechanism] | type[Outcome]] = {
    Kind.FORM: Form,
    Kind.MECHANISM: Mechanism,
    Kind.OUTCOME: Outcome,
}
_Describe = Callable[[Any], tuple[str, dict[str, Any]]]
_RECORDS: dict[Kind, tuple[Callable[[], QuerySet[Any]], _Describe]] = {
    Kind.STUDY: (lambda: Study.objects.published(), _study),
    Kind.FORM: (lambda: Form.objects.only("slug", "name", "synonyms"), _named),
    Kind.MECHANISM: (lambda: Mechanism.objects.only("slug", "name"), _named),
    Kind.OUTCOME: (lambda: Outcome.objects.only("slug", "name"), _named),
    Kind.CLAIM: (lambda: with_sources(Claim.objects.all()), _claim),
}
