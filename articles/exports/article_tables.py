"""The columns of articles and of what they consist of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from articles.models import CheckOverride, Reply, Revision
from articles.subjects import title_of
from forms_catalog.exports.columns import (
    Table,
    address,
    data_address,
    date,
    key,
    moment,
    number,
    text,
    texts,
    word,
    yes_no,
)
from forms_catalog.models.vocabulary import Certainty, PublicationStatus, Verdict

ARTICLES = Table(
    "articles",
    "Articles",
    (
        text("article", "Key of the article; other tables refer to it", "slug"),
        address("article"),
        data_address(),
        text("title", "Title of the version readers see", "live.title"),
        text("standfirst", "What stands under the title", "live.standfirst"),
        text("byline", "Who signs for it", "live.byline"),
        text("credentials", "Training and role of those in the byline; null: not stated", "live.credentials"),
        text("reviewer", "The clinician who reviewed it; null: nobody has", "live.reviewer"),
        text("funding", "Who paid for the work; null: none is recorded", "live.funding"),
        text("conflicts", "Conflicts of interest; null: not stated", "live.conflicts"),
        moment("published_at", "When readers first saw it"),
        moment("updated_at", "When readers last saw a change"),
        date("evidence_checked_on", "When its evidence was last checked; null: no check is recorded"),
        date("next_check_on", "When the next check is due; null: no date is set"),
        number("version", "Number of the version readers see", "", "live.number"),
        text("change_note", "What changed in that version, and why", "live.change_note"),
        number("claims", "Claims that carry a mark in its text", "claims", "claim_count"),
    ),
)
BODY = Table(
    "body",
    "The text of the version readers see",
    (
        text("markdown", "As its editors wrote it, with references such as [@tarleton2017]"),
        text("html", "As its page shows it, margin notes included, every address written in full"),
        number("words", "Length", "words"),
        number("reading_minutes", "How long it takes to read", "minutes"),
    ),
)
CITED = Table(
    "cited_studies",
    "Studies and sources in its list of references",
    (
        number("number", "Place in the list of references, and the number in the text"),
        key("study", "Key of the study", "studies", "key"),
        address("study"),
        data_address(),
        text("cited_as", "As the list of references has it"),
        text("doi", "Digital object identifier"),
        text("pmid", "PubMed identifier"),
        word("publication_status", "What the journal has said since", PublicationStatus),
        number("times", "How often the text cites it", "times"),
    ),
)
MARKED = Table(
    "marked_claims",
    "Claims marked in its text, in the order of their keys",
    (
        key("claim", "Key of the claim", "claims", "claim.slug"),
        address("claim", lambda row: row.claim),
        data_address(lambda row: row.claim),
        text("words", "The words of the article that carry the mark", "phrase"),
        text("statement", "The claim in plain words", "claim.statement"),
        word("verdict", "How its wording stands against the evidence", Verdict, "claim.verdict"),
        word("certainty", "How sure the editors are of that evidence, in GRADE’s words", Certainty, "claim.certainty"),
        text("in_brief", "The reason in one line", "claim.in_brief"),
        yes_no("touches_safety", "Whether acting on it could harm someone", "claim.safety_flag"),
        text("safety_note", "What to know before acting on it", "claim.safety_note"),
    ),
)
LINKED = Table(
    "linked_records",
    "What else its text leads to, in the order of kinds and keys",
    (
        text("kind", "form, mechanism, outcome, study, term (a word explained) or article", "kind"),
        text("key", "Key of the record", "target.slug"),
        text("name", "Its name or title", lambda row: title_of(row.target)),
        address("record", lambda row: row.target),
        data_address(lambda row: row.target),
        number("times", "How often the text refers to it", "times"),
    ),
)


@dataclass(frozen=True, slots=True)
class CitedRow:
    """An entry of the list of references, read off the stored rendering."""

    number: int
    key: str
    url: str
    cited_as: str
    doi: str
    pmid: str
    publication_status: str
    times: int

    def get_absolute_url(self) -> str:
        """The study's page."""
        return self.url


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """A record that the text leads to."""

    kind: str
    target: Any
    times: int


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version as the list of versions shows it."""

    revision: Revision
    thanked: list[Reply] = field(default_factory=list)

    @property
    def set_aside(self) -> list[str]:
        """What an editor set aside when publishing it, each with the reason."""
        return [_set_aside(each) for each in self.revision.overrides.all()]


def _set_aside(override: CheckOverride) -> str:
    about = f", “{override.subject}”" if override.subject else ""
    return f"{override.check_name}{about}, because: {override.reason}"


VERSIONS = Table(
    "versions",
    "Versions of an article that readers have seen",
    (
        number("version", "Number of the version", "", "revision.number"),
        moment("published_at", "When readers first saw it", "revision.created_at"),
        text("title", "Its title", "revision.title"),
        text("change_note", "What changed, and why", "revision.change_note"),
        texts(
            "thanks_to",
            "Keys of public replies whose corrections it makes",
            lambda row: [r.public_id for r in row.thanked],
        ),
        texts("set_aside", "Checks that an editor set aside, each with the reason", "set_aside"),
    ),
)
