"""The search page, its twin and its suggestions: whatever is asked, an answer, and nothing that is not public."""

from __future__ import annotations

import json
from random import Random
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms_catalog.models import Form, NamedMedicine, Outcome
from forms_catalog.models.vocabulary import PublicationStatus
from mgsite.index import sources
from mgsite.index.finding import find, suggest
from mgsite.index.keeping import differences, rebuild
from mgsite.index.keeping import faults as faults_of_index
from mgsite.index.sources import ListSource
from mgsite.pages.search import findable_pages
from tests import factories as make
from tests.content.test_search import GOLDEN
from tests.contracts.test_pages import faults
from tests.dom import parse, text

pytestmark = pytest.mark.django_db

PAGE, TWIN, SUGGEST = "/search/", "/search.json", "/search/suggest.json"
HOSTILE = [
    "",
    " ",
    "a",
    "a OR",
    "AND",
    '"',
    '""" OR ""',
    "NEAR(sleep, 3)",
    "sleep*",
    "*",
    "(",
    "title_words: sleep",
    "-sleep",
    "sleep ^",
    "'; DROP TABLE site_index_document; --",
    "& | ! <-> :*",
    "\\",
    "%",
    "\x00",
    "sl\x00eep",
    "\ud800",
    "😀 sleep 😀",
    "🧲" * 200,
    "睡眠",
    "نوم",
    "i" * 10_000,
    "sleep " * 2_000,
    "<script>alert(1)</script> sleep",
    "&lt;b&gt;",
    "{{ 7 }}{% now %}",
    "٣٣٣٣٣",
    "-----",
    "1e999",
    "\u202esleep",
]


def address(path: str, **params: str) -> str:
    return f"{path}?{urlencode(params, errors='surrogatepass')}"


@pytest.mark.parametrize("path", [PAGE, TWIN, SUGGEST])
def test_nothing_that_is_typed_fails_or_comes_back_alive(path: str, searchable_edition: None, client: Client) -> None:
    for typed in HOSTILE:
        response = client.get(address(path, q=typed, kind=typed, page=typed))
        assert response.status_code == 200, typed
        assert path != PAGE or "<script>alert" not in response.content.decode()
    assert response.headers["Content-Type"].startswith("text/html" if path == PAGE else "application/json")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=[])))
def test_no_question_is_refused_by_the_database(searchable_edition: None, typed: str) -> None:
    assert find(typed).question.typed == typed
    suggest(typed)


def test_page_of_results_is_valid_and_keeps_out_of_search_engines(searchable_edition: None, client: Client) -> None:
    for question in ("glycinate sleep", "magnesium", "depresion", "28654669", "xyzzyq", "ketamine sleep oxide", ""):
        html = client.get(address(PAGE, q=question)).content.decode()
        assert faults(html) == []
        assert '<meta name="robots" content="noindex">' in html


def test_words_are_marked_and_what_they_stand_in_is_escaped(client: Client) -> None:
    make.make_claim(statement="Ginger & <b>zinc</b> <script>alert(1)</script>", why="Ginger < zinc.")
    rebuild()
    html = client.get(address(PAGE, q="zinc")).content.decode()
    assert "Ginger &amp; &lt;b&gt;<mark>zinc</mark>&lt;/b&gt;" in html
    assert "<script>alert" not in html


def test_kinds_are_counted_and_narrow_the_list(searchable_edition: None, client: Client) -> None:
    counts = client.get(address(TWIN, q="sleep")).json()["counts"]
    assert sum(bool(number) for number in counts.values()) > 4
    for kind, number in counts.items():
        found = client.get(address(TWIN, q="sleep", kind=kind)).json()
        assert (found["count"], found["counts"]) == (number, counts)
        assert {result["kind"] for result in found["results"]} == ({kind} if number else set())


def test_every_result_can_be_reached_once(searchable_edition: None, client: Client) -> None:
    pages = client.get(address(TWIN, q="trial")).json()["pages"]
    assert pages > 1
    found = [
        (result["kind"], result["key"])
        for page in range(1, pages + 1)
        for result in client.get(address(TWIN, q="trial", page=str(page))).json()["results"]
    ]
    assert len(found) == len(set(found)) == client.get(address(TWIN, q="trial")).json()["count"]


def test_every_link_of_a_result_leads_to_its_place(searchable_edition: None, client: Client) -> None:
    twins = [client.get(address(TWIN, q=typed)).json() for typed in ("magnesium", "kidney", "sleep")]
    found = [result for twin in twins for result in twin["results"]]
    sections = [section["url"] for result in found for section in result["sections"]]
    assert sections
    for url in {*sections, *(result["url"] for result in found)}:
        page, _, place = url.partition("#")
        html = client.get(page).content.decode()
        assert not place or f'id="{place}"' in html, url


def test_pages_that_are_no_records_are_found_by_the_headings_they_have(first_edition: None, client: Client) -> None:
    headings: dict[str, list[str]] = {}
    for page in findable_pages():
        path, _, place = page.url.partition("#")
        document = parse(client.get(path).content.decode())
        there = [each for each in document.iter() if (each.get("id") == place if place else each.tag == "h1")]
        headings[page.title] = [" ".join("".join(each.itertext()).split()).lower() for each in there]
    assert {title: found for title, found in headings.items() if len(found) != 1 or found[0] not in title.lower()} == {}


def test_pages_may_change_by_a_rebuild_alone(searchable_edition: None, monkeypatch: pytest.MonkeyPatch) -> None:
    fewer = ListSource("page", lambda: findable_pages()[1:], sources.LISTS[0].entries)
    monkeypatch.setattr(sources, "LISTS", [fewer])
    number = len(findable_pages())
    assert faults_of_index() == [f"Of {number - 1} rows of the kind page readers may see, {number} are in the index."]
    rebuild()
    assert [*faults_of_index(), *differences()] == []
    assert find("diet").hits[0].key != "diet-page"


def test_an_outcome_says_its_grade_in_the_line(searchable_edition: None, client: Client) -> None:
    results = client.get(address(TWIN, q="sleep", kind="outcome")).json()["results"]
    sleep = next(result for result in results if result["key"] == "sleep")
    assert sleep["certainty"] == client.get(address(TWIN, q="sleep problems")).json()["answer"]["certainty"]
    row = (
        client.get(address(PAGE, q="sleep", kind="outcome"))
        .content.decode()
        .partition('<li class="row search-result">')[2]
    )
    assert "certainty" in row.partition("</li>")[0]


def test_a_medicine_leads_to_its_rule_and_a_renamed_one_is_followed(searchable_edition: None, client: Client) -> None:
    found = client.get(address(TWIN, q="ciprofloxacin")).json()["results"][0]
    path, _, place = found["url"].partition("#")
    rule = next(each for each in parse(client.get(path).content.decode()).iter("article") if each.get("id") == place)
    assert "ciprofloxacin" in " ".join(rule.itertext())
    medicine = NamedMedicine.objects.get(name="ciprofloxacin")
    client.force_login(make.make_user(is_superuser=True))
    client.post(f"/admin/forms_catalog/namedmedicine/{medicine.pk}/delete/", {"post": "yes"})
    assert not NamedMedicine.objects.filter(pk=medicine.pk).exists()
    assert [*faults_of_index(), *differences()] == []


def test_page_and_twin_say_the_same(searchable_edition: None, client: Client) -> None:
    page = parse(client.get(address(PAGE, q="glycinate sleep")).content.decode())
    titles = [" ".join("".join(row.itertext()).split()) for row in page.iter("p") if row.get("class") == "row-title"]
    twin = client.get(address(TWIN, q="glycinate sleep")).json()
    assert titles == [" ".join(result["title"].split()) for result in twin["results"]]
    assert "<" not in json.dumps([result["passage"] for result in twin["results"]])


def test_a_cell_of_the_explorer_answers_in_the_explorers_words(searchable_edition: None, client: Client) -> None:
    answer = client.get(address(TWIN, q="magnesium glycinate sleep")).json()["answer"]
    cells = client.get("/explore.json").content.decode()
    assert answer["certainty"] == "very_low"
    assert answer["text"] == "Results point to a benefit: 1 trial, 155 people."
    assert "Results point to a benefit" in cells
    assert client.get(answer["url"]).status_code == 200


def test_an_outcome_answers_in_the_words_of_its_page(searchable_edition: None, client: Client) -> None:
    twin = client.get(address(TWIN, q="nerves")).json()
    answer = twin["answer"]
    assert (answer["url"], answer["certainty"]) == ("/outcomes/anxiety/", "low")
    assert answer["text"] in text(client.get(answer["url"]).content.decode())
    assert ("outcome", "anxiety") not in [(result["kind"], result["key"]) for result in twin["results"]]


def test_an_empty_cell_says_that_nothing_is_on_file(searchable_edition: None, client: Client) -> None:
    answer = client.get(address(TWIN, q="orotate sleep")).json()["answer"]
    assert answer["text"].startswith("None on file")
    assert answer["certainty"] == ""


def test_a_claim_says_its_verdict_in_the_line(searchable_edition: None, client: Client) -> None:
    results = client.get(address(TWIN, q="imipramine")).json()["results"]
    claim = next(result for result in results if result["key"] == "c28")
    assert (claim["verdict"], claim["certainty"], claim["safety"]) == ("overstated", "very_low", True)


def test_a_retracted_study_is_named_as_one_in_answer_and_list(client: Client) -> None:
    taken_back = {"publication_status": PublicationStatus.RETRACTED, "publication_note": "Taken back."}
    make.make_study(title="Zinctrial", pmid="31234567", **taken_back)
    rebuild()
    for typed in ("31234567", "zinctrial"):
        found = client.get(address(TWIN, q=typed)).json()
        assert (found["answer"] or found["results"][0])["status"] == "Retracted"
        assert "Retracted" in text(client.get(address(PAGE, q=typed)).content.decode().partition("<main")[2])


def test_a_study_kept_for_editors_is_not_found(client: Client) -> None:
    make.make_study(title="Zinctrial alone", is_public=False, pmid="31234567")
    rebuild()
    assert client.get(address(TWIN, q="zinctrial")).json()["count"] == 0
    assert client.get(address(TWIN, q="31234567")).json()["answer"] is None


def test_slips_are_mended_and_said(searchable_edition: None, client: Client) -> None:
    html = client.get(address(PAGE, q="magnesium treonate")).content.decode()
    assert "Did you mean" in text(html)
    assert 'href="/search/?q=magnesium+threonate"' in html


def test_suggestions_go_on_from_what_is_typed(searchable_edition: None, client: Client) -> None:
    found = client.get(address(SUGGEST, q="gly")).json()["suggestions"]
    assert found[0] == {
        "title": "Magnesium glycinate (bisglycinate)",
        "what": "Form of magnesium",
        "url": "/forms/glycinate/",
    }
    assert len(found) <= 8
    assert client.get(address(SUGGEST, q="")).json() == {"suggestions": []}


def test_search_asks_a_fixed_number_of_questions(
    searchable_edition: None, client: Client, django_assert_max_num_queries
) -> None:
    for question in asked():
        for path in (PAGE, TWIN):
            with django_assert_max_num_queries(12):
                client.get(address(path, q=question))
    with django_assert_max_num_queries(2):
        client.get(address(SUGGEST, q="magn"))


def asked() -> list[str]:
    """The golden questions; forms with outcomes, whether or not anything is on file, as they are and with a slip; and
    odd handfuls of words, known and unknown."""
    forms, outcomes = (list(model.objects.order_by("slug").values_list("slug", flat=True)) for model in (Form, Outcome))
    pairs = [f"{form} {outcome}".replace("-", " ") for form in forms for outcome in outcomes]
    chance = Random(8211)  # the same each time
    words = sorted({word for question in GOLDEN for word in question.split()} | {"xyzzyq", "ketmine"})
    handfuls = [" ".join(chance.sample(words, k=chance.randint(2, 6))) for _ in range(60)]
    return [
        *GOLDEN,
        "glicinate insomnia",
        *map(slipped, chance.sample(pairs, 40)),
        *chance.sample(pairs, 60),
        *handfuls,
    ]


def slipped(question: str) -> str:
    """With a letter left out of its first word."""
    return question[:3] + question[4:]
