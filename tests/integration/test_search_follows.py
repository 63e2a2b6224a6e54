"""The index follows every public change in its transaction: after each, it is what a rebuild would make."""

from __future__ import annotations

import ast
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from articles.actions.articles import archive_article, publish_article, save_draft
from articles.actions.erasure import erase_reply
from articles.actions.replies import approve_reply, reject_reply
from articles.actions.undoing import undo
from forms_catalog.admin.together import state_of
from forms_catalog.models import Claim, Form, GlossaryTerm
from forms_catalog.synthetic import make_synthetic_studies, remove_synthetic_studies
from mgsite.index.engines import engine_of
from mgsite.index.finding import find
from mgsite.index.keeping import differences, faults, make_ready, rebuild
from mgsite.index.models import Document, IndexState, Word
from tests import factories as make

pytestmark = pytest.mark.django_db


def found(typed: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.key) for hit in find(typed).hits]


def in_step() -> bool:
    assert [*faults(), *differences()] == []
    return True


def test_first_edition_is_indexed_as_it_is_loaded(searchable_edition: None) -> None:
    assert in_step()
    kinds = set(Document.objects.values_list("kind", flat=True))
    records = {"article", "section", "form", "mechanism", "outcome", "claim", "study", "term"}
    assert kinds == records | {"page", "medicine", "unverified", "caution", "food"}


def test_an_articles_whole_life_is_followed() -> None:
    rebuild()
    article = make.make_article(title="On zinc", body="## Oysters\n\nQuokkas eat zinc.", slug="zinc")
    assert found("zinc") == []
    publish_article(article=article, by=None)
    assert found("quokka") == [("article", "zinc")]
    assert in_step()

    article.slug, article.body = "zincs", "Only wombats."
    save_draft(article=article, by=None)
    assert found("quokka") == [("article", "zincs")]
    publish_article(article=article, by=None, change_note="Animals corrected.")
    assert (found("quokka"), found("wombat")) == ([], [("article", "zincs")])
    assert in_step()

    archive_article(article=article, by=make.make_user())
    assert found("wombat") == []
    assert in_step()


def test_a_reply_is_found_while_it_is_public_and_only_then() -> None:
    moderator = make.make_moderator()
    reply = make.make_sent_reply(body="My quokka sleeps.", name="Ana")
    rebuild()
    assert found("quokka") == []
    approve_reply(reply=reply, by=moderator)
    assert found("quokka") == [("reply", reply.public_id)]
    assert not Word.objects.filter(word="quokka").exists()
    archive_article(article=reply.article, by=moderator)
    assert found("quokka") == []
    publish_article(article=reply.article, by=None)
    assert found("quokka") == [("reply", reply.public_id)]
    assert in_step()
    event = reject_reply(reply=reply, by=moderator)
    assert found("quokka") == []
    undo(event=event, by=moderator)
    assert found("quokka") == [("reply", reply.public_id)]
    erase_reply(reply=reply)
    assert found("quokka") == []
    assert in_step()


def test_a_reply_is_found_while_what_it_is_about_is_there() -> None:
    study = make.make_study()
    reply = make.make_sent_reply(about=study, body="My quokka sleeps.")
    rebuild()
    approve_reply(reply=reply, by=make.make_moderator())
    assert found("quokka") == [("reply", reply.public_id)]
    for public, hits in ((False, 0), (True, 1)):
        study.is_public = public
        study.save()
        assert len(found("quokka")) == hits
    study.delete()
    assert found("quokka") == []


def test_admin_saves_and_deletes_are_followed(client: Client) -> None:
    rebuild()
    empty = Document.objects.count(), Word.objects.count()  # but for the pages that are no record's
    client.force_login(make.make_user(is_superuser=True))
    term = {"name": "quokka", "slug": "quokka", "definition": "An animal."}
    assert client.post("/admin/forms_catalog/glossaryterm/add/", term).status_code == 302
    assert found("quokka") == [("term", "quokka")]
    pk = Document.objects.get(kind="term").record
    changed = term | {"definition": "A wombat, nearly.", "opened": state_of(GlossaryTerm.objects.get())}
    assert client.post(f"/admin/forms_catalog/glossaryterm/{pk}/change/", changed).status_code == 302
    assert found("wombat") == [("term", "quokka")]
    assert in_step()
    assert client.post(f"/admin/forms_catalog/glossaryterm/{pk}/delete/", {"post": "yes"}).status_code == 302
    assert (found("wombat"), Document.objects.count(), Word.objects.count()) == ([], *empty)
    assert in_step()


def test_several_deleted_at_once_are_followed(client: Client) -> None:
    keys = [make.make_term(name=f"quokka {number}", slug=f"quokka-{number}").pk for number in range(3)]
    rebuild()
    client.force_login(make.make_user(is_superuser=True))
    sent = {"action": "delete_selected", "_selected_action": keys[:2], "post": "yes"}
    assert client.post("/admin/forms_catalog/glossaryterm/", sent).status_code == 302
    assert found("quokka") == [("term", "quokka-2")]
    assert in_step()


def test_made_up_studies_come_and_go_with_the_index(first_edition: None) -> None:
    rebuild()
    before = Document.objects.count()
    make_synthetic_studies(number=30)
    assert Document.objects.count() == before + 30
    assert in_step()
    remove_synthetic_studies()
    assert Document.objects.count() == before
    assert in_step()


def test_a_change_that_is_taken_back_leaves_no_trace() -> None:
    rebuild()
    with transaction.atomic():
        publish_article(article=make.make_article(body="Quokkas."), by=None)
        assert found("quokka")
        transaction.set_rollback(True)
    assert found("quokka") == []
    assert in_step()


def callers(name: str) -> set[str]:
    """Modules that call a function."""
    base = Path(settings.BASE_DIR)
    paths = [path for app in ("articles", "forms_catalog", "mgsite") for path in (base / app).rglob("*.py")]
    return {
        path.relative_to(base).as_posix()
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == name
    }


NOTHING_THAT_IS_SEARCHED = {
    "articles/actions/corrections.py",
    "articles/actions/threads.py",
    "articles/admin/images.py",
    "articles/admin/owner.py",
    "articles/uploads.py",
    "forms_catalog/actions.py",
    "forms_catalog/alerts.py",
}
"""Modules whose public changes are of what became of corrections, closed threads, pictures, the owner, drawings,
and notices: no document tells of these."""


def test_whoever_changes_what_is_public_lets_the_index_follow() -> None:
    """New here? Call `mgsite.index.keeping.follow` beside `public_content_changed`, or name the module above."""
    follows = callers("follow") | callers("follow_article") | callers("follow_replies")
    assert callers("public_content_changed") - follows == NOTHING_THAT_IS_SEARCHED


# What the index stands on


def test_check_and_command_notice_what_is_wrong_and_mend_it() -> None:
    form = make.make_form(name="Magnesium quokkate")
    rebuild()
    Form.objects.filter(pk=form.pk).update(name="Magnesium wombatate")
    with pytest.raises(CommandError, match="things are wrong"):
        call_command("rebuild_search", check=True, stdout=io.StringIO())
    Document.objects.filter(record=form.pk).delete()
    assert "Of 1 rows of the kind form readers may see, 0 are in the index." in faults()
    call_command("rebuild_search", stdout=io.StringIO())
    assert found("wombatate") == [("form", form.slug)]
    assert in_step()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite has triggers that a migration can drop.")
def test_triggers_that_a_migration_dropped_are_made_again() -> None:
    make.make_claim(statement="Quokkas sleep.")
    rebuild()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER site_index_added")
    assert faults() == ["The database lacks site_index_added."]
    Claim.objects.update(statement="Wombats sleep.")
    make_ready(using="default")
    assert found("wombat")
    assert in_step()


def test_other_rules_call_for_a_rebuild() -> None:
    make.make_claim(statement="Quokkas sleep.")
    IndexState.objects.update(rules="of old")
    assert len(faults()) == 2
    make_ready(using="default")
    assert in_step()


def test_nothing_is_done_twice_for_a_database_that_is_ready(django_assert_max_num_queries) -> None:
    rebuild()
    assert engine_of("default").prepare() is False
    with django_assert_max_num_queries(4):
        make_ready(using="default")


def test_documents_tell_when_they_changed() -> None:
    rebuild()
    publish_article(article=make.make_article(), by=None)
    assert Document.objects.get(kind="article", part="").updated == timezone.localdate()
