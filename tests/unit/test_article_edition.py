"""Articles as files: loading, exporting, and what is never overwritten."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.actions.articles import archive_article, publish_article, save_draft
from articles.edition import CONTENT, ArticleEditionError, ArticleFile, export_articles, load_articles, read_article
from articles.models import Article, Revision
from forms_catalog.actions import public_version
from forms_catalog.models import EditionRecord
from tests.factories import make_form, make_published_article, make_user

pytestmark = pytest.mark.django_db

FRONT = {
    "title": "On oxide",
    "standfirst": "What it is.",
    "byline": "The editors",
    "reviewer": None,
    "about_mood": True,
    "replies_open": False,
    "published_at": dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC),
    "evidence_checked_on": dt.date(2026, 11, 23),
    "change_note": "First published.",
}


def write(folder: Path, slug: str = "on-oxide", body: str = "A text.\n", **front: object) -> Path:
    """Write a file, with some of its front matter changed."""
    path = folder / f"{slug}.md"
    path.write_text(ArticleFile(slug=slug, front=FRONT | front, body=body).text(), encoding="utf-8")
    return path


def write_text(folder: Path, text: str) -> Path:
    path = folder / "on-oxide.md"
    path.write_text(text, encoding="utf-8")
    return path


def texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def edit(slug: str = "on-oxide", **fields: object) -> Article:
    """An editor saves a draft of a change."""
    article = Article.objects.get(slug=slug)
    for name, value in fields.items():
        setattr(article, name, value)
    save_draft(article=article, by=None)
    return article


# There and back


def test_export_of_the_shipped_articles_gives_their_files_byte_for_byte(first_edition: None, tmp_path: Path) -> None:
    export_articles(directory=tmp_path)
    assert texts(tmp_path) == texts(CONTENT)


def test_load_of_an_export_changes_nothing(first_edition: None, tmp_path: Path) -> None:
    export_articles(directory=tmp_path)
    before = public_version(), list(Article.objects.order_by("pk").values()), Revision.objects.count()
    report = load_articles(directory=tmp_path)
    assert str(report) == "0 created, 0 updated, 4 unchanged, 0 kept as edited here"
    assert (public_version(), list(Article.objects.order_by("pk").values()), Revision.objects.count()) == before


@pytest.mark.parametrize(
    ("front", "body"),
    [
        ({"title": "Not --- a fence ---", "standfirst": "key: value # 'and' \"quotes\""}, "Text.\n"),
        ({"standfirst": "Two\nlines, ½ µg — 中"}, "\n    code first\n\n---\n\nAfter a rule.\n"),
        ({"reviewer": "A. Nurse, RN", "evidence_checked_on": None, "about_mood": False}, "No line end"),
    ],
)
def test_file_survives_a_round_trip(tmp_path: Path, front: dict[str, object], body: str) -> None:
    write(tmp_path, body=body, **front)
    load_articles(directory=tmp_path)
    export_articles(directory=tmp_path / "out")
    assert texts(tmp_path / "out") == {"on-oxide.md": (tmp_path / "on-oxide.md").read_bytes()}
    assert load_articles(directory=tmp_path / "out").unchanged == ["on-oxide"]


def test_other_spellings_of_the_same_are_no_edit(tmp_path: Path) -> None:
    hour_ahead = dt.datetime(2026, 11, 23, 9, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    write(tmp_path, published_at=hour_ahead, reviewer="")
    load_articles(directory=tmp_path)
    assert load_articles(directory=tmp_path).unchanged == ["on-oxide"]
    assert Article.objects.get().published_at == FRONT["published_at"]


def test_loaded_article_is_public_as_its_file_says(tmp_path: Path) -> None:
    write(tmp_path)
    assert load_articles(directory=tmp_path).created == ["on-oxide"]
    article = Article.objects.published().get()
    assert article.live is not None
    assert (article.title, article.live.body, article.live.change_note) == ("On oxide", "A text.\n", "First published.")
    assert (article.published_at, article.replies_open, article.reviewer) == (FRONT["published_at"], False, "")


def test_export_leaves_drafts_and_archived_articles_out(tmp_path: Path) -> None:
    archived = make_published_article()
    archive_article(article=archived, by=make_user())
    Article.objects.create(slug="draft", title="Draft", body="Text.")
    assert (export_articles(directory=tmp_path), texts(tmp_path)) == (0, {})


# What was done here stays


def test_changed_file_updates_and_leaves_a_version(tmp_path: Path) -> None:
    write(tmp_path)
    load_articles(directory=tmp_path)
    write(tmp_path, body="A better text.\n", change_note="Said it better.", about_mood=False)
    assert load_articles(directory=tmp_path).updated == ["on-oxide"]
    article = Article.objects.get()
    assert article.live is not None
    assert (article.live.number, article.live.body, article.about_mood) == (2, "A better text.\n", False)
    assert load_articles(directory=tmp_path).unchanged == ["on-oxide"]


def test_new_note_alone_is_no_news(tmp_path: Path) -> None:
    write(tmp_path)
    load_articles(directory=tmp_path)
    write(tmp_path, change_note="Another note.")
    assert load_articles(directory=tmp_path).unchanged == ["on-oxide"]
    write(tmp_path, change_note="Another note.", body="Later.\n")
    assert load_articles(directory=tmp_path).updated == ["on-oxide"]


@pytest.mark.parametrize("published", [True, False])
def test_article_edited_here_is_kept(tmp_path: Path, published: bool) -> None:
    write(tmp_path)
    load_articles(directory=tmp_path)
    article = edit(body="Ours.\n")
    if published:
        publish_article(article=article, by=None, change_note="Ours.")
    write(tmp_path, body="Theirs.\n")
    assert load_articles(directory=tmp_path).kept == ["on-oxide"]
    assert Article.objects.get().body == "Ours.\n"


def test_article_archived_here_stays_archived(tmp_path: Path) -> None:
    write(tmp_path)
    load_articles(directory=tmp_path)
    archive_article(article=Article.objects.get(), by=make_user())
    assert load_articles(directory=tmp_path).kept == ["on-oxide"]
    assert not Article.objects.published().exists()


def test_article_deleted_here_stays_deleted(tmp_path: Path) -> None:
    write(tmp_path)
    load_articles(directory=tmp_path)
    archive_article(article=Article.objects.get(), by=make_user())
    Article.objects.all().delete()
    assert load_articles(directory=tmp_path).kept == ["on-oxide"]
    assert not Article.objects.exists()


def test_article_of_the_same_address_that_no_edition_wrote_is_kept(tmp_path: Path) -> None:
    make_published_article(slug="on-oxide", title="Ours")
    write(tmp_path)
    assert load_articles(directory=tmp_path).kept == ["on-oxide"]
    assert Article.objects.get().title == "Ours"


# What is refused


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ({"titel": "x"}, "unknown field titel"),
        ({"title": 7}, "title has the wrong type: 7"),
        ({"title": ""}, "title: This field cannot be blank."),
        ({"title": "a" * 201}, "title: Ensure this value has at most 200 characters"),
        ({"standfirst": None}, "standfirst has the wrong type: None"),
        ({"about_mood": "yes, please"}, "about_mood has the wrong type: 'yes, please'"),
        ({"published_at": dt.date(2026, 11, 23)}, "published_at has the wrong type"),
        ({"published_at": dt.datetime(2026, 11, 23, 8)}, "published_at has no time zone"),
        ({"evidence_checked_on": dt.datetime(2026, 11, 23, tzinfo=dt.UTC)}, "evidence_checked_on has the wrong type"),
        ({"change_note": ""}, "change_note: This field cannot be blank."),
        ({"change_note": "a" * 301}, "change_note: Ensure this value has at most 300 characters"),
    ],
)
def test_wrong_field_is_refused_by_file_and_name_and_nothing_is_loaded(
    tmp_path: Path, front: dict[str, object], message: str
) -> None:
    write(tmp_path, "a-good-one")
    write(tmp_path, **front)
    with pytest.raises(ArticleEditionError, match=r"^on-oxide\.md: ") as refused:
        load_articles(directory=tmp_path)
    assert message in str(refused.value)
    assert not Article.objects.exists()
    assert not EditionRecord.objects.exists()


def test_field_whose_name_is_no_text_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_text(path.read_text().replace("byline:", "7: x\nbyline:"))
    with pytest.raises(ArticleEditionError, match=r"unknown field 7"):
        read_article(path)


def test_missing_field_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_text(path.read_text().replace("byline: The editors\n", ""))
    with pytest.raises(ArticleEditionError, match=r"on-oxide\.md: byline is missing\."):
        read_article(path)


@pytest.mark.parametrize(
    "text",
    ["", "No front matter.\n", "---\ntitle: x\n", "---\n- a list\n---\n", "\n---\ntitle: x\n---\n", "---\n'\n---\n"],
)
def test_file_without_readable_front_matter_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ArticleEditionError, match=r"^on-oxide\.md: .*front matter"):
        read_article(write_text(tmp_path, text))


def test_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "on-oxide.md"
    path.write_bytes(b"---\n\xff\n---\n")
    with pytest.raises(ArticleEditionError, match=r"on-oxide\.md: front matter cannot be read"):
        read_article(path)


def test_bad_address_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "On Oxide")
    with pytest.raises(ArticleEditionError, match=r"^On Oxide\.md: slug: "):
        load_articles(directory=tmp_path)


def test_longest_address_fits_what_is_remembered_of_it() -> None:
    longest = {model: model._meta.get_field("slug").max_length for model in (Article, EditionRecord)}
    assert longest[EditionRecord] >= longest[Article]


def test_bad_reference_is_refused_with_the_line_of_the_file(tmp_path: Path) -> None:
    make_form(slug="oxide")
    write(tmp_path, "a-good-one", "See [[form:oxide]].\n")
    path = write(tmp_path, body="First.\n\nSee [[form:oxyde]].\n")
    line = path.read_text().splitlines().index("See [[form:oxyde]].") + 1
    with pytest.raises(ArticleEditionError) as refused:
        load_articles(directory=tmp_path)
    assert str(refused.value).startswith(f"on-oxide.md: Line {line}: ")
    assert "oxide" in str(refused.value)
    assert not Article.objects.exists()


def test_text_that_cannot_be_rendered_is_refused(tmp_path: Path) -> None:
    write(tmp_path, body="[" * 3001)
    with pytest.raises(ArticleEditionError, match=r"^on-oxide\.md: The text at line 1 has more than 3,000 brackets"):
        load_articles(directory=tmp_path)


def test_articles_that_link_to_one_another_load_together(tmp_path: Path) -> None:
    write(tmp_path, "one", "See [[article:two]].\n")
    write(tmp_path, "two", "See [[article:one]].\n")
    load_articles(directory=tmp_path)
    links = {str(row.article.slug): row.target_article.slug for row in _links()}
    assert links == {"one": "two", "two": "one"}


def _links() -> list:
    from articles.models import Reference

    return list(Reference.objects.select_related("article", "target_article"))


# The commands


def test_commands_load_and_export(tmp_path: Path) -> None:
    write(tmp_path)
    said = StringIO()
    call_command("load_articles", directory=tmp_path, stdout=said)
    call_command("export_articles", directory=tmp_path / "out", stdout=said)
    assert said.getvalue().splitlines() == [
        "Articles: 1 created, 0 updated, 0 unchanged, 0 kept as edited here.",
        "Articles written: 1.",
    ]
    assert texts(tmp_path / "out") == {"on-oxide.md": (tmp_path / "on-oxide.md").read_bytes()}


@pytest.mark.parametrize("folder", ["files", "nowhere"])
def test_command_ends_with_a_sentence_for_files_it_cannot_load(tmp_path: Path, folder: str) -> None:
    (tmp_path / "files").mkdir()
    write_text(tmp_path / "files", "No front matter.\n")
    with pytest.raises(CommandError, match=r"on-oxide|There is no folder"):
        call_command("load_articles", directory=tmp_path / folder)


# What is only in a file when somebody has stated it


STATED = {
    "credentials": "dietitian",
    "funding": "None.",
    "conflicts": "None declared.",
    "next_check_on": dt.date(2027, 5, 23),
}


def test_what_was_stated_comes_back_in_the_file(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    write(source, **STATED)
    load_articles(directory=source)

    live = Article.objects.get().live
    assert live is not None
    assert (live.credentials, live.funding, live.conflicts) == ("dietitian", "None.", "None declared.")
    assert Article.objects.get().next_check_on == dt.date(2027, 5, 23)
    export_articles(directory=out)
    assert texts(out) == texts(source)
    assert load_articles(directory=out).unchanged == ["on-oxide"]


def test_what_was_not_stated_is_not_in_the_file(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    write(source, funding=None, credentials="")
    load_articles(directory=source)
    export_articles(directory=out)

    assert not any(f"{name}:" in (out / "on-oxide.md").read_text() for name in STATED)
    assert load_articles(directory=out).unchanged == ["on-oxide"]


@pytest.mark.parametrize("name", STATED)
def test_what_was_withdrawn_from_the_file_is_withdrawn_here(tmp_path: Path, name: str) -> None:
    write(tmp_path, **STATED)
    load_articles(directory=tmp_path)
    write(tmp_path, **{each: value for each, value in STATED.items() if each != name}, change_note="Mended.")

    assert load_articles(directory=tmp_path).updated == ["on-oxide"]
    assert not getattr(Article.objects.get(), name)


@pytest.mark.parametrize(
    ("name", "value"),
    [("funding", 3), ("credentials", ["x"]), ("conflicts", True), ("next_check_on", "soon"), ("next_check_on", True)],
)
def test_stated_field_of_the_wrong_type_is_refused(tmp_path: Path, name: str, value: object) -> None:
    write(tmp_path, **{name: value})

    with pytest.raises(ArticleEditionError, match=f"{name} has the wrong type"):
        load_articles(directory=tmp_path)


@pytest.mark.parametrize("name", STATED)
def test_stated_field_that_an_editor_changed_is_kept(tmp_path: Path, name: str) -> None:
    write(tmp_path)
    load_articles(directory=tmp_path)
    edit(**{name: STATED[name]})
    write(tmp_path, body="Newer.\n")

    assert load_articles(directory=tmp_path).kept == ["on-oxide"]
