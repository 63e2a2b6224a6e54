"""Writing and publishing in the admin, as an editor's browser does it."""

from __future__ import annotations

import html5lib
import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from articles.actions.articles import publish_article
from articles.models import Article, SlugRedirect, Status
from articles.publication import MOST_CHARACTERS
from tests.editing import ADD, change, fresh, said, send, sign_in_editor, typed
from tests.factories import (
    make_article,
    make_published_article,
    make_study,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    return sign_in_editor(client)


# Saving


def test_editor_saves_a_draft_that_readers_do_not_see(editor: Client) -> None:
    send(editor, ADD, typed())
    article = Article.objects.get()
    assert (article.status, article.version, article.saved_by.username) == (Status.DRAFT, 1, "ed")
    assert editor.get(article.get_absolute_url()).status_code == 404


def test_draft_with_a_bad_reference_is_saved_and_the_problem_is_named_by_line(editor: Client) -> None:
    make_study(slug="mah2021")
    answer = send(editor, ADD, typed(body="First.\n\nOxide [@mah2020].\n"))
    assert Article.objects.get().body == "First.\n\nOxide [@mah2020].\n"
    [told] = [text for text in said(answer) if "mah2020" in text]
    assert told.startswith("Line 3: ")
    assert "mah2021" in told


@pytest.mark.parametrize("button", ["_save", "_publish"])
def test_text_that_cannot_be_rendered_is_kept_and_the_reason_told(editor: Client, button: str) -> None:
    answer = send(editor, ADD, typed(body="[" * 3001), button=button)
    article = Article.objects.get()
    assert (article.body, article.live) == ("[" * 3001 + "\n", None)
    assert "The text at line 1 has more than 3,000 brackets without an empty line." in said(answer)


def test_many_problems_are_told_in_part(editor: Client) -> None:
    body = "".join(f"Line [@nobody{year}].\n\n" for year in range(1900, 1940))
    answer = send(editor, ADD, typed(body=body))
    assert said(answer)[-1].startswith("And 15 more.") or "And 15 more." in said(answer)


@pytest.mark.parametrize("body", ["", "  \r\n\r\n "])
def test_empty_text_is_refused(editor: Client, body: str) -> None:
    assert send(editor, ADD, typed(body=body)).context["errors"]
    assert not Article.objects.exists()


def test_spaces_at_the_beginning_of_a_text_are_kept(editor: Client) -> None:
    send(editor, ADD, typed(body="    code\n"))
    assert Article.objects.get().body == "    code\n"


def test_line_ends_of_a_browser_are_stored_as_line_feeds(editor: Client) -> None:
    send(editor, ADD, typed(body="One.\r\n\r\nTwo.\r\n"))
    assert "\r" not in Article.objects.get().body


def test_text_beyond_all_measure_is_refused_and_kept_in_the_form(editor: Client) -> None:
    answer = send(editor, ADD, typed(body="a" * (MOST_CHARACTERS + 1), title="Kept"))
    assert "longer than 200,000 characters" in answer.content.decode()
    assert "Kept" in answer.content.decode()
    assert not Article.objects.exists()


def test_editor_hands_a_draft_in_for_review_and_takes_it_back(editor: Client) -> None:
    article = make_article()
    for status in (Status.IN_REVIEW, Status.DRAFT):
        send(editor, change(article), typed(fresh(article), status=status))
        assert fresh(article).status == status


@pytest.mark.parametrize("status", ["published", "archived", "scheduled", "nonsense"])
def test_no_other_status_can_be_set_by_hand(editor: Client, status: str) -> None:
    article = make_article()
    send(editor, change(article), typed(article, status=status))
    assert fresh(article).status == Status.DRAFT


def test_a_page_that_still_says_draft_does_not_withdraw_a_published_article(editor: Client) -> None:
    article = make_published_article()
    send(editor, change(article), typed(article, status="draft"))
    assert fresh(article).status == Status.PUBLISHED


# Publishing


def test_editor_publishes_and_readers_see_it(editor: Client) -> None:
    make_study(slug="mah2021")
    answer = send(editor, ADD, typed(body="Oxide [@mah2021].\n"), button="_publish")
    article = Article.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, change(article))
    assert f"“{article}” is published, version 1." in said(answer)
    assert article.live.created_by.username == "ed"
    assert Client().get(article.get_absolute_url()).status_code == 200


def test_bad_reference_stops_publication_keeps_the_draft_and_is_named_by_line(editor: Client) -> None:
    make_study(slug="mah2021")
    answer = send(editor, ADD, typed(body="First.\n\nOxide [@mah2020].\n"), button="_publish")
    article = Article.objects.get()
    assert (article.status, article.live) == (Status.DRAFT, None)
    assert article.body == "First.\n\nOxide [@mah2020].\n"
    told = said(answer)
    assert "The draft is saved." in told
    assert any(text.startswith("Line 3: ") and "mah2021" in text for text in told)


def test_readers_keep_the_old_text_until_the_new_one_is_published(editor: Client) -> None:
    article = make_published_article(body="Old words.\n")
    send(editor, change(article), typed(article, body="New words.\n"))
    assert "Old words." in Client().get(article.get_absolute_url()).content.decode()
    send(editor, change(article), typed(fresh(article), change_note="Corrected."), button="_publish")
    page = Client().get(article.get_absolute_url()).content.decode()
    assert "New words." in page
    assert "Old words." not in page


def test_change_is_not_published_without_saying_what_it_is_and_the_text_is_kept(editor: Client) -> None:
    article = make_published_article()
    answer = send(editor, change(article), typed(article, body="New words.\n"), button="_publish")
    page = answer.content.decode()
    assert "Say what changed and why" in page
    assert "New words." in page
    assert fresh(article).live.number == 1


def test_publishing_what_readers_see_already_makes_no_version(editor: Client) -> None:
    article = make_published_article()
    answer = send(editor, change(article), typed(article), button="_publish")
    assert any("no new version" in text for text in said(answer))
    assert article.revisions.count() == 1


def test_editor_without_the_permission_saves_and_cannot_publish() -> None:

    user, client = make_user(), Client()
    wanted = ("add_article", "change_article", "view_article")
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    client.force_login(user)
    assert "_publish" not in client.get(ADD).content.decode()
    answer = send(client, ADD, typed(), button="_publish")
    assert Article.objects.get().live is None
    assert any("may not decide what readers see" in text for text in said(answer))


def test_editor_archives_and_brings_back(editor: Client) -> None:
    article = make_published_article()
    send(editor, change(article), typed(article), button="_archive")
    assert Client().get(article.get_absolute_url()).status_code == 404
    send(editor, change(article), typed(fresh(article)), button="_publish")
    assert Client().get(article.get_absolute_url()).status_code == 200


def test_buttons_offer_what_can_be_done(editor: Client) -> None:
    draft, public = make_article(), make_published_article()
    assert 'name="_publish"' in editor.get(change(draft)).content.decode()
    assert 'name="_archive"' not in editor.get(change(draft)).content.decode()
    assert 'name="_archive"' in editor.get(change(public)).content.decode()


def test_enter_saves_and_does_not_publish(editor: Client) -> None:
    page = html5lib.parse(editor.get(ADD).content.decode(), namespaceHTMLElements=False)
    form = next(form for form in page.iter("form") if form.get("id") == "article_form")
    buttons = [e for e in form.iter() if e.get("type") == "submit" or (e.tag == "button" and not e.get("type"))]
    assert buttons[0].get("name") == "_save"


# Addresses


def test_new_address_of_a_published_article_leaves_a_redirect(editor: Client) -> None:
    article = make_published_article(slug="old")
    send(editor, change(article), typed(article, slug="new"))
    answer = Client().get("/articles/old/")
    assert (answer.status_code, answer["Location"]) == (301, "/articles/new/")


def test_former_address_is_refused_to_a_new_article_in_its_field(editor: Client) -> None:
    SlugRedirect.objects.create(slug="old", article=make_published_article(slug="new", title="The holder"))
    answer = send(editor, ADD, typed(slug="old"))
    assert "“The holder”, which had it before" in answer.content.decode()
    assert Article.objects.count() == 1


@pytest.mark.parametrize("slug", ["Upper", "two--hyphens", "-a", "a/b", "../x", "ä"])
def test_slug_is_lower_case_words_and_hyphens(editor: Client, slug: str) -> None:
    send(editor, ADD, typed(slug=slug))
    assert not Article.objects.exists()


@pytest.mark.parametrize("slug", ["Two Words", "[1,[", "free-address"])
def test_refused_change_keeps_what_was_typed_and_links_to_where_the_article_is(editor: Client, slug: str) -> None:
    article = make_published_article(slug="my-note")
    answer = send(editor, change(article), typed(article, slug=slug, title="", body="Much newer text.\n"))
    assert answer.status_code == 200
    assert answer.context["adminform"].form["slug"].value() == slug
    page = answer.content.decode()
    assert "Much newer text." in page
    assert 'href="/articles/my-note/history/"' in page
    assert "/articles/free-address/" not in page


def test_archiving_names_the_articles_that_link_to_it(editor: Client) -> None:
    target = make_published_article(slug="target")
    for title, body in {"On sleep": "See [[article:target]].\n", "On mood": "Text.\n"}.items():
        publish_article(article=make_article(title=title, body=body), by=None)
    make_article(title="A draft", body="See [[article:target]].\n")
    answer = send(editor, change(target), typed(target), button="_archive")
    [warning] = [text for text in said(answer) if "still link to it" in text]
    assert "“On sleep”" in warning
    assert "On mood" not in warning
    assert "A draft" not in warning


def test_archiving_an_article_nobody_links_to_warns_of_nothing(editor: Client) -> None:
    article = make_published_article()
    answer = send(editor, change(article), typed(article), button="_archive")
    assert len(said(answer)) == 1
