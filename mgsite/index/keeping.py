"""Keeping the index in step: one function for a change, one to build it anew, one that tells whether it is right."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from django.db import DatabaseError, connections, transaction
from django.db.models import Model

from mgsite.index import sources, vocabulary, words
from mgsite.index.engines import engine_of
from mgsite.index.models import Document, IndexState, Word
from mgsite.index.sources import SOURCES, Source, documents_of, every_source

BATCH = 500
RULE_FILES = {Path(words.__file__), Path(sources.__file__)}
"""Files that decide which documents a row makes and how they are spelled; the apps add theirs."""


def follow(*, model: type[Model], keys: Iterable[int]) -> None:
    """Let the index say of these rows what readers may now see of them, perhaps nothing any more.

    Call inside the transaction of the change, after it and after `public_content_changed`, for rows that were made,
    changed or deleted. That row of the public state is the lock under which one change after the other counts its
    words. Rows of a table that nobody searches are passed over.
    """
    source = SOURCES.get(model)
    if source is not None:
        _follow_all(source, keys)


def _follow_all(source: Source, keys: Iterable[int]) -> None:
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), BATCH):
        _follow(source, wanted[start : start + BATCH])


@transaction.atomic
def _follow(source: Source, keys: list[int]) -> None:
    former = Document.objects.filter(kind__in=source.kinds, record__in=keys)
    uses = Counter({word: -number for word, number in vocabulary.recount(former).items()})
    former.delete()
    shown = _add(source, keys, uses)
    if source.teaches:
        vocabulary.change(uses, shown=shown)


def _add(source: Source, keys: list[int], uses: Counter[str]) -> dict[str, str]:
    """Write the documents of the rows that readers may see; count their words. Returns how texts write them."""
    documents, shown = [], {}
    for row in source.some(keys):
        for document, spelled in documents_of(source, row):
            documents.append(document)
            shown.update(spelled)
    Document.objects.bulk_create(documents, batch_size=BATCH)
    uses.update(vocabulary.recount(documents))
    return shown


@transaction.atomic
def rebuild() -> int:
    """Build the whole index anew from the public rows. Returns how many documents there are."""
    engine_of("default").lock()
    Document.objects.all().delete()
    Word.objects.all().delete()
    for source in every_source():
        _follow_all(source, source.keys())
    engine_of("default").rebuild()
    IndexState.objects.update_or_create(pk=IndexState.ONLY, defaults={"rules": rules()})
    return Document.objects.count()


@lru_cache(maxsize=1)
def rules() -> str:
    """Fingerprint of what turns a row into documents, apart from the row."""
    digest = hashlib.sha256()
    for path in sorted(RULE_FILES):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def make_ready(*, using: str) -> None:
    """After migrating: see that the database follows the documents, and that these were made by the code's rules."""
    tables = connections[using].introspection.table_names()
    if using != "default" or any(model._meta.db_table not in tables for model in SOURCES):
        return
    mended = engine_of(using).prepare()
    if not mended and IndexState.objects.filter(pk=IndexState.ONLY).values_list("rules", flat=True).first() == rules():
        return
    # While only some migrations are applied, tables may differ from models; the system check then has the last word.
    with suppress(DatabaseError):
        rebuild()


def faults() -> list[str]:
    """What is wrong with the index, in sentences; cheap enough for every start."""
    found = list(engine_of("default").faults())
    if IndexState.objects.filter(pk=IndexState.ONLY, rules=rules()).first() is None:
        found.append("The documents were made by other rules than the code's.")
    for source in every_source():
        rows, documents = source.number(), Document.objects.filter(kind=source.kind, part="").count()
        if rows != documents:
            found.append(f"Of {rows:,} rows of the kind {source.kind} readers may see, {documents:,} are in the index.")
    return found


def differences() -> Iterator[str]:
    """Every document that is not what its row would make now. Reads every row: for tests, and for a doubter."""
    for source in every_source():
        stored = {
            (document.kind, document.record, document.part): document
            for document in Document.objects.filter(kind__in=source.kinds)
        }
        for row in source.every():
            for document, _ in documents_of(source, row):
                name = (document.kind, document.record, document.part)
                if name not in stored:
                    yield f"missing: {document}"
                elif _content(stored.pop(name)) != _content(document):
                    yield f"outdated: {document}"
        yield from (f"to be removed: {document}" for document in stored.values())
    yield from _wrong_words()


def _content(document: Document) -> list[object]:
    return [getattr(document, field.attname) for field in Document._meta.concrete_fields if not field.primary_key]


def _wrong_words() -> Iterator[str]:
    teaching = [kind for source in every_source() if source.teaches for kind in source.kinds]
    counted = vocabulary.recount(Document.objects.filter(kind__in=teaching))
    right = {word: number for word, number in counted.items() if vocabulary.is_word(word)}
    stored = dict(Word.objects.values_list("word", "uses"))
    yield from (
        f"word miscounted: {word}"
        for word in sorted(right.keys() | stored.keys())
        if right.get(word) != stored.get(word)
    )
