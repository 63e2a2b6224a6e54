"""Pages of the catalog ask a fixed number of questions, however much there is to show."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forms_catalog.models import (
    Arm,
    CommonClaim,
    Form,
    Hydrate,
    NarrativeSynthesis,
    Outcome,
    OutcomeNote,
    PooledResult,
    Recomputation,
    RiskOfBias,
    StudyIdentifier,
    UnusableResult,
)
from forms_catalog.queries.outcomes import counted_outcomes
from tests import factories as make

pytestmark = pytest.mark.django_db

MOST = 12
KINDS = ["form", "mechanism", "outcome", "study", "claim"]
LISTS = [*(f"catalog:{kind}-list" for kind in KINDS), "articles:article-list"]
DOMAINS = ["randomisation", "deviations", "missing_data", "measurement", "selection"]


def queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def grow(centre: dict) -> None:
    """Another neighbour of every kind for each record in the centre."""
    form, mechanism, outcome = make.make_form(), make.make_mechanism(), make.make_outcome(broader=centre["outcome"])
    study = make.make_study(form=form)
    claim = make.make_claim(forms=[form, centre["form"]], mechanisms=[mechanism], outcomes=[outcome])
    everyone = {"form": form, "mechanism": mechanism, "outcome": outcome, "study": study, "claim": claim}
    for kind in KINDS:
        join({**centre, kind: everyone[kind]})
    article = make.make_published_article()
    for kind, record in centre.items():
        article.references.create(**{kind: record})


def join(records: dict) -> None:
    """Every relation there is between five records."""
    form, mechanism, outcome, study, claim = (records[kind] for kind in KINDS)
    study.mechanisms.add(mechanism)
    claim.forms.add(form)
    claim.mechanisms.add(mechanism)
    claim.outcomes.add(outcome)
    make.make_hydrate(form=form, state=f"hydrate {Hydrate.objects.count()}")
    make.make_result(study=study, outcome=outcome)
    make.make_effect(study=study, outcome=outcome, primary_row=False)
    if not form.evidence.filter(outcome=outcome, study=study).exists():
        make.make_form_evidence(form=form, outcome=outcome, study=study)
    if not mechanism.ladder.filter(study=study).exists():
        make.make_ladder_entry(mechanism=mechanism, study=study)
    if not OutcomeNote.objects.filter(outcome=outcome, study=study).exists():
        make.make_outcome_note(outcome=outcome, study=study)
    if not claim.supports.filter(study=study).exists():
        make.make_support(claim=claim, study=study)
    make.make_counter_search(claim=claim, found=[study])
    add_parts(form=form, outcome=outcome, study=study)


def add_parts(*, form: Form, outcome: Outcome, study) -> None:
    sourced = {"study": study, "outcome": outcome, "source_url": make.SOURCE}
    count = PooledResult.objects.count()
    PooledResult.objects.create(
        key=f"pool-{count}", measure="m", evidence="randomised", effect_kind="SMD", effect=-0.2, note="n", **sourced
    )
    NarrativeSynthesis.objects.create(text="t", **sourced)
    UnusableResult.objects.create(seen="s", missing="m", **sourced)
    StudyIdentifier.objects.create(study=study, kind="pmid", value=str(10_000_000 + count))
    CommonClaim.objects.create(form=form, statement="s", evidence="e", verdict="mixed").studies.add(study)
    Recomputation.objects.create(
        study=study,
        what="p",
        reported="r",
        recomputed="r",
        formula="f",
        state="recomputes",
        note="n",
        source_url=make.SOURCE,
    )
    trial = getattr(study, "trial", None) or make.make_trial(study=study)
    Arm.objects.create(trial=trial, label="Magnesium", role="magnesium", form_stated="single", form=form)
    free = set(DOMAINS) - set(trial.risk_of_bias.values_list("domain", flat=True))
    for domain in sorted(free)[:1]:
        RiskOfBias.objects.create(trial=trial, domain=domain, level="low", reason="r")


@pytest.fixture
def centre():
    records = {
        "form": make.make_form(),
        "mechanism": make.make_mechanism(),
        "outcome": make.make_outcome(),
        "study": make.make_study(),
        "claim": make.make_claim(),
    }
    join(records)
    grow(records)
    return records


@pytest.mark.parametrize("kind", KINDS)
def test_detail_keeps_its_queries_as_neighbours_grow(client, centre, kind):
    url = centre[kind].get_absolute_url()
    before = queries(client, url)
    for _ in range(3):
        grow(centre)
    assert queries(client, url) == before <= MOST


@pytest.mark.parametrize("name", [*LISTS, "home"])
def test_list_keeps_its_queries_as_records_grow(client, centre, name):
    before = queries(client, reverse(name))
    for _ in range(3):
        grow(centre)
    assert queries(client, reverse(name)) == before <= MOST


@pytest.mark.parametrize(
    "url",
    [
        "/studies/?design=rct&outcome=o&form=f&q=nothing+like+it",
        "/studies/?design=rct&species=human&outcome=o&form=f&year=2020&status=corrected&q=like+it&order=people",
        "/claims/?verdict=supported&topic=diet&safety=1&q=nothing+like+it",
        "/claims/?verdict=supported&certainty=low&topic=diet&safety=1&q=like+it&order=verdict",
        "/articles/?claims=with&q=nothing+like+it",
        "/forms/?outcome=o&structure=none",
        "/outcomes/?kind=main&family=o&studies=many&certainty=high",
        "/mechanisms/?reach=animal&article=1",
    ],
)
def test_empty_list_stays_within_its_queries(client, url):
    make.make_form(slug="f")
    make.make_outcome(slug="o")
    assert queries(client, url) <= MOST


@pytest.mark.parametrize("maker", [make.make_form, make.make_outcome])
def test_long_lists_are_cut_by_the_database(client, maker):
    record = maker()
    with CaptureQueriesContext(connection) as captured:
        client.get(record.get_absolute_url())
    assert any("LIMIT 101" in query["sql"] for query in captured)


def test_long_list_of_a_mechanism_is_cut_before_the_database_is_asked(client):
    mechanism = make.make_mechanism()
    for index in range(104):
        make.make_study(slug=f"s{index}").mechanisms.add(mechanism)
    with CaptureQueriesContext(connection) as captured:
        client.get(mechanism.get_absolute_url())
    named = [re.findall(r'"forms_catalog_study"."id" IN \(([^)]*)\)', query["sql"]) for query in captured]
    assert [len(keys.split(",")) for found in named for keys in found] == [101]


def test_studies_and_claims_of_outcomes_are_counted_apart():
    """Joined in one query, each outcome would cost its studies times its claims."""
    assert counted_outcomes().query.group_by is None


def test_long_lists_of_neighbours_are_cut(client):
    form, outcome, mechanism = make.make_form(), make.make_outcome(), make.make_mechanism()
    for index in range(101):
        study = make.make_study(slug=f"s{index}", form=form)
        study.mechanisms.add(mechanism)
        make.make_result(study=study, outcome=outcome)
    for record in (form, outcome, mechanism):
        # A hundred rows, and beside them the few of a fixed table: the working of a grade has five.
        html = client.get(record.get_absolute_url()).content.decode()
        assert html.count('class="row"') + html.count("<tr>") <= 109, record
        assert reverse("catalog:study-list") in html
