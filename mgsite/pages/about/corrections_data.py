"""The log of corrections as JSON: the page's entries, in its order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from articles.subjects import title_of
from forms_catalog.exports.answers import json_answer
from forms_catalog.exports.columns import Table, address, data_address, moment, number, text, texts, word, yes_no
from forms_catalog.exports.json_format import list_document
from forms_catalog.exports.series import Series
from forms_catalog.models.alerts import AlertKind
from forms_catalog.queries.facets import Filters
from forms_catalog.twins.twin import LIST, Group, Twin, contribute
from forms_catalog.views.data import open_data
from mgsite.pages.about.corrections import ARTICLE, EVIDENCE, READER, Entry, entries, log

BASE = "/about/corrections"


class LogFilter(Filters):
    """What can be asked of the log: nothing."""

    NOUN = ("entry", "entries")
    ORDERS: ClassVar[Mapping[str, str]] = {"": "Newest first"}


def _about(entry: Entry) -> Any:
    """The article or record that an entry is about."""
    if entry.revision is not None:
        return entry.revision.article
    if entry.alert is not None:
        return entry.alert.claim or entry.alert.study
    return entry.answer.about if entry.answer is not None else None


def _source(entry: Entry) -> str:
    return ARTICLE if entry.revision is not None else EVIDENCE if entry.alert is not None else READER


def _note(entry: Entry) -> str:
    """What the page says of it beside its heading."""
    if entry.revision is not None:
        return entry.revision.change_note
    if entry.alert is not None:
        return entry.alert.note
    return " ".join(filter(None, (entry.answer.why, entry.answer.message))) if entry.answer is not None else ""


def _readers(entry: Entry) -> list[str]:
    answered = [entry.answer.reply] if entry.answer is not None and entry.answer.reply is not None else []
    return [reply.public_id for reply in (*entry.thanked, *answered)]


CORRECTIONS = Table(
    "corrections",
    "The log of corrections",
    (
        moment("at", "When"),
        text(
            "source",
            "article: a new version; evidence: a study or verdict has changed; reader: what became of a correction",
            _source,
        ),
        text("title", "What it is about", lambda entry: title_of(_about(entry))),
        address("article or record", _about),
        data_address(_about),
        number("version", "For an article: the number of the version", "", "revision.number"),
        word("evidence_change", "For evidence: what was noticed", AlertKind, "alert.kind"),
        moment(
            "looked_at_again_at",
            "For evidence: when every page that leans on it was looked at again",
            "alert.resolved_at",
        ),
        yes_no("made", "For a reader’s correction: whether it was made; else it was declined", "answer.made"),
        text("note", "What changed and why, as the page says it", _note),
        texts("replies", "Keys of the public replies that led to it", _readers),
    ),
)
TWIN = Twin(
    "corrections",
    Group.READING,
    "The log of corrections",
    f"{BASE}/",
    "New versions of articles, changes in the evidence, and what became of readers’ corrections, newest first",
    {LIST: CORRECTIONS},
    example=f"{BASE}.json",
    comes_last=True,
)


def hand_in() -> None:
    """Let `/data/` know it."""
    contribute(TWIN)


def correction_series() -> Series:
    """The log, from which any page of it is read in a fixed number of queries."""
    rows = log()
    count = rows.count()
    return Series(
        CORRECTIONS, LogFilter(), total=count, count=count, read=lambda start, stop: entries(list(rows[start:stop]))
    )


@open_data
def corrections_json(request: HttpRequest) -> HttpResponse:
    """A page of the log."""
    document = list_document(correction_series(), base=BASE, page=request.GET.get("page", ""), as_csv=False)
    return json_answer(document, name="corrections.json")
