"""The admin's page of one reply."""

import re

import pytest
from django.conf import settings
from django.contrib.admin.sites import site as admin_site
from django.test import Client

from articles.actions.replies import approve_reply, mark_reply_as_spam
from articles.admin.replies import ReplyAdmin
from articles.models import ModerationAction, ModerationEvent, Reply, ReplyStatus
from articles.policies import allowed_actions
from articles.spam import Circumstances
from tests.factories import make_moderator, make_published_article, make_sent_reply, make_user

pytestmark = pytest.mark.django_db
QUEUE = "/admin/articles/reply/"


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


def run(client: Client, action: str, replies, *, where: str = QUEUE, **more: str):
    chosen = {"action": action, "_selected_action": [str(reply.pk) for reply in replies], "index": "0"}
    return client.post(where, chosen | more, follow=True)


def decision_address(reply: Reply) -> str:
    return f"{QUEUE}{reply.pk}/decide/"


def decisions_on(page: str) -> list[str]:
    form = re.search(r'id="decision">.*?</form>', page, re.DOTALL)
    return re.findall(r'name="action" value="(\w+)"', form[0]) if form else []


def statuses() -> list[str]:
    return list(Reply.objects.order_by("pk").values_list("status", flat=True))


# One reply


def test_reply_page_shows_everything_a_moderator_needs(desk) -> None:
    reply = make_sent_reply(
        name="Anna", email="anna@example.org", body="What about *sleep*?", circumstances=Circumstances(seconds=0)
    )
    page = page_of(desk.get(f"{QUEUE}{reply.pk}/change/"))
    for words in ("Anna", "anna@example.org", "What about *sleep*?", "<em>sleep</em>", "Sent less than 3 seconds"):
        assert words in page
    assert str(reply.article) in page
    assert decisions_on(page) == ["approve", "reject", "mark_spam"]


@pytest.mark.parametrize("status", ReplyStatus)
def test_reply_page_offers_the_decisions_of_the_table(desk, status) -> None:
    reply = make_sent_reply(status=status.value)
    page = page_of(desk.get(f"{QUEUE}{reply.pk}/change/"))
    offered = decisions_on(page)
    assert offered == [action.value for action in allowed_actions(status)]


def test_reply_page_lists_past_decisions_and_the_next_reply(desk) -> None:
    reply, following = make_sent_reply(), make_sent_reply()
    mark_reply_as_spam(reply=reply, by=make_moderator(username="colleague"), note="Sells pills.")
    page = page_of(desk.get(f"{QUEUE}{reply.pk}/change/"))
    assert "colleague" in page
    assert "Mark as spam: Waiting → Spam" in page
    assert "Sells pills." in page
    assert f"{QUEUE}{following.pk}/change/" in page


def test_decision_on_a_page_is_taken_noted_and_leads_back_to_the_list(desk, moderator) -> None:
    reply = make_sent_reply()
    sent = {"action": "reject", "seen": "pending", "note": "Names a third person."}
    response = desk.post(decision_address(reply) + "?_changelist_filters=signals%3Dnone", sent)
    assert response.headers["Location"] == QUEUE + "?signals=none"
    assert statuses() == ["rejected"]
    event = ModerationEvent.objects.get()
    assert (event.by, event.note) == (moderator, "Names a third person.")


def test_decision_a_colleague_has_taken_already_is_left_and_said(desk) -> None:
    reply = make_sent_reply()
    approve_reply(reply=reply, by=make_moderator(username="colleague"))
    response = desk.post(decision_address(reply), {"action": "reject", "seen": "pending"}, follow=True)
    assert "has already decided this: approved. Nothing was changed." in page_of(response)
    assert statuses() == ["approved"]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"action": "approve"},
        {"action": "explode", "seen": "pending"},
        {"action": "approve", "seen": "nonsense"},
        {"action": "approve", "seen": "pending", "note": "n" * 301},
        {"action": "approve", "seen": "pending", "note": "a\x00b"},
        {"action": "reopen", "seen": "pending"},
        {"action": "approve", "seen": "spam"},
    ],
)
def test_decision_that_makes_no_sense_changes_nothing(desk, sent) -> None:
    reply = make_sent_reply()
    response = desk.post(decision_address(reply), sent, follow=True)
    assert response.status_code == 200
    assert 'class="messagelist"' in page_of(response)
    assert statuses() == ["pending"]
    assert not ModerationEvent.objects.exists()


def test_decision_by_get_changes_nothing(desk) -> None:
    reply = make_sent_reply()
    assert desk.get(decision_address(reply) + "?action=approve&seen=pending").status_code == 405
    desk.get(QUEUE + f"?action=approve&_selected_action={reply.pk}")
    assert statuses() == ["pending"]


def test_decision_about_nothing_is_not_found(desk) -> None:
    assert desk.post(QUEUE + "999/decide/", {"action": "approve", "seen": "pending"}).status_code == 404
    huge = "9" * 30
    assert desk.post(f"{QUEUE}{huge}/decide/", {"action": "approve", "seen": "pending"}).status_code == 404


@pytest.mark.parametrize("person", ["stranger", "staff", "editor"])
def test_decision_by_the_wrong_role_is_refused(person) -> None:
    reply, client = make_sent_reply(), Client()
    if person != "stranger":
        client.force_login(make_user(groups=("Editor",) if person == "editor" else ()))
    for action in ModerationAction:
        response = client.post(decision_address(reply), {"action": action.value, "seen": "pending"})
        assert response.status_code == (302 if person == "stranger" else 403)
    assert client.get(QUEUE).status_code == (302 if person == "stranger" else 403)
    assert client.get(f"{QUEUE}{reply.pk}/change/").status_code == (302 if person == "stranger" else 403)
    assert statuses() == ["pending"]


def test_decision_needs_the_forms_own_token(moderator) -> None:
    reply, client = make_sent_reply(), Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    assert client.post(decision_address(reply), {"action": "approve", "seen": "pending"}).status_code == 403
    assert statuses() == ["pending"]


def test_moderators_cannot_edit_a_readers_words(desk) -> None:
    reply = make_sent_reply(body="As written.")
    response = desk.post(f"{QUEUE}{reply.pk}/change/", {"name": "Other", "body": "Other", "status": "approved"})
    assert response.status_code == 403
    assert desk.get(QUEUE + "add/").status_code == 403
    assert Reply.objects.values_list("body", "status").get() == ("As written.", "pending")


def test_events_are_only_ever_added() -> None:
    """No code of ours changes or deletes one, and the admin does not offer it."""
    assert ModerationEvent not in admin_site._registry
    assert not ReplyAdmin.inlines
    code = "".join(path.read_text() for path in (settings.BASE_DIR / "articles").rglob("*.py"))
    used = re.findall(r"ModerationEvent\.objects\.(\w+)", code)
    assert set(used) == {"bulk_create", "filter"}
    assert not re.search(r"\bevents\b[\w.()]*\.(update|delete)\(", code)


def test_an_approved_reply_is_on_the_page_at_once(desk) -> None:
    article = make_published_article(slug="sleep")
    reply, reader = make_sent_reply(article=article, name="Berta"), Client()
    before = reader.get("/articles/sleep/")
    run(desk, "approve", [reply])
    after = reader.get("/articles/sleep/", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "Berta" in page_of(after)
