"""Articles and replies among the site's JSON, for `/data/` and its contract."""

from __future__ import annotations

from articles.article_list import listed
from articles.exports.article_tables import ARTICLES, BODY, CITED, LINKED, MARKED, VERSIONS, VersionRow
from articles.exports.replies import REPLIES, whole_replies
from articles.models import Article
from forms_catalog.bibliography import DOWNLOADS
from forms_catalog.twins.twin import LIST, RECORD, Group, Sample, Twin, contribute, first_fields

READING = Group.READING
A_THREAD = "What readers wrote, oldest first, 50 at a time; the next 50 come after the number of the last"
TWINS = (
    Twin(
        "articles",
        READING,
        "Articles",
        "/articles/",
        "The rows of the page, with the filters and the order of its address",
        {LIST: ARTICLES},
        ("csv",),
        example="/articles.json",
    ),
    Twin(
        "article",
        READING,
        "One article",
        "/articles/<article>/",
        "The text as Markdown and as HTML, the sources it cites, the claims marked in it with verdict and certainty, "
        "and everything else it leads to",
        {
            RECORD: ARTICLES,
            "body": BODY,
            "parts.cited_studies[]": CITED,
            "parts.marked_claims[]": MARKED,
            "parts.linked_records[]": LINKED,
        },
        tuple(DOWNLOADS),
    ),
    Twin(
        "versions",
        READING,
        "Its versions",
        "/articles/<article>/history/",
        "Every version readers have seen, newest first, with what changed and whom it thanks",
        {LIST: VERSIONS},
    ),
    Twin("replies", READING, "Replies to an article", "/articles/<article>/replies/", A_THREAD, {LIST: REPLIES}),
    Twin(
        "record-replies",
        READING,
        "Replies to a claim, form, mechanism or study",
        "/claims/<claim>/replies/",
        f"{A_THREAD}. For the others put forms, mechanisms or studies in place of claims",
        {LIST: REPLIES},
    ),
    Twin(
        "reply",
        READING,
        "One reply",
        "/replies/<reply>/",
        "One public reply: its words, the name it is signed with, and what it is about",
        {RECORD: REPLIES},
    ),
)


def hand_in() -> None:
    """Let `/data/` know them."""
    contribute(*TWINS, samples=samples)


def samples() -> dict[str, Sample]:
    """The newest article with its version, and the newest reply. Two queries."""
    article = listed(Article.objects.published()).order_by("-published_at", "slug").first()
    reply = whole_replies().order_by("-published_at", "-pk").first()
    found = {}
    if article is not None:
        path = article.get_absolute_url()
        found["article"] = first_fields(ARTICLES, article, number=6)
        shown = {column.name: column.of(VersionRow(article.live)) for column in VERSIONS.columns[:4]}
        found["versions"] = Sample(f"{path}history.json", LIST, shown)
    if reply is not None:
        found["reply"] = first_fields(REPLIES, reply, number=9)
    return found
