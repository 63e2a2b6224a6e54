"""Who runs the site: what the owner fills in, who may, and what readers are told while it is empty."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import SiteOwner
from articles.models.owner import site_owner
from forms_catalog.actions import public_version
from mgsite import checks
from tests.dom import text
from tests.factories import make_crisis_line, make_owner, make_user
from tests.integration.test_catalog_pages import assert_well_made

pytestmark = pytest.mark.django_db

ADD, CHANGE = "/admin/articles/siteowner/add/", "/admin/articles/siteowner/1/change/"
US, CONTACT, ACCESS = "/about/us/", "/about/contact/", "/about/accessibility/"
UNSAID = [
    "The owner has not yet said who runs this site.",
    "No postal address has been given.",
    "The owner has not yet said who writes and edits these pages",
    "The owner has not yet said where the money for this site comes from.",
    "The owner has not yet said whether they or the editors have ties",
    "The owner names no clinician who has reviewed these pages.",
]


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def main(html: str) -> str:
    return html.partition('<main id="main">')[2].partition("</main>")[0]


def typed(**fields: str) -> dict[str, str]:
    saved = SiteOwner.objects.values_list("updated_at", flat=True).first()
    return {"operator": "Ada", "opened": saved.isoformat() if saved else "", **fields}


# Readers


def test_while_nothing_is_filled_in_the_pages_say_so(client: Client) -> None:
    shown = text(main(read(client, US)))
    assert [words for words in UNSAID if words not in shown] == []
    assert "Last changed" not in shown
    assert "has not given an e-mail address yet" in text(read(client, CONTACT))
    assert "mailto:" not in read(client, CONTACT) + read(client, ACCESS)


def test_what_the_owner_says_takes_the_place_of_each_default(client: Client) -> None:
    owner = make_owner()
    shown = text(main(read(client, US)))
    assert [words for words in UNSAID if words in shown] == []
    for words in (owner.operator, owner.people, owner.funding, owner.conflicts, owner.clinical_review):
        assert words in shown
    assert "1 Chalk Road<br>Epsom" in read(client, US)
    assert 'href="mailto:editors@example.org"' in read(client, CONTACT)
    assert 'href="https://example.org/society"' in read(client, US)


@pytest.mark.parametrize("field", SiteOwner.TO_SAY)
def test_one_empty_field_is_named_alone(field: str) -> None:
    owner = make_owner(**{field: "  "})
    assert owner.unsaid() == [SiteOwner._meta.get_field(field).verbose_name]


def test_contact_puts_the_crisis_lines_before_everything_else(client: Client) -> None:
    make_crisis_line(service="Samaritans", phone="116123")
    body = main(read(client, CONTACT))
    assert body.index('href="tel:116123"') < body.index("We cannot advise you") < body.index("Reply under an article")


def test_contact_points_to_help_even_before_any_line_is_on_file(client: Client) -> None:
    assert 'id="crisis"' in read(client, CONTACT)


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<b>bold</b>"])
def test_the_owners_words_are_text(client: Client, hostile: str) -> None:
    names = ("operator", "postal_address", "people", "funding", "conflicts", "clinical_review")
    make_owner(**dict.fromkeys(names, hostile))
    for address in (US, CONTACT, ACCESS):
        html = read(client, address)
        assert hostile not in html
        assert_well_made(html)


@pytest.mark.parametrize(
    "email", ["nobody", "javascript:alert(1)", "a@b.org?bcc=c@d.org", "a@b.org\nBcc: c@d.org", "a b@c.org"]
)
def test_what_is_no_mail_address_is_never_a_link(client: Client, email: str) -> None:
    make_owner(email=email)
    assert "mailto:" not in read(client, CONTACT) + read(client, ACCESS)


def test_a_mail_address_with_odd_letters_stays_one_address(client: Client) -> None:
    make_owner(email="a?cc=x&b@example.org")
    assert 'href="mailto:a%3Fcc%3Dx%26b@example.org"' in read(client, CONTACT)


@pytest.mark.parametrize("address", ["http://example.org/", "javascript:alert(1)", "//example.org", "https://a b", ""])
def test_only_https_is_a_link_to_the_owner(client: Client, address: str) -> None:
    make_owner(website=address)
    assert address == "" or f'href="{address}"' not in read(client, US)
    assert 'rel="noopener"' not in main(read(client, US))


# The one row


def test_there_is_one_owner() -> None:
    make_owner()
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteOwner.objects.create(id=2)
    with pytest.raises(ValidationError, match="https"):
        SiteOwner(website="http://example.org").full_clean(exclude=["id"])


def test_asking_for_the_owner_before_there_is_one_makes_none() -> None:
    assert site_owner().told_at is None
    assert not SiteOwner.objects.exists()


# The admin


def test_superuser_fills_it_in_and_readers_see_it_at_once(admin_client: Client, client: Client) -> None:
    before, etag = public_version(), Client().get(US).headers["ETag"]
    assert admin_client.post(ADD, typed(operator="Ada Lovelace")).status_code == 302
    assert public_version() > before
    fresh = Client().get(US, headers={"if-none-match": etag})
    assert fresh.status_code == 200
    assert "Ada Lovelace" in fresh.content.decode()


def test_a_second_owner_cannot_be_added_and_none_deleted(admin_client: Client) -> None:
    make_owner()
    assert admin_client.get(ADD).status_code == 403
    assert admin_client.post(ADD, typed()).status_code == 403
    assert admin_client.post("/admin/articles/siteowner/1/delete/", {"post": "yes"}).status_code == 403
    assert SiteOwner.objects.count() == 1


def test_group_of_editors_may_not_edit_the_owner(client: Client) -> None:
    make_owner()
    for group in ("Editor", "Moderator"):
        client.force_login(make_user(groups=(group,)))
        assert client.post(CHANGE, typed(operator="Taken over")).status_code == 403
    assert SiteOwner.objects.get().operator != "Taken over"


def test_an_editor_who_was_given_the_permission_may(client: Client) -> None:
    make_owner()
    editor = make_user(groups=("Editor",))
    editor.user_permissions.add(Permission.objects.get(codename="change_siteowner"))
    client.force_login(editor)
    assert client.post(CHANGE, typed(operator="Grace Hopper")).status_code == 302
    assert SiteOwner.objects.get().operator == "Grace Hopper"


def test_two_who_write_at_once_do_not_overwrite_each_other(admin_client: Client) -> None:
    make_owner()
    opened = typed(operator="Second")
    admin_client.post(CHANGE, typed(operator="First"))
    response = admin_client.post(CHANGE, opened)
    assert response.status_code == 200
    assert "Someone has saved this page since you opened it" in response.content.decode()
    assert SiteOwner.objects.get().operator == "First"
    again = response.context["adminform"].form
    assert again["operator"].value() == "Second"
    assert admin_client.post(CHANGE, opened | {"opened": again["opened"].value()}).status_code == 302
    assert SiteOwner.objects.get().operator == "Second"


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "nobody"), ("website", "http://example.org"), ("operator", "a\x00b"), ("funding", "x" * 2001)],
)
def test_what_cannot_be_shown_is_refused_in_the_form(admin_client: Client, field: str, value: str) -> None:
    response = admin_client.post(ADD, typed(**{field: value}))
    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors
    assert not SiteOwner.objects.exists()


# The reminder


def test_owner_is_reminded_of_what_is_empty() -> None:
    (found,) = checks.owner_is_named()
    assert (found.id, found.is_serious()) == ("mgsite.W002", False)
    assert "who pays" in found.msg
    make_owner(funding="")
    assert checks.owner_is_named()[0].msg == "Readers are not told of this site: who pays."


def test_owner_who_has_said_everything_is_not_reminded() -> None:
    make_owner()
    assert checks.owner_is_named() == []


def test_before_the_first_migration_nobody_is_reminded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SiteOwner._meta, "db_table", "not_there_yet")
    assert checks.owner_is_named() == []


def test_pages_of_the_owner_ask_little(client: Client) -> None:
    make_owner()
    with CaptureQueriesContext(connection) as captured:
        read(client, US)
    assert len(captured) == 2
