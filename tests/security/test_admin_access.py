"""Who may open which address of the admin. Every address that exists is walked; none is listed by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Model
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, reverse

from articles.models import Image, Reply
from articles.roles import EDITOR, MODERATOR
from forms_catalog.admin.base import CatalogAdmin
from tests.factories import make_article, make_sent_reply, make_user, one_of_each

pytestmark = pytest.mark.django_db

OPEN, REFUSED = 200, 403
STANDARD = ("changelist", "add", "history", "delete", "change")
# For everyone on the staff, whatever their permissions.
FOR_ALL_STAFF = {"index", "password_change", "password_change_done", "jsi18n"}
# For nobody by GET, or for everybody by nature, or leading elsewhere.
NOT_WALKED = {"login", "logout", "view_on_site", "autocomplete", "app_list", None}

EDITOR_OPEN = {
    "articles_article": {"changelist", "add", "change", "history"},
    "articles_image": {"changelist", "add", "change", "history"},
    "articles_articletask": {"changelist", "change", "history"},
    "articles_correction": {"changelist", "change", "history"},
    "forms_catalog_reviewtask": {"changelist", "change", "history"},
    "forms_catalog_verdictchange": {"changelist", "change", "history"},
}
# Addresses of ours beside the standard ones that an editor may open.
EDITOR_ALSO = {"forms_catalog_claim_rule"}
MODERATOR_OPEN = {
    "articles_reply": {"changelist", "change", "history"},
}


def flat(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from flat(pattern.url_patterns)
        else:
            yield pattern


def names() -> list[str]:
    found = {pattern.name for pattern in flat(admin.site.get_urls())} - NOT_WALKED
    return sorted(name for name in found if name is not None)


def model_name(model: type[Model]) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"


def address(name: str, records: dict[type[Model], Model]) -> str:
    """The address of that name, about one of the records where it is about one."""
    try:
        return reverse(f"admin:{name}")
    except NoReverseMatch:
        record = next(row for model, row in records.items() if name.startswith(f"{model_name(model)}_"))
        try:
            return reverse(f"admin:{name}", args=[record.pk])
        except NoReverseMatch:
            return reverse(f"admin:{name}", args=[record.public_id])


def opened_by(client: Client) -> dict[str, int]:
    records = one_of_each()
    return {name: client.get(address(name, records)).status_code for name in names()}


def signed_in(client: Client, **fields: Any) -> Client:
    client.force_login(make_user(**fields))
    return client


def wanted(name: str, table: dict[str, set[str]]) -> int | None:
    """What a role should get: 200 or 403; None for an address the table does not speak of."""
    if name in FOR_ALL_STAFF:
        return OPEN
    model, _, view = name.rpartition("_")
    if view not in STANDARD:
        return None
    return OPEN if view in table.get(model, ()) else REFUSED


def test_every_record_the_admin_edits_is_walked() -> None:
    assert set(one_of_each()) == set(admin.site._registry)


def test_anonymous_is_asked_to_sign_in_everywhere(client: Client) -> None:
    assert {name: status for name, status in opened_by(client).items() if status not in (302, 405)} == {}


def test_reader_with_an_account_is_asked_to_sign_in_everywhere(client: Client) -> None:
    signed_in(client, is_staff=False)
    assert {name: status for name, status in opened_by(client).items() if status not in (302, 405)} == {}


def test_reader_with_every_permission_but_not_on_the_staff_is_asked_to_sign_in(client: Client) -> None:
    user = make_user(is_staff=False)
    user.user_permissions.set(Permission.objects.all())
    client.force_login(user)
    assert {name: status for name, status in opened_by(client).items() if status not in (302, 405)} == {}


def test_staff_without_permission_is_refused_everywhere(client: Client) -> None:
    opened = opened_by(signed_in(client))
    allowed = {name for name, status in opened.items() if status not in (REFUSED, 405)}
    assert allowed == FOR_ALL_STAFF


def test_editor_opens_the_articles_and_the_catalog_and_nothing_else(client: Client) -> None:
    catalog = {model_name(model) for model, site in admin.site._registry.items() if isinstance(site, CatalogAdmin)}
    table = EDITOR_OPEN | {name: set(STANDARD) for name in catalog}
    opened = opened_by(signed_in(client, groups=(EDITOR,)))
    expected = {name: wanted(name, table) for name in opened}
    assert {name: opened[name] for name in opened if expected[name] not in (None, opened[name])} == {}
    others = {name: status for name, status in opened.items() if expected[name] is None}
    assert {name: others.pop(name) for name in EDITOR_ALSO} == dict.fromkeys(EDITOR_ALSO, OPEN)
    assert {name: status for name, status in others.items() if status not in (REFUSED, 405)} == {}


def test_moderator_opens_the_queue_and_nothing_else(client: Client) -> None:
    opened = opened_by(signed_in(client, groups=(MODERATOR,)))
    expected = {name: wanted(name, MODERATOR_OPEN) for name in opened}
    assert {name: opened[name] for name in opened if expected[name] not in (None, opened[name])} == {}


def test_superuser_opens_everything_there_is(admin_client: Client) -> None:
    opened = opened_by(admin_client)
    assert {name: status for name, status in opened.items() if status not in (OPEN, REFUSED, 405)} == {}
    refused = {name for name, status in opened.items() if status == REFUSED}
    kept = ("articles_reply", "articles_articletask", "articles_correction", "articles_siteowner")
    kept += ("forms_catalog_reviewtask", "forms_catalog_verdictchange")
    once = {"forms_catalog_safetyreview_add"}
    assert refused == once | {f"{model}_{view}" for model in kept for view in ("add", "delete")}


@pytest.mark.parametrize("view", ["add", "change", "delete"])
def test_moderator_cannot_write_articles_by_post(client: Client, view: str) -> None:
    article = make_article()
    name = f"admin:articles_article_{view}"
    target = reverse(name) if view == "add" else reverse(name, args=[article.pk])
    assert (
        signed_in(client, groups=(MODERATOR,)).post(target, {"title": "Taken over", "post": "yes"}).status_code == 403
    )
    article.refresh_from_db()
    assert article.title != "Taken over"


def test_moderator_cannot_publish_by_naming_the_button(client: Client) -> None:
    article = make_article()
    target = reverse("admin:articles_article_change", args=[article.pk])
    assert signed_in(client, groups=(MODERATOR,)).post(target, {"_publish": "1"}).status_code == 403
    article.refresh_from_db()
    assert article.live is None


def test_editor_cannot_decide_about_replies_by_any_address(client: Client) -> None:
    reply = make_sent_reply()
    signed_in(client, groups=(EDITOR,))
    for name in names():
        if name.startswith("articles_reply_"):
            target = address(name, {Reply: reply})
            data = {"action": "approve", "seen": "pending", "_selected_action": reply.pk, "post": "yes"}
            assert client.post(target, data).status_code in (403, 405), name
    reply.refresh_from_db()
    assert reply.status == "pending"


def test_autocomplete_is_for_those_who_may_see_the_records(client: Client) -> None:
    query = {"app_label": "forms_catalog", "model_name": "support", "field_name": "study", "term": ""}
    for fields, status in (({}, 403), ({"groups": (MODERATOR,)}, 403), ({"groups": (EDITOR,)}, 200)):
        assert signed_in(client, **fields).get(reverse("admin:autocomplete"), query).status_code == status


# The editor's own two views

VIEWS = {"markdownx_markdownify": {"content": "Text."}, "markdownx_upload": {"alt": "A chart"}}
ROLES = {
    "anonymous": None,
    "reader": {"is_staff": False},
    "staff without permission": {},
    "moderator": {"groups": (MODERATOR,)},
    "switched off": {"groups": (EDITOR,), "is_active": False},
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_preview_and_upload_refuse_everyone_else_in_json(client: Client, role: str, name: str, method: str) -> None:
    fields = ROLES[role]
    if fields is not None:
        client.force_login(make_user(**fields))
    answer = getattr(client, method)(reverse(name), VIEWS[name])
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/json"
    assert answer.json()["error"]
    assert not Image.objects.exists()


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("method", ["get", "put", "delete", "patch", "options"])
def test_preview_and_upload_take_post_alone(client: Client, name: str, method: str) -> None:
    answer = getattr(signed_in(client, groups=(EDITOR,)), method)(reverse(name))
    assert (answer.status_code, answer["Allow"], answer["Content-Type"]) == (405, "POST", "application/json")


@pytest.mark.parametrize("name", VIEWS)
def test_preview_and_upload_want_the_forms_token(name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(groups=(EDITOR,)))
    assert client.post(reverse(name), VIEWS[name]).status_code == 403


@pytest.mark.parametrize("name", VIEWS)
def test_preview_and_upload_stand_where_markdownx_looks_for_them(name: str) -> None:
    from django.conf import settings

    expected = {
        "markdownx_markdownify": settings.MARKDOWNX_URLS_PATH,
        "markdownx_upload": settings.MARKDOWNX_UPLOAD_URLS_PATH,
    }
    assert reverse(name) == expected[name]


def test_django_markdownx_own_views_are_nowhere() -> None:
    from django.urls import get_resolver

    modules = {getattr(pattern.callback, "__module__", "") for pattern in flat(get_resolver().url_patterns)}
    assert not {module for module in modules if module.startswith("markdownx")}


# The groups


def test_editor_holds_no_permission_over_replies_or_accounts() -> None:
    held = make_user(groups=(EDITOR,)).get_all_permissions()
    assert not {name for name in held if "reply" in name or "moderat" in name}
    assert not {name for name in held if not name.startswith(("articles.", "forms_catalog."))}


def test_moderator_holds_nothing_but_the_queue() -> None:
    assert make_user(groups=(MODERATOR,)).get_all_permissions() == {
        "articles.view_reply",
        "articles.moderate_reply",
        "articles.view_moderationevent",
    }


def test_groups_come_back_to_their_table_after_a_slip() -> None:
    from articles.roles import ensure_groups

    user = make_user(groups=(MODERATOR,))
    user.groups.get().permissions.set(Permission.objects.all())
    ensure_groups()
    assert not type(user).objects.get(pk=user.pk).has_perm("articles.publish_article")


def test_editor_may_edit_every_part_the_pages_hold() -> None:
    user = make_user(groups=(EDITOR,))
    for model, site in admin.site._registry.items():
        if model._meta.app_label == "forms_catalog":
            for inline in site.inlines:
                for verb in ("add", "change", "delete", "view"):
                    assert user.has_perm(f"forms_catalog.{verb}_{inline.model._meta.model_name}")


def test_nobody_edits_bookkeeping_in_the_admin() -> None:
    registered = {model.__name__ for model in admin.site._registry}
    assert not registered & {"PublicState", "EditionRecord", "Reference", "Revision", "ModerationEvent", "RateBucket"}
    assert apps.get_model("articles", "Article").__name__ in registered
    assert not AnonymousUser().has_perm("articles.view_article")
