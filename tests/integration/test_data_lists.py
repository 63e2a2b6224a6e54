"""A list's address with a suffix is the same list as data."""

import json
import re

import html5lib
import pytest
from django.conf import settings
from django.test import Client

from forms_catalog.exports import series as portions
from tests import factories as make
from tests.downloads import body, csv_rows, document

pytestmark = pytest.mark.django_db

KINDS = {"studies": "study", "forms": "form", "mechanisms": "mechanism", "outcomes": "outcome", "claims": "claim"}


def words(element) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def page(client: Client, address: str):
    return html5lib.parse(client.get(address).content.decode(), namespaceHTMLElements=False)


def links_to(client: Client, kind: str, query: str) -> list[str]:
    """Keys of the records a list page names, in its order, over all its pages."""
    found: list[str] = []
    for number in range(1, 10):
        main = page(client, f"/{kind}/?{query}&page={number}").find(".//main")
        keys = [
            match[1]
            for link in main.iter("a")
            if (match := re.fullmatch(rf"/{kind}/(?!compare/)([a-z0-9-]+)/", link.get("href") or ""))
        ]
        here = list(dict.fromkeys(keys))
        if here == found[-len(here) :]:
            break
        found += here
    return found


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("studies", ""),
        ("studies", "design=rct&order=people"),
        ("studies", "q=magnesium&species=human&order=oldest"),
        ("forms", ""),
        ("forms", "order=name&structure=one"),
        ("mechanisms", "order=reach"),
        ("outcomes", "order=certainty"),
        ("claims", "verdict=overstated&order=certainty"),
        ("claims", ""),
    ],
)
def test_download_holds_the_rows_of_the_page_in_its_order(first_edition, client, kind: str, query: str) -> None:
    shown = links_to(client, kind, query)

    assert [row[KINDS[kind]] for row in csv_rows(client, f"/{kind}.csv?{query}")] == shown
    assert [row[KINDS[kind]] for row in document(client, f"/{kind}.json?{query}")["rows"]] == shown
    assert shown


def test_cells_of_the_list_of_forms_are_those_of_its_download(first_edition, client) -> None:
    table = page(client, "/forms/").find(".//table")
    rows = csv_rows(client, "/forms.csv")
    shown = [[words(cell) for cell in row] for row in table.find("tbody").iter("tr")]

    assert len(shown) == len(rows) > 10
    for cells, row in zip(shown, rows, strict=True):
        assert cells[0].startswith(row["name"])
        if not row["formula"]:
            assert cells[1] == cells[2] == "not computed"
            continue
        assert row["structure"] in cells[0]
        assert float(re.search(r"[\d.]+", cells[1])[0]) == pytest.approx(
            float(row["elemental_magnesium_percent"]), abs=0.06
        )
        assert int(re.sub(r"\D", "", cells[2])) == round(float(row["compound_mg_for_100_mg_magnesium"]))
        assert (re.match(r"\d+|none", cells[3])[0]).replace("none", "0") == row["studies"]


def test_cells_of_the_list_of_studies_are_those_of_its_download(first_edition, client) -> None:
    found = page(client, "/studies/").findall(".//ul[@class='rows']/li")
    rows = csv_rows(client, "/studies.csv")

    assert len(found) == 50 < len(rows)
    for item, row in zip(found, rows, strict=False):
        assert row["title"] in words(item) or "[title not seen]" in words(item)
        assert row["journal"] in words(item)
        spans = [words(span) for span in item.findall(".//span")]
        people = [re.sub(r"\D", "", span) for span in spans if re.search(r"\d (person|people|animals?|counted)$", span)]
        assert people == ([row["people_or_animals"]] if row["people_or_animals"] else [])


def test_csv_and_json_say_the_same_cell_by_cell(first_edition, client) -> None:
    for kind in KINDS:
        found = document(client, f"/{kind}.json")
        rows = csv_rows(client, f"/{kind}.csv")
        assert found["metadata"]["row_count"] == len(rows) == len(found["rows"])
        for ours, theirs in zip(rows, found["rows"], strict=True):
            assert list(ours) == list(theirs) == [column["name"] for column in found["metadata"]["columns"]]
            assert ours == {name: as_cell(value) for name, value in theirs.items()}


def as_cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = " | ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if isinstance(value, str | list) and text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def test_query_is_said_in_the_words_of_the_page(first_edition, client) -> None:
    said = document(client, "/studies.json?design=rct&species=human")["metadata"]

    assert said["query"] == words(page(client, "/studies/?design=rct&species=human").find(".//p[@class='query-words']"))
    assert said["address"] == f"{settings.SITE_URL}/studies.json?design=rct&species=human"
    assert said["licence"] == "not stated by the owner"
    assert said["edition"]["date"]
    dose = next(column for column in said["columns"] if column["name"] == "dose_mg_elemental_per_day")
    assert dose["unit"] == "mg a day"


def test_what_an_address_does_not_mean_is_noted(client) -> None:
    make.make_study()

    said = document(client, "/studies.json?design=magic")["metadata"]

    assert said["notices"] == ["The filter design has no value “magic”, so it was left out."]
    assert said["row_count"] == 1


def test_what_was_not_seen_stays_empty(client) -> None:
    make.make_study(slug="bare", n=None, dose_mg_elemental=None, title="")

    (row,) = csv_rows(client, "/studies.csv")
    (other,) = document(client, "/studies.json")["rows"]

    assert (row["title"], row["people_or_animals"], row["dose_mg_elemental_per_day"]) == ("", "", "")
    assert other["title"] is other["people_or_animals"] is other["dose_mg_elemental_per_day"] is other["form"] is None
    assert (other["source_url"], other["study"]) == (make.SOURCE, "bare")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_becomes_a_formula_and_no_number_becomes_a_text(client, start: str) -> None:
    study = make.make_study(title=f'{start}HYPERLINK("x"), "y"\nz', dose_mg_elemental=248.5)

    (row,) = csv_rows(client, "/studies.csv")

    assert row["title"] == f"'{study.title}"
    assert row["dose_mg_elemental_per_day"] == "248.5"
    assert document(client, "/studies.json")["rows"][0]["title"] == study.title


def test_negative_numbers_stay_numbers(client) -> None:
    from forms_catalog.exports.csv_format import cell

    assert cell(-0.4) == -0.4
    assert cell("-0.4") == "'-0.4"


def test_long_list_is_whole_as_csv_and_paged_as_json(client, monkeypatch) -> None:
    monkeypatch.setattr(portions, "PORTION", 2)
    monkeypatch.setattr("forms_catalog.exports.json_format.PER_PAGE", 2)
    for year in range(2001, 2006):
        make.make_study(slug=f"s{year}", year=year)

    assert [row["study"] for row in csv_rows(client, "/studies.csv")] == ["s2005", "s2004", "s2003", "s2002", "s2001"]
    seen, address = [], "/studies.json?species=human"
    while address:
        found = document(client, address)
        seen += [row["study"] for row in found["rows"]]
        address = (found["metadata"]["next"] or "").removeprefix(settings.SITE_URL)
    assert seen == ["s2005", "s2004", "s2003", "s2002", "s2001"]
    assert found["metadata"]["previous"] == f"{settings.SITE_URL}/studies.json?species=human&page=2"
    assert document(client, "/studies.json?page=99999")["metadata"]["rows_on_this_page"] == 1


def test_studies_go_to_a_reference_manager_by_the_same_query(first_edition, client) -> None:
    keys = [row["study"] for row in csv_rows(client, "/studies.csv?design=rct")]

    items = json.loads(body(client, "/studies.csl.json?design=rct"))
    ris, bib = (body(client, f"/studies.{suffix}?design=rct").decode() for suffix in ("ris", "bib"))

    assert [item["id"] for item in items] == keys
    assert ris.count("ER  - ") == ris.count("TY  - ") == len(keys)
    assert re.findall(r"^@\w+\{([^,]+),", bib, re.MULTILINE) == keys


def test_list_of_nothing_is_still_a_file(client) -> None:
    assert csv_rows(client, "/studies.csv?q=nothing-like-it") == []
    assert json.loads(body(client, "/studies.csl.json")) == []
    assert body(client, "/studies.ris") == b""
    assert document(client, "/claims.json")["rows"] == []


@pytest.mark.parametrize(
    ("address", "content_type", "disposition"),
    [
        ("/studies.csv", "text/csv; charset=utf-8; header=present", 'attachment; filename="studies.csv"'),
        ("/studies.json", "application/json", 'inline; filename="studies.json"'),
        ("/studies.ris", "application/x-research-info-systems; charset=utf-8", 'attachment; filename="studies.ris"'),
        ("/studies/key.json", "application/json", 'inline; filename="key.json"'),
    ],
)
def test_data_is_cached_like_a_page_and_open_to_scripts_of_others(
    client, address: str, content_type: str, disposition: str
) -> None:
    make.make_study(slug="key")

    response = client.get(address, headers={"Origin": "https://elsewhere.example"})
    again = client.get(address, headers={"If-None-Match": response.headers["ETag"]})

    assert response.headers["Content-Type"] == content_type
    assert response.headers["Content-Disposition"] == disposition
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "public" in response.headers["Cache-Control"]
    assert again.status_code == 304
    for answer in (response, again):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert not answer.cookies
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("kind", KINDS)
def test_page_offers_its_own_rows_as_files(first_edition, client, kind: str) -> None:
    query = "?design=rct" if kind == "studies" else ""
    offered = page(client, f"/{kind}/{query}").find(".//nav[@class='take-away']")
    links = {words(link).split()[0]: link.get("href") for link in offered.iter("a")}
    rows = csv_rows(client, links["CSV"])

    assert links["CSV"] == f"/{kind}.csv{query}"
    assert f"({len(rows)} rows)" in words(offered)
    assert set(links) == {"CSV", "JSON", "What", *(["RIS", "BibTeX", "CSL-JSON"] if kind == "studies" else [])}
    assert all(client.get(address).status_code == 200 for address in links.values())


def test_empty_list_offers_no_file(client, db) -> None:
    assert page(client, "/studies/?q=nothing").find(".//nav[@class='take-away']") is None


@pytest.mark.parametrize("kind", KINDS)
def test_record_page_leads_to_the_record_as_data(first_edition, client, kind: str) -> None:
    address = document(client, f"/{kind}.json")["rows"][0]["address"].removeprefix(settings.SITE_URL)
    link = page(client, address).find(".//p[@class='as-data']/a")

    assert link.get("href") == f"{address[:-1]}.json"
    assert client.get(link.get("href")).status_code == 200


def test_page_about_data_says_how_many_rows_json_holds(client) -> None:
    from forms_catalog.exports.json_format import PER_PAGE

    assert f"JSON comes {PER_PAGE} rows at a time" in client.get("/data/").content.decode()
