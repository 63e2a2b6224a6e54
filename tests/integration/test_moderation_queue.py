"""The moderators' queue: what it shows, in which order, at which cost, and what its buttons do without script."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.actions.replies import approve_reply, hide_reply, moderate, reopen_reply
from articles.actions.rewording import redact
from articles.actions.writing import appeal, edit_reply
from articles.admin.queue_state import QueueState
from articles.models import ModerationAction, ModerationEvent, Reply, ReplyStatus, Triage
from articles.spam import Circumstances
from articles.synthetic import make_synthetic_replies
from articles.writers import digest_of
from tests.factories import (
    make_claim,
    make_moderator,
    make_published_article,
    make_replies,
    make_sent_reply,
    make_user,
    new_secret,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/reply/"
QUEUE, BULK, LOG = f"{LIST}queue/", f"{LIST}queue/decide/", f"{LIST}log/"
SCRIPT = {"Accept": "application/json"}
CORRECTION = {"kind": "correction", "sentence": "Mice slept.", "source": "https://example.org/"}


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


def shown(response) -> list[int]:
    """Rows of the replies on the page, in order."""
    return [int(row) for row in re.findall(r'<article class="queue-card[^"]*" id="card-(\d+)"', page_of(response))]


def decision(reply: Reply, action: str, **more: str) -> dict[str, str]:
    return {"action": action, "seen": reply.status, "text_version": str(reply.text_version), "queue": ""} | more


def decide_at(reply: Reply) -> str:
    return f"{LIST}{reply.pk}/decide/"


def status_of(reply: Reply) -> str:
    return Reply.objects.values_list("status", flat=True).get(pk=reply.pk)


# What it shows


def test_urgent_replies_come_first_then_by_kind_then_by_age(desk) -> None:
    article = make_published_article()
    sent = [
        make_sent_reply(article=article, **fields)
        for fields in (
            {"kind": "experience"},
            {"kind": "question"},
            {"kind": "question"},
            CORRECTION,
            {"triage": "today"},
            {"triage": "now"},
        )
    ]
    assert shown(desk.get(QUEUE)) == [sent[place].pk for place in (5, 4, 3, 1, 2, 0)]


def test_card_shows_the_reply_its_sentence_why_it_is_held_and_its_writers_history(desk) -> None:
    article, writer = make_published_article(title="On sleep"), digest_of(new_secret())
    make_sent_reply(article=article, status="approved", writer=writer)
    make_sent_reply(article=article, status="rejected", writer=writer)
    make_sent_reply(article=article, status="approved", name="Another")
    reply = make_sent_reply(
        article=article,
        writer=writer,
        body="I *stopped taking my* pills.",
        circumstances=Circumstances(seconds=1),
        **CORRECTION,
    )
    page = page_of(desk.get(QUEUE))
    for words in (
        "<em>stopped taking my</em>",
        "On sleep",
        "Mice slept.",
        "https://example.org/",
        "<strong>stopping a medicine</strong>, weight 3 of 3",
        "<strong>fast</strong>, weight 2 of 3",
        "1 approved, 1 rejected",
    ):
        assert words in page
    assert "Hold all by this writer (1 public)" in page
    assert writer not in page
    assert reply.public_id in page


def test_urgent_reply_shows_its_level_and_how_long_it_has_waited(desk) -> None:
    reply = make_sent_reply(triage="soon")
    assert "overdue" not in page_of(desk.get(QUEUE))
    Reply.objects.filter(pk=reply.pk).update(triage_since=timezone.now() - timedelta(minutes=70))
    page = page_of(desk.get(QUEUE))
    assert "Soon: within the hour" in page
    assert "1\xa0hour, 10\xa0minutes: overdue" in page


def test_what_is_fresh_is_not_said_to_be_0_minutes_old(desk) -> None:
    reply = make_sent_reply(triage="now")
    urgent = page_of(desk.get(QUEUE))
    assert "person for less than a minute." in urgent
    assert "sent <time" in urgent
    assert "0\xa0minutes" not in urgent
    desk.post(decide_at(reply), decision(reply, "approve"))
    assert "You last did this, less than a minute ago" in page_of(desk.get(QUEUE))


def test_moderator_is_told_where_words_about_a_declined_correction_are_shown(desk) -> None:
    correction = make_sent_reply(status="approved", **CORRECTION)
    assert "all readers of the log of corrections" in page_of(desk.get(f"{QUEUE}?show=corrections"))
    assert "everybody can read it in the log" in page_of(desk.get(f"{LIST}{correction.pk}/change/"))
    waiting = make_sent_reply(about=correction.about)
    assert "log of corrections" not in page_of(desk.get(QUEUE))
    assert "in the log of corrections" not in page_of(desk.get(f"{LIST}{waiting.pk}/change/"))


def test_appeal_new_words_and_corrections_have_their_place(desk, moderator) -> None:
    article = make_published_article()
    rejected = make_sent_reply(article=article, status="rejected")
    appeal(reply=rejected, words="Please read it again.")
    edited = make_sent_reply(article=article, status="approved", body="Former words.")
    edit_reply(reply=edited, body="Newer words, on lithium.")
    correction = make_sent_reply(article=article, status="approved", **CORRECTION)
    assert shown(desk.get(f"{QUEUE}?only=appeals")) == [rejected.pk]
    assert "Please read it again." in page_of(desk.get(QUEUE))
    edits = desk.get(f"{QUEUE}?show=edits")
    assert shown(edits) == [edited.pk]
    assert "Former words." in page_of(edits)
    assert "Newer words, on lithium." in page_of(edits)
    assert "<strong>lithium</strong>" in page_of(edits)
    assert shown(desk.get(f"{QUEUE}?show=corrections")) == [correction.pk]
    desk.post(decide_at(edited), decision(Reply.objects.get(pk=edited.pk), "accept_edit"))
    desk.post(decide_at(correction), decision(correction, "decline_correction:stands"))
    edited.refresh_from_db()
    correction.refresh_from_db()
    assert edited.body == "Newer words, on lithium."
    assert (correction.correction.outcome, correction.correction.reason) == ("declined", "stands")
    assert shown(desk.get(f"{QUEUE}?show=edits")) == shown(desk.get(f"{QUEUE}?show=corrections")) == []


def test_a_reply_put_back_with_new_words_beside_it_can_be_approved_and_they_still_wait(desk, moderator) -> None:
    reply = make_sent_reply(status="approved", body="Former words.")
    edit_reply(reply=reply, body="Newer words.")
    for take in (hide_reply, reopen_reply):
        reply.refresh_from_db()
        take(reply=reply, by=moderator)
    page = page_of(desk.get(QUEUE))
    assert 'value="approve" data-key="a"' in page
    assert 'value="accept_edit"' not in page
    assert 'value="accept_edit"' not in page_of(desk.get(f"{LIST}{reply.pk}/change/"))
    desk.post(decide_at(reply), decision(Reply.objects.get(), "approve"))
    assert shown(desk.get(f"{QUEUE}?show=edits")) == [reply.pk]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("kind=question", ["question"]),
        ("kind=none", ["none"]),
        ("only=urgent", ["urgent"]),
        ("only=signals", ["hasty"]),
        ("only=calm&kind=question", ["question"]),
        ("only=nonsense&kind=%00&after=x&thread=9e9&show=x", ["urgent", "question", "hasty", "none"]),
        (f"after={'9' * 40}&writer=%E2%80%AE", ["urgent", "question", "hasty", "none"]),
        ("writer=none-such", []),
    ],
)
def test_address_narrows_the_queue_and_what_makes_no_sense_is_left_out(desk, query, names) -> None:
    article = make_published_article()
    sent = {
        "question": make_sent_reply(article=article, kind="question"),
        "hasty": make_sent_reply(article=article, kind="experience", circumstances=Circumstances(seconds=0)),
        "none": make_sent_reply(article=article),
        "urgent": make_sent_reply(article=article, triage="now", kind="typo", sentence="A b."),
    }
    assert shown(desk.get(f"{QUEUE}?{query}")) == [sent[name].pk for name in names]


def test_pages_follow_one_another_without_a_gap(desk) -> None:
    make_replies(make_published_article(), number=60, kind=lambda number: ("question", "experience")[number % 2])
    found, address = [], QUEUE
    while address and len(found) <= 60:
        page = desk.get(address)
        found += shown(page)
        link = re.search(r'href="([^"]+)" rel="next"', page_of(page))
        address = link[1].replace("&amp;", "&") if link else ""
    assert found == list(Reply.objects.waiting().values_list("pk", flat=True))


def test_state_survives_its_own_address() -> None:
    state = QueueState(show="edits", kind="typo", only="urgent", writer="a-b_c", thread="3", after="4")
    assert QueueState.from_params(state.to_params()) == state
    assert QueueState().to_params() == {}


def test_queue_and_log_cost_the_same_with_20000_replies_as_with_300(desk) -> None:
    make_published_article(), make_claim()
    queries = []
    for number in (300, 20_000):
        make_synthetic_replies(number=number)
        waiting = list(Reply.objects.waiting().filter(triage="")[:5])
        moderate(
            ids=[reply.pk for reply in waiting],
            action=ModerationAction.REJECT,
            by=make_moderator(),
            seen=ReplyStatus.PENDING,
        )
        counted = []
        for address in (QUEUE, f"{QUEUE}?kind=question&only=calm", f"{QUEUE}?show=corrections", LOG):
            with CaptureQueriesContext(connection) as asked:
                assert desk.get(address).status_code == 200
            counted.append(len(asked))
        queries.append(counted)
    assert queries[0] == queries[1]
    assert max(queries[1]) <= 14


# Deciding about one


def test_decision_with_a_reason_is_kept_and_leads_back_to_the_same_page(desk, moderator) -> None:
    reply = make_sent_reply(kind="question")
    sent = decision(
        reply, "reject:off_topic", message="See the page on sleep.", note="Third time.", queue="kind=question&x=1"
    )
    response = desk.post(decide_at(reply), sent)
    assert response.headers["Location"] == f"{QUEUE}?kind=question"
    event = ModerationEvent.objects.get()
    assert (event.by, event.reason, event.message, event.note) == (
        moderator,
        "off_topic",
        "See the page on sleep.",
        "Third time.",
    )
    assert status_of(reply) == "rejected"


@pytest.mark.parametrize("headers", [{}, SCRIPT], ids=["page", "script"])
def test_second_of_two_moderators_is_told_and_changes_nothing(desk, headers) -> None:
    reply = make_sent_reply()
    seen = decision(reply, "reject:unkind")
    approve_reply(reply=reply, by=make_moderator(username="ann"))
    response = desk.post(decide_at(reply), seen, headers=headers, follow=not headers)
    told = response.json()["error"] if headers else page_of(response)
    assert "nn has already decided this: approved. Nothing was changed." in told
    assert response.status_code == (409 if headers else 200)
    assert status_of(reply) == "approved"
    assert ModerationEvent.objects.count() == 1


def test_words_that_changed_meanwhile_are_not_approved_unread(desk) -> None:
    reply = make_sent_reply(body="Ask my doctor Jane Roe.")
    seen = decision(reply, "approve")
    redact(reply=reply, passage="Jane Roe", by=make_moderator())
    assert desk.post(decide_at(reply), seen, headers=SCRIPT).status_code == 409
    assert status_of(reply) == "pending"


@pytest.mark.parametrize("action", ["explode", "reject:nonsense", "undo", "erase", "", "reject:"])
def test_action_that_makes_no_sense_changes_nothing(desk, action) -> None:
    reply = make_sent_reply()
    response = desk.post(decide_at(reply), decision(reply, action), headers=SCRIPT)
    assert response.status_code == (200 if action == "reject:" else 400)
    assert status_of(reply) == ("rejected" if action == "reject:" else "pending")


def test_urgency_and_redaction_are_set_from_the_forms(desk) -> None:
    reply = make_sent_reply(body="Ask Dr Jane Roe\r\nabout it.")
    desk.post(decide_at(reply), decision(reply, "set_triage", level="today"))
    desk.post(decide_at(reply), decision(reply, "redact", passage="Dr Jane Roe"))
    reply.refresh_from_db()
    assert reply.triage == Triage.TODAY
    assert "Jane Roe" not in reply.body
    assert "removed by a moderator" in reply.html


# Undoing


def test_each_decision_is_undone_from_the_strip_and_from_the_log(desk) -> None:
    reply = make_sent_reply()
    for where, back in (
        (QUEUE, {"queue": ""}),
        (LOG, {"back": "log"}),
        (f"{LIST}{reply.pk}/change/", {"back": "reply"}),
    ):
        reply.refresh_from_db()
        desk.post(decide_at(reply), decision(reply, "mark_spam"))
        undo_at = re.search(r'action="([^"]+/undo/\d+/)"', page_of(desk.get(where)))[1]
        assert desk.post(undo_at, back).headers["Location"] == where
        assert status_of(reply) == "pending"
        assert undo_at not in page_of(desk.get(where))


def test_undo_after_a_colleague_went_on_changes_nothing(desk, moderator) -> None:
    reply = make_sent_reply()
    event = approve_reply(reply=reply, by=moderator)
    desk.post(decide_at(reply), decision(Reply.objects.get(), "hide:checking"))
    response = desk.post(f"{LIST}undo/{event.pk}/", headers=SCRIPT)
    assert response.status_code == 409
    assert "can no longer be undone" in response.json()["error"]
    assert status_of(reply) == "hidden"


# Deciding about several


def test_ticked_replies_are_decided_at_once_and_undone_at_once(desk) -> None:
    article = make_published_article()
    replies = [make_sent_reply(article=article) for _ in range(4)]
    urgent = make_sent_reply(article=article, triage="now")
    approve_reply(reply=replies[3], by=make_moderator(username="ann"))
    picks = [f"{reply.pk}-1" for reply in [*replies, urgent]]
    page = page_of(desk.post(BULK, {"action": "reject:selling", "scope": "ticked", "pick": picks}, follow=True))
    assert "3 replies rejected." in page
    assert "1 urgent left as they were" in page
    assert "1 had been decided or changed meanwhile" in page
    assert [status_of(reply) for reply in [*replies, urgent]] == ["rejected"] * 3 + ["approved", "pending"]
    undo_at = re.search(r'action="([^"]+/undo/\d+/)"', page)[1]
    assert "3 replies at once" in page_of(desk.get(LOG))
    assert "3 replies put back as before." in page_of(desk.post(undo_at, {"whole": "1", "queue": ""}, follow=True))
    assert [status_of(reply) for reply in replies] == ["pending"] * 3 + ["approved"]


@pytest.mark.parametrize("way", ["ticks", "one field", "all"])
def test_fifteen_hundred_replies_are_decided_and_undone_at_once(desk, way) -> None:
    replies = make_replies(make_published_article(), number=1_500, kind="question")
    other = make_sent_reply(kind="experience")
    picks = [f"{reply.pk}-1" for reply in replies]
    chosen = {
        "ticks": {"scope": "ticked", "pick": picks},
        "one field": {"scope": "ticked", "pick": ",".join(picks)},
        "all": {"scope": "all", "newest": str(other.pk), "queue": "kind=question&after=3"},
    }[way]
    page = page_of(desk.post(BULK, {"action": "mark_spam"} | chosen, follow=True))
    assert "1,500 replies marked as spam." in page
    assert Reply.objects.filter(status="spam").count() == 1_500
    event = ModerationEvent.objects.first()
    desk.post(f"{LIST}undo/{event.pk}/", {"whole": "1"})
    assert Reply.objects.filter(status="pending").count() == 1_501


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"action": "mark_spam"},
        {"action": "mark_spam", "pick": ["x", "1", "-", "1-1-1", "9" * 30 + "-1", "\x00-1", "²-1"]},
        {"action": "hide", "pick": "PICK"},
        {"action": "erase", "pick": "PICK"},
        {"action": "approve", "scope": "all", "newest": "999999"},
        {"action": "mark_spam", "scope": "all", "newest": ""},
        {"action": "mark_spam", "scope": "all", "newest": "0"},
        {"action": "mark_spam", "scope": "all", "newest": "999999", "queue": "show=edits"},
        {"action": "mark_spam", "scope": "all", "newest": "999999", "queue": "writer=nobody"},
    ],
)
def test_bulk_decision_that_makes_no_sense_changes_nothing(desk, sent) -> None:
    reply = make_sent_reply()
    sent = sent | ({"pick": f"{reply.pk}-1"} if sent.get("pick") == "PICK" else {})
    assert desk.post(BULK, sent, follow=True).status_code == 200
    assert status_of(reply) == "pending"
    assert not ModerationEvent.objects.exists()


def test_everything_in_a_choice_leaves_out_what_came_in_since(desk) -> None:
    early = make_sent_reply()
    newest = re.search(r'name="newest" value="(\d+)"', page_of(desk.get(QUEUE)))[1]
    late = make_sent_reply()
    desk.post(BULK, {"action": "mark_spam", "scope": "all", "newest": newest, "queue": ""})
    assert (status_of(early), status_of(late)) == ("spam", "pending")


def test_all_by_a_writer_are_held_and_let_go_again(desk) -> None:
    article, writer = make_published_article(), digest_of(new_secret())
    public = [make_sent_reply(article=article, status="approved", writer=writer) for _ in range(2)]
    other, waiting = (
        make_sent_reply(article=article, status="approved"),
        make_sent_reply(article=article, writer=writer),
    )
    page = page_of(desk.post(f"{LIST}{waiting.pk}/hold/", {"queue": ""}, follow=True))
    assert "2 replies hidden while we check." in page
    assert [status_of(reply) for reply in [*public, other, waiting]] == ["hidden", "hidden", "approved", "pending"]
    assert set(ModerationEvent.objects.filter(action="hide").values_list("reason", flat=True)) == {"checking"}
    desk.post(re.search(r'action="([^"]+/undo/\d+/)"', page)[1], {"whole": "1"})
    assert {status_of(reply) for reply in public} == {"approved"}
    assert desk.post(f"{LIST}{other.pk}/hold/", headers=SCRIPT).status_code == 409


# Who may

POSTS = {"decide": "{reply}/decide/", "bulk": "queue/decide/", "hold": "{reply}/hold/", "undo": "undo/{event}/"}
ROLES = {
    "stranger": None,
    "reader": {"is_staff": False},
    "staff": {},
    "editor": {"groups": ("Editor",)},
    "moderator who left the staff": {"groups": ("Moderator",), "is_staff": False},
    "moderator who is switched off": {"groups": ("Moderator",), "is_active": False},
}


@pytest.mark.parametrize("role", ROLES)
def test_each_view_refuses_everyone_but_moderators(role) -> None:
    writer = digest_of(new_secret())
    public, waiting = make_sent_reply(status="approved", writer=writer), make_sent_reply(writer=writer)
    event, client = ModerationEvent.objects.get(), Client()
    if ROLES[role] is not None:
        client.force_login(make_user(**ROLES[role]))
    wanted = 403 if role in ("staff", "editor") else 302
    data = decision(waiting, "approve") | {"pick": f"{waiting.pk}-1", "scope": "ticked", "whole": "1"}
    for address in POSTS.values():
        target = LIST + address.format(reply=waiting.pk, event=event.pk)
        assert client.post(target, data).status_code == wanted, target
    assert {client.get(address).status_code for address in (QUEUE, LOG)} == {wanted}
    assert (status_of(public), status_of(waiting)) == ("approved", "pending")
    assert ModerationEvent.objects.count() == 1


@pytest.mark.parametrize("name", POSTS)
def test_get_changes_nothing_and_a_post_needs_the_forms_own_token(moderator, name) -> None:
    writer = digest_of(new_secret())
    make_sent_reply(status="approved", writer=writer)
    waiting, event = make_sent_reply(writer=writer), ModerationEvent.objects.get()
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    target = LIST + POSTS[name].format(reply=waiting.pk, event=event.pk)
    data = decision(waiting, "approve") | {"pick": f"{waiting.pk}-1", "scope": "ticked"}
    assert client.get(target, data).status_code == 405
    assert client.post(target, data).status_code == 403
    assert ModerationEvent.objects.count() == 1


def test_addresses_of_nothing_are_not_found(desk) -> None:
    for path in ("999/decide/", "999/hold/", "undo/999/", f"undo/{'9' * 30}/", f"{'9' * 30}/hold/"):
        assert desk.post(LIST + path).status_code == 404, path
    assert desk.get(f"{LOG}?before={'9' * 30}").status_code == desk.get(f"{LOG}?before=x").status_code == 200


def test_first_page_leads_moderators_to_the_queue_and_nobody_else(desk) -> None:
    assert f'href="{QUEUE}"' in page_of(desk.get("/admin/"))
    editors = Client()
    editors.force_login(make_user(groups=("Editor",)))
    assert QUEUE not in page_of(editors.get("/admin/"))


def test_list_leads_to_the_queue_and_the_log(desk) -> None:
    page = page_of(desk.get(LIST))
    assert f'href="{QUEUE}"' in page
    assert f'href="{LOG}"' in page
