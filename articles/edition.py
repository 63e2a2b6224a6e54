"""The first edition's articles as files, and back: Markdown with front matter, one article per file.

The database is the truth. Loading never overwrites an article that was edited or deleted here: an
`EditionRecord` remembers what the edition last wrote (see forms_catalog.models.state).
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction

from articles.actions.articles import (
    SHOWN_AT_ONCE,
    Draft,
    PublicationRefused,
    publish_together,
    readers_see_it,
    save_draft,
    stands_set_aside,
)
from articles.models import Article, Revision, Status
from articles.publication import describe
from forms_catalog.models import EditionRecord

CONTENT = Path(__file__).parent / "content"
KIND = "articles"
FENCE = "---\n"
FILE = re.compile(rf"{FENCE}(?P<front>.*?\n){FENCE}\n?(?P<body>.*)", re.DOTALL)
WORKING_COPY = ("title", "standfirst", "byline", "reviewer", "about_mood", "replies_open")
FRONT_MATTER = (*WORKING_COPY, "published_at", "evidence_checked_on", "change_note")
WHEN_STATED = ("credentials", "funding", "conflicts", "next_check_on")
"""Only where somebody has stated them: what is not in the file was not stated."""
SET_ASIDE = "set_aside"
"""Only where an editor has set a check of the gate aside: a list of check, subject and reason."""
TYPES: dict[str, type | tuple[type, ...]] = {
    "about_mood": bool,
    "replies_open": bool,
    "published_at": datetime,
    "evidence_checked_on": (date, type(None)),
    "reviewer": (str, type(None)),
    "next_check_on": date,
}


class ArticleEditionError(ValueError):
    """Files that cannot be loaded; the message lists each file and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """One article as its file states it."""

    slug: str
    front: dict[str, Any]
    body: str
    lines_above: int = 0
    """Lines of the file that stand before the body."""

    def digest(self) -> str:
        """Fingerprint of the content, whatever its spelling in YAML.

        Without the note on the change: a version that readers have keeps its note, so a new note alone is no news.
        """
        front = {name: value for name, value in self.front.items() if name != "change_note"}
        content = json.dumps([front, self.body], sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()

    def text(self) -> str:
        """The file's text; reading it gives this article back."""
        front = yaml.safe_dump(self.front, sort_keys=False, allow_unicode=True, width=110)
        return f"{FENCE}{front}{FENCE}\n{self.body}"


@dataclass(slots=True)
class Report:
    """Slugs by what happened to them."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        parts = (("created", self.created), ("updated", self.updated), ("unchanged", self.unchanged))
        counts = [f"{len(slugs)} {name}" for name, slugs in parts]
        return ", ".join([*counts, f"{len(self.kept)} kept as edited here"])


def read_article(path: Path) -> ArticleFile:
    """Read one file. Raises ArticleEditionError with file and field."""
    try:
        parts = FILE.fullmatch(path.read_text(encoding="utf-8"))
        values = yaml.safe_load(parts["front"]) if parts else None
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ArticleEditionError(f"{path.name}: front matter cannot be read ({error}).") from error
    if parts is None or not isinstance(values, dict):
        raise ArticleEditionError(f"{path.name}: the file must begin with front matter between two lines of ---.")
    wrong = list(_wrong(values))
    if wrong:
        raise ArticleEditionError(f"{path.name}: {'; '.join(wrong)}.")
    front = {name: values[name] for name in FRONT_MATTER}
    front |= {name: values[name] for name in (*WHEN_STATED, SET_ASIDE) if values.get(name)}
    # In the one spelling the database gives back, or the article would look edited.
    front["published_at"] = front["published_at"].astimezone(UTC)
    front["reviewer"] = front["reviewer"] or None
    lines_above = parts.string.count("\n", 0, parts.start("body"))
    return ArticleFile(slug=path.stem, front=front, body=parts["body"], lines_above=lines_above)


def _wrong(values: dict[Any, Any]) -> Iterator[str]:
    """What is wrong with the fields of a file, each as the part of a sentence."""
    yield from (
        f"unknown field {name}" for name in sorted(map(str, values.keys() - {*FRONT_MATTER, *WHEN_STATED, SET_ASIDE}))
    )
    yield from (
        f"{name} has the wrong type: {values[name]!r}"
        for name in WHEN_STATED
        if values.get(name) is not None and not _fits(name, values[name])
    )
    for name in FRONT_MATTER:
        if name not in values:
            yield f"{name} is missing"
        elif not _fits(name, values[name]):
            yield f"{name} has the wrong type: {values[name]!r}"
        elif name == "published_at" and values[name].tzinfo is None:
            yield f"{name} has no time zone: {values[name]}"
        elif name == "change_note":  # the other texts are checked as fields of the article
            try:
                Revision.change_note.field.clean(values[name], None)
            except ValidationError as error:
                yield f"{name}: {' '.join(error.messages)}"
    if not _is_set_aside(values.get(SET_ASIDE, [])):
        yield f"{SET_ASIDE} must be a list of check, subject and reason"


def _fits(name: str, value: Any) -> bool:
    """Whether a value has its field's type. A moment is a date to Python, and none here."""
    wanted = TYPES.get(name, str)
    return isinstance(value, wanted) and (wanted is datetime or not isinstance(value, datetime))


def _is_set_aside(rows: Any) -> bool:
    return isinstance(rows, list) and all(
        isinstance(row, dict)
        and set(row) == {"check", "subject", "reason"}
        and all(isinstance(text, str) for text in row.values())
        for row in rows
    )


def written(article: Article) -> ArticleFile | None:
    """A published article as its file would state it; None when readers have never seen it."""
    live = article.live
    if live is None:
        return None
    front: dict[str, Any] = {
        "title": live.title,
        "standfirst": live.standfirst,
        "byline": live.byline,
        "reviewer": live.reviewer or None,
        "about_mood": article.about_mood,
        "replies_open": article.replies_open,
        "published_at": article.published_at,
        "evidence_checked_on": article.evidence_checked_on,
        "change_note": live.change_note,
    }
    stated = {name: getattr(article if name in SHOWN_AT_ONCE else live, name) for name in WHEN_STATED}
    front |= {name: value for name, value in stated.items() if value}
    kept = stands_set_aside(article).items()
    if kept:
        front[SET_ASIDE] = [{"check": check, "subject": subject, "reason": why} for (check, subject), why in kept]
    return ArticleFile(slug=article.slug, front=front, body=live.body)


def _edited_here(article: Article, record: EditionRecord | None) -> bool:
    """Whether an editor changed the article, or has a draft of a change, since the edition wrote it."""
    published = written(article)
    if published is None or record is None or published.digest() != record.digest:
        return True
    return not readers_see_it(article) or article.status != Status.PUBLISHED


def _working_copy(article: Article, source: ArticleFile) -> Draft:
    """Put the file's content into the article's working copy."""
    for name in WORKING_COPY:
        setattr(article, name, source.front[name] if source.front[name] is not None else "")
    unstated = Article()
    for name in WHEN_STATED:
        setattr(article, name, source.front.get(name, getattr(unstated, name)))
    article.body = source.body
    article.evidence_checked_on = source.front["evidence_checked_on"]
    try:
        article.full_clean(exclude=["live"])
    except ValidationError as error:
        wrong = "; ".join(f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items())
        raise ArticleEditionError(f"{source.slug}.md: {wrong}") from error
    save_draft(article=article, by=None)
    return Draft(
        article=article,
        change_note=source.front["change_note"],
        at=source.front["published_at"],
        set_aside={(row["check"], row["subject"]): row["reason"] for row in source.front.get(SET_ASIDE, [])},
    )


def _publish(drafts: list[Draft], sources: list[ArticleFile]) -> None:
    """Let readers see all that was written, and remember what the edition wrote."""
    try:
        publish_together(drafts)
    except PublicationRefused as error:
        source = next(source for source in sources if source.slug == error.article.slug)
        problems = [replace(each, line=each.line and each.line + source.lines_above) for each in error.problems]
        raise ArticleEditionError(f"{source.slug}.md: {' '.join(map(describe, problems))}") from error
    for source in sources:
        EditionRecord.objects.update_or_create(kind=KIND, slug=source.slug, defaults={"digest": source.digest()})


@transaction.atomic
def load_articles(*, directory: Path = CONTENT) -> Report:
    """Load every file of a folder, or none of them. Raises ArticleEditionError."""
    if not directory.is_dir():
        raise ArticleEditionError(f"There is no folder {directory}.")
    sources = [read_article(path) for path in sorted(directory.glob("*.md"))]
    records = {record.slug: record for record in EditionRecord.objects.filter(kind=KIND)}
    present = {article.slug: article for article in Article.objects.select_related("live")}
    report = Report()
    drafts: list[Draft] = []
    for source in sources:
        article, record = present.get(source.slug), records.get(source.slug)
        if article is None and record is None:
            drafts.append(_working_copy(Article(slug=source.slug), source))
            report.created.append(source.slug)
        elif article is None or _edited_here(article, record):
            report.kept.append(source.slug)
        elif record is not None and record.digest == source.digest():
            report.unchanged.append(source.slug)
        else:
            drafts.append(_working_copy(article, source))
            report.updated.append(source.slug)
    if drafts:
        written_here = {draft.article.slug for draft in drafts}
        _publish(drafts, [source for source in sources if source.slug in written_here])
    return report


def export_articles(*, directory: Path) -> int:
    """Write every published article to a folder in the layout `load_articles` reads; returns how many."""
    directory.mkdir(parents=True, exist_ok=True)
    sources = [written(article) for article in Article.objects.published().select_related("live").order_by("slug")]
    for source in filter(None, sources):
        (directory / f"{source.slug}.md").write_text(source.text(), encoding="utf-8", newline="\n")
    return len(sources)
