"""The writer's own page: whom it opens to, what it shows, and what its forms do."""

from __future__ import annotations

import json
import re
import time
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from articles.actions import writing
from articles.actions.contacts import confirm_contact
from articles.actions.corrections import decline_correction
from articles.actions.replies import approve_reply, hide_reply, mark_reply_as_spam, reject_reply, reopen_reply
from articles.actions.rewording import decline_edit
from articles.actions.undoing import undo
from articles.mail_links import PASSPORT, STOP, passport_path, token_for
from articles.models import Contact, ModerationEvent, Reason, Reply
from articles.passport_export import PLAIN
from articles.policies import NO_REASON, REASONS
from articles.subjects import form_address
from articles.tokens import form_token
from articles.writers import digest_of
from mgsite.pages.about.privacy import REPLY_FIELDS
from tests.contracts.test_pages import faults
from tests.factories import make_crisis_line, make_moderator, make_published_article, make_sent_reply

pytestmark = pytest.mark.django_db
VIEW = import_module("articles.views.passport")
SECRET = "Tq-hKzn5kbuoEVvuvjsDJTzzeNJf9emuWoV_atqH4Xw"
PAGE = f"/replies/passport/{SECRET}/"
TAMPERED = SECRET[:-1] + "A"
NOBODYS = "pkoq3bHV_xMvaiwEYXee2S2gIzNqQ3gFE-uBfAp4Oq4"
WRONG = (NOBODYS, TAMPERED, SECRET.lower(), SECRET + "A", "x", "%00", "1." + "a" * 43)


@pytest.fixture
def reply() -> Reply:
    return make_sent_reply(writer=digest_of(SECRET), name="Anna", body="My *own* words", email="anna@example.org")


@pytest.fixture
def moderator():
    return make_moderator()


def act(reply: Reply, do: str, *, page: str = PAGE, client: Client | None = None, **fields: str):
    return (client or Client()).post(page, {"reply": reply.public_id, "do": do} | fields)


def text_of(response) -> str:
    return response.content.decode()


def see(page: str = PAGE) -> str:
    response = Client().get(page)
    assert response.status_code == 200
    assert faults(text_of(response)) == []
    return text_of(response)


def everything() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (Reply, Contact, ModerationEvent)]


# Whom it opens to


@pytest.mark.parametrize("key", WRONG)
@pytest.mark.parametrize("suffix", ["/", "/replies.json"])
def test_a_wrong_key_tells_nothing_and_does_nothing(key, suffix, reply) -> None:
    before = everything()
    answers = [Client().get(f"/replies/passport/{key}{suffix}")]
    if suffix == "/":
        answers += [act(reply, do, page=f"/replies/passport/{key}/", sure="yes") for do in ("withdraw", "erase")]
    for answer in answers:
        assert answer.status_code == 404
        assert not [words for words in ("Anna", "own</em>", "example.org", reply.public_id) if words in text_of(answer)]
    assert everything() == before


def test_an_old_key_and_one_that_never_was_are_answered_alike(reply) -> None:
    act(reply, "erase", sure="yes")
    old, never = Client().get(PAGE), Client().get(f"/replies/passport/{TAMPERED}/")
    assert (old.status_code, never.status_code) == (404, 404)
    assert text_of(old).replace(SECRET, "") == text_of(never).replace(TAMPERED, "")


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}replies.json", "/replies/passport/x/"])
def test_the_address_goes_into_no_cache_no_index_and_no_referrer(address, reply) -> None:
    response = Client().get(address)
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    assert 'rel="canonical"' not in text_of(response)


def test_looking_changes_nothing(reply) -> None:
    before = everything()
    for query in ("", "?do=erase&sure=yes", "?done=withdraw", "?done=%00"):
        see(PAGE + query + (f"&reply={reply.public_id}" if query else ""))
    Client().head(PAGE)
    assert everything() == before


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_another_sites_page_can_do_nothing(headers, reply) -> None:
    before = everything()
    response = Client().post(PAGE, {"reply": reply.public_id, "do": "withdraw"}, headers=headers)
    assert (response.status_code, everything()) == (403, before)


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "null"}])
def test_a_browser_that_says_nothing_of_the_page_can(headers, reply) -> None:
    """A page without referrer names its origin "null"; over plain HTTP nothing else is said."""
    client = Client(enforce_csrf_checks=True)
    response = client.post(PAGE, {"reply": reply.public_id, "do": "withdraw"}, headers=headers)
    assert response.status_code == 303


def test_a_reply_of_somebody_else_is_out_of_reach(reply) -> None:
    other = make_sent_reply(writer=digest_of(NOBODYS), body="Others")
    assert act(other, "erase", sure="yes").status_code == 400
    other.refresh_from_db()
    assert other.body == "Others"
    assert "Others" not in see()


def test_a_confirmed_address_has_a_key_of_its_own(reply) -> None:
    """What a mail carries opens the same page, only once confirmed, and as long as the address is kept."""
    second = make_sent_reply(writer=digest_of(SECRET), body="The second")
    page = passport_path(reply.contact)
    assert Client().get(page).status_code == 404
    confirm_contact(contact=reply.contact)
    assert "The second" in see(page)
    assert act(second, "withdraw", page=page).status_code == 303
    assert Client().get(f"/replies/passport/{token_for(reply.contact, purpose=STOP)}/").status_code == 404
    act(reply, "forget")
    assert Client().get(page).status_code == 404


def test_a_key_by_mail_to_a_reply_without_a_secret_opens_that_reply_only() -> None:
    old, stranger = make_sent_reply(email="a@example.org", body="Before"), make_sent_reply(body="Strangers")
    confirm_contact(contact=old.contact)
    page = see(f"/replies/passport/{token_for(old.contact, purpose=PASSPORT)}/")
    assert "Before" in page
    assert stranger.body not in page


# What it shows


@pytest.mark.parametrize(
    ("decide", "heading"),
    [(reject_reply, "Not published"), (mark_reply_as_spam, "taken for spam"), (hide_reply, "Hidden for now")],
)
def test_the_writer_reads_why(decide, heading, reply, moderator) -> None:
    if decide is hide_reply:
        approve_reply(reply=reply, by=moderator)
    decide(reply=reply, by=moderator, reason=Reason.UNKIND, message="The second line.", note="Only for us.")
    page = see()
    assert heading in page
    assert REASONS[Reason.UNKIND] in page
    assert "The second line." in page
    assert "Only for us." not in page


def test_an_undone_decision_is_not_given_as_the_reason(reply, moderator) -> None:
    reject_reply(reply=reply, by=moderator, reason=Reason.SELLING)
    event = mark_reply_as_spam(reply=Reply.objects.get(), by=moderator, reason=Reason.OTHER)
    undo(event=event, by=moderator)
    assert REASONS[Reason.SELLING] in see()
    assert REASONS[Reason.OTHER] not in see()


def test_a_decision_without_a_reason_says_so(reply, moderator) -> None:
    reject_reply(reply=reply, by=moderator)
    assert NO_REASON in see()


def test_a_published_reply_leads_to_its_place_and_help_is_near(reply, moderator) -> None:
    make_crisis_line(phone="988")
    approve_reply(reply=reply, by=moderator)
    assert f'href="{reply.get_absolute_url()}"' in see()
    assert 'href="tel:988"' in see()


def test_the_page_costs_the_same_for_many_replies(reply, django_assert_max_num_queries, moderator) -> None:
    for number in range(12):
        sent = make_sent_reply(writer=digest_of(SECRET), email=f"{number}@example.org", about=reply.about)
        reject_reply(reply=sent, by=moderator)
    with django_assert_max_num_queries(8):
        assert text_of(Client().get(PAGE)).count("passport-reply") >= 13


# What it does


def test_editing_a_waiting_reply_changes_it_and_sending_twice_changes_nothing_more(reply) -> None:
    for _ in range(2):
        response = act(reply, "edit", body="Better words")
        assert response.headers["Location"] == f"{PAGE}?done=edit#reply-{reply.public_id}"
    stored = Reply.objects.get()
    assert (stored.body, stored.text_version, stored.events.count()) == ("Better words", 2, 1)


def test_an_approved_text_stays_public_until_the_new_words_are_read(reply, moderator) -> None:
    approve_reply(reply=reply, by=moderator)
    assert act(reply, "edit", body="New words").status_code == 303
    page, public = see(), text_of(Client().get(reply.article.get_absolute_url()))
    assert "<em>own</em>" in page
    assert "New words" in page
    assert "<em>own</em>" in public
    assert "New words" not in public
    decline_edit(reply=Reply.objects.get(), by=moderator, reason=Reason.EXPOSES)
    assert REASONS[Reason.EXPOSES] in see()


def test_an_edit_of_a_reply_that_was_put_back_leaves_no_other_words_waiting(reply, moderator) -> None:
    approve_reply(reply=reply, by=moderator)
    act(reply, "edit", body="Second words")
    for take in (hide_reply, reopen_reply):
        reply.refresh_from_db()
        take(reply=reply, by=moderator)
    before = Client().get(PAGE).content.decode()
    assert "What readers see now" not in before
    assert "What you wrote first" in before
    act(reply, "edit", body="Third words")
    reply.refresh_from_db()
    assert (reply.body, reply.held_body, reply.held_html, reply.held_at) == ("Third words", "", "", None)
    assert "Second words" not in Client().get(PAGE).content.decode()


def another(client: Client, reply: Reply, link: str):
    token = form_token(reply.about, at=time.time() - 60)
    sent = {"name": "Anna", "body": "And another thing", "kind": "question", "token": token, "send": "1", "link": link}
    return client.post(form_address(reply.about), sent)


@pytest.mark.parametrize("by_mail", [False, True])
def test_another_reply_given_with_the_link_stands_on_the_same_page(reply, moderator, by_mail) -> None:
    confirm_contact(contact=reply.contact)
    page = passport_path(reply.contact) if by_mail else PAGE
    response = another(Client(), reply, f"https://example.org{page}?done=edit#reply-x")
    assert (response.status_code, response.headers["Location"]) == (303, page)
    assert set(Reply.objects.values_list("writer", flat=True)) == {digest_of(SECRET)}
    assert "And another thing" in Client().get(page).content.decode()


@pytest.mark.parametrize("link", [f"/replies/passport/{NOBODYS}/", "https://example.org/", SECRET[:20], "a" * 400])
def test_a_link_that_opens_nothing_keeps_no_reply_and_gives_the_text_back(reply, link) -> None:
    response = another(Client(), reply, link)
    assert response.status_code == 400
    assert "And another thing" in response.content.decode()
    assert Reply.objects.count() == 1


def test_words_survive_every_refusal(reply, monkeypatch) -> None:
    def breaks(**_: object) -> None:
        raise OperationalError

    too_late = timezone.now() - timedelta(minutes=16)
    assert "Please write something" in text_of(act(reply, "edit", body="\u200b "))
    long = "long " * 2_100
    assert long in text_of(response := act(reply, "edit", body=long))
    assert response.status_code == 400
    with monkeypatch.context() as patched:
        patched.setattr(VIEW, "edit_reply", breaks)
        assert "precious" in text_of(response := act(reply, "edit", body="precious"))
        assert response.status_code == 503
    Reply.objects.update(created_at=too_late)
    response = act(reply, "edit", body="precious </textarea>")
    assert (response.status_code, "precious &lt;/textarea&gt;" in text_of(response)) == (409, True)
    assert faults(text_of(response)) == []
    assert "precious" in text_of(act(reply, "nonsense", body="precious"))
    assert "precious" in text_of(act(reply, "edit", body="precious", page=f"/replies/passport/{TAMPERED}/"))
    assert Reply.objects.get().body == "My *own* words"


def test_a_flood_of_edits_is_stopped_with_the_text_kept(reply) -> None:
    codes = [act(reply, "edit", body=f"Words {number}").status_code for number in range(32)]
    assert codes[:30] == [303] * 30
    response = act(reply, "edit", body="The last words")
    assert (codes[-1], response.status_code, "The last words" in text_of(response)) == (429, 429, True)
    assert act(reply, "erase", sure="yes").status_code == 200


def test_an_appeal_is_made_once(reply, moderator) -> None:
    assert act(reply, "appeal", body="Please").status_code == 409
    reject_reply(reply=reply, by=moderator)
    for _ in range(2):
        assert act(reply, "appeal", body="Please look again").status_code == 303
    stored = Reply.objects.get()
    assert (stored.status, stored.appeal) == ("pending", "Please look again")
    assert "Waits for another look" in see()
    reject_reply(reply=stored, by=moderator)
    response = act(reply, "appeal", body="And again")
    assert (response.status_code, "And again" in text_of(response)) == (409, True)


def test_words_that_speak_of_danger_make_a_reply_urgent(reply) -> None:
    act(reply, "edit", body="I want to kill myself tonight")
    assert Reply.objects.get().triage == "now"


def test_withdrawing_leaves_a_line_and_the_answers(moderator) -> None:
    article = make_published_article()
    mine = make_sent_reply(article=article, writer=digest_of(SECRET), body="Mine", status="approved")
    answer = make_sent_reply(article=article, body="The answer", status="approved")
    Reply.objects.filter(pk=answer.pk).update(parent=mine, level=1)
    for _ in range(2):
        assert act(mine, "withdraw").status_code == 303
    assert mine.events.filter(action="withdraw").count() == 1
    public = text_of(Client().get(article.get_absolute_url()))
    assert "was withdrawn by its writer" in public
    assert "The answer" in public
    assert "Withdrawn by you" in see()


def test_two_at_once_that_withdraw_are_both_told_it_is_done(reply, monkeypatch) -> None:
    """The second has loaded the reply before the first was done with it."""
    real, calls = writing.withdraw_reply, []

    def first_another(**given: Reply) -> None:
        if not calls:
            calls.append(real(**given))
        real(**given)

    monkeypatch.setattr(VIEW, "withdraw_reply", first_another)
    assert act(reply, "withdraw").status_code == 303
    assert Reply.objects.get().events.count() == 1


def test_mail_is_turned_off_and_on_and_the_address_forgotten(reply) -> None:
    for wanted in ("off", "off", "on"):
        assert act(reply, "mail", mail=wanted).status_code == 303
        assert Contact.objects.get().notify is (wanted == "on")
    for _ in range(2):
        assert act(reply, "forget").status_code == 303
    assert not Contact.objects.exists()
    assert act(reply, "mail", mail="on").status_code == 409


def test_nobody_waits_for_a_mail_that_is_not_sent(reply, settings) -> None:
    assert "A mail asks you to confirm" in see()
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "A mail asks you to confirm" not in see()
    assert "sends no mail at present" in see()


def test_erasing_asks_first_and_leaves_the_other_replies(reply) -> None:
    second = make_sent_reply(writer=digest_of(SECRET), body="The second")
    asked = act(reply, "erase")
    assert faults(text_of(asked)) == []
    assert Reply.objects.get(pk=reply.pk).body == "My *own* words"
    assert act(reply, "erase", sure="yes").headers["Location"] == f"{PAGE}?done=erase"
    assert act(reply, "erase", sure="yes").status_code == 400
    stored = Reply.objects.get(pk=reply.pk)
    assert (stored.name, stored.body, stored.writer, stored.status) == ("", "", "", "erased")
    assert stored.events.get().actor == "writer"
    assert "The second" in see()
    last = act(second, "erase", sure="yes")
    assert (last.status_code, faults(text_of(last))) == (200, [])


def test_the_file_holds_every_column_that_the_privacy_page_names(reply, moderator) -> None:
    reject_reply(reply=reply, by=moderator, reason=Reason.UNKIND, message="Mind.", note="Only for us.")
    response = Client().get(f"{PAGE}replies.json")
    assert response.headers["Content-Disposition"] == 'attachment; filename="my-replies.json"'
    (found,) = json.loads(text_of(response))["replies"]
    assert set(REPLY_FIELDS) <= set(found)
    assert set(PLAIN) < set(REPLY_FIELDS)
    assert (found["body"], found["e-mail"]["address"]) == ("My *own* words", "anna@example.org")
    assert found["decisions"][0]["said"] == [REASONS[Reason.UNKIND], "Mind."]
    assert not re.search(r"Only for us|moderator\d", text_of(response))


@pytest.mark.parametrize(("reason", "said"), [("", NO_REASON), (Reason.STANDS, REASONS[Reason.STANDS])])
def test_the_file_holds_whatever_a_moderator_told_the_writer(moderator, reason, said) -> None:
    fields = {"kind": "correction", "sentence": "Mice slept.", "source": "https://example.org/"}
    theirs = make_sent_reply(status="approved", writer=digest_of(SECRET), **fields)
    decline_correction(reply=theirs, by=moderator, reason=reason, message="See the table.")
    (found,) = json.loads(text_of(Client().get(f"{PAGE}replies.json")))["replies"]
    assert found["decisions"][0]["said"] == [said, "See the table."]
