"""The table of decisions, and who may reply and decide."""

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from articles.models import Article, ModerationAction, ReplyStatus, Status
from articles.policies import (
    TRANSITIONS,
    ModerationRefused,
    ReplyRefused,
    allowed_actions,
    check_may_moderate,
    check_reply_allowed,
    status_after,
)
from tests.factories import make_moderator, make_user

PAIRS = list(itertools.product(ReplyStatus, ModerationAction))


def test_table_has_every_pair_and_no_other() -> None:
    assert set(TRANSITIONS) == set(PAIRS)


@pytest.mark.parametrize(("status", "action"), PAIRS)
def test_each_pair_leads_to_another_state_or_to_a_sentence(status, action) -> None:
    found = TRANSITIONS[status, action]
    if isinstance(found, ReplyStatus):
        assert found != status
        assert status_after(status=status, action=action) == found
    else:
        assert found.endswith(".")
        with pytest.raises(ModerationRefused, match=found.rstrip(".")):
            status_after(status=status, action=action)


@pytest.mark.parametrize("status", ReplyStatus)
def test_allowed_actions_are_those_the_table_grants(status) -> None:
    granted = {action for action in ModerationAction if isinstance(TRANSITIONS[status, action], ReplyStatus)}
    assert set(allowed_actions(status)) == granted


def test_only_a_waiting_reply_can_be_approved() -> None:
    leading = {status for (status, _), target in TRANSITIONS.items() if target is ReplyStatus.APPROVED}
    assert leading == {ReplyStatus.PENDING}


def test_every_decision_can_be_taken_back() -> None:
    for status in set(ReplyStatus) - {ReplyStatus.PENDING}:
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
