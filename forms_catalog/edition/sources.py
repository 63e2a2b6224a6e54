"""What no single table can say: two records of one paper, and identifiers that lead to the wrong record."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from forms_catalog.edition.drafts import Draft
from forms_catalog.edition.errors import Problem
from forms_catalog.models import Study, StudyIdentifier


def normalised(title: str) -> str:
    """A title without case, accents and punctuation, for comparing."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", letters).strip()


def wrong_sources(drafts: list[Draft], *, written: Iterable[Draft], replaced: set[str]) -> Iterator[Problem]:
    """Titles that occur twice, and identifiers that belong to another record.

    `written` are those of the drafts that will be written, `replaced` the slugs of the records they replace.
    """
    kept: dict[str, str] = {}
    for slug, title in Study.objects.exclude(title="").values_list("slug", "title").iterator():
        if slug not in replaced:
            kept[normalised(title)] = slug
    yield from _repeated_titles(written, holders=kept)
    yield from _repeated_titles(drafts, holders={})
    owners: dict[tuple[str, str], str] = {}
    for draft in drafts:
        if isinstance(study := draft.row, Study):
            owners |= {("pmid", study.pmid): study.slug, ("doi", study.doi.lower()): study.slug}
    for draft in drafts:
        yield from _strays(draft, owners=owners)


def _repeated_titles(drafts: Iterable[Draft], *, holders: dict[str, str]) -> Iterator[Problem]:
    for draft in drafts:
        study = draft.row
        if not isinstance(study, Study):
            continue
        title = normalised(study.title)
        if title and holders.setdefault(title, study.slug) != study.slug:
            yield Problem(draft.place.at("title"), f"The record {holders[title]} has this title.")


def _strays(draft: Draft, *, owners: dict[tuple[str, str], str]) -> Iterator[Problem]:
    """Identifiers of a study that are another study's own."""
    for part in draft.parts.get("identifiers", []):
        identifier, study = part.row, draft.row
        if not isinstance(identifier, StudyIdentifier) or not isinstance(study, Study):
            continue
        owner = owners.get((identifier.kind, identifier.value.lower()), study.slug)
        if identifier.value and owner != study.slug:
            what = f"{identifier.get_kind_display()} {identifier.value} belongs to the record {owner}."
            yield Problem(part.place.at("value"), what)
