"""Threads: numbers, places, closing."""

import pytest
from django.db import IntegrityError, transaction

from articles.actions.articles import save_draft
from articles.actions.numbers import take_number
from articles.actions.replies import approve_reply
from articles.actions.threads import close_thread, open_thread, thread_of
from articles.models import SUBJECTS, Article, Reference, Reply, Thread
from articles.places import NOWHERE, Place, place_of, with_place
from articles.policies import ReplyRefused
from forms_catalog.actions import public_version
from forms_catalog.models import Study
from tests.factories import (
    make_article,
    make_claim,
    make_form,
    make_mechanism,
    make_moderator,
    make_outcome,
    make_published_article,
    make_replies,
    make_sent_reply,
    make_study,
)

pytestmark = pytest.mark.django_db
MAKERS = {
    "article": make_published_article,
    "claim": make_claim,
    "form": make_form,
    "mechanism": make_mechanism,
    "study": make_study,
}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_each_thing_numbers_its_own_replies(subject) -> None:
    about, other = MAKERS[subject](), MAKERS[subject]()
    first, second, elsewhere = (make_sent_reply(about=each) for each in (about, about, other))
    assert [reply.number for reply in (first, second, elsewhere)] == [1, 2, 1]
    assert (first.about, first.thread.kind) == (about, subject)
    assert first.thread.get_absolute_url() == about.get_absolute_url()
    assert str(first.thread) == f"Replies to {about}"
    assert list(Reply.objects.to(about)) == [first, second]


def test_a_refused_reply_leaves_its_number_to_the_next() -> None:
    article = make_published_article()
    make_sent_reply(article=article)
    Article.objects.update(replies_open=False)
    with pytest.raises(ReplyRefused, match="closed"):
        make_sent_reply(article=article)
    Article.objects.update(replies_open=True)
    assert make_sent_reply(article=article).number == 2


def test_sending_twice_takes_one_number() -> None:
    article = make_published_article()
    make_sent_reply(article=article, token="t", name="A", body="b")
    again = {"token": "t", "name": "A", "body": "b"}
    first, second = make_sent_reply(article=article, **again), make_sent_reply(article=article)
    assert [first.number, second.number] == [2, 3]
    assert Thread.objects.get().last_number == 3


def test_a_hidden_study_takes_no_replies() -> None:
    study = make_study()
    Study.objects.update(is_public=False)
    with pytest.raises(ReplyRefused, match="This study is not public"):
        make_sent_reply(about=study)
    assert not Thread.objects.exists()


@pytest.mark.parametrize("act", [lambda it: take_number(about=it, body="", kind=""), thread_of])
def test_other_records_have_no_thread(act) -> None:
    with pytest.raises(ValueError, match="no replies to a outcome"):
        act(make_outcome())


def test_a_thread_is_about_one_thing() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Thread.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Thread.objects.create(article=make_article(), study=make_study())


@pytest.mark.parametrize("subject", SUBJECTS)
def test_closing_is_dated_once_and_leaves_corrections(subject) -> None:
    about = MAKERS[subject]()
    version = public_version()
    close_thread(about=about)
    since = Thread.objects.get().closed_at
    close_thread(about=about)
    assert Thread.objects.get().closed_at == since
    assert public_version() > version
    with pytest.raises(ReplyRefused, match="closed"):
        make_sent_reply(about=about)
    assert make_sent_reply(about=about, kind="typo", sentence="Magnesum.").number == 1
    open_thread(about=about)
    assert make_sent_reply(about=about).number == 2
    assert Thread.objects.get().closed_at is None


def test_the_switch_in_the_articles_form_dates_the_closing() -> None:
    article = make_published_article()
    for is_open in (True, False, True, False):
        article.replies_open = is_open
        save_draft(article=article, by=None)
        closed = Thread.objects.filter(article=article, closed_at__isnull=False)
        assert closed.exists() is not is_open
    open_thread(about=article)
    assert Article.objects.get().replies_open


# Places


def placed(model, **asked) -> Place:
    return place_of(with_place(model.objects.all(), **asked).get())


def test_an_answer_is_set_in_under_what_it_answers_and_no_further_than_twice() -> None:
    article = make_published_article()
    levels = []
    for number in range(1, 5):
        place = placed(Article, parent=number - 1)
        reply = make_sent_reply(article=article, place=place)
        approve_reply(reply=reply, by=make_moderator())
        levels.append((reply.parent and reply.parent.number, reply.level))
    assert levels == [(None, 0), (1, 1), (2, 2), (3, 2)]


def test_only_what_readers_see_in_this_thread_can_be_answered() -> None:
    article = make_published_article()
    make_sent_reply(article=article)
    elsewhere = make_sent_reply(about=make_study(), status="approved")
    assert placed(Article, parent=1).parent is None
    assert placed(Article, parent=99) == Place(revision=article.live_id)
    assert placed(Study, parent=1) == Place(parent=elsewhere.pk, level=1)
    assert placed(Study) == NOWHERE == place_of(make_study())


def test_a_reply_speaks_of_a_sentence_that_the_article_marks() -> None:
    article, claim = make_published_article(), make_claim(slug="c-1")
    assert placed(Article, claim="c-1").claim is None
    reference = Reference.objects.create(article=article, claim=claim)
    place = placed(Article, claim="c-1")
    assert place == Place(claim=claim.pk, revision=article.live_id)
    reply = make_sent_reply(article=article, place=place)
    assert not Reply.objects.about_earlier_version(article).exists()
    reference.delete()
    assert list(Reply.objects.about_earlier_version(article)) == [reply]


def test_the_same_words_at_another_place_are_another_reply() -> None:
    article = make_published_article()
    same = {"article": article, "token": "t", "name": "A", "body": "b"}
    same["circumstances"] = make_circumstances()
    make_sent_reply(**same)
    answered = make_sent_reply(article=article, status="approved")
    make_sent_reply(**same, place=placed(Article, parent=answered.number))
    assert Reply.objects.count() == 3
    make_sent_reply(**same)
    assert Reply.objects.count() == 3


def make_circumstances():
    from articles.spam import Circumstances

    return Circumstances(seconds=60, network="one")


def test_what_stands_in_a_thread_keeps_the_order_of_numbers() -> None:
    article = make_published_article()
    make_replies(article, number=3, status="approved")
    make_sent_reply(article=article)
    gone = [make_sent_reply(article=article, status=status) for status in ("hidden", "withdrawn", "erased")]
    make_sent_reply(article=article, status="rejected")
    found = list(Reply.objects.placed().to(article))
    assert [reply.number for reply in found] == [1, 2, 3, 5, 6, 7]
    assert [reply.shown_html for reply in found] == ["<p>Buy</p>"] * 3 + [""] * 3
    assert [reply.number for reply in Reply.objects.visible().before(gone[0]).order_by("number")] == [1, 2, 3]
    assert found[0].article == article
