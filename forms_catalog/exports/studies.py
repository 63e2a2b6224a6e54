"""Studies as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet

from forms_catalog.exports.columns import Table, address, key, key_if_public, keys, number, text, texts, word, yes_no
from forms_catalog.exports.series import Series, by_key
from forms_catalog.models import Study, StudyResult
from forms_catalog.models.vocabulary import (
    Blinding,
    FormStated,
    Funding,
    PublicationStatus,
    Species,
    StudyDesign,
    StudyKind,
)
from forms_catalog.queries.study_list import StudyFilter

STUDIES = Table(
    "studies",
    "Studies and sources",
    (
        text("study", "Key of the study; other tables refer to it", "slug"),
        address("study"),
        word("kind", "What sort of source it is", StudyKind),
        text("title", "Title as printed"),
        texts("authors", "Authors in order, family name first; or the organisation"),
        number("year", "Year of publication", "year"),
        text("journal", "Journal"),
        text("volume", "Volume"),
        text("issue", "Issue"),
        text("pages", "Pages"),
        text("doi", "Digital object identifier"),
        text("pmid", "PubMed identifier"),
        text("pmcid", "PubMed Central identifier"),
        word("design", "How the study was made", StudyDesign),
        word("species", "Who or what was studied", Species),
        text("population", "Who took part, in words"),
        number("people_or_animals", "How many took part", "people; animals in a study of animals", "n"),
        word("form_stated", "Whether the source names one form of magnesium", FormStated),
        key("form", "Key of the form, where one is named", "forms", "form.slug"),
        number("dose_mg_elemental_per_day", "Dose of elemental magnesium", "mg a day", "dose_mg_elemental"),
        text("dose_in_words", "Dose as the source gives it", "dose_text"),
        number("duration_days", "How long magnesium was given", "days"),
        text("comparator", "What it was compared with"),
        texts("outcomes", "Keys of the outcomes for which a result is on file", lambda study: outcomes_of(study)),
        texts("mechanisms", "Keys of the mechanisms it bears on", keys("mechanisms")),
        yes_no("randomised", "Whether people were allocated at random", "trial.randomised"),
        word("blinding", "Who did not know the treatment", Blinding, "trial.blinded"),
        word("funding", "Who paid", Funding, "trial.funding_type"),
        text("funding_or_conflict", "Funding and conflicts of interest, in words"),
        text("summary", "What came out, in words"),
        text("limitations", "What limits it"),
        word("publication_status", "What the journal has said since", PublicationStatus),
        text("publication_note", "What the journal said, with its source"),
        key("named_by", "Key of the review through which alone it is known", "studies", key_if_public("named_by")),
        text("source_url", "Where it was read"),
        text("verified_fields", "What was read where, and what could not be verified"),
    ),
)


def outcomes_of(study: Study) -> list[str]:
    """Keys of the outcomes for which the study has a result."""
    return sorted({result.outcome.slug for result in study.results.all()})


def whole_studies() -> QuerySet[Study]:
    """Public studies with all that their row needs. Three queries, however many there are."""
    studies = Study.objects.published().select_related("form", "named_by", "trial")
    results = Prefetch("results", queryset=StudyResult.objects.select_related("study", "outcome"))
    return studies.prefetch_related(results, "mechanisms")


def study_series(params: Mapping[str, str], *, rows: QuerySet[Any] | None = None) -> Series:
    """The studies that an address asks for. `rows`: what to read of each, by default all that a row needs."""
    filters = StudyFilter.from_params(params)
    found = list(filters.select().values_list("pk", flat=True))
    reader = by_key(found, whole_studies() if rows is None else rows)
    return Series(STUDIES, filters, total=filters.every().count(), count=len(found), read=reader)
