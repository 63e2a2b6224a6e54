"""A correction's way from a reader to a dated change with credit."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.actions.articles import publish_article
from articles.actions.corrections import (
    CorrectionDone,
    accept_correction,
    credit,
    decline_correction,
    resolve_correction,
)
from articles.actions.replies import hide_reply
from articles.models import Contact, Correction, CorrectionOutcome, OutboxMail, Revision
from articles.policies import ModerationRefused
from forms_catalog.actions import public_version
from tests.factories import make_moderator, make_published_article, make_sent_reply, make_study, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_published_article(slug="sleep")


def make_correction(about, *, confirmed: bool = False):
    reply = make_sent_reply(
        about=about, status="approved", kind="correction", sentence="It cures.", source="10.1000/x", email="a@b.example"
    )
    if confirmed:
        Contact.objects.filter(reply=reply).update(confirmed_at=timezone.now())
    return reply


def publish(article, **fields):
    article.body += "\nMended.\n"
    return publish_article(article=article, by=None, change_note="Mended, thanks to a reader.", **fields)


def test_an_accepted_correction_is_a_task_until_a_version_credits_it(article) -> None:
    reply, moderator = make_correction(article, confirmed=True), make_moderator()
    accept_correction(reply=reply, by=moderator, note="Right.")
    task = Correction.objects.get()
    assert (task.reply, task.outcome, task.opened_by, task.resolved_at) == (reply, "", moderator, None)
    revision = publish(article, credits=[task.pk])
    task.refresh_from_db()
    assert (task.outcome, task.revision, task.resolved_at) == ("made", revision, revision.created_at)
    assert task.message == "Mended, thanks to a reader."
    assert list(revision.corrections.all()) == [task]
    assert OutboxMail.objects.filter(kind="corrected").get().contact.reply == reply


def test_a_publication_that_changes_nothing_credits_nobody(article) -> None:
    accept_correction(reply=make_correction(article), by=make_moderator())
    publish_article(article=article, by=None, credits=[Correction.objects.get().pk])
    assert Correction.objects.get().outcome == ""


def test_only_open_public_corrections_of_the_same_article_are_credited(article) -> None:
    moderator = make_moderator()
    other, hidden, declined = make_correction(make_study()), make_correction(article), make_correction(article)
    for reply in (other, hidden):
        accept_correction(reply=reply, by=moderator)
    decline_correction(reply=declined, by=moderator, reason="stands")
    hide_reply(reply=hidden, by=moderator)
    keys = list(Correction.objects.values_list("pk", flat=True))
    assert credit(revision=Revision.objects.get(), corrections=keys, by=None) == 0
    assert not Correction.objects.filter(revision__isnull=False).exists()


def test_a_declined_correction_says_why(article) -> None:
    reply = make_correction(article, confirmed=True)
    decline_correction(reply=reply, by=make_moderator(), reason="not_shown", message="It measured sleep.")
    found = Correction.objects.get()
    assert (found.outcome, found.reason, found.message) == ("declined", "not_shown", "It measured sleep.")
    assert OutboxMail.objects.filter(kind="corrected").count() == 1


def test_a_correction_is_passed_on_once(article) -> None:
    reply, moderator = make_correction(article), make_moderator()
    accept_correction(reply=reply, by=moderator)
    for act in (accept_correction, decline_correction):
        with pytest.raises(ModerationRefused, match="already"):
            act(reply=reply, by=moderator)


@pytest.mark.parametrize("status", ["pending", "rejected"])
def test_only_an_approved_correction_is_passed_on(article, status) -> None:
    reply = make_sent_reply(article=article, status=status, kind="typo", sentence="Magnesum.")
    with pytest.raises(ModerationRefused):
        accept_correction(reply=reply, by=make_moderator())
    with pytest.raises(ModerationRefused, match="not one"):
        accept_correction(reply=make_sent_reply(status="approved"), by=make_moderator())
    assert not Correction.objects.exists()


def test_editors_close_a_correction_of_a_record_once() -> None:
    accept_correction(reply=make_correction(make_study()), by=make_moderator())
    task, editor, version = Correction.objects.get(), make_user(groups=("Editor",)), public_version()
    made = {"outcome": CorrectionOutcome.MADE, "message": "The year is mended."}
    resolve_correction(correction=task, by=editor, **made)
    task.refresh_from_db()
    assert (task.outcome, task.message, task.resolved_by) == ("made", "The year is mended.", editor)
    assert public_version() > version
    with pytest.raises(CorrectionDone):
        resolve_correction(correction=task, by=None, **made)


@pytest.mark.parametrize("fields", [{"outcome": "made"}, {"resolved_at": timezone.now()}, {"outcome": "odd"}])
def test_the_database_refuses_an_outcome_without_a_date(article, fields) -> None:
    reply = make_correction(article)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.create(**{"reply": reply, "opened_at": timezone.now()} | fields)
