"""Saving, publishing and archiving articles, and the rules these follow."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.actions.articles import (
    FIRST_NOTE,
    Draft,
    EditConflict,
    PublicationRefused,
    archive_article,
    publish_article,
    publish_together,
    readers_see_it,
    save_draft,
)
from articles.models import Article, Reference, SlugRedirect, Status
from articles.publication import MAY_BECOME, MOST_CHARACTERS, describe, publication_problems
from forms_catalog.actions import public_version
from mgsite.markup.references import Problem
from tests.factories import make_article, make_form, make_published_article, make_study, make_user

pytestmark = pytest.mark.django_db


def published(**fields: object) -> Article:
    article = make_article(**fields)
    publish_article(article=article, by=None)
    return article


def fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


# Saving


def test_save_draft_counts_the_save_and_names_who_saved() -> None:
    article, editor = make_article(), make_user()
    save_draft(article=article, by=editor)
    assert (fresh(article).version, fresh(article).saved_by) == (1, editor)


def test_save_draft_of_a_new_article_makes_version_one() -> None:
    article = Article(slug="new", title="New", standfirst="It is new.", body="Text.")
    save_draft(article=article, by=make_user())
    assert fresh(article).version == 1


def test_save_draft_over_a_newer_version_is_refused_and_overwrites_nothing() -> None:
    article, colleague = make_article(), make_user()
    mine = fresh(article)
    article.body = "Theirs."
    save_draft(article=article, by=colleague)
    mine.body = "Mine."
    with pytest.raises(EditConflict) as refused:
        save_draft(article=mine, by=make_user())
    assert refused.value.stored.saved_by == colleague
    assert fresh(article).body == "Theirs."


def test_save_draft_is_not_seen_by_readers() -> None:
    article, before = published(), public_version()
    article.body = "Something else."
    save_draft(article=article, by=None)
    assert fresh(article).live.body != "Something else."
    assert public_version() == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("slug", "another-address"),
        ("about_mood", False),
        ("replies_open", False),
        ("evidence_checked_on", dt.date(2026, 11, 1)),
    ],
)
def test_save_draft_notes_a_change_that_shows_at_once(name: str, value: object) -> None:
    article, before = published(), public_version()
    setattr(article, name, value)
    save_draft(article=article, by=None)
    assert public_version() > before


# Addresses


def test_rename_of_a_published_article_leaves_a_redirect() -> None:
    article = published(slug="old")
    article.slug = "new"
    save_draft(article=article, by=None)
    assert SlugRedirect.objects.get(slug="old").article == article


def test_rename_of_a_draft_leaves_nothing() -> None:
    article = make_article(slug="old")
    article.slug = "new"
    save_draft(article=article, by=None)
    assert not SlugRedirect.objects.exists()


def test_rename_back_removes_the_redirect_and_leaves_one_from_the_other_address() -> None:
    article = published(slug="old")
    for slug in ("new", "old"):
        article.slug = slug
        save_draft(article=article, by=None)
    assert list(SlugRedirect.objects.values_list("slug", flat=True)) == ["new"]


def test_a_former_address_is_refused_to_another_article() -> None:
    article = published(slug="old")
    article.slug = "new"
    save_draft(article=article, by=None)
    with pytest.raises(ValidationError, match="had it before"):
        save_draft(article=Article(slug="old", title="T", standfirst="S", body="B"), by=None)


# Publishing


def test_publish_makes_version_one_and_dates_it() -> None:
    article, editor = make_article(), make_user()
    revision = publish_article(article=article, by=editor)
    stored = fresh(article)
    assert revision is not None
    assert (stored.status, stored.live, revision.number) == (Status.PUBLISHED, revision, 1)
    assert (revision.change_note, revision.created_by) == (FIRST_NOTE, editor)
    assert stored.published_at == stored.updated_at == revision.created_at
    assert readers_see_it(stored)


def test_publish_again_keeps_the_first_date_and_the_first_version() -> None:
    article = published()
    first, published_at = article.live, article.published_at
    article.body = "Corrected."
    revision = publish_article(article=article, by=None, change_note="Corrected the dose.")
    assert revision is not None
    assert (revision.number, revision.body, revision.change_note) == (2, "Corrected.", "Corrected the dose.")
    assert fresh(article).published_at == published_at
    assert fresh(article).updated_at > published_at
    first.refresh_from_db()
    assert first.body != "Corrected."


def test_publish_of_a_text_from_elsewhere_keeps_its_date() -> None:
    at = dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC)
    article = make_article()
    revision = publish_article(article=article, by=None, at=at)
    assert fresh(article).published_at == fresh(article).updated_at == at == revision.created_at


def test_publish_with_nothing_changed_makes_no_version() -> None:
    article = published()
    assert publish_article(article=article, by=None) is None
    assert article.revisions.count() == 1


def test_publish_a_change_without_a_note_is_refused() -> None:
    article = published()
    article.title = "Another title"
    with pytest.raises(PublicationRefused, match="what changed and why"):
        publish_article(article=article, by=None, change_note="  ")
    assert article.revisions.count() == 1


def test_publish_moves_the_public_version() -> None:
    before = public_version()
    published()
    assert public_version() > before


def test_publish_records_what_the_text_refers_to() -> None:
    study, form = make_study(slug="mah2021"), make_form(slug="oxide")
    article = published(body="Oxide holds much [@mah2021]. See [[form:oxide]], and [@mah2021] again.\n")
    references = {reference.target: reference.count for reference in article.references.all()}
    assert references == {study: 2, form: 1}


def test_publish_with_an_unresolved_reference_is_refused_by_line_with_the_nearest_key() -> None:
    make_study(slug="mah2021")
    article = make_article(body="First line.\n\nOxide [@mah2020].\n")
    with pytest.raises(PublicationRefused) as refused:
        publish_article(article=article, by=None)
    [problem] = refused.value.problems
    assert problem.line == 3
    assert "mah2021" in problem.suggestions
    assert "Line 3" in str(refused.value)
    assert (fresh(article).status, fresh(article).live) == (Status.DRAFT, None)


def test_publish_when_refused_leaves_the_article_in_hand_as_it_was() -> None:
    article = make_article(body="")
    with pytest.raises(PublicationRefused), transaction.atomic():
        publish_article(article=article, by=None)
    assert (article.status, article.live) == (Status.DRAFT, None)


def drafts(*bodies: str) -> list[Draft]:
    """Articles `first`, `second` and so on, ready to go live together."""
    at = dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC)
    articles = [make_article(slug=slug, body=body) for slug, body in zip(("first", "second"), bodies, strict=False)]
    return [Draft(article=article, change_note=FIRST_NOTE, at=at) for article in articles]


def test_publish_together_lets_articles_refer_to_one_another() -> None:
    publish_together(drafts("See [the other](article:second).\n", "See [the first](article:first).\n"))
    targets = {reference.article.slug: reference.target.slug for reference in Reference.objects.all()}
    assert targets == {"first": "second", "second": "first"}


def test_publish_together_is_all_or_none() -> None:
    with pytest.raises(PublicationRefused) as refused:
        publish_together(drafts("Fine.\n", "See [nobody](article:third).\n"))
    assert refused.value.article.slug == "second"
    assert not Article.objects.published().exists()


@pytest.mark.parametrize("name", ["title", "standfirst", "byline", "body"])
def test_publish_with_a_part_missing_is_refused(name: str) -> None:
    article = make_article(**{name: " "})
    assert f"The {name} is empty." in [problem.message for problem in publication_problems(article)]


def test_words_left_behind_by_a_failed_upload_are_a_problem() -> None:
    article = make_article(body="Fine.\n\nInvalid response\n")
    [problem] = publication_problems(article)
    assert (problem.line, problem.text) == (3, "Invalid response")


def test_problems_stand_in_the_order_of_the_text() -> None:
    article = make_article(title="", body="Invalid response\n\n[@nobody1900]\n\nInvalid response\n")
    assert [problem.line for problem in publication_problems(article)] == [0, 1, 3, 5]


def test_a_text_beyond_all_measure_is_refused_before_it_is_read() -> None:
    article = make_article(body="a" * (MOST_CHARACTERS + 1))
    assert "longer than" in publication_problems(article)[0].message


def test_describe_names_line_text_and_nearest() -> None:
    problem = Problem(line=3, text="[@mah2020]", message="There is no such study.", suggestions=("mah2021", "mah2019"))
    assert describe(problem) == "Line 3: [@mah2020]: There is no such study. Did you mean mah2021 or mah2019?"


def test_describe_of_the_whole_article_names_no_line() -> None:
    assert describe(Problem(line=0, text="", message="The body is empty.")) == "The body is empty."


def test_publish_renders_the_text_once() -> None:
    make_form(slug="oxide")
    article = make_article(body="See [[form:oxide]].\n")
    with CaptureQueriesContext(connection) as captured:
        publish_article(article=article, by=None)
    resolved = [query["sql"] for query in captured if "forms_catalog_form" in query["sql"] and '"name"' in query["sql"]]
    assert len(resolved) == 1
    assert Reference.objects.get().form is not None


# Texts that cannot be rendered at all


UNRENDERABLE = {
    "[" * 3001: "The text at line 1 has more than 3,000 brackets without an empty line.",
    "| a | b |\n| - | - |\n" + "| 1 | 2 |\n" * 4000: "The block at line 1 is too large; split it in two.",
    "".join(f"Word.[^{n}]\n\n[^{n}]: Note.\n\n" for n in range(501)): "There are 501 notes; at most 500 are allowed.",
}


@pytest.mark.parametrize(("body", "message"), UNRENDERABLE.items(), ids=["brackets", "table", "notes"])
def test_text_that_cannot_be_rendered_is_one_problem_and_is_not_published(body: str, message: str) -> None:
    article = make_article(body=body)
    assert [(problem.line, problem.message) for problem in publication_problems(article)] == [(0, message)]
    with pytest.raises(PublicationRefused, match=message):
        publish_article(article=article, by=None)
    assert fresh(article).live is None


# Archiving


def test_archive_hides_the_article_and_keeps_its_versions() -> None:
    article, before = published(), public_version()
    archive_article(article=article, by=make_user())
    assert not Article.objects.published().exists()
    assert article.revisions.count() == 1
    assert public_version() > before


def test_archive_is_kept_with_who_did_it_and_when() -> None:
    article, editor = published(), make_user()
    archive_article(article=article, by=editor)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.get_change_message()) == (
        editor,
        str(article.pk),
        "Archived: readers no longer see it.",
    )
    assert abs(timezone.now() - entry.action_time) < dt.timedelta(minutes=1)


def test_publish_brings_an_archived_article_back_without_a_new_version() -> None:
    article = published()
    published_at = article.published_at
    archive_article(article=article, by=make_user())
    assert publish_article(article=article, by=None) is None
    assert (fresh(article).status, fresh(article).published_at) == (Status.PUBLISHED, published_at)


# The table


def test_every_status_says_what_an_editor_may_choose() -> None:
    assert set(MAY_BECOME) == set(Status)


@pytest.mark.parametrize("status", list(Status))
def test_no_status_is_published_or_withdrawn_by_hand(status: Status) -> None:
    others = set(MAY_BECOME[status]) - {status}
    assert Status.PUBLISHED not in others
    assert Status.ARCHIVED not in others
    assert status in MAY_BECOME[status]
    if status == Status.PUBLISHED:
        assert not others


def test_an_article_that_was_put_in_ready_is_seen_by_readers() -> None:
    assert readers_see_it(make_published_article())
