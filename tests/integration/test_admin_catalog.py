"""The admin's pages for every record: they open, they keep to the content policy, and their cost stays."""

from __future__ import annotations

import html5lib
import pytest
from django.contrib import admin
from django.contrib.admin import AdminSite
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms_catalog.actions import public_version
from forms_catalog.admin.base import CatalogAdmin
from forms_catalog.models import Claim, Effect, Form, Hydrate, Mechanism, Recomputation, Study, Support, Trial
from mgsite.administration import CATALOG_GROUPS
from tests.factories import (
    make_claim,
    make_form,
    make_published_article,
    make_study,
    make_support,
    make_trial,
    make_user,
    one_of_each,
)
from tests.inline_code import HTML, inline_code

pytestmark = pytest.mark.django_db

CATALOG = sorted(
    (model for model, site in admin.site._registry.items() if isinstance(site, CatalogAdmin)),
    key=lambda model: model.__name__,
)


def name_of(model: type[Model], view: str) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}"


def pages(model: type[Model], record: Model) -> list[str]:
    found = [reverse(name_of(model, "changelist"))]
    if admin.site._registry[model].has_add_permission.__qualname__.startswith("BaseModelAdmin"):
        found.append(reverse(name_of(model, "add")))
    return [*found, *(reverse(name_of(model, view), args=[record.pk]) for view in ("change", "history"))]


def test_every_page_of_every_record_opens_and_holds_no_inline_code(admin_client: Client) -> None:
    wrong = []
    for model, record in one_of_each().items():
        for page in pages(model, record):
            answer = admin_client.get(page)
            code = inline_code(answer.content.decode()) if answer.status_code == 200 else []
            if answer.status_code != 200 or code:
                wrong.append((page, answer.status_code, code))
    assert wrong == []


@pytest.mark.parametrize("page", ["/admin/", "/admin/password_change/", "/admin/forms_catalog/"])
def test_pages_around_the_records_hold_no_inline_code(admin_client: Client, page: str) -> None:
    answer = admin_client.get(page)
    assert (answer.status_code, inline_code(answer.content.decode())) == (200, [])
    assert "script-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("model", CATALOG)
def test_search_and_every_filter_of_a_list_work(admin_client: Client, model: type[Model]) -> None:
    one_of_each()
    address = reverse(name_of(model, "changelist"))
    assert admin_client.get(address, {"q": "magnesium 2008"}).status_code == 200
    page = admin_client.get(address).content.decode()
    links = {
        link.get("href", "")
        for link in html5lib.parse(page).iter(f"{HTML}a")
        if link.get("href", "").startswith("?") and "=" in link.get("href", "")
    }
    for link in links:
        assert admin_client.get(address + link).status_code == 200, link


@pytest.mark.parametrize("typed", ["Barragán", "barragán 2008", '"Wlaź"', "Barragán\x00 Wlaź"])
@pytest.mark.parametrize("model", [Study, Trial])
def test_study_is_found_by_an_author_with_accents(admin_client: Client, model: type[Model], typed: str) -> None:
    study = make_study(slug="barragan2008", authors=["Barragán-Rodríguez, Lázaro", "Wlaź, Piotr"])
    make_trial(study=study)
    make_trial(study=make_study(slug="other1999", authors=["Nobody, N"]))
    page = admin_client.get(reverse(name_of(model, "changelist")), {"q": typed.replace("\x00", "")})
    assert [str(row) for row in page.context["cl"].result_list] == [str(model.objects.order_by("pk").first())]


@pytest.mark.parametrize("typed", ["Barragán", "Barragán\x00"])
def test_study_is_offered_by_an_author_with_accents(admin_client: Client, typed: str) -> None:
    study = make_study(slug="barragan2008", authors=["Barragán-Rodríguez, Lázaro"])
    make_study(slug="other1999", authors=["Nobody, N"])
    asked = {"app_label": "forms_catalog", "model_name": "support", "field_name": "study", "term": typed}
    offered = admin_client.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [row["id"] for row in offered] == [str(study.pk)]


def test_every_list_can_be_searched_and_names_what_it_shows() -> None:
    for model in CATALOG:
        site = admin.site._registry[model]
        assert site.search_fields, model
        assert len(site.list_display) > 1, model
        assert not site.list_editable, model
        assert not site.show_full_result_count, model


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_cost_of_every_list_stays_as_rows_grow(admin_client: Client) -> None:
    one_of_each()
    addresses = [reverse(name_of(model, "changelist")) for model in admin.site._registry]
    admin_client.get(addresses[0])
    before = {address: queries(admin_client, address) for address in addresses}
    for _ in range(4):
        one_of_each()
    assert {address: queries(admin_client, address) for address in addresses} == before


# Changes are noted


def fields_of(client: Client, address: str) -> dict[str, str]:
    """What a browser would send if nothing were touched."""
    form = client.get(address).context["adminform"].form
    data: dict[str, str] = {}
    formsets = [inline.formset for inline in client.get(address).context["inline_admin_formsets"]]
    forms = [form, *(f for formset in formsets for f in (formset.management_form, *formset.forms))]
    for one in forms:
        for bound in one:
            value = bound.value()
            if isinstance(value, list | tuple) and not isinstance(value, str):
                data[bound.html_name] = [str(item) for item in value]  # type: ignore[assignment]
            elif value is not None and value is not False:
                data[bound.html_name] = "on" if value is True else str(value)
    return data


@pytest.mark.parametrize("model", CATALOG)
def test_saving_an_untouched_record_works_and_is_noted_as_public(admin_client: Client, model: type[Model]) -> None:
    record = one_of_each()[model]
    address = reverse(name_of(model, "change"), args=[record.pk])
    data, before = fields_of(admin_client, address), public_version()
    answer = admin_client.post(address, data)
    problems = answer.context and [answer.context["errors"], data]
    assert answer.status_code == 302, problems
    assert public_version() == before + 1
    assert type(record).objects.get(pk=record.pk) == record


def test_editor_changes_a_form_and_its_structure(client: Client) -> None:
    client.force_login(make_user(groups=("Editor",)))
    form = make_form(slug="oxide")
    address = reverse("admin:forms_catalog_form_change", args=[form.pk])
    data = fields_of(client, address) | {"synonyms": "magnesia\n\nburnt magnesia\n", "hydrates-0-state": "as sold"}
    assert client.post(address, data).status_code == 302
    form.refresh_from_db()
    assert form.synonyms == ["magnesia", "burnt magnesia"]
    assert form.hydrates.get().state == "as sold"


def test_wrong_values_are_refused_with_the_models_own_words(admin_client: Client) -> None:
    form = make_form()
    address = reverse("admin:forms_catalog_form_change", args=[form.pk])
    data = fields_of(admin_client, address) | {"hydrates-0-formula": "NaCl", "source_urls": "javascript:alert(1)"}
    page = admin_client.post(address, data).content.decode()
    assert "A source address begins with http:// or https://." in page
    assert Hydrate.objects.get().formula == "MgO"


@pytest.mark.parametrize(
    ("part", "changes"),
    [
        ("ladder", {"study": "", "searched_on": "2026-11-23", "note": "Typed with care."}),
        ("effects", {"key": "another-effect", "primary_row": "on", "measure": "Typed with care."}),
    ],
)
def test_row_that_only_one_may_be_is_refused_in_the_form(
    admin_client: Client, part: str, changes: dict[str, str]
) -> None:
    model = {"ladder": Mechanism, "effects": Study}[part]
    address = reverse(name_of(model, "change"), args=[one_of_each()[model].pk])
    data = fields_of(admin_client, address)
    count = int(data[f"{part}-TOTAL_FORMS"])
    first = {name.split("-", 2)[2]: value for name, value in data.items() if name.startswith(f"{part}-0-")}
    rows = [{**first, **changes, "id": ""} for _ in range(2)]
    rows[1]["key"] = "a-third-effect"
    for number, row in enumerate(rows, start=count):
        data |= {f"{part}-{number}-{name}": value for name, value in row.items()}
    answer = admin_client.post(address, data | {f"{part}-TOTAL_FORMS": str(count + 2)})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "and only one like these may." in page
    assert "Typed with care." in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("effects-0-inputs", '{"p": NaN}'),
        ("effects-0-inputs", '{"note": "\\u0000"}'),
        ("effects-0-end", '{"mg": 1}'),
        ("effects-0-md", "9" * 5000),
        ("effects-0-reported_effect", "[" * 5000),
        ("recomputations-0-calc", '{"fn": "divide"}'),
        ("recomputations-0-compare", '{"with": "\\ud800"}'),
    ],
)
def test_figures_that_cannot_be_are_refused_in_the_form(admin_client: Client, field: str, typed: str) -> None:
    study = one_of_each()[Study]
    address = reverse("admin:forms_catalog_study_change", args=[study.pk])
    answer = admin_client.post(address, fields_of(admin_client, address) | {field: typed})
    assert answer.status_code == 200
    wrong = [errors for formset in answer.context["inline_admin_formsets"] for errors in formset.formset.errors]
    assert [list(errors) for errors in wrong if errors] == [[field.rsplit("-", 1)[1]]]


def test_figures_taken_away_are_kept_as_none(admin_client: Client) -> None:
    study = one_of_each()[Study]
    address = reverse("admin:forms_catalog_study_change", args=[study.pk])
    taken = {"effects-0-inputs": "", "recomputations-0-calc": "", "recomputations-0-compare": ""}
    assert admin_client.post(address, fields_of(admin_client, address) | taken).status_code == 302
    row = Recomputation.objects.get()
    assert (Effect.objects.get().inputs, row.calc, row.compare) == ({}, [], None)


def test_slug_of_a_record_stays(admin_client: Client) -> None:
    form = make_form(slug="oxide")
    address = reverse("admin:forms_catalog_form_change", args=[form.pk])
    admin_client.post(address, fields_of(admin_client, address) | {"slug": "another"})
    form.refresh_from_db()
    assert form.slug == "oxide"


# Deleting


def delete(client: Client, record: Model) -> str:
    answer = client.post(reverse(name_of(type(record), "delete"), args=[record.pk]), {"post": "yes"}, follow=True)
    return answer.content.decode()


def test_record_that_others_need_is_not_deleted(admin_client: Client) -> None:
    study = make_study()
    make_support(claim=make_claim(), study=study)
    assert "would require deleting the following protected related objects" in delete(admin_client, study)
    assert Study.objects.exists()


def test_record_that_an_article_refers_to_is_not_deleted(admin_client: Client) -> None:
    from articles.actions.articles import publish_article
    from tests.factories import make_article

    form = make_form(slug="oxide")
    publish_article(article=make_article(title="On oxide", body="See [[form:oxide]].\n"), by=None)
    assert "“On oxide” refers to" in delete(admin_client, form)
    assert Form.objects.exists()


@pytest.mark.parametrize("many", [True, False])
def test_deleting_is_noted_as_public(admin_client: Client, many: bool) -> None:
    claim, before = make_claim(), public_version()
    make_support(claim=claim, study=make_study())
    if many:
        chosen = {"action": "delete_selected", "_selected_action": claim.pk, "post": "yes"}
        admin_client.post(reverse("admin:forms_catalog_claim_changelist"), chosen)
    else:
        delete(admin_client, claim)
    assert not Claim.objects.exists()
    assert not Support.objects.exists()
    assert public_version() == before + 1


# Ways to the public pages and between the admin's


def test_record_leads_to_its_public_page(admin_client: Client) -> None:
    form = make_form()
    page = admin_client.get(reverse("admin:forms_catalog_form_change", args=[form.pk])).content.decode()
    assert f'href="{form.get_absolute_url()}"' in page


def test_study_kept_for_editors_leads_to_no_public_page(admin_client: Client) -> None:
    study = make_study(is_public=False)
    page = admin_client.get(reverse("admin:forms_catalog_study_change", args=[study.pk])).content.decode()
    assert f'href="{study.get_absolute_url()}"' not in page


def test_study_leads_to_how_it_was_run(admin_client: Client) -> None:
    record = one_of_each()[Study]
    page = admin_client.get(reverse("admin:forms_catalog_study_change", args=[record.pk])).content.decode()
    assert reverse("admin:forms_catalog_trial_change", args=[record.trial.pk]) in page
    other = make_study()
    page = admin_client.get(reverse("admin:forms_catalog_study_change", args=[other.pk])).content.decode()
    assert f"{reverse('admin:forms_catalog_trial_add')}?study={other.pk}" in page
    assert "Save the study first" in admin_client.get(reverse("admin:forms_catalog_study_add")).content.decode()


# The front page


def test_front_page_groups_every_record_under_a_heading(admin_client: Client) -> None:
    apps = admin_client.get("/admin/").context["app_list"]
    headings = [app["name"] for app in apps]
    assert headings[0] == "Articles and replies"
    assert [name for name in headings if name.startswith("Catalog")] == [name for name, _ in CATALOG_GROUPS]
    shown = {model["object_name"] for app in apps for model in app["models"]}
    assert shown == {model.__name__ for model in admin.site._registry}


def test_record_no_group_names_is_still_shown(
    rf: object, monkeypatch: pytest.MonkeyPatch, admin_client: Client
) -> None:
    monkeypatch.setattr("mgsite.administration.CATALOG_GROUPS", ())
    assert "Catalog: other" in [app["name"] for app in admin_client.get("/admin/").context["app_list"]]


def test_admin_carries_the_sites_name(admin_client: Client) -> None:
    assert "Magnesium &amp; Mind editing" in admin_client.get("/admin/").content.decode()
    assert isinstance(admin.site, AdminSite)


def test_front_page_of_an_editor_shows_no_accounts(client: Client) -> None:
    client.force_login(make_user(groups=("Editor",)))
    make_published_article()
    labels = {app["app_label"] for app in client.get("/admin/").context["app_list"]}
    assert labels == {"articles", "forms_catalog"}
