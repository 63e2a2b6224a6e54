"""The gate: what is checked before readers see a text. One small function for each check, in one table.

An editor may set single complaints aside with a reason, which readers find in the article's history. A warning
stops nothing. `manage.py check_evidence` runs the same table over everything that is published.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from articles.doses import doses_without_unit, is_dose_without_unit, names_a_unit
from articles.models import Article, Revision
from articles.passages import Passage, Piece, passages
from articles.rendering import render
from forms_catalog.audit import SAID_OF_DOUBTED, claims_with_evidence
from forms_catalog.models import Claim, Study
from forms_catalog.models.vocabulary import PublicationStatus
from forms_catalog.overclaims import find_overclaims
from mgsite.markup import MarkupError, Rendered
from mgsite.markup.dialect import ARTICLE_LIMIT
from mgsite.markup.pictures import UNDESCRIBED
from mgsite.markup.references import Kind, Problem

LONGEST_SUBJECT = 200
UNREADABLE, TOO_LONG = "text that cannot be read", "text too long"
# What a well-known editor's script types into the text when an upload fails.
LEFTOVERS = ("Invalid response",)
WARNINGS = {status: re.compile(rf"\b(?:{words})", re.IGNORECASE) for status, words in SAID_OF_DOUBTED.items()}


@dataclass(frozen=True, slots=True)
class Complaint(Problem):
    """What a check found. One that does not block is a warning."""

    check: str = ""
    can_override: bool = True
    blocks: bool = True

    @property
    def subject(self) -> str:
        """What it complains of. An override is about a check and a subject, wherever the line has moved."""
        return " ".join(self.text.split())[:LONGEST_SUBJECT]

    @property
    def key(self) -> tuple[str, str]:
        """Check and subject."""
        return self.check, self.subject


@dataclass(frozen=True, slots=True)
class Examined:
    """A text under examination, with what the catalog holds about the claims and studies it names."""

    body: str
    standfirst: str
    rendered: Rendered
    passages: tuple[Passage, ...]
    claims: Mapping[str, Claim]
    """Claims it marks, each with `has_support` and `has_search`."""
    doubted: Mapping[str, Study]
    """Studies it names that were retracted, or about which the journal has voiced concern."""

    def pieces(self) -> Iterator[Piece]:
        """The standfirst, which has no line, and every piece of the body."""
        yield Piece(line=0, words=self.standfirst)
        for passage in self.passages:
            yield from passage.pieces

    def marked(self) -> Iterator[tuple[Claim, int]]:
        """Each claim with the line that marks it first."""
        lines = {key: line for (kind, key), line in _first_lines(self.rendered).items() if kind == Kind.CLAIM}
        return ((claim, lines[key]) for key, claim in self.claims.items())

    def said_near(self, passage: Passage) -> str:
        """The words of a passage and of the notes it leads to."""
        numbers = {number for piece in passage.pieces for number in piece.notes}
        return " ".join([passage.words, *(note.words for note in self.passages if note.note in numbers)])


def unresolved_references(text: Examined) -> Iterator[Complaint]:
    """References that lead nowhere: readers would see plain words."""
    asked = _asked(text.rendered)
    for problem in text.rendered.problems:
        if (problem.line, problem.text) in asked and problem.message != UNDESCRIBED:
            yield _of(problem)


def undescribed_images(text: Examined) -> Iterator[Complaint]:
    """Pictures that are nothing to people who cannot see them."""
    return (_of(problem) for problem in text.rendered.problems if problem.message == UNDESCRIBED)


def misread_markup(text: Examined) -> Iterator[Complaint]:
    """Everything else the renderer could make no sense of."""
    asked = _asked(text.rendered)
    for problem in text.rendered.problems:
        if (problem.line, problem.text) not in asked and problem.message != UNDESCRIBED:
            yield _of(problem)


def claims_without_evidence(text: Examined) -> Iterator[Complaint]:
    """Marked claims with no source that readers may see, and no search for one."""
    for claim, line in text.marked():
        if not (claim.has_support or claim.has_search):  # type: ignore[attr-defined]  # annotated by claims_with_evidence
            message = "This claim has neither a source nor a counter-search. Enter one in the catalog."
            yield Complaint(line, claim.slug, message)


def unexplained_safety_flags(text: Examined) -> Iterator[Complaint]:
    """Marked claims that could harm someone, and that say nothing beside the sentence."""
    for claim, line in text.marked():
        if claim.safety_flag and not claim.safety_note.strip():
            yield Complaint(line, claim.slug, "This claim has a safety flag and no safety note. Write one.")


def doubted_studies_without_a_word(text: Examined) -> Iterator[Complaint]:
    """Studies cited as if nothing had happened, though the journal has retracted them or voiced concern."""
    for passage in text.passages:
        said = text.said_near(passage)
        for piece in passage.pieces:
            for mention in piece.mentions:
                study = text.doubted.get(mention.key) if mention.kind == Kind.STUDY else None
                if study and not WARNINGS[PublicationStatus(study.publication_status)].search(said):
                    status = study.get_publication_status_display().lower()
                    message = f"Status of this study: {status}. Say so in the same paragraph, or in a note to it."
                    yield Complaint(piece.line_at(mention.offset), study.slug, message)


def doses_without_a_unit(text: Examined) -> Iterator[Complaint]:
    """Amounts that do not say of what."""
    message = "This reads like a dose without its unit, such as mg."
    for piece in text.pieces():
        if piece.heads is not None and is_dose_without_unit(piece.words, head=piece.heads):
            yield Complaint(piece.line, f"{piece.heads}: {piece.words.strip()}", message)
        elif piece.heads is None or not names_a_unit(piece.heads):
            for start, sentence in piece.sentences():
                for offset, dose in doses_without_unit(sentence):
                    yield Complaint(piece.line_at(start + offset), dose, message)


def leftovers(text: Examined) -> Iterator[Complaint]:
    """Words that a failed upload typed into the text."""
    for number, line in enumerate(text.body.splitlines(), start=1):
        for words in LEFTOVERS:
            if words in line:
                yield Complaint(number, words, "A failed upload left these words behind. Delete them.")


def strong_words(text: Examined) -> Iterator[Complaint]:
    """Promises in a sentence with a marked claim that go beyond the claim's certainty."""
    for piece in text.pieces():
        for mention in piece.mentions:
            claim = text.claims.get(mention.key) if mention.kind == Kind.CLAIM else None
            if claim is None:
                continue
            certainty = claim.get_certainty_display().lower()
            message = f"Strong words for claim {claim.slug}, whose evidence has {certainty} certainty."
            for _, words in find_overclaims(piece.sentence_at(mention.offset), certainty=claim.certainty):
                yield Complaint(piece.line_at(mention.offset), words, message, blocks=False)


CHECKS: dict[str, Callable[[Examined], Iterator[Complaint]]] = {
    "unresolved reference": unresolved_references,
    "markup that could not be read": misread_markup,
    "image without description": undescribed_images,
    "claim without evidence": claims_without_evidence,
    "safety flag without note": unexplained_safety_flags,
    "doubted study without a word about it": doubted_studies_without_a_word,
    "dose without unit": doses_without_a_unit,
    "words of a failed upload": leftovers,
    "strong words": strong_words,
}


def complaints_about(text: Article | Revision) -> list[Complaint]:
    """All that the checks find in a text, in its order. Complaints about the whole text have line 0."""
    return look_over(text)[1]


def look_over(text: Article | Revision) -> tuple[Rendered | None, list[Complaint]]:
    """The rendering of a text with all that the checks find in it; no rendering of one that cannot be read."""
    if len(text.body) > ARTICLE_LIMIT:
        return None, [_whole(TOO_LONG, f"The body is longer than {ARTICLE_LIMIT:,} characters.")]
    try:
        examined = examine(text)
    except MarkupError as error:
        return None, [_whole(UNREADABLE, str(error))]
    found = {_named(complaint, name) for name, check in CHECKS.items() for complaint in check(examined)}
    order = sorted(found, key=lambda complaint: (complaint.line, not complaint.blocks, complaint.check, complaint.text))
    return examined.rendered, order


def examine(text: Article | Revision) -> Examined:
    """Read a text and ask the catalog about what it names. Raises MarkupError."""
    rendered = render(text.body)
    named = _first_lines(rendered)
    claims = {key for kind, key in named if kind == Kind.CLAIM}
    studies = {key for kind, key in named if kind == Kind.STUDY}
    doubted = Study.objects.filter(slug__in=studies, publication_status__in=WARNINGS)
    return Examined(
        body=text.body,
        standfirst=text.standfirst,
        rendered=rendered,
        passages=tuple(passages(text.body)),
        claims={claim.slug: claim for claim in claims_with_evidence().filter(slug__in=claims)},
        doubted={study.slug: study for study in doubted},
    )


def _first_lines(rendered: Rendered) -> dict[tuple[Kind, str], int]:
    """The records a text names, each with the line that names it first."""
    return {(reference.kind, reference.key): reference.line for reference in reversed(rendered.references)}


def _asked(rendered: Rendered) -> set[tuple[int, str]]:
    """Line and words of each reference: a problem about just these is that it leads nowhere."""
    return {(reference.line, reference.text) for reference in rendered.references}


def _of(problem: Problem) -> Complaint:
    return Complaint(problem.line, problem.text, problem.message, problem.suggestions)


def _whole(check: str, message: str) -> Complaint:
    """A complaint about the whole text, which nobody can set aside."""
    return Complaint(line=0, text="", message=message, check=check, can_override=False)


def _named(complaint: Complaint, check: str) -> Complaint:
    return replace(complaint, check=check)
