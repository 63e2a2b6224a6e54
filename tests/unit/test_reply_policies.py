"""The table of decisions, and who may reply and decide."""

import itertools
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.actions.threads import close_thread
from articles.models import Article, ModerationAction, Reason, Reply, ReplyKind, ReplyStatus, Status
from articles.policies import (
    DECISIONS,
    NO_REASON,
    REASONS,
    TRANSITIONS,
    UNDOABLE,
    WRITERS,
    ModerationRefused,
    ReplyRefused,
    allowed_actions,
    check_correctable,
    check_may_moderate,
    check_reply_allowed,
    status_after,
    writers_actions,
)
from tests.factories import make_claim, make_form, make_mechanism, make_moderator, make_study, make_user

PAIRS = list(itertools.product(ReplyStatus, [action for action in ModerationAction if action != ModerationAction.UNDO]))
STAYING = {"redact", "set_triage", "accept_edit", "decline_edit", "accept_correction", "decline_correction", "edit"}
"""Actions that change something else than the state."""


def test_table_has_every_pair_and_no_other() -> None:
    assert set(TRANSITIONS) == set(PAIRS)


@pytest.mark.parametrize(("status", "action"), PAIRS)
def test_each_pair_leads_to_a_state_or_to_a_sentence(status, action) -> None:
    found = TRANSITIONS[status, action]
    if isinstance(found, ReplyStatus):
        assert (found == status) is (action in STAYING)
        assert status_after(status=status, action=action) == found
    else:
        assert found.endswith(".")
        with pytest.raises(ModerationRefused, match=found.rstrip(".")):
            status_after(status=status, action=action)


@pytest.mark.parametrize("status", ReplyStatus)
def test_allowed_actions_are_those_the_table_grants(status) -> None:
    granted = {action for action in DECISIONS if isinstance(TRANSITIONS[status, action], ReplyStatus)}
    assert set(allowed_actions(status)) == granted


def test_only_a_waiting_reply_can_be_approved() -> None:
    leading = {pair[0] for pair, target in TRANSITIONS.items() if target is ReplyStatus.APPROVED != pair[0]}
    assert leading == {ReplyStatus.PENDING}


@pytest.mark.parametrize("action", ModerationAction)
def test_nothing_brings_back_what_a_writer_took_away(action) -> None:
    if action == ModerationAction.UNDO:
        assert not set(WRITERS) & set(UNDOABLE)
        return
    assert not isinstance(TRANSITIONS[ReplyStatus.ERASED, action], ReplyStatus)
    target = TRANSITIONS[ReplyStatus.WITHDRAWN, action]
    assert target == ReplyStatus.ERASED or not isinstance(target, ReplyStatus)


def test_each_reason_has_a_sentence_for_the_writer() -> None:
    assert set(REASONS) == set(Reason)
    assert all(sentence.endswith(".") for sentence in [*REASONS.values(), NO_REASON])


def test_every_decision_of_a_moderator_can_be_taken_back() -> None:
    for status in set(ReplyStatus) - {ReplyStatus.PENDING, ReplyStatus.WITHDRAWN, ReplyStatus.ERASED}:
        assert status_after(status=status, action=ModerationAction.REOPEN) == ReplyStatus.PENDING


def test_reply_to_an_open_published_article_is_allowed() -> None:
    check_reply_allowed(Article(status=Status.PUBLISHED, replies_open=True))


@pytest.mark.parametrize("status", [status for status in Status if status != Status.PUBLISHED])
def test_reply_to_an_article_that_is_not_public_is_refused(status) -> None:
    with pytest.raises(ReplyRefused, match="not public"):
        check_reply_allowed(Article(status=status, replies_open=True))


def test_reply_to_a_closed_thread_is_refused() -> None:
    with pytest.raises(ReplyRefused, match="closed"):
        check_reply_allowed(Article(status=Status.PUBLISHED, replies_open=False))


@pytest.mark.parametrize("kind", ["", *ReplyKind.values])
def test_a_closed_thread_still_takes_corrections(kind) -> None:
    closed = Article(status=Status.PUBLISHED, replies_open=False)
    if kind in {"correction", "typo"}:
        check_reply_allowed(closed, kind=kind)
    else:
        with pytest.raises(ReplyRefused, match="Replies to this article are closed"):
            check_reply_allowed(closed, kind=kind)


@pytest.mark.django_db
def test_records_take_replies_while_they_are_public_and_open() -> None:
    for record in (make_form(), make_claim(), make_mechanism(), make_study()):
        check_reply_allowed(record)
        close_thread(about=record)
        with pytest.raises(ReplyRefused, match=f"Replies to this {record._meta.model_name} are closed"):
            check_reply_allowed(type(record).objects.get(pk=record.pk))
    with pytest.raises(ReplyRefused, match="This study is not public"):
        check_reply_allowed(make_study(is_public=False))


NOW = timezone.now()


@pytest.mark.parametrize(
    ("fields", "answered", "allowed"),
    [
        ({"status": "pending"}, False, ["edit", "withdraw", "erase"]),
        ({"status": "approved"}, False, ["edit", "withdraw", "erase"]),
        ({"status": "approved"}, True, ["withdraw", "erase"]),
        ({"status": "pending", "created_at": NOW - timedelta(minutes=15, seconds=1)}, False, ["withdraw", "erase"]),
        ({"status": "pending", "created_at": NOW - timedelta(minutes=15)}, False, ["edit", "withdraw", "erase"]),
        ({"status": "rejected"}, False, ["withdraw", "appeal", "erase"]),
        ({"status": "hidden"}, False, ["withdraw", "appeal", "erase"]),
        ({"status": "spam"}, False, ["appeal", "erase"]),
        ({"status": "spam", "appealed_at": NOW}, False, ["erase"]),
        ({"status": "withdrawn"}, False, ["erase"]),
        ({"status": "erased"}, False, []),
    ],
)
def test_writers_may_do_what_the_time_and_the_table_allow(fields, answered, allowed) -> None:
    reply = Reply(**{"created_at": NOW} | fields)
    assert writers_actions(reply, answered=answered, now=NOW) == allowed


@pytest.mark.parametrize(("kind", "said"), [("question", "question"), ("", "no kind was stated")])
def test_only_corrections_are_passed_on(kind, said) -> None:
    with pytest.raises(ModerationRefused, match=said):
        check_correctable(Reply(kind=kind))
    for mending in ("correction", "typo"):
        check_correctable(Reply(kind=mending))


def test_strangers_may_not_moderate() -> None:
    with pytest.raises(PermissionDenied):
        check_may_moderate(AnonymousUser())


@pytest.mark.django_db
@pytest.mark.parametrize("groups", [(), ("Editor",)])
def test_staff_of_another_role_may_not_moderate(groups) -> None:
    with pytest.raises(PermissionDenied):
        check_may_moderate(make_user(groups=groups))


@pytest.mark.django_db
def test_a_moderator_who_left_may_not_moderate() -> None:
    with pytest.raises(PermissionDenied):
        check_may_moderate(make_moderator(is_active=False))


@pytest.mark.django_db
def test_moderator_may_moderate() -> None:
    moderator = make_moderator()
    assert check_may_moderate(moderator) is moderator
