"""Citations of studies as files."""

import json

import pytest

from tests.factories import make_study

pytestmark = pytest.mark.django_db

TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json",
}


@pytest.mark.parametrize("suffix", TYPES)
def test_study_is_downloaded_under_its_key(client, suffix: str) -> None:
    make_study(slug="abbasi2012", title="Magnesium & insomnia", authors=["Abbasi, Behnood"], year=2012)

    response = client.get(f"/studies/abbasi2012.{suffix}")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == TYPES[suffix]
    assert response.headers["Content-Disposition"] == f'attachment; filename="abbasi2012.{suffix}"'
    assert "insomnia" in response.content.decode()
    again = client.get(f"/studies/abbasi2012.{suffix}", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_csl_of_a_study_says_what_the_record_says(client) -> None:
    make_study(slug="abbasi2012", title="On sleep", authors=["Abbasi, Behnood"], year=2012, doi="10.1000/x", pmid="123")

    (item,) = json.loads(client.get("/studies/abbasi2012.csl.json").content)

    assert item["type"] == "article-journal"
    assert item["author"] == [{"family": "Abbasi", "given": "Behnood"}]
    assert (item["DOI"], item["PMID"], item["issued"]) == ("10.1000/x", "123", {"date-parts": [[2012]]})


def test_retraction_goes_with_the_citation(client) -> None:
    make_study(slug="gone2012", publication_status="retracted", publication_note="The journal withdrew it.")

    assert "N1  - Retracted. The journal withdrew it." in client.get("/studies/gone2012.ris").content.decode()


@pytest.mark.parametrize("suffix", TYPES)
def test_study_kept_for_editors_is_not_found(client, suffix: str) -> None:
    make_study(slug="kept", is_public=False)

    assert client.get(f"/studies/kept.{suffix}").status_code == 404


def test_every_study_of_the_first_edition_can_be_cited(client, first_edition) -> None:
    from forms_catalog.models import Study

    slugs = list(Study.objects.published().values_list("slug", flat=True))
    for slug in slugs:
        (item,) = json.loads(client.get(f"/studies/{slug}.csl.json").content)
        assert item["id"] == slug
        assert item["title"]
    assert len(slugs) > 50
