"""Every address refuses whom and what it should."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from mgsite.pages.about.index import PAGES
from tests.pages import KINDS, one_of

SWITCHES = {"articles:marks", "articles:theme"}
FOR_MORE = {
    *("articles:feed-replies", "articles:feed-articles", "articles:feed-replies-about", "articles:reply-form-about"),
    *("catalog:feed-verdicts", "catalog:feed-studies", "articles:replies-json-about"),
}
"""Addresses that name no record by its slug alone."""
# Beside the pages of tests/pages.py: addresses that are no page, or take a POST.
NOT_PAGES = {
    "healthz",
    "readyz",
    "robots",
    "favicon",
    "sitemap",
    "sitemap-file",
    "sitemap-page",
    "security",
    "data-edition",
    "search:json",
    "search:suggest",
    "articles:reply-form",
    "articles:reply-form-about",
    "articles:feed-replies",
    "articles:feed-article-replies",
    "articles:feed-replies-about",
    "articles:feed-articles",
    "catalog:feed-verdicts",
    "catalog:feed-studies",
    "articles:reply",
    "articles:passport",
    "articles:passport-export",
    "articles:contact-confirm",
    "articles:contact-unsubscribe",
    "articles:image",
    "catalog:outcome-forest",
    "tools:dose-json",
    "tools:dose-rules",
    *SWITCHES,
    *(f"diet:{name}" for name in ("csv", "json", "intakes", "upper-levels")),
    *(f"explorer:{name}" for name in ("csv", "json", "bib", "ris", "csl")),
    *(f"compare:{page}-{name}" for page in ("forms", "people", "pathways") for name in ("csv", "json")),
    *(f"{record}-{name}" for record in ("articles:article", "catalog:study") for name in ("bib", "ris", "csl")),
    *(
        f"catalog:{record}-{name}"
        for record in ("form", "mechanism", "outcome", "study", "claim", "term")
        for name in ("json", "list-csv", "list-json")
    ),
    *(f"catalog:study-list-{name}" for name in ("bib", "ris", "csl")),
    "tools:safety-json",
    "about:corrections-json",
    *(f"articles:{name}" for name in ("article-list-json", "article-list-csv", "article-json", "history-json")),
    *(f"articles:{name}" for name in ("replies-json", "replies-json-about", "reply-json")),
}
PAGE_NAMES = {
    "home",
    "style-guide",
    "data",
    "feeds",
    "search:search",
    "catalog:claim-card",
    "catalog:outcome-card",
    "articles:article-list",
    "articles:article",
    "articles:history",
    *(
        f"catalog:{name}{suffix}"
        for name in ("form", "mechanism", "outcome", "study", "claim", "term")
        for suffix in ("", "-list")
    ),
    "diet:page",
    "explorer:explore",
    "compare:forms",
    "compare:people",
    "compare:pathways",
    "tools:index",
    "tools:dose",
    "tools:safety",
    "about:index",
    *(f"about:{page.name}" for page in PAGES),
}
# The only addresses of the admin that a stranger may see.
OPEN_TO_STRANGERS = {"admin:login"}
SAMPLES = ("1", "x", "articles/article", "articles")


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern with its full name."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner)
        elif entry.name:
            yield f"{namespace}{entry.name}", entry


ALL_NAMES = sorted({name for name, _ in patterns(get_resolver())})
ADMIN_NAMES = [name for name in ALL_NAMES if name.startswith(("admin:", "markdownx"))]
PUBLIC_NAMES = [name for name in ALL_NAMES if name not in ADMIN_NAMES]


def sample_address(name: str) -> str | None:
    """An address of this name, with arguments of some kind that fits."""
    for arguments in [[], *([sample] for sample in SAMPLES), *([sample, "1"] for sample in SAMPLES)]:
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    return None


def test_every_public_address_is_covered_by_the_page_contracts() -> None:
    assert set(PUBLIC_NAMES) == PAGE_NAMES | NOT_PAGES


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_read_and_never_written_to(kind: str, method: str, first_edition: None, client: Client) -> None:
    assert getattr(client, method)(one_of(kind)).status_code == 405


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_the_reply_form_takes_get_and_post_only(method: str, first_edition: None, client: Client) -> None:
    address = one_of("article") + "replies/"
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        n
        for n in PUBLIC_NAMES
        if n.startswith(("articles:", "catalog:")) and "list" not in n and n not in SWITCHES | FOR_MORE
    ],
)
def test_a_record_that_does_not_exist_is_not_found(name: str, client: Client, db: None) -> None:
    assert client.get(reverse(name, args=["no-such-record"])).status_code == 404


@pytest.mark.parametrize("section", ["claims", "forms", "mechanisms", "studies"])
def test_a_form_for_a_reply_to_no_record_is_not_found(section: str, client: Client, db: None) -> None:
    assert client.get(f"/{section}/no-such-record/replies/").status_code == 404
    assert client.post(f"/{section}/no-such-record/replies/").status_code == 404
    assert client.get(f"/{section}/no-such-record/replies.json").status_code == 404


@pytest.mark.parametrize("name", ADMIN_NAMES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_admin_address_tells_a_stranger_nothing(name: str, method: str, client: Client, db: None) -> None:
    address = sample_address(name)
    assert address is not None, f"no sample arguments fit {name}"
    assert address.startswith("/admin/")
    response = getattr(client, method)(address)
    if name in OPEN_TO_STRANGERS:
        return
    refused = response.status_code in {400, 401, 403, 404, 405}
    to_login = response.status_code == 302 and re.match(r"/admin/(login/)?", response.headers["Location"])
    assert refused or to_login, (address, response.status_code)


@pytest.mark.parametrize("name", ADMIN_NAMES)
def test_an_admin_address_tells_a_reader_with_an_account_nothing(name: str, client: Client, django_user_model) -> None:
    client.force_login(django_user_model.objects.create_user("reader"))
    address = sample_address(name)
    response = client.get(address)
    if name in OPEN_TO_STRANGERS:
        return
    assert response.status_code in {302, 400, 401, 403, 404, 405}, (address, response.status_code)


def test_the_editors_own_views_stand_in_for_markdownxs() -> None:
    for name in ("markdownx_upload", "markdownx_markdownify"):
        matches = [entry for found, entry in patterns(get_resolver()) if found.endswith(name)]
        assert all(not entry.callback.__module__.startswith("markdownx") for entry in matches)
