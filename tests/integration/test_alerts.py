"""When evidence changes: tasks for all that leans on it, a dated notice for readers, and an end to both."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.actions.articles import publish_article
from articles.actions.evidence import resolve_article_task
from articles.leaning import sentences_of
from articles.models import Article, ArticleTask
from forms_catalog.actions import public_version
from forms_catalog.alerts import (
    TaskDone,
    evidence_alert_opened,
    evidence_changed,
    open_alert,
    resolve_review_task,
    stored_value,
)
from forms_catalog.edition import load_edition
from forms_catalog.models import Claim, EvidenceAlert, Form, Mechanism, ReviewTask, Study
from forms_catalog.models.alerts import AlertKind
from mgsite.markup.references import Kind
from tests.factories import (
    make_arm,
    make_article,
    make_claim,
    make_common_claim,
    make_form,
    make_form_evidence,
    make_ladder_entry,
    make_mechanism,
    make_outcome,
    make_study,
    make_support,
    make_trial,
    make_user,
)
from tests.integration.test_admin_catalog import fields_of
from tests.integration.test_replies_at_once import at_once

pytestmark = pytest.mark.django_db
NOTE = "The journal took it back (PMID 12345)."


class World:
    """A study with everything that can lean on it, and one record of each kind that does not."""

    def __init__(self) -> None:
        self.form, self.form_of_evidence, self.form_of_saying = make_form(), make_form(), make_form()
        self.form_of_arm = make_form()
        self.mechanism, self.mechanism_borne_on = make_mechanism(), make_mechanism()
        self.study = make_study(slug="bad2001", form=self.form)
        self.study.mechanisms.add(self.mechanism_borne_on)
        make_form_evidence(form=self.form_of_evidence, outcome=make_outcome(), study=self.study)
        make_form_evidence(form=self.form, outcome=make_outcome(), study=self.study)
        make_arm(trial=make_trial(study=self.study), role="magnesium", form=self.form_of_arm)
        make_common_claim(form=self.form_of_saying, studies=[self.study])
        make_ladder_entry(mechanism=self.mechanism, study=self.study)
        self.claim = make_claim(slug="c1", forms=[self.form], mechanisms=[self.mechanism])
        make_support(claim=self.claim, study=self.study)
        self.citing = published("citing", "Fine. It helped\nmice [@bad2001]. More.\n")
        self.marking = published("marking", "Some say so.\n\nOften [it helps](claim:c1) people.\n")
        self.other_form, self.other_mechanism = make_form(), make_mechanism()
        self.other_claim = make_claim(slug="c2")
        make_support(claim=self.other_claim, study=make_study(slug="good2002"))
        self.other = published("other", "Nothing [@good2002] to [see](claim:c2) here.\n")


def published(slug: str, body: str) -> Article:
    article = make_article(slug=slug, title=f"Article {slug}", body=body)
    publish_article(article=article, by=None)
    return article


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user(username="ed", groups=("Editor",)))
    return client


def mark(study: Study, status: str, note: str = NOTE) -> EvidenceAlert | None:
    """What the admin does when an editor changes the status."""
    with transaction.atomic():
        former = stored_value(study)
        study.publication_status, study.publication_note = status, note if status != "as_published" else ""
        study.save()
        return evidence_changed(record=study, former=former, by=None)


def judge(claim: Claim, verdict: str) -> EvidenceAlert | None:
    with transaction.atomic():
        former = stored_value(claim)
        claim.verdict = verdict
        claim.save()
        return evidence_changed(record=claim, former=former, by=None)


def targets(alert: EvidenceAlert | None) -> set[Any]:
    assert alert is not None
    return {task.target for task in alert.tasks.all()} | {task.article for task in alert.article_tasks.all()}


def html(record: Any) -> str:
    return Client().get(record.get_absolute_url()).content.decode()


def notices(record: Any) -> int:
    return html(record).count('class="alert-notice"')


# Opening


@pytest.mark.parametrize("status", ["retracted", "corrected", "concern"])
def test_change_of_a_study_opens_a_task_for_everything_that_leans_on_it(world: World, status: str) -> None:
    alert = mark(world.study, status)
    assert targets(alert) == {
        world.claim,
        *(world.form, world.form_of_evidence, world.form_of_arm, world.form_of_saying),
        *(world.mechanism, world.mechanism_borne_on),
        *(world.citing, world.marking),
    }
    assert (alert.kind, alert.note, alert.study, alert.resolved_at) == (status, NOTE, world.study, None)


def test_change_of_a_verdict_opens_tasks_for_its_forms_mechanisms_and_articles(world: World) -> None:
    alert = judge(world.claim, "contradicted")
    assert targets(alert) == {world.form, world.mechanism, world.marking}
    assert alert.note == "The verdict changed from “Overstated” to “Contradicted”. It does not."


def test_article_tasks_name_the_sentences_with_their_lines(world: World) -> None:
    alert = mark(world.study, "retracted")
    sentences = {task.article.slug: task.sentences for task in alert.article_tasks.all()}
    assert sentences == {
        "citing": [{"line": 2, "text": "It helped mice.", "why": "names bad2001"}],
        "marking": [{"line": 3, "text": "Often it helps people.", "why": "marks claim c1, which leans on bad2001"}],
    }


def test_sentence_that_leans_twice_is_named_once() -> None:
    body = "It [helps](claim:c1) and [helps](claim:c1). " + "Long " * 200 + "[helps](claim:c1).\n"
    [first, second] = sentences_of(body, {(Kind.CLAIM, "c1"): "marks claim c1"})
    assert first["text"] == "It helps and helps."
    assert len(second["text"]) == 400


def test_drafts_and_archived_articles_get_no_task(world: World) -> None:
    Article.objects.filter(pk=world.citing.pk).update(status="archived")
    make_article(body="It helped [@bad2001].\n")
    assert {task.article for task in mark(world.study, "retracted").article_tasks.all()} == {world.marking}


def test_article_published_after_the_alert_gets_its_task_and_its_notice_once(world: World) -> None:
    alert = mark(world.study, "corrected")
    late = published("late", "It helped mice [@bad2001].\n")
    assert late in targets(alert)
    assert notices(late) == 1
    resolve_article_task(task=ArticleTask.objects.get(article=late), by=None, resolution="Read again.")
    late.body = "It helped some mice [@bad2001].\n"
    publish_article(article=late, by=None, change_note="Some.")
    assert notices(late) == 0
    assert notices(published("free", "Nothing [@good2002].\n")) == 0


def test_saving_again_opens_no_second_alert(world: World) -> None:
    assert mark(world.study, "retracted") is not None
    assert mark(world.study, "retracted") is None
    assert EvidenceAlert.objects.count() == 1


def test_nothing_that_leans_means_no_alert() -> None:
    before = public_version()
    assert mark(make_study(), "retracted") is None
    assert judge(make_claim(), "supported") is None
    assert not EvidenceAlert.objects.exists()
    assert public_version() == before


def test_opening_is_noted_as_public(world: World) -> None:
    before = public_version()
    mark(world.study, "retracted")
    assert public_version() == before + 1


def test_worse_news_closes_the_former_notice_and_opens_one(world: World) -> None:
    concern = mark(world.study, "concern")
    retracted = mark(world.study, "retracted")
    concern.refresh_from_db()
    assert concern.resolved_at is not None
    assert {task.resolution for task in concern.tasks.all()} == {
        "The status of the study changed again; a new notice was opened."
    }
    assert list(EvidenceAlert.objects.open()) == [retracted]


def test_verdict_that_changes_again_leaves_one_notice(world: World) -> None:
    judge(world.claim, "contradicted")
    newest = judge(world.claim, "supported")
    assert list(EvidenceAlert.objects.open()) == [newest]


def test_taking_it_back_resolves_everything_with_a_word(world: World) -> None:
    alert = mark(world.study, "retracted")
    before = public_version()
    assert mark(world.study, "as_published") is None
    alert.refresh_from_db()
    assert alert.resolved_at is not None
    resolutions = {task.resolution for task in [*alert.tasks.all(), *alert.article_tasks.all()]}
    assert resolutions == {"The study stands as published after all."}
    assert public_version() == before + 1


def test_what_was_done_before_keeps_its_own_word(world: World) -> None:
    alert = mark(world.study, "retracted")
    task = alert.tasks.get(claim=world.claim)
    resolve_review_task(task=task, by=None, resolution="Verdict lowered.")
    mark(world.study, "as_published")
    task.refresh_from_db()
    assert task.resolution == "Verdict lowered."


def test_article_that_cannot_be_read_stops_the_whole_change(world: World) -> None:
    from mgsite.markup import MarkupError

    world.citing.live.body = "[" * 4000
    world.citing.live.save()
    with pytest.raises(MarkupError):
        mark(world.study, "retracted")
    assert Study.objects.get(slug="bad2001").publication_status == "as_published"
    assert not EvidenceAlert.objects.exists()
    assert not ReviewTask.objects.exists()


def test_first_edition_opens_no_alert(db: None) -> None:
    load_edition()
    assert Study.objects.get(slug="hausenblas2024").publication_status == "corrected"
    assert not EvidenceAlert.objects.exists()


def test_alert_without_a_listener_above_still_opens_the_catalogs_tasks(world: World) -> None:
    receivers, evidence_alert_opened.receivers = evidence_alert_opened.receivers, []
    try:
        alert = open_alert(kind=AlertKind.RETRACTED, record=world.study, note=NOTE, by=None)
    finally:
        evidence_alert_opened.receivers = receivers
    assert alert.tasks.count() == 7
    assert not alert.article_tasks.exists()


# What readers see


def test_every_affected_page_carries_a_dated_notice_and_no_other_page(world: World) -> None:
    alert = mark(world.study, "retracted")
    affected = [world.claim, world.form, world.form_of_evidence, world.form_of_saying, world.study]
    affected += [world.mechanism, world.mechanism_borne_on, world.citing, world.marking]
    assert {str(record): notices(record) for record in affected} == {str(record): 1 for record in affected}
    for record in (world.other_claim, world.other_form, world.other_mechanism, world.other):
        assert notices(record) == 0
    shown = " ".join(html(world.claim).split())
    assert f"{alert.opened_at:%-d %B %Y}" in shown
    assert f'the study <a href="{world.study.get_absolute_url()}">Poleszak and Wlaź 2008</a> was retracted.' in shown
    assert f"{NOTE} We are checking what this changes here." in shown


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("retracted", "this study was retracted."),
        ("corrected", "this study was corrected."),
        ("concern", "the journal has expressed concern about this study."),
    ],
)
def test_study_says_what_happened_to_it(world: World, status: str, words: str) -> None:
    mark(world.study, status)
    assert words in html(world.study)
    assert "on the pages that lean on it" in html(world.study)


def test_concern_is_worded_as_the_journals(world: World) -> None:
    mark(world.study, "concern")
    assert "the journal has expressed concern about the study" in html(world.form)


def test_change_of_a_verdict_is_told_on_the_claim_and_where_it_is_used(world: World) -> None:
    judge(world.claim, "contradicted")
    assert "our verdict on this claim changed." in html(world.claim)
    for record in (world.form, world.mechanism, world.marking):
        assert f'our verdict on the claim <a href="{world.claim.get_absolute_url()}">' in html(record)
    assert notices(world.citing) == 0


def test_note_reaches_readers_as_text(world: World) -> None:
    mark(world.study, "retracted", note="<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html(world.claim)


def test_study_kept_for_editors_is_named_on_no_page_and_its_tasks_are_open(world: World) -> None:
    Study.objects.filter(pk=world.study.pk).update(is_public=False)
    world.study.refresh_from_db()
    alert = mark(world.study, "retracted")
    assert alert.tasks.count() == 7
    assert notices(world.claim) == 0
    assert NOTE not in html(world.form)


def test_notice_goes_where_it_was_looked_at_and_stays_elsewhere(world: World) -> None:
    alert = mark(world.study, "retracted")
    before = public_version()
    resolve_review_task(task=alert.tasks.get(claim=world.claim), by=None, resolution="Lowered.")
    assert public_version() == before + 1
    assert notices(world.claim) == 0
    assert notices(world.form) == notices(world.study) == 1


def test_pages_ask_as_much_as_before_however_many_alerts_are_open(world: World) -> None:
    def costs() -> dict[str, int]:
        found = {}
        for record in (world.claim, world.form, world.mechanism, world.study, world.marking):
            html(record)
            with CaptureQueriesContext(connection) as captured:
                html(record)
            found[str(record)] = len(captured)
        return found

    quiet = costs()
    for number in range(3):
        study = make_study(slug=f"more{number}", form=world.form)
        make_support(claim=world.claim, study=study)
        make_ladder_entry(mechanism=world.mechanism, study=study)
        mark(study, "retracted")
    mark(world.study, "retracted")
    judge(world.claim, "contradicted")
    assert costs() == quiet
    assert max(quiet.values()) <= 12


# Ending


def test_last_task_resolves_the_alert(world: World) -> None:
    alert = judge(world.claim, "contradicted")
    editor = make_user()
    [article_task] = alert.article_tasks.all()
    resolve_article_task(task=article_task, by=editor, resolution="Note added.")
    for task in alert.tasks.all():
        alert.refresh_from_db()
        assert alert.resolved_at is None
        assert notices(world.claim) == 1
        resolve_review_task(task=task, by=editor, resolution="Looked at.")
    alert.refresh_from_db()
    article_task.refresh_from_db()
    assert alert.resolved_at is not None
    assert (article_task.resolved_by, article_task.resolution) == (editor, "Note added.")
    assert notices(world.claim) == 0


def test_task_that_is_done_is_not_done_again(world: World) -> None:
    task = mark(world.study, "retracted").tasks.first()
    resolve_review_task(task=task, by=None, resolution="First.")
    with pytest.raises(TaskDone):
        resolve_review_task(task=task, by=None, resolution="Second.")
    task.refresh_from_db()
    assert task.resolution == "First."


def test_record_that_is_deleted_takes_the_last_task_with_it(editor: Client) -> None:
    claim = make_claim(forms=[form := make_form()])
    alert = judge(claim, "contradicted")
    editor.post(reverse("admin:forms_catalog_form_delete", args=[form.pk]), {"post": "yes"})
    alert.refresh_from_db()
    assert alert.resolved_at is not None


@pytest.mark.django_db(transaction=True)
def test_last_two_tasks_done_at_once_resolve_the_alert() -> None:
    claim = make_claim(forms=[make_form(), make_form()])
    alert = judge(claim, "contradicted")
    first, second = alert.tasks.all()
    at_once(
        lambda: resolve_review_task(task=first, by=None, resolution="Done."),
        lambda: resolve_review_task(task=second, by=None, resolution="Done."),
    )
    alert.refresh_from_db()
    assert alert.resolved_at is not None


@pytest.mark.django_db(transaction=True)
def test_two_editors_who_mark_a_study_at_once_open_one_alert() -> None:
    study = make_study(slug="bad2001")
    make_support(claim=make_claim(), study=study)
    at_once(*[lambda: mark(Study.objects.get(slug="bad2001"), "retracted")] * 2)
    assert EvidenceAlert.objects.count() == ReviewTask.objects.count() == 1


# In the admin


def admin_page(record: Any) -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def save(client: Client, record: Any, **fields: str) -> Any:
    return client.post(admin_page(record), fields_of(client, admin_page(record)) | fields, follow=True)


def test_study_lists_what_leans_on_it_before_anything_happens(world: World, editor: Client) -> None:
    page = editor.get(admin_page(world.study)).content.decode()
    for record in (world.claim, world.form_of_evidence, world.form_of_saying, world.mechanism, world.citing):
        assert f'href="{admin_page(record)}"' in page
    assert "Line 2: “It helped mice.” (names bad2001)" in page
    assert "Line 3: “Often it helps people.” (marks claim c1, which leans on bad2001)" in page
    assert admin_page(world.other) not in page
    assert "Nothing yet." in editor.get(admin_page(make_study())).content.decode()
    assert 'class="leaning"' not in editor.get(reverse("admin:forms_catalog_study_add")).content.decode()


def test_editor_marks_a_study_and_is_told_what_was_opened(world: World, editor: Client) -> None:
    answer = save(editor, world.study, publication_status="retracted", publication_note=NOTE)
    alert = EvidenceAlert.objects.get()
    assert alert.opened_by.username == "ed"
    assert "Tasks are open for everything that leans on it" in answer.content.decode()
    page = editor.get(admin_page(world.study)).content.decode()
    assert all(f'href="{admin_page(task)}"' in page for task in [*alert.tasks.all(), *alert.article_tasks.all()])
    save(editor, world.study, summary="Anything else.")
    assert EvidenceAlert.objects.count() == 1


def test_editor_changes_a_verdict_and_a_relation_in_one_save(world: World, editor: Client) -> None:
    new = make_form()
    save(editor, world.claim, verdict="contradicted", forms=[str(new.pk)])  # type: ignore[arg-type]
    assert {task.form for task in EvidenceAlert.objects.get().tasks.exclude(form=None)} == {new}
    page = editor.get(admin_page(world.claim)).content.decode()
    assert "Verdict changed" in page
    assert f'href="{admin_page(world.marking)}"' in page


def test_a_mistake_in_the_form_opens_nothing(world: World, editor: Client) -> None:
    answer = save(editor, world.study, publication_status="retracted", publication_note="")
    assert answer.context["errors"]
    assert not EvidenceAlert.objects.exists()


def test_new_study_and_new_claim_open_nothing(editor: Client) -> None:
    address = reverse("admin:forms_catalog_study_add")
    data = fields_of(editor, address) | {
        "slug": "new2026",
        "authors": "A, B",
        "design": "rct",
        "verified_fields": "Seen.",
    }
    data |= {"publication_status": "retracted", "publication_note": NOTE}
    editor.post(address, data)
    assert Study.objects.filter(slug="new2026").exists()
    assert not EvidenceAlert.objects.exists()


REVIEW, ARTICLES = "admin:forms_catalog_reviewtask_changelist", "admin:articles_articletask_changelist"


@pytest.mark.parametrize("name", [REVIEW, ARTICLES])
def test_list_shows_open_tasks_and_on_demand_the_others(world: World, editor: Client, name: str) -> None:
    alert = mark(world.study, "retracted")
    tasks = alert.tasks if name == REVIEW else alert.article_tasks
    number = tasks.count()
    task = tasks.first()
    resolve = resolve_review_task if name == REVIEW else resolve_article_task
    resolve(task=task, by=None, resolution="Done.")
    shown = {
        state: editor.get(reverse(name), {"state": state} if state else {}).context["cl"].result_count
        for state in ("", "done", "all")
    }
    assert shown == {"": number - 1, "done": 1, "all": number}
    assert editor.get(reverse(name), {"alert__kind__exact": "verdict"}).context["cl"].result_count == 0
    page = editor.get(reverse(name)).content.decode()
    for row in tasks.filter(resolved_at=None):
        record = row.target if name == REVIEW else row.article
        assert f'href="{record.get_absolute_url()}"' in page


@pytest.mark.parametrize("name", [REVIEW, ARTICLES])
def test_tasks_are_marked_as_done_in_bulk_with_a_word(world: World, editor: Client, name: str) -> None:
    alert = mark(world.study, "retracted")
    tasks = alert.tasks if name == REVIEW else alert.article_tasks
    chosen = {"action": "mark_done", "_selected_action": list(tasks.values_list("pk", flat=True))}
    told = editor.post(reverse(name), chosen | {"resolution": "  "}, follow=True).content.decode()
    assert "Say what was done" in told
    assert tasks.filter(resolved_at=None).count() == tasks.count()
    told = editor.post(reverse(name), chosen | {"resolution": "Looked at all."}, follow=True).content.decode()
    assert f"{tasks.count()} tasks marked as done." in told
    assert set(tasks.values_list("resolution", "resolved_by__username")) == {("Looked at all.", "ed")}
    told = editor.post(f"{reverse(name)}?state=all", chosen | {"resolution": "Again."}, follow=True).content.decode()
    assert "0 tasks marked as done." in told


@pytest.mark.parametrize("kind", ["review", "article"])
def test_task_is_ended_on_its_own_page(world: World, editor: Client, kind: str) -> None:
    alert = mark(world.study, "retracted")
    task: Any = alert.tasks.get(claim=world.claim) if kind == "review" else world.citing.review_tasks.get()
    page = editor.get(admin_page(task)).content.decode()
    assert NOTE in page
    assert 'value="Mark as done"' in page
    assert ("It helped mice." in page) is (kind == "article")
    assert editor.post(admin_page(task), {"resolution": " "}).context["errors"]
    editor.post(admin_page(task), {"resolution": "Lowered.", "_save": "1"})
    task.refresh_from_db()
    assert (task.resolution, task.resolved_by.username) == ("Lowered.", "ed")
    page = editor.get(admin_page(task)).content.decode()
    assert "Mark as done" not in page
    editor.post(admin_page(task), {"resolution": "Overwritten.", "_save": "1"})
    task.refresh_from_db()
    assert task.resolution == "Lowered."


def test_task_that_a_colleague_ended_meanwhile_keeps_the_colleagues_word(
    world: World, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from forms_catalog.admin.alerts import TaskAdmin

    task = mark(world.study, "retracted").tasks.first()
    page = TaskAdmin.get_form

    def meanwhile(*args: Any, **kwargs: Any) -> Any:
        form = page(*args, **kwargs)
        ReviewTask.objects.filter(pk=task.pk, resolution="").update(
            resolution="Theirs.", resolved_at=task.alert.opened_at
        )
        return form

    monkeypatch.setattr(TaskAdmin, "get_form", meanwhile)
    told = editor.post(admin_page(task), {"resolution": "Mine.", "_save": "1"}, follow=True).content.decode()
    assert "done already" in told
    task.refresh_from_db()
    assert task.resolution == "Theirs."


def test_moderator_and_staff_without_permission_see_no_task_and_end_none(world: World, client: Client) -> None:
    alert = mark(world.study, "retracted")
    tasks = [alert.tasks.first(), alert.article_tasks.first()]
    for groups in (("Moderator",), ()):
        client.force_login(make_user(groups=groups))
        for task, name in zip(tasks, (REVIEW, ARTICLES), strict=True):
            assert client.get(reverse(name)).status_code == 403
            assert client.get(admin_page(task)).status_code == 403
            assert client.post(admin_page(task), {"resolution": "Mine."}).status_code == 403
            chosen = {"action": "mark_done", "_selected_action": task.pk, "resolution": "Mine."}
            assert client.post(reverse(name), chosen).status_code == 403
    assert not ReviewTask.objects.exclude(resolved_at=None).exists()
    assert not ArticleTask.objects.exclude(resolved_at=None).exists()


def test_what_reads_as_a_record_names_its_kind(world: World, editor: Client) -> None:
    mark(world.study, "retracted")
    page = editor.get(reverse(REVIEW)).content.decode()
    assert f"Form: {world.form}" in page
    assert f"Claim: {world.claim}" in page.replace("&#x27;", "'")
    assert {Form, Mechanism, Claim} == {type(task.target) for task in ReviewTask.objects.all()}
