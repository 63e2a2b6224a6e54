"""The words of a reply that speaks of a crisis stay in the database: in no mail, log, feed, page or error report."""

import io
import logging
import time

import pytest
from django.core import mail
from django.core.management import call_command, get_commands
from django.test import Client
from django.utils import timezone
from django.utils.log import AdminEmailHandler

from articles.actions.alerts import tell_moderators
from articles.actions.replies import approve_reply, moderate
from articles.models import ModerationAction, ModerationEvent, Reply, ReplyStatus
from articles.tokens import form_token
from tests.dom import parse
from tests.factories import make_crisis_line, make_moderator, make_published_article

pytestmark = pytest.mark.django_db
FORM = "/articles/sleep/replies/"
SECRETS = ("zebrafinch", "Philomena", "philomena@private.example")
WORDS = "I want to die, zebrafinch."
PUBLIC = (
    *("/", "/articles/", "/articles/sleep/", "/articles/sleep/history/", FORM, "/feeds/replies.atom"),
    *("/articles/sleep/replies.atom", "/about/moderation/", "/about/corrections/", "/sitemap.xml", "/data/"),
)


@pytest.fixture
def article():
    make_crisis_line(phone="988", url="", sms="")
    return make_published_article(slug="sleep", title="On sleep", about_mood=False)


def typed(article, **fields: str) -> dict[str, str]:
    token = form_token(article, at=time.time() - 60)
    return {"name": "Philomena", "email": SECRETS[2], "body": WORDS, "token": token, "send": "1"} | fields


def told(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def test_help_comes_first_and_once(client, article) -> None:
    page = client.post(FORM, typed(article), follow=True).content.decode()
    main = page.partition("<main")[2]
    assert "Help is here now" in main.partition("</h1>")[0]
    assert main.index('href="tel:988"') < main.index("zebrafinch")
    assert page.count('id="crisis"') == 1
    assert "Your reply is safe" in main
    assert not [each for each in parse(page).iter("form") if "crisis" in (each.get("action") or "")]


def test_without_any_line_on_file_it_still_says_where_to_turn(client, article) -> None:
    type(make_crisis_line()).objects.all().delete()
    page = client.post(FORM, typed(article), follow=True).content.decode()
    assert "emergency number now" in page.partition("<main")[2].partition("</main>")[0]


def test_other_replies_are_thanked_as_ever(client, article) -> None:
    page = client.post(FORM, typed(article, body="What about sleep?"), follow=True).content.decode()
    assert "Help is here now" not in page.partition("<main")[2]
    assert 'href="tel:988"' not in page


def test_it_waits_as_urgent_and_nothing_decides_it_in_passing(client, article) -> None:
    client.post(FORM, typed(article))
    reply, moderator = Reply.objects.get(), make_moderator()
    assert (reply.status, reply.triage, reply.triage_since) == ("pending", "now", reply.created_at)
    for action in (ModerationAction.APPROVE, ModerationAction.REJECT, ModerationAction.MARK_SPAM):
        done = moderate(ids=[reply.pk], action=action, by=moderator, seen=ReplyStatus.PENDING)
        assert (done.decided, done.urgent) == (0, 1)
    assert not ModerationEvent.objects.exists()


def test_no_page_feed_log_or_mail_tells_a_word(client, article, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    make_moderator(email="mo@example.org")
    mails: list[str] = []
    for fields in ({"preview": "1"}, {"name": ""}, {"token": "forged"}, {}):
        client.post(FORM, typed(article, **fields))
    client.post(FORM, typed(article), headers={"Sec-Fetch-Site": "cross-site"})
    tell_moderators(now=timezone.now(), send=lambda *parts: mails.append(" ".join(parts)))
    run_commands()
    stranger = Client()
    pages = {address: stranger.get(address).content.decode() for address in PUBLIC}
    assert len(mails) == 1
    assert [address for address, page in pages.items() if told(page)] == []
    assert [each for each in mails if told(each)] == []
    assert [each.body for each in mail.outbox if told(f"{each.subject} {each.body}")] == []
    assert [
        each.message() for each in mail.outbox if set(each.to) & {"mo@example.org"} and told(str(each.message()))
    ] == []
    lines = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert [line for line in lines if told(line)] == []


def run_commands() -> None:
    """Whatever sends or prunes, with what it prints."""
    shown = io.StringIO()
    for name in sorted({"send_outbox", "prune_replies", "forget"} & set(get_commands())):
        call_command(name, stdout=shown, stderr=shown)
    assert told(shown.getvalue()) == []


def test_an_error_report_leaves_the_words_out(article, settings, monkeypatch) -> None:
    """As Django would mail it, with everything it has to say; the site itself only logs the traceback."""
    settings.ADMINS = [("Ada", "ada@example.org")]
    logger, handler = logging.getLogger("django.request"), AdminEmailHandler()
    logger.addHandler(handler)

    def broken(**fields: object) -> None:
        raise RuntimeError("it broke")

    monkeypatch.setattr("articles.views.replies.submit_reply", broken)
    try:
        client = Client(raise_request_exception=False)
        assert client.post(FORM, typed(article)).status_code == 500
    finally:
        logger.removeHandler(handler)
    (report,) = mail.outbox
    assert "it broke" in report.body
    assert told(f"{report.subject} {report.body}") == []


def test_the_address_after_sending_says_nothing_either(client, article) -> None:
    """Addresses stand in logs and in the browser's history."""
    location = client.post(FORM, typed(article)).headers["Location"]
    assert told(location) == []


def test_once_decided_the_writer_is_told_how_it_stands(client, article) -> None:
    client.post(FORM, typed(article))
    reply = Reply.objects.get()
    approve_reply(reply=reply, by=make_moderator())
    assert "zebrafinch" in client.get("/articles/sleep/").content.decode()
