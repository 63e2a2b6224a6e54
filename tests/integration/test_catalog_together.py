"""Two editors with the same catalog record open: nobody overwrites anybody unnoticed."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from articles.actions.articles import archive_article, publish_article
from forms_catalog.admin.together import CatalogForm
from forms_catalog.models import Claim, Study
from tests.editing import sign_in_editor
from tests.factories import (
    make_article,
    make_claim,
    make_identifier,
    make_study,
    make_support,
    make_trial,
    make_user,
    one_of_each,
)
from tests.integration.test_admin_catalog import CATALOG, fields_of, name_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    return sign_in_editor(client)


@pytest.fixture
def colleague() -> Client:
    return sign_in_editor(Client(), "colleague")


def page_of(record: Model) -> str:
    return reverse(name_of(type(record), "change"), args=[record.pk])


def errors(answer: Any) -> str:
    return " ".join(answer.context["adminform"].form.non_field_errors())


def test_second_save_overwrites_nothing_and_says_who_saved(editor: Client, colleague: Client) -> None:
    claim = make_claim(why="Stored.")
    mine, theirs = (fields_of(each, page_of(claim)) for each in (editor, colleague))
    colleague.post(page_of(claim), theirs | {"why": "Theirs."})
    answer = editor.post(page_of(claim), mine | {"why": "Mine <b>typed</b>.", "in_brief": "My words."})
    page = answer.content.decode()
    assert Claim.objects.get().why == "Theirs."
    assert "colleague saved it last, on" in errors(answer)
    assert "Mine &lt;b&gt;typed&lt;/b&gt;." in page
    assert "My words." in page
    assert f'<a href="{page_of(claim)}" target="_blank">' in page


def test_saving_again_knowingly_goes_through(editor: Client, colleague: Client) -> None:
    claim = make_claim()
    mine, theirs = (fields_of(each, page_of(claim)) for each in (editor, colleague))
    colleague.post(page_of(claim), theirs | {"why": "Theirs."})
    opened = editor.post(page_of(claim), mine | {"why": "Mine."}).context["adminform"].form["opened"].value()
    assert editor.post(page_of(claim), mine | {"why": "Mine.", "opened": opened}).status_code == 302
    assert Claim.objects.get().why == "Mine."


def test_third_save_between_the_two_is_noticed_again(editor: Client, colleague: Client) -> None:
    claim = make_claim()
    mine, theirs = (fields_of(each, page_of(claim)) for each in (editor, colleague))
    colleague.post(page_of(claim), theirs | {"why": "Theirs."})
    opened = editor.post(page_of(claim), mine).context["adminform"].form["opened"].value()
    colleague.post(page_of(claim), fields_of(colleague, page_of(claim)) | {"why": "Theirs again."})
    assert editor.post(page_of(claim), mine | {"opened": opened}).status_code == 200
    assert Claim.objects.get().why == "Theirs again."


def test_change_of_a_part_is_noticed_and_what_was_typed_into_parts_is_kept(editor: Client, colleague: Client) -> None:
    study = make_study()
    make_identifier(study=study, value="https://example.org/stored")
    mine, theirs = (fields_of(each, page_of(study)) for each in (editor, colleague))
    value = "identifiers-0-value"
    colleague.post(page_of(study), theirs | {value: "https://example.org/theirs"})
    answer = editor.post(page_of(study), mine | {value: "https://example.org/mine"})
    assert study.identifiers.get().value == "https://example.org/theirs"
    assert "https://example.org/mine" in answer.content.decode()
    opened = answer.context["adminform"].form["opened"].value()
    editor.post(page_of(study), mine | {value: "https://example.org/mine", "opened": opened})
    assert study.identifiers.get().value == "https://example.org/mine"


def test_part_a_colleague_added_survives_the_second_save(editor: Client, colleague: Client) -> None:
    claim = make_claim()
    mine = fields_of(editor, page_of(claim))
    make_support(claim=claim, study=make_study())
    opened = editor.post(page_of(claim), mine | {"why": "Mine."}).context["adminform"].form["opened"].value()
    editor.post(page_of(claim), mine | {"why": "Mine.", "opened": opened})
    assert Claim.objects.get().why == "Mine."
    assert claim.supports.count() == 1


def test_part_a_colleague_deleted_can_be_let_go(editor: Client) -> None:
    claim = make_claim()
    make_support(claim=claim, study=make_study())
    mine = fields_of(editor, page_of(claim)) | {"why": "Mine."}
    claim.supports.all().delete()
    answer = editor.post(page_of(claim), mine)
    opened = {"opened": answer.context["adminform"].form["opened"].value()}
    assert editor.post(page_of(claim), mine | opened).status_code == 200
    assert editor.post(page_of(claim), mine | opened | {"supports-0-DELETE": "on"}).status_code == 302
    assert Claim.objects.get().why == "Mine."


@pytest.mark.parametrize("opened", ["", "x"])
def test_form_that_lost_its_state_overwrites_nothing(editor: Client, opened: str) -> None:
    claim = make_claim(why="Stored.")
    answer = editor.post(page_of(claim), fields_of(editor, page_of(claim)) | {"why": "Mine.", "opened": opened})
    assert Claim.objects.get().why == "Stored."
    assert "This record has changed since you opened it. Nothing was overwritten" in errors(answer)


def test_part_with_a_page_of_its_own_disturbs_nobody(editor: Client, colleague: Client) -> None:
    study = make_study()
    trial = make_trial(study=study)
    mine = fields_of(editor, page_of(study))
    colleague.post(page_of(trial), fields_of(colleague, page_of(trial)) | {"country": "Ireland"})
    assert editor.post(page_of(study), mine).status_code == 302


def test_untouched_save_names_no_change(admin_client: Client) -> None:
    claim = make_claim()
    admin_client.post(page_of(claim), fields_of(admin_client, page_of(claim)))
    history = admin_client.get(reverse(name_of(Claim, "history"), args=[claim.pk])).content.decode()
    assert "No fields changed" in history


def test_every_record_is_guarded(admin_client: Client) -> None:
    records = one_of_each()
    for model in CATALOG:
        assert issubclass(admin.site._registry[model].form, CatalogForm)
        assert "opened" in fields_of(admin_client, page_of(records[model])), model


# Taking a study from readers


def hide(client: Client, study: Study) -> Any:
    data = fields_of(client, page_of(study)) | {"summary": "Typed and kept."}
    del data["is_public"]
    return client.post(page_of(study), data)


def test_study_that_published_articles_refer_to_stays_public(editor: Client) -> None:
    study = make_study(slug="mah2021")
    publish_article(article=make_article(title="On oxide", body="Oxide [@mah2021].\n"), by=None)
    answer = hide(editor, study)
    study.refresh_from_db()
    assert study.is_public
    assert "Published articles refer to it: “On oxide”." in str(answer.context["errors"])
    assert "Typed and kept." in answer.content.decode()


def test_study_that_only_an_archived_article_refers_to_may_be_hidden(editor: Client) -> None:
    study = make_study(slug="mah2021")
    article = make_article(body="Oxide [@mah2021].\n")
    publish_article(article=article, by=None)
    archive_article(article=article, by=make_user())
    assert hide(editor, study).status_code == 302
    study.refresh_from_db()
    assert not study.is_public


def test_hidden_study_can_be_edited_whoever_refers_to_it(editor: Client) -> None:
    study = make_study(slug="mah2021")
    publish_article(article=make_article(body="Oxide [@mah2021].\n"), by=None)
    Study.objects.update(is_public=False)
    answer = editor.post(page_of(study), fields_of(editor, page_of(study)) | {"summary": "Better."})
    assert answer.status_code == 302
