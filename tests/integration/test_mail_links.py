"""Where the links in mails lead: looking changes nothing, a forged one nothing either."""

import pytest
from django.test import Client
from django.utils import timezone

from articles.actions.outbox import ask_for_confirmation
from articles.mail_links import CONFIRM, PASSPORT, STOP, passport_path, token_for
from articles.models import Contact, OutboxMail, Reply
from tests.contracts.test_pages import faults
from tests.factories import make_sent_reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact() -> Contact:
    return make_sent_reply(email="anna@example.org").contact


def confirm(contact: Contact) -> str:
    return f"/replies/mail/confirm/{token_for(contact, purpose=CONFIRM)}/"


def stop(contact: Contact) -> str:
    return f"/replies/mail/stop/{token_for(contact, purpose=STOP)}/"


def everything() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (Reply, Contact, OutboxMail)]


@pytest.mark.parametrize("address", [confirm, stop])
def test_looking_changes_nothing_whoever_follows_the_link(address, contact) -> None:
    ask_for_confirmation(now=timezone.now())
    before = everything()
    for method in ("get", "head"):
        response = getattr(Client(), method)(address(contact))
        assert response.status_code == 200
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response.headers["Cache-Control"]
        assert not response.cookies
    assert faults(Client().get(address(contact)).content.decode()) == []
    assert everything() == before


def test_a_press_confirms_and_opens_the_writers_page_each_time(contact) -> None:
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):
        response = client.post(confirm(contact))
        assert (response.status_code, response.headers["Location"]) == (
            303,
            f"{passport_path(contact)}?done=confirmed",
        )
    contact.refresh_from_db()
    assert contact.confirmed_at
    assert "Your address is confirmed" in client.get(response.headers["Location"]).content.decode()


def test_one_click_stops_mail_without_cookie_or_question(contact) -> None:
    """As a mail service sends it for its reader: RFC 8058, section 3.2."""
    ask_for_confirmation(now=timezone.now())
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):
        body = "List-Unsubscribe=One-Click"
        headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://mail.example"}
        kind = "application/x-www-form-urlencoded"
        response = client.post(stop(contact), body, content_type=kind, headers=headers)
        assert (response.status_code, dict(response.cookies)) == (200, {})
    contact.refresh_from_db()
    assert (contact.notify, OutboxMail.objects.count()) == (False, 0)


def test_what_is_deleted_has_nothing_to_stop_or_confirm(contact) -> None:
    addresses = stop(contact), confirm(contact)
    contact.delete()
    for method in ("get", "post"):
        assert [getattr(Client(), method)(address).status_code for address in addresses] == [200, 410]


@pytest.mark.parametrize("page", ["confirm", "stop"])
def test_forged_and_misused_tokens_do_nothing(page, contact) -> None:
    before = everything()
    own, others = {"confirm": (CONFIRM, STOP), "stop": (STOP, CONFIRM)}[page]
    good = token_for(contact, purpose=own)
    key, _, signature = good.partition(".")
    forged = [token_for(contact, purpose=others), token_for(contact, purpose=PASSPORT), f"{int(key) + 1}.{signature}"]
    forged += [good[:-1], good.upper(), f"0{good}", f"{'9' * 40}.{signature}", f"\u0661.{signature}", "%00", "x"]
    for token in forged:
        for method in ("get", "post"):
            assert getattr(Client(), method)(f"/replies/mail/{page}/{token}/").status_code == 404
    assert everything() == before
