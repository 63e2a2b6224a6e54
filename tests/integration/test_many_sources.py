"""Pages of records on which much is filed: they list the newest and lead to the rest, and are never behind."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forms_catalog import remembered
from forms_catalog.actions import public_content_changed
from forms_catalog.edition.documents import documents
from forms_catalog.models import Form, FormEvidence, LadderEntry, Mechanism, Outcome, Study
from forms_catalog.models.vocabulary import Rung
from forms_catalog.queries.forms import MOST_ROWS
from forms_catalog.queries.mechanisms import MOST_ENTRIES
from tests import factories as make
from tests.dom import parse

pytestmark = pytest.mark.django_db
FILED = MOST_ENTRIES + 5


@pytest.fixture
def studies() -> list[Study]:
    """More than a page lists, filed for one form and outcome and on one rung; the first is the oldest."""
    form, outcome, mechanism = make.make_form(slug="oxide"), make.make_outcome(slug="sleep"), make.make_mechanism()
    found = [make.make_study(slug=f"study{year}", year=year, form=form) for year in range(2000, 2000 + FILED)]
    for study in found:
        make.make_result(study=study, outcome=outcome)
        make.make_form_evidence(form=form, outcome=outcome, study=study, note="Filed here.")
        LadderEntry.objects.create(mechanism=mechanism, study=study, rung=Rung.ANIMAL, note="Mice swam.")
    return found


@pytest.fixture
def _remembering(settings, monkeypatch) -> Iterator[None]:
    """As in life, where a page is no part of a transaction."""
    settings.REMEMBER_CATALOG = True
    monkeypatch.setattr(remembered, "connection", type("Outside", (), {"in_atomic_block": False}))
    public_content_changed()
    yield
    public_content_changed()


def ladder_html(client: Client) -> str:
    html = client.get(Mechanism.objects.get().get_absolute_url()).content.decode()
    return html[html.index('class="ladder"') : html.index("Often misunderstood")]


def follow(client: Client, html: str, name: str) -> str:
    """What stands at the link that begins with these words; its address is as the explorer writes it itself."""
    (address,) = [str(link.get("href")) for link in parse(html).iter("a") if str(link.text or "").startswith(name)]
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def listed(html: str, studies: list[Study]) -> int:
    return sum(f"/studies/{study.slug}/" in html for study in studies)


@pytest.mark.parametrize("kind", [Form, Outcome])
def test_page_lists_the_newest_rows_and_leads_to_all(client: Client, studies: list[Study], kind: type) -> None:
    html = client.get(kind.objects.get().get_absolute_url()).content.decode()
    assert html.count("Filed here.") == MOST_ROWS
    assert f"These are the newest {MOST_ROWS}." in html
    assert listed(follow(client, html, f"All {FILED} sources"), studies) == FILED


def test_ladder_lists_the_newest_studies_and_leads_to_all(client: Client, studies: list[Study]) -> None:
    html = ladder_html(client)
    assert [f"/{study.slug}/" in html for study in studies] == [False] * 5 + [True] * MOST_ENTRIES
    assert listed(follow(client, html, f"All {FILED} studies"), studies) == FILED
    assert f"<small>{FILED} studies</small>" in client.get("/mechanisms/").content.decode()


def test_few_rows_are_all_listed_without_a_way_to_more(client: Client, studies: list[Study]) -> None:
    FormEvidence.objects.filter(study__in=studies[MOST_ROWS:]).delete()
    html = client.get("/forms/oxide/").content.decode()
    assert html.count("Filed here.") == MOST_ROWS
    assert "These are the newest" not in html


@pytest.mark.usefixtures("_remembering")
@pytest.mark.parametrize("path", ["/forms/oxide/", "/outcomes/sleep/", "/explore/"])
def test_page_that_is_remembered_follows_each_change(client: Client, studies: list[Study], path: str) -> None:
    def sources() -> list[str]:
        html = client.get(path).content.decode()
        return re.findall(rf"\b({FILED}|{FILED - 1}) (?:randomised )?trials", html)[:1]

    before = sources()
    Study.objects.filter(pk=studies[0].pk).update(is_public=False)
    kept = sources()
    public_content_changed()
    assert (before, kept, sources()) == ([f"{FILED}"], [f"{FILED}"], [f"{FILED - 1}"])


def test_a_record_that_names_a_thousand_others_is_written_and_compared() -> None:
    form, outcome = make.make_form(), make.make_outcome()
    studies = Study.objects.bulk_create(
        Study(slug=f"s{number}", title="Made up", design="rct", species="human") for number in range(1001)
    )
    FormEvidence.objects.bulk_create(
        FormEvidence(form=form, outcome=outcome, study=study, position=place) for place, study in enumerate(studies)
    )
    with CaptureQueriesContext(connection) as asked:
        ((slug, document),) = documents(Form.objects.all())
    assert slug == form.slug
    assert [part["study"] for part in document["evidence"]] == [study.slug for study in studies]
    assert len(asked) < 10
