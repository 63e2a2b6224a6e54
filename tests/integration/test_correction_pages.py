"""A reader's correction on the pages: the editors' task, the change note that credits it, the public log."""

import pytest
from django.test import Client

from articles.actions.corrections import decline_correction
from articles.actions.replies import hide_reply
from articles.actions.writing import withdraw_reply
from articles.models import Correction, Reply
from articles.policies import REASONS
from mgsite.pages.changes import newest_changes
from tests import factories as make
from tests.dom import text

pytestmark = pytest.mark.django_db
TASKS = "/admin/articles/correction/"
WORDS = "The wrong dose is in here."


@pytest.fixture
def article():
    return make.make_published_article(slug="sleep", title="On sleep")


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(make.make_user(groups=("Editor",), username="ed"))
    return client


def make_task(about, **fields) -> Correction:
    return make.make_correction(about=about, **{"name": "Ada", "body": WORDS} | fields)


def sent(article, **fields) -> dict[str, str]:
    names = ("title", "slug", "standfirst", "byline", "credentials", "reviewer", "funding", "conflicts")
    kept = {name: getattr(article, name) for name in names}
    kept |= {"body": article.body + "\nMended.\n", "version": article.version, "status": article.status}
    kept |= {"about_mood": "on", "replies_open": "on", "change_note": "The sentence is mended.", "_publish": "1"}
    return kept | fields


def publish(editor: Client, article, **fields) -> str:
    response = editor.post(f"/admin/articles/article/{article.pk}/change/", sent(article, **fields), follow=True)
    assert response.status_code == 200
    return text(response.content.decode())


def test_the_task_leads_to_the_article_with_the_correction_ticked(editor, article) -> None:
    task = make_task(article)
    listed = editor.get(TASKS).content.decode()
    address = f"/admin/articles/article/{article.pk}/change/?credits={task.pk}"
    assert address in listed
    page = editor.get(address).content.decode()
    assert f'name="credits" value="{task.pk}" checked' in page
    assert "It cures all." in page
    assert (
        "checked"
        not in editor.get(address.partition("?")[0])
        .content.decode()
        .partition("corrections-title")[2]
        .partition("</ul>")[0]
    )


def test_the_version_credits_what_was_ticked_and_nothing_else(editor, article, client) -> None:
    first, other = make_task(article), make_task(article, name="Bertha")
    assert "credits 1 reader with a correction" in publish(editor, article, credits=[first.pk])
    first.refresh_from_db(), other.refresh_from_db()
    assert (first.outcome, first.resolved_by.username, other.outcome) == ("made", "ed", "")
    for address in ("/articles/sleep/history/", "/about/corrections/", "/"):
        page = client.get(address).content.decode()
        assert f'<a href="{first.reply.get_absolute_url()}">#1 by <bdi>Ada</bdi></a>' in page, address
        assert "Bertha" not in page
    assert [reply.name for reply in newest_changes()[0].thanked] == ["Ada"]


def test_a_publication_without_a_new_version_says_that_nothing_is_credited(editor, article) -> None:
    task = make_task(article)
    told = publish(editor, article, credits=[task.pk], body=article.body)
    assert "The corrections you ticked stay open" in told
    assert Correction.objects.get().outcome == ""


@pytest.mark.parametrize("value", ["", "x", "-1", "²", "9" * 40, "\x00", "7; drop"])
def test_a_row_that_is_none_credits_nobody(editor, article, value) -> None:
    make_task(article)
    assert "published" in publish(editor, article, credits=[value])
    assert Correction.objects.get().outcome == ""


def test_a_reply_that_is_no_longer_public_is_not_named(editor, article, client) -> None:
    task = make_task(article)
    publish(editor, article, credits=[task.pk])
    withdraw_reply(reply=Reply.objects.get(pk=task.reply_id))
    for address in ("/articles/sleep/history/", "/about/corrections/", "/"):
        page = client.get(address).content.decode()
        assert "Ada" not in page
        assert "The sentence is mended." in page


def test_an_editor_declines_with_a_reason_that_readers_see(editor, article, client) -> None:
    task = make_task(article)
    address = f"{TASKS}{task.pk}/change/"
    refused = editor.post(address, {"outcome": "declined", "reason": "", "message": ""}).content.decode()
    assert "readers see the reason" in refused
    editor.post(address, {"outcome": "declined", "reason": "not_shown", "message": "It speaks of mice."})
    log = client.get("/about/corrections/").content.decode()
    assert f"{REASONS['not_shown']} It speaks of mice." in text(log)
    assert "#1 by <bdi>Ada</bdi>" in log
    assert WORDS not in log
    again = editor.get(address).content.decode()
    assert 'name="_save"' not in again


def test_of_a_hidden_reply_the_log_shows_the_reason_and_not_a_word(editor, article, client) -> None:
    reply, moderator = make_task(article).reply, make.make_moderator()
    Correction.objects.all().delete()
    decline_correction(reply=reply, by=moderator, reason="stands")
    hide_reply(reply=reply, by=moderator)
    log = client.get("/about/corrections/").content.decode()
    assert REASONS["stands"] in text(log)
    assert "Ada" not in log
    task = editor.get(f"{TASKS}{Correction.objects.get().pk}/change/").content.decode()
    assert WORDS not in task
    assert "It cures all." not in task


def test_a_record_is_corrected_with_a_word_on_what_was_done(editor, client) -> None:
    form = make.make_form(name="Magnesium oxide")
    task = make_task(form)
    address = f"{TASKS}{task.pk}/change/"
    assert f"/admin/forms_catalog/form/{form.pk}/change/" in editor.get(address).content.decode()
    assert "readers see it" in editor.post(address, {"outcome": "made"}).content.decode()
    editor.post(address, {"outcome": "made", "message": "The share is 60.3 %."})
    log = text(client.get("/about/corrections/").content.decode())
    assert "Corrected after a reader’s correction: Magnesium oxide" in log
    assert "The share is 60.3 %." in log


def test_an_article_is_not_called_corrected_without_a_version(editor, article) -> None:
    task = make_task(article)
    editor.post(f"{TASKS}{task.pk}/change/", {"outcome": "made", "message": "Done."})
    assert Correction.objects.get().outcome == ""


def test_what_is_not_public_is_not_in_the_log(article, client) -> None:
    study = make.make_study(is_public=True)
    reply = make_task(study).reply
    Correction.objects.all().delete()
    decline_correction(reply=reply, by=make.make_moderator(), reason="stands", message="As printed.")
    assert "As printed." in client.get("/about/corrections/").content.decode()
    type(study).objects.update(is_public=False)
    assert "As printed." not in client.get("/about/corrections/?page=1").content.decode()


def test_moderators_do_not_open_the_editors_list_nor_readers(client, article) -> None:
    make_task(article)
    assert client.get(TASKS).status_code == 302
    client.force_login(make.make_moderator())
    assert client.get(TASKS).status_code == 403


def test_the_log_costs_the_same_with_many_corrections(article, django_assert_num_queries) -> None:
    from mgsite.pages.about.corrections import corrections_page

    moderator = make.make_moderator()
    typed = {"kind": "typo", "sentence": "teh", "status": "approved"}
    replies = [make.make_sent_reply(about=about, **typed) for about in (article, make.make_form(), make.make_claim())]
    decline_correction(reply=replies[0], by=moderator, reason="stands")
    with django_assert_num_queries(4):
        str([(each.answer.title, each.answer.study) for each in corrections_page("")])
    for reply in replies[1:]:
        decline_correction(reply=reply, by=moderator, reason="stands")
    with django_assert_num_queries(4):
        assert len([(each.answer.title, each.answer.about.get_absolute_url()) for each in corrections_page("")]) == 3
