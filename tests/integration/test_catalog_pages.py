"""What readers find on the catalog's pages."""

import datetime as dt
import re
from html.parser import HTMLParser

import html5lib
import pytest
from django.urls import reverse

from forms_catalog.models import Arm, CommonClaim, Recomputation, StudyIdentifier
from forms_catalog.queries.claims import by_stance
from forms_catalog.queries.filters import clean_text
from tests import dom
from tests import factories as make

pytestmark = pytest.mark.django_db

LISTS = ["form-list", "mechanism-list", "outcome-list", "study-list", "claim-list"]
KINDS = ["form", "mechanism", "outcome", "study", "claim"]
HOSTILE = {
    "nul": "\x00",
    "bidi": "\u202e\u2066",
    "surrogate": "\ud800",
    "long": "a" * 10_000,
    "like": "%_\\",
    "quote": "' OR 1=1 --",
    "markup": "<script>alert(1)</script>",
    "json": '\\u00e1"[]',
}


class Shape(HTMLParser):
    """Headings, ids, captions and inline code of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.tables = self.captions = 0
        self.forbidden: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.tables += tag == "table"
        self.captions += tag == "caption"
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            if name == "style" or name.startswith("on"):
                self.forbidden.append(f"{tag} {name}")


def assert_well_made(html: str) -> None:
    html5lib.HTMLParser(strict=True).parse(html)
    shape = Shape(html)
    assert shape.headings.count(1) == 1
    assert shape.headings[0] == 1
    steps = zip(shape.headings, shape.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps), shape.headings
    assert len(shape.ids) == len(set(shape.ids))
    assert shape.tables == shape.captions
    assert shape.forbidden == []


def read(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    assert not response.cookies
    return response.content.decode()


@pytest.fixture
def neighbours():
    """One record of each kind, every one a neighbour of every other."""
    form, mechanism, outcome = (
        make.make_form(slug="citrate"),
        make.make_mechanism(slug="nmda"),
        make.make_outcome(slug="sleep"),
    )
    study = make.make_study(slug="abbasi2012", form=form)
    study.mechanisms.add(mechanism)
    make.make_result(study=study, outcome=outcome)
    make.make_form_evidence(form=form, outcome=outcome, study=study)
    make.make_ladder_entry(mechanism=mechanism, study=study)
    make.make_outcome_note(outcome=outcome, study=study)
    claim = make.make_claim(slug="c01", forms=[form], mechanisms=[mechanism], outcomes=[outcome])
    make.make_support(claim=claim, study=study)
    make.make_counter_search(claim=claim, found=[study])
    return {"form": form, "mechanism": mechanism, "outcome": outcome, "study": study, "claim": claim}


@pytest.mark.parametrize("name", LISTS)
def test_list_without_records_says_so(client, name):
    assert_well_made(read(client, reverse(f"catalog:{name}")))


@pytest.mark.parametrize("name", LISTS)
def test_list_names_every_record(client, neighbours, name):
    html = read(client, reverse(f"catalog:{name}"))
    assert neighbours[name.removesuffix("-list")].get_absolute_url() in html
    assert_well_made(html)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("other", KINDS)
def test_detail_links_to_neighbour_of_each_kind(client, neighbours, kind, other):
    if kind == other:
        pytest.skip("a record is no neighbour of itself")
    assert neighbours[other].get_absolute_url() in read(client, neighbours[kind].get_absolute_url())


@pytest.mark.parametrize("kind", KINDS)
def test_detail_is_well_made(client, neighbours, kind):
    assert_well_made(read(client, neighbours[kind].get_absolute_url()))


@pytest.mark.parametrize("kind", KINDS)
def test_unknown_record_is_not_found(client, kind):
    response = client.get(reverse(f"catalog:{kind}", args=["nothing-here"]))
    assert response.status_code == 404
    assert_well_made(response.content.decode())


@pytest.mark.parametrize("kind", KINDS)
def test_detail_refuses_to_be_posted_to(client, neighbours, kind):
    assert client.post(neighbours[kind].get_absolute_url()).status_code == 405


def test_unpublished_study_is_on_no_public_page(client, neighbours):
    study = neighbours["study"]
    study.is_public = False
    study.save()
    assert client.get(study.get_absolute_url()).status_code == 404
    others = [record.get_absolute_url() for kind, record in neighbours.items() if kind != "study"]
    for url in [reverse("catalog:study-list"), *others]:
        assert study.get_absolute_url() not in read(client, url), url


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_of_the_first_edition_is_well_made(client, first_edition, kind):
    from forms_catalog import models

    for record in getattr(models, kind.capitalize()).objects.order_by("slug")[:25]:
        if getattr(record, "is_public", True):
            assert_well_made(read(client, record.get_absolute_url()))


# Form


def test_form_shows_cautions_before_doses(client):
    form = make.make_form(cautions=["Ask first with kidney disease."], study_doses=["248 mg a day"])
    html = read(client, form.get_absolute_url())
    assert html.index("Ask first with kidney disease.") < html.index("248 mg a day")


def test_form_shows_share_computed_from_formula(client):
    form = make.make_form(formula="MgO")
    assert "60.3" in read(client, form.get_absolute_url())


def test_form_without_structure_shows_no_share(client):
    form = make.make_form(hydrate=False)
    assert "not computed" in read(client, reverse("catalog:form-list"))
    assert_well_made(read(client, form.get_absolute_url()))


def test_form_shows_study_known_only_through_an_arm(client):
    form, study = make.make_form(), make.make_study()
    trial = make.make_trial(study=study)
    Arm.objects.create(trial=trial, label="Magnesium", role="magnesium", form_stated="single", form=form)
    assert study.get_absolute_url() in read(client, form.get_absolute_url())


def test_form_shows_what_is_often_said_with_its_sources(client):
    form, study = make.make_form(), make.make_study()
    said = CommonClaim.objects.create(form=form, statement="It is best.", evidence="No.", verdict="not_supported")
    said.studies.add(study)
    html = read(client, form.get_absolute_url())
    assert "It is best." in html
    assert study.get_absolute_url() in html
    assert "shape-unsupported" in html


# Mechanism


def test_ladder_shows_all_rungs_and_the_date_of_an_empty_one(client):
    mechanism = make.make_mechanism()
    make.make_ladder_entry(mechanism=mechanism, rung="human_symptom", searched_on=dt.date(2026, 11, 23))
    html = read(client, mechanism.get_absolute_url())
    for rung in ("Laboratory", "Animals", "Measured in people", "Felt by people"):
        assert rung in html
    assert "Searched 23 November 2026" in html


def test_retracted_study_stands_on_its_rung_as_such_and_reaches_nothing(client):
    mechanism = make.make_mechanism()
    make.make_ladder_entry(mechanism=mechanism, rung="animal", study=make.make_study())
    gone = make.make_study(slug="gone2001", publication_status="retracted", publication_note="Withdrawn.")
    make.make_ladder_entry(mechanism=mechanism, rung="human_symptom", study=gone)
    html = read(client, mechanism.get_absolute_url())
    assert "Highest rung with a study: animals" in html
    assert dom.find(html, ".//ol[@class='ladder']//strong").text == "Retracted"


def test_only_a_retracted_study_means_no_rung_is_reached(client):
    mechanism = make.make_mechanism()
    gone = make.make_study(slug="gone2001", publication_status="retracted", publication_note="Withdrawn.")
    make.make_ladder_entry(mechanism=mechanism, rung="animal", study=gone)
    assert "No rung is reached by a study that stands" in read(client, mechanism.get_absolute_url())
    assert "Animals: retracted" in read(client, reverse("catalog:mechanism-list"))


def test_forms_and_outcomes_say_what_a_journal_said_of_a_study(client):
    form, outcome = make.make_form(), make.make_outcome()
    gone = make.make_study(slug="gone2001", publication_status="retracted", publication_note="Withdrawn.")
    make.make_form_evidence(form=form, outcome=outcome, study=gone)
    make.make_result(study=gone, outcome=outcome)
    on_form = dom.find(read(client, form.get_absolute_url()), ".//section[@aria-labelledby='evidence']//p/strong")
    on_outcome = dom.find(read(client, outcome.get_absolute_url()), ".//section[@aria-labelledby='results']//strong")
    assert (on_form.text, on_outcome.text) == ("Retracted", "Retracted")


@pytest.mark.parametrize(("searched", "words"), [(True, "Animals: none found"), (False, "Animals: not searched")])
def test_list_says_none_found_only_where_someone_searched(client, searched, words):
    mechanism = make.make_mechanism()
    if searched:
        make.make_ladder_entry(mechanism=mechanism, rung="animal")
    else:
        make.make_ladder_entry(mechanism=mechanism, rung="animal", study=make.make_study(is_public=False))
    html = read(client, reverse("catalog:mechanism-list"))
    assert words in html
    assert html.count("none found") == searched


# Outcome


def test_list_counts_public_studies_and_claims_once_each(client):
    outcome, hidden = make.make_outcome(), make.make_study(is_public=False)
    studies = [make.make_study(), make.make_study()]
    for study in (studies[0], *studies, hidden):
        make.make_result(study=study, outcome=outcome)
    for _ in range(3):
        make.make_claim(outcomes=[outcome])
    html = read(client, reverse("catalog:outcome-list"))
    assert "<span>2 studies</span><span>3 claims</span>" in html


# Claim


def test_claim_with_low_certainty_shows_contrary_sources_first():
    claim = make.make_claim(certainty="low")
    for stance in ("supports", "background", "contradicts", "qualifies"):
        make.make_support(claim=claim, study=make.make_study(), stance=stance)
    supports = list(claim.supports.all())
    low = [group.stance.value for group in by_stance(supports, certainty="very_low")]
    high = [group.stance.value for group in by_stance(supports, certainty="high")]
    assert low == ["contradicts", "qualifies", "supports", "background"]
    assert high == ["supports", "contradicts", "qualifies", "background"]


def test_claim_shows_safety_before_anything_else(client):
    claim = make.make_claim(safety_flag=True, safety_note="Do not stop your medicine.", why="The reason.")
    html = read(client, claim.get_absolute_url())
    assert html.index("Do not stop your medicine.") < html.index("The reason.")


def test_claim_keeps_verdict_and_certainty_apart(client):
    html = read(client, make.make_claim(verdict="overstated", certainty="very_low").get_absolute_url())
    assert re.search(r'class="verdict[^"]*">.{0,90}Overstated', html, re.DOTALL)
    assert re.search(r'class="certainty certainty-very_low">.*Very low certainty', html)


# Study


def test_study_says_what_was_not_seen(client):
    study = make.make_study(authors=[], year=None, title="", n=None, population="")
    html = read(client, study.get_absolute_url())
    assert "Authors not seen" in html
    assert "year not seen" in html
    assert html.count('class="unseen"') >= 6


def test_study_links_each_identifier_once(client):
    study = make.make_study(doi="10.1371/journal.pone.0180067", pmid="28654669", source_url="https://example.org/a")
    StudyIdentifier.objects.create(study=study, kind="pmid", value="28654669")
    StudyIdentifier.objects.create(study=study, kind="pmid", value="30000001", position=1)
    html = read(client, study.get_absolute_url())
    assert html.count('href="https://doi.org/10.1371/journal.pone.0180067"') == 1
    assert html.count('href="https://pubmed.ncbi.nlm.nih.gov/28654669/"') == 1
    assert "https://pubmed.ncbi.nlm.nih.gov/30000001/" in html


def test_study_shows_retraction_before_its_results(client):
    study = make.make_study(publication_status="retracted", publication_note="The journal withdrew it.")
    html = read(client, study.get_absolute_url())
    assert html.index("The journal withdrew it.") < html.index("What came out")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "499 mg"),
        ({"calc": [{"fn": "elemental", "args": [700, 60.3], "value": 499.3}]}, "422.1"),
        ({"calc": [{"fn": "divide", "args": [1, 0], "value": 1}]}, "It cannot be worked out from what is on file"),
        ({"state": "cannot_tell"}, "499.3"),
    ],
)
def test_words_about_a_figure_go_when_its_inputs_no_longer_give_it(client, changed, words):
    study = make.make_study()
    row = make.make_recomputation(study=study, note="As it should be.")
    Recomputation.objects.filter(pk=row.pk).update(**changed)
    html = read(client, study.get_absolute_url())
    assert f"<dt>Worked out again</dt><dd>{words}</dd>" in html
    assert ("As it should be." in html) == (not changed)


def test_study_shows_recomputed_figures_in_neutral_words(client):
    study = make.make_study()
    Recomputation.objects.create(
        study=study,
        what="p",
        reported="p = 0.02",
        recomputed="0.03",
        formula="t-test",
        state="recomputes",  # stored wrongly: the page goes by the arithmetic
        note="May be a rounding.",
        source_url=make.SOURCE,
        calc=[{"fn": "p_from_d", "args": [0.6, 27, 26], "value": 0.034}],
        compare={"with": 0, "reported": 0.02, "half": 0.005},
    )
    html = read(client, study.get_absolute_url())
    assert "does not recompute" in html
    assert "p from d(0.6, 27, 26) = 0.03" in html
    assert "not a finding about any author" in html


def test_study_without_a_direction_shows_size_only(client):
    study, outcome = make.make_study(), make.make_outcome()
    make.make_effect(
        study=study,
        outcome=outcome,
        smd=None,
        se=None,
        ci_low=None,
        ci_high=None,
        smd_abs=0.4,
        poolable=False,
        not_poolable_because="no direction",
    )
    assert "size 0.4, direction not seen" in read(client, study.get_absolute_url())


@pytest.mark.parametrize(
    ("species", "n", "words"), [("human", 1, "1 person"), ("human", 2, "2 people"), ("rat", 1, "1 animal")]
)
def test_list_of_studies_counts_one_as_one(client, species, n, words):
    make.make_study(species=species, n=n)
    assert f"<span>{words}</span>" in read(client, reverse("catalog:study-list"))


# Filters


def test_studies_are_filtered_by_design_outcome_and_form(client):
    form, outcome = make.make_form(slug="oxide"), make.make_outcome(slug="sleep")
    wanted = make.make_study(slug="wanted2020", design="rct", form=form)
    make.make_result(study=wanted, outcome=outcome)
    other = make.make_study(slug="other2020", design="animal")
    html = read(client, reverse("catalog:study-list") + "?design=rct&outcome=sleep&form=oxide")
    assert wanted.get_absolute_url() in html
    assert other.get_absolute_url() not in html


def test_study_of_a_narrower_outcome_is_found_under_the_wider(client):
    wide = make.make_outcome(slug="cognition")
    narrow = make.make_outcome(slug="memory", broader=wide)
    study = make.make_study()
    make.make_result(study=study, outcome=narrow)
    assert study.get_absolute_url() in read(client, reverse("catalog:study-list") + "?outcome=cognition")


@pytest.mark.parametrize("words", ["Barragán", "barrag", "Wlaź", "imipramine", "2008 barrag"])
def test_study_is_found_by_author_title_and_year(client, words):
    found = make.make_study(
        slug="barragan2008", authors=["Barragán-Rodríguez, L", "Wlaź, P"], title="Magnesium and imipramine"
    )
    missed = make.make_study(slug="other1999", authors=["Nobody, N"], title="Something else")
    html = read(client, reverse("catalog:study-list") + f"?q={words}")
    assert found.get_absolute_url() in html
    assert missed.get_absolute_url() not in html


def test_studies_can_be_read_oldest_first_with_undated_last(client):
    for slug, year in (("b", 2020), ("a", 1999), ("c", None)):
        make.make_study(slug=slug, year=year)
    newest = read(client, reverse("catalog:study-list"))
    oldest = read(client, reverse("catalog:study-list") + "?order=oldest")
    assert newest.index("/studies/b/") < newest.index("/studies/a/") < newest.index("/studies/c/")
    assert oldest.index("/studies/a/") < oldest.index("/studies/b/") < oldest.index("/studies/c/")


def test_unknown_filter_is_left_out_with_a_notice(client):
    study = make.make_study()
    html = read(client, reverse("catalog:study-list") + "?design=astrology")
    assert study.get_absolute_url() in html
    assert "has no value “astrology”" in html


def test_empty_result_names_the_filter_to_drop(client):
    make.make_study(design="rct")
    html = read(client, reverse("catalog:study-list") + "?design=rct&q=zzz")
    assert "Without words “zzz”" in html
    assert 'href="/studies/?design=rct"' in html
    assert "Without design" not in html
    assert_well_made(html)


def test_empty_list_of_claims_names_the_filter_to_drop(client):
    make.make_claim(verdict="supported", topic="sleep")
    html = read(client, reverse("catalog:claim-list") + "?verdict=supported&topic=diet&safety=1&q=every")
    assert "Nothing matches all of this together" in html
    assert_well_made(html)


def test_claims_are_filtered_by_verdict_topic_safety_and_words(client):
    wanted = make.make_claim(verdict="unsupported", topic="sleep", safety_flag=True, statement="Baths help sleep.")
    other = make.make_claim()
    html = read(client, reverse("catalog:claim-list") + "?verdict=unsupported&topic=sleep&safety=1&q=baths")
    assert wanted.get_absolute_url() in html
    assert other.get_absolute_url() not in html


# Pages


@pytest.mark.parametrize(
    ("number", "shown"),
    [("2", 2), ("999", 2), ("9e99", 1), ("-1", 1), ("0", 1), ("", 1), ("٣", 1), ("9" * 5000, 1), ("\x00", 1)],
)
def test_any_page_number_is_answered(client, number, shown):
    for index in range(51):
        make.make_claim(slug=f"p{index}")
    response = client.get(reverse("catalog:claim-list"), {"page": number})
    assert response.status_code == 200
    assert response.context["page"].number == shown


def test_pages_keep_the_filters(client):
    for index in range(51):
        make.make_study(slug=f"p{index}", design="rct")
    html = read(client, reverse("catalog:study-list") + "?design=rct&q=trial")
    assert 'href="?design=rct&amp;q=trial&amp;page=2"' in html


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("url", ["/studies/", "/claims/"])
@pytest.mark.parametrize("name", ["q", "design", "verdict", "outcome", "page", "safety", "order"])
def test_hostile_parameters_are_answered(client, url, text, name):
    make.make_study()
    response = client.get(url, {name: text.encode("utf-8", "surrogatepass")})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_words_are_cut_with_a_notice(client):
    assert "Only the first 100 characters" in read(client, reverse("catalog:study-list") + "?q=" + "a" * 101)


def test_words_lose_what_cannot_be_searched():
    assert clean_text("a\x00b\u202ec  d\n") == "a b c d"
    assert len(clean_text("ab " * 1000)) <= 100


def test_study_with_numbers_alone_does_not_say_that_nothing_came_out(client):
    study, outcome = make.make_study(), make.make_outcome()
    make.make_effect(study=study, outcome=outcome)
    html = read(client, study.get_absolute_url())
    assert "the numbers stand below" in html
    assert "No result of this source is on file." not in html
