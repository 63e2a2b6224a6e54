"""The glossary as data: its words from A to Z, as the page has them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet

from forms_catalog.exports.reference_tables import GLOSSARY
from forms_catalog.exports.series import Series, by_key
from forms_catalog.models import GlossaryTerm
from forms_catalog.queries.glossary import GlossaryFilter, in_order


def whole_terms() -> QuerySet[GlossaryTerm]:
    """Words with all that their row needs. Four queries, however many there are."""
    return GlossaryTerm.objects.prefetch_related("see_also", "mechanisms", "outcomes")


def term_series(params: Mapping[str, str]) -> Series:
    """The words that an address asks for."""
    filters = GlossaryFilter.from_params(params)
    found = [term.pk for term in sorted(filters.select(), key=in_order)]
    reader = by_key(found, whole_terms())
    return Series(GLOSSARY, filters, total=GlossaryTerm.objects.count(), count=len(found), read=reader)
