"""Lists answer any address, and the numbers beside their options are what a reader would count."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.http import urlencode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.article_list import ArticleFilter
from articles.models import Reference
from forms_catalog.models import Form
from forms_catalog.queries.claim_list import ClaimFilter
from forms_catalog.queries.facets import Listing
from forms_catalog.queries.form_list import form_list_page
from forms_catalog.queries.mechanism_list import mechanism_list_page
from forms_catalog.queries.outcome_list import outcome_list_page
from forms_catalog.queries.study_list import StudyFilter
from tests import dom
from tests import factories as make
from tests.integration.test_catalog_pages import assert_well_made, read

pytestmark = pytest.mark.django_db

LISTS = ["/articles/", "/forms/", "/mechanisms/", "/outcomes/", "/studies/", "/claims/"]
TABLES: list[type[Any]] = [ArticleFilter, ClaimFilter, StudyFilter]
SHELVES = [form_list_page, mechanism_list_page, outcome_list_page]
NAMES = ["q", "order", "page", "design", "species", "outcome", "form", "year", "status", "article", "verdict"]
NAMES += ["certainty", "topic", "safety", "claims", "structure", "reach", "kind", "family", "studies"]
WORDS = ["rct", "human", "sleep", "citrate", "2020", "retracted", "supported", "low", "1", "oldest", "name", "with"]
WORDS += ["none", "several", "human_symptom", "main", "absorption", "many", "certainty", "title", "a", "magnesium"]
ADDRESSES = st.dictionaries(
    st.sampled_from(NAMES), st.sampled_from(WORDS) | st.text(st.characters(codec="utf-8"), max_size=30), max_size=6
)


def listing_of(url: str, params: dict[str, str]) -> Listing:
    """The listing that a list's page shows for an address."""
    tables = dict(zip(["/articles/", "/claims/", "/studies/"], TABLES, strict=True))
    if url in tables:
        filters = tables[url].from_params(params)
        return filters.listing(count=filters.select().count())
    return dict(zip(["/forms/", "/mechanisms/", "/outcomes/"], SHELVES, strict=True))[url](params)["listing"]


@pytest.mark.parametrize("url", LISTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(params=ADDRESSES)
def test_any_address_is_answered_and_written_in_one_way(
    client: Client, first_edition: None, url: str, params: dict[str, str]
) -> None:
    response = client.get(f"{url}?{urlencode(params)}")
    assert response.status_code == 200

    filters = response.context["listing"].filters
    again = listing_of(url, filters.to_params()).filters
    assert (again.to_params(), again.query_string) == (filters.to_params(), filters.query_string)
    assert again.notices == ()


@pytest.mark.parametrize("url", LISTS)
def test_each_option_leads_to_as_many_rows_as_it_says(first_edition: None, url: str) -> None:
    listing = listing_of(url, {})
    assert listing.fields
    for facet, options in listing.fields:
        for option in options[:4]:
            assert listing_of(url, {facet.name: option.value}).count == option.count, (facet.name, option.value)


@pytest.mark.parametrize(
    ("url", "params"),
    [
        ("/studies/", {"design": "rct", "outcome": "sleep"}),
        ("/studies/", {"species": "human", "form": "citrate", "q": "magnesium"}),
        ("/claims/", {"verdict": "overstated", "topic": "depression"}),
        ("/forms/", {"outcome": "sleep"}),
        ("/outcomes/", {"kind": "main", "studies": "many"}),
        ("/mechanisms/", {"reach": "human_marker"}),
        ("/articles/", {"claims": "with"}),
    ],
)
def test_options_are_counted_with_the_other_filters_on_and_their_own_off(
    first_edition: None, url: str, params: dict[str, str]
) -> None:
    """Against the slow and obvious way: ask for each option, one after the other."""
    listing = listing_of(url, params)
    for facet, options in listing.fields:
        offered = {option.value: option.count for option in options if option.count}
        slow = {value: listing_of(url, {**params, facet.name: value}).count for value in facet.options}
        assert offered == {value: count for value, count in slow.items() if count}, facet.name


@pytest.mark.parametrize("url", LISTS)
def test_no_option_on_offer_leads_to_nothing(client: Client, first_edition: None, url: str) -> None:
    html = read(client, url)
    options = re.findall(r'<option value="([^"]+)">[^<]*\((\d+)\)</option>', html)
    assert options
    assert all(int(count) > 0 for _, count in options)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("/studies/?design=rct&outcome=sleep", "studies and sources: randomised trial, about sleep; newest first."),
        ("/claims/?verdict=supported&order=certainty", "of 40 claims: supported; surest evidence first."),
        ("/forms/?outcome=sleep&order=name", "of 15 forms: studied for sleep; by name."),
        ("/mechanisms/?order=reach", "7 mechanisms; highest rung first."),
        ("/outcomes/?kind=main", "5 of 28 outcomes: what this site is about; main outcomes first."),
        ("/articles/?order=title", "4 articles; by title."),
    ],
)
def test_list_says_in_words_what_it_shows(client: Client, first_edition: None, url: str, sentence: str) -> None:
    assert sentence in dom.text(read(client, url))


@pytest.mark.parametrize("url", ["/forms/?outcome=sleep&structure=none", "/outcomes/?kind=main&studies=none"])
def test_short_list_that_comes_out_empty_names_the_filter_to_drop(
    client: Client, first_edition: None, url: str
) -> None:
    html = read(client, url)
    assert "Nothing matches all of this together" in html
    path, query = url.split("?")
    first = query.split("&")[0]
    assert f'href="{path}?{first}"' in html
    assert_well_made(html)


# Forms


def test_forms_are_sorted_by_share_name_and_number_of_studies(client: Client) -> None:
    for name, formula, studies in (("B", "MgO", 1), ("A", "MgCO3", 2), ("C", "MgCl2", 0)):
        form = make.make_form(slug=name.lower(), name=name, formula=formula)
        for _ in range(studies):
            make.make_study(form=form)
    orders = {"": "bac", "?order=name": "abc", "?order=studies": "abc"}
    for query, wanted in orders.items():
        html = read(client, f"/forms/{query}")
        assert "".join(re.findall(r'<th scope="row"><a href="/forms/(\w)/"', html)) == wanted, query


def test_sorted_column_says_so_and_others_are_links_that_keep_the_filters(client: Client, first_edition: None) -> None:
    html = read(client, "/forms/?outcome=sleep&order=studies")
    assert re.search(r'aria-sort="descending"><a class="sort" href="/forms/\?outcome=sleep&amp;order=studies">', html)
    assert 'href="/forms/?outcome=sleep&amp;order=name"' in html
    assert html.count("aria-sort") == 1


def test_form_counts_each_study_once_however_it_is_tied(client: Client) -> None:
    form, outcome = make.make_form(slug="oxide"), make.make_outcome()
    study = make.make_study(form=form)
    make.make_arm(trial=make.make_trial(study=study), form=form, form_stated="single")
    make.make_form_evidence(form=form, outcome=outcome, study=study)
    make.make_study(form=form, is_public=False)
    html = read(client, "/forms/")
    assert re.search(r'href="/studies/\?form=oxide">1<', html)


def test_every_cell_of_a_form_names_its_column_for_the_phone(client: Client, first_edition: None) -> None:
    html = read(client, "/forms/")
    assert html.count("<td") == html.count("data-label=") == 4 * Form.objects.count()


# Articles


def test_articles_are_found_by_title_and_by_checked_claims(client: Client) -> None:
    plain, checked = (
        make.make_published_article(slug="plain", title="Plain"),
        make.make_published_article(slug="checked"),
    )
    Reference.objects.create(article=checked, claim=make.make_claim(), phrase="x")
    make.make_article(slug="draft", title="Plain draft")
    assert listed_articles(client, "?claims=with") == [checked.slug]
    assert listed_articles(client, "?claims=without") == [plain.slug]
    assert listed_articles(client, "?q=plain") == [plain.slug]
    assert len(listed_articles(client, "")) == 2


def listed_articles(client: Client, query: str) -> list[str]:
    return re.findall(r'<h2><a href="/articles/([\w-]+)/"', read(client, f"/articles/{query}"))


def test_article_row_says_how_many_claims_were_checked(client: Client, first_edition: None) -> None:
    assert "40 claims checked" in dom.text(read(client, "/articles/"))


# Studies


def test_studies_are_narrowed_by_species_year_and_status(client: Client) -> None:
    wanted = make.make_study(species="rat", year=1985, publication_status="corrected", publication_note="Said so.")
    make.make_study(species="rat", year=2021)
    html = read(client, "/studies/?species=rat&year=earlier&status=corrected")
    assert re.findall(r'row-title"><a href="([^"]+)"', html) == [wanted.get_absolute_url()]


def test_most_people_first_does_not_count_rats(client: Client) -> None:
    for slug, species, number in (("rats", "rat", 900), ("few", "human", 10), ("many", "human", 200)):
        make.make_study(slug=slug, species=species, n=number)
    html = read(client, "/studies/?order=people")
    assert re.findall(r'row-title"><a href="/studies/(\w+)/', html) == ["many", "few", "rats"]
