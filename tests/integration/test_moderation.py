"""The moderation queue in the admin: the list, and decisions about several replies."""

import re

import pytest
from django.test import Client

from articles.actions.replies import approve_reply, mark_reply_as_spam
from articles.models import ModerationEvent, Reply, ReplyStatus
from articles.policies import allowed_actions
from articles.spam import Circumstances
from tests.factories import make_moderator, make_published_article, make_replies, make_sent_reply, make_user

pytestmark = pytest.mark.django_db
QUEUE = "/admin/articles/reply/"
ACTIONS = ["approve", "reject", "mark_spam", "reopen"]


@pytest.fixture
def moderator():
    return make_moderator(username="mo")


@pytest.fixture
def desk(moderator) -> Client:
    """The moderator's browser."""
    client = Client()
    client.force_login(moderator)
    return client


def page_of(response) -> str:
    return response.content.decode()


def names_in(response) -> list[str]:
    return re.findall(r'<td class="field-name">(.*?)</td>', page_of(response))


def run(client: Client, action: str, replies, *, where: str = QUEUE, **more: str):
    chosen = {"action": action, "_selected_action": [str(reply.pk) for reply in replies], "index": "0"}
    return client.post(where, chosen | more, follow=True)


def decision_address(reply: Reply) -> str:
    return f"{QUEUE}{reply.pk}/decide/"


def statuses() -> list[str]:
    return list(Reply.objects.order_by("pk").values_list("status", flat=True))


# The list


def test_queue_shows_what_waits_longest_first(desk) -> None:
    make_sent_reply(name="First")
    make_sent_reply(name="Done", status="approved")
    make_sent_reply(name="Second")
    assert names_in(desk.get(QUEUE)) == ["First", "Second"]
    assert names_in(desk.get(QUEUE + "?status=nonsense")) == ["First", "Second"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("status=approved", ["A"]),
        ("status=rejected", ["R"]),
        ("status=spam", ["S"]),
        ("status=all", ["S", "R", "A", "P"]),
        ("status=all&q=R", ["R"]),
        ("q=nobody@example.org", ["P"]),
    ],
)
def test_queue_can_show_every_state_and_search_it(desk, query, names) -> None:
    article = make_published_article(title="T")
    for name, status in (("P", "pending"), ("A", "approved"), ("R", "rejected"), ("S", "spam")):
        make_sent_reply(name=name, status=status, article=article, body=f"{name} {name}", email="nobody@example.org")
    found = names_in(desk.get(f"{QUEUE}?{query}"))
    assert [name for name in found if name in names] == names
    if "q=R" not in query:
        assert found == names


def test_queue_can_be_narrowed_to_replies_with_or_without_signals(desk) -> None:
    make_sent_reply(name="Calm")
    make_sent_reply(name="Hasty", circumstances=Circumstances(seconds=0))
    assert names_in(desk.get(QUEUE + "?signals=none")) == ["Calm"]
    assert names_in(desk.get(QUEUE + "?signals=some")) == ["Hasty"]
    assert "fast" in page_of(desk.get(QUEUE))


def test_queue_takes_the_same_queries_for_many_as_for_few(desk, django_assert_num_queries) -> None:
    make_sent_reply()
    with django_assert_num_queries(6):
        desk.get(QUEUE)
    for _ in range(5):
        make_sent_reply()
    with django_assert_num_queries(6):
        desk.get(QUEUE)


def test_queue_cuts_long_replies(desk) -> None:
    make_sent_reply(body="word " * 1_000)
    assert page_of(desk.get(QUEUE)).count("word") < 40


def test_queue_offers_the_decisions_of_its_state_and_no_deletion(desk) -> None:
    for status in ReplyStatus:
        make_sent_reply(status=status.value)
        page = page_of(desk.get(f"{QUEUE}?status={status.value}"))
        offered = [value for value in re.findall(r'<option value="(\w*)"', page) if value]
        assert set(offered) == {action.value for action in allowed_actions(status)}
    assert "<option" not in page_of(desk.get(QUEUE + "?status=all"))


# Deciding about several


@pytest.mark.parametrize(
    ("start", "action", "end"),
    [
        ("pending", "approve", "approved"),
        ("pending", "reject", "rejected"),
        ("pending", "mark_spam", "spam"),
        ("spam", "reopen", "pending"),
        ("approved", "reopen", "pending"),
    ],
)
def test_selected_replies_are_decided_and_the_rest_left(desk, moderator, start, action, end) -> None:
    replies = [make_sent_reply(status=start) for _ in range(3)]
    response = run(desk, action, replies[:2], where=f"{QUEUE}?status={start}")
    assert statuses() == [end, end, start]
    assert "2 replies" in page_of(response)
    assert ModerationEvent.objects.filter(by=moderator).count() == 2


def test_a_reply_decided_by_a_colleague_meanwhile_is_left_and_said(desk) -> None:
    first, second = make_sent_reply(), make_sent_reply()
    mark_reply_as_spam(reply=second, by=make_moderator())
    response = run(desk, "approve", [first, second])
    assert statuses() == ["approved", "spam"]
    assert "1 reply approved" in page_of(response)
    assert "1 of the selection had been decided meanwhile" in page_of(response)


def test_a_published_reply_is_not_taken_down_from_a_list_of_waiting_ones(desk) -> None:
    reply = make_sent_reply()
    approve_reply(reply=reply, by=make_moderator())
    run(desk, "reject", [reply])
    assert statuses() == ["approved"]


@pytest.mark.parametrize("across", ["0", "1"])
def test_fifteen_hundred_replies_are_decided_at_once(desk, across) -> None:
    make_replies(make_published_article(), number=1_500, body=lambda number: f"Buy {number}")
    chosen = Reply.objects.all() if across == "0" else Reply.objects.all()[:50]
    response = run(desk, "mark_spam", chosen, select_across=across)
    assert response.status_code == 200
    assert "1500 replies marked as spam" in page_of(response)
    assert Reply.objects.filter(status="spam").count() == ModerationEvent.objects.count() == 1_500


@pytest.mark.parametrize("action", [*ACTIONS, "delete_selected"])
@pytest.mark.parametrize("groups", [(), ("Editor",)], ids=["staff", "editor"])
def test_bulk_decisions_by_the_wrong_role_are_refused(action, groups) -> None:
    reply = make_sent_reply()
    client = Client()
    client.force_login(make_user(groups=groups))
    assert run(client, action, [reply]).status_code == 403
    assert statuses() == ["pending"]


@pytest.mark.parametrize("action", ACTIONS)
def test_bulk_decisions_by_somebody_who_may_only_look_do_nothing(action) -> None:
    from django.contrib.auth.models import Permission

    looker = make_user()
    looker.user_permissions.add(Permission.objects.get(codename="view_reply"))
    client = Client()
    client.force_login(looker)
    reply = make_sent_reply()
    assert "<option" not in page_of(client.get(QUEUE))
    run(client, action, [reply])
    assert client.post(decision_address(reply), {"action": action, "seen": "pending"}).status_code == 403
    assert statuses() == ["pending"]


def test_replies_cannot_be_deleted_even_by_a_superuser() -> None:
    reply = make_sent_reply()
    client = Client()
    client.force_login(make_user(is_superuser=True))
    run(client, "delete_selected", [reply], post="yes")
    assert client.post(f"{QUEUE}{reply.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Reply.objects.count() == 1


@pytest.mark.parametrize("row", ["abc", "", "-1", "1 OR 1=1", "9" * 40, "\x00", "1e3"])
def test_row_that_nobody_could_tick_is_refused_and_decides_nothing(desk: Client, row: str) -> None:
    reply = make_sent_reply(article=make_published_article(slug="a"))
    response = desk.post(QUEUE, {"action": "approve", "_selected_action": [str(reply.pk), row], "index": "0"})

    assert response.status_code == 400
    reply.refresh_from_db()
    assert reply.status == ReplyStatus.PENDING
