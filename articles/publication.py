"""Rules of publication: what each status lets an editor choose, and what stops a text from reaching readers."""

from collections.abc import Iterator, Mapping

from django.core.exceptions import ValidationError

from articles.gate import Complaint, look_over
from articles.models import Article, SlugRedirect, Status
from mgsite.markup import Rendered
from mgsite.markup.dialect import ARTICLE_LIMIT as MOST_CHARACTERS
from mgsite.markup.references import Problem

__all__ = [
    "MAY_BECOME",
    "MOST_CHARACTERS",
    "SetAside",
    "check_slug_free",
    "describe",
    "publication_problems",
    "said_of",
    "still_blocking",
]

SetAside = Mapping[tuple[str, str], str]
"""Complaints that an editor sets aside: check and subject, and why."""

# What an editor may set by hand. Publishing and archiving are actions of their own, with their own checks.
MAY_BECOME: dict[Status, tuple[Status, ...]] = {
    Status.DRAFT: (Status.DRAFT, Status.IN_REVIEW),
    Status.IN_REVIEW: (Status.IN_REVIEW, Status.DRAFT),
    Status.SCHEDULED: (Status.SCHEDULED, Status.DRAFT, Status.IN_REVIEW),
    Status.PUBLISHED: (Status.PUBLISHED,),
    Status.ARCHIVED: (Status.ARCHIVED, Status.DRAFT, Status.IN_REVIEW),
}
REQUIRED = ("title", "slug", "standfirst", "byline", "body")
EMPTY = "empty field"


def check_slug_free(*, slug: str, article: Article) -> None:
    """Raise ValidationError when readers would be sent from this address to another article."""
    holder = SlugRedirect.objects.filter(slug=slug).exclude(article=article.pk).select_related("article").first()
    if holder is not None:
        raise ValidationError(
            f"Readers who have this address are sent to “{holder.article}”, which had it before. Choose another."
        )


def _missing(article: Article) -> Iterator[Complaint]:
    for name in REQUIRED:
        if not getattr(article, name).strip():
            yield Complaint(line=0, text="", message=f"The {name} is empty.", check=EMPTY, can_override=False)


def publication_problems(article: Article) -> list[Complaint]:
    """What the gate says of the working copy, in the order of the text: what blocks it, and warnings.

    A problem of the whole article has line 0.
    """
    return review(article)[1]


def review(article: Article) -> tuple[Rendered | None, list[Complaint]]:
    """The working copy as readers would get it, with what the gate says of it."""
    rendered, complaints = look_over(article)
    return rendered, [*_missing(article), *complaints]


def still_blocking(complaints: list[Complaint], *, set_aside: SetAside) -> list[Complaint]:
    """The complaints that stop a publication, without those set aside with a reason."""
    return [
        complaint
        for complaint in complaints
        if complaint.blocks and not (complaint.can_override and set_aside.get(complaint.key, "").strip())
    ]


def describe(problem: Problem) -> str:
    """A problem as a sentence or two of plain text, with its line where it has one."""
    return f"Line {problem.line}: {said_of(problem)}" if problem.line else said_of(problem)


def said_of(problem: Problem) -> str:
    """A problem as a sentence or two of plain text."""
    words = f"{problem.text}: " if problem.text else ""
    nearest = f" Did you mean {' or '.join(problem.suggestions)}?" if problem.suggestions else ""
    return f"{words}{problem.message}{nearest}"
