from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.test import RequestFactory, override_settings
from django.utils import timezone

from forms_catalog import caching
from forms_catalog.actions import public_content_changed
from forms_catalog.caching import PersonalPageError, public_page

pytestmark = pytest.mark.django_db
get = RequestFactory().get


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("words")


def never(request: HttpRequest) -> HttpResponse:
    raise AssertionError("rendered although the reader has the page")


def test_a_page_carries_a_weak_validator_and_may_be_kept_by_anyone() -> None:
    response = public_page(page)(get("/forms/"))
    assert response.headers["ETag"].startswith('W/"')
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert response.headers["Vary"] == "Accept-Encoding, Cookie"
    assert response.content == b"words"


def test_a_reader_who_has_the_page_gets_304_before_anything_is_rendered() -> None:
    etag = public_page(page)(get("/forms/")).headers["ETag"]
    response = public_page(never)(get("/forms/", headers={"if-none-match": etag}))
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["ETag"] == etag
    assert response.headers["Cache-Control"] == caching.CACHE_CONTROL


@pytest.mark.parametrize("condition", [{"if-none-match": "*"}, {"if-match": '"x"'}])
def test_a_condition_that_names_no_page_of_ours_is_passed_over(condition: dict[str, str]) -> None:
    response = public_page(lambda request: HttpResponseNotFound())(get("/forms/none/", headers=condition))
    assert response.status_code == 404
    assert public_page(page)(get("/forms/", headers=condition)).content == b"words"


def test_the_answer_304_costs_one_query(django_assert_num_queries: Callable) -> None:
    etag = public_page(page)(get("/forms/")).headers["ETag"]
    with django_assert_num_queries(1):
        public_page(never)(get("/forms/", headers={"if-none-match": etag}))


def test_a_change_of_public_content_changes_the_validator() -> None:
    before = caching.page_etag(get("/forms/"))
    public_content_changed()
    assert caching.page_etag(get("/forms/")) != before


def test_a_new_day_changes_the_validator_so_that_no_form_token_goes_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    before = caching.page_etag(get("/forms/"))
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert caching.page_etag(get("/forms/")) != before


@pytest.mark.parametrize("other", ["/studies/", "/forms/?page=2"])
def test_each_address_has_its_own_validator(other: str) -> None:
    assert caching.page_etag(get("/forms/")) != caching.page_etag(get(other))


def test_another_version_of_the_code_changes_the_validator(monkeypatch: pytest.MonkeyPatch) -> None:
    before = caching.page_etag(get("/forms/"))
    monkeypatch.setattr(caching, "code_version", lambda: "another")
    assert caching.page_etag(get("/forms/")) != before


def test_code_version_follows_templates_static_manifest_and_the_style_guides_records(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with override_settings(BASE_DIR=tmp_path, STATIC_ROOT=tmp_path / "static"):
        versions = [caching.code_version.__wrapped__()]
        for name in (
            "templates/base.html",
            "mgsite/urls.py",
            "static/staticfiles.json",
            "forms_catalog/data/oxide.yaml",
        ):
            (tmp_path / name).parent.mkdir(parents=True)
            (tmp_path / name).write_text("x")
            versions.append(caching.code_version.__wrapped__())
        (tmp_path / "templates/notes.md").write_text("x")
        versions.append(caching.code_version.__wrapped__())
    assert len(set(versions)) == 5
    assert versions[-1] == versions[-2]


@override_settings(DEBUG=True)
def test_while_developing_the_code_version_is_taken_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    caching.page_etag(get("/"))
    hits = caching.code_version.cache_info().hits
    caching.page_etag(get("/"))
    assert caching.code_version.cache_info().hits <= hits


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_a_page_answers_get_and_head_only(method: str) -> None:
    request = getattr(RequestFactory(), method)("/forms/")
    assert public_page(never)(request).status_code == 405


def test_a_redirect_is_passed_on_as_it_is() -> None:
    response = public_page(lambda request: HttpResponseRedirect("/elsewhere/"))(get("/forms/"))
    assert response.status_code == 302
    assert "ETag" not in response.headers


def sets_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse()
    response.set_cookie("seen", "1")
    return response


def reads_session(request: HttpRequest) -> HttpResponse:
    request.session.get("name")
    return HttpResponse()


def makes_token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


def varies_by_cookie(request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"Vary": "Cookie"})


PERSONAL = [
    (sets_cookie, "it sets a cookie"),
    (reads_session, "it read the session"),
    (makes_token, "it made a CSRF token"),
    (varies_by_cookie, "it varies by cookie"),
]


def request_with_session() -> HttpRequest:
    request = get("/forms/")
    request.session = SessionStore()
    return request


@pytest.mark.parametrize(("view", "sign"), PERSONAL)
def test_a_page_that_looks_at_who_is_asking_fails_its_test(view: Callable, sign: str) -> None:
    with pytest.raises(PersonalPageError, match=sign):
        public_page(view)(request_with_session())


@pytest.mark.parametrize(("view", "sign"), PERSONAL)
@override_settings(PUBLIC_PAGES_STRICT=False)
def test_a_page_that_looks_at_who_is_asking_is_kept_out_of_caches_in_production(
    view: Callable, sign: str, caplog: pytest.LogCaptureFixture
) -> None:
    response = public_page(view)(request_with_session())
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in response.headers
    assert sign in caplog.text
