"""The glossary: its pages, its words in articles and templates, and who may change it."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

from articles.rendering import render, rendering_of, sync_references
from forms_catalog.actions import public_version
from forms_catalog.edition import load_edition
from forms_catalog.models import GlossaryTerm
from tests import dom
from tests.editions import write_edition
from tests.factories import make_claim, make_mechanism, make_published_article, make_term, make_user

pytestmark = pytest.mark.django_db

LIST = "/glossary/"


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def terms() -> dict[str, GlossaryTerm]:
    return {
        "placebo": make_term(slug="placebo", name="placebo", definition="A dummy pill.", also_called=["sham"]),
        "nmda": make_term(slug="nmda", name="NMDA receptor", also_called=["NMDA"], definition="A gate on nerve cells."),
        "grade": make_term(slug="grade", name="GRADE", definition="A way of judging."),
    }


# The list


def test_list_goes_from_a_to_z_whatever_the_capitals(client: Client, terms: dict[str, GlossaryTerm]) -> None:
    make_term(slug="i2", name="95 % range")
    page = dom.parse(read(client, LIST))

    assert [link.text for link in page.findall(".//dt/a")] == ["GRADE", "NMDA receptor", "placebo", "95 % range"]
    headings = [heading.text for heading in page.findall(".//section/h2")]
    assert [words for words in headings if words in ("G", "N", "P", "0–9")] == ["G", "N", "P", "0–9"]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("dummy", ["placebo"]),
        ("SHAM", ["placebo"]),
        ("gate nerve", ["NMDA receptor"]),
        ("  ", ["GRADE", "NMDA receptor", "placebo"]),
    ],
)
def test_list_finds_names_spellings_and_meanings(client: Client, terms: object, q: str, found: list[str]) -> None:
    page = dom.parse(client.get(LIST, {"q": q}).content.decode())

    assert [link.text for link in page.findall(".//dt/a")] == found


@pytest.mark.parametrize("q", ["zzz", "<script>", "%", "x" * 5000, "\x00", "' OR 1=1", "é"])
def test_list_answers_anything_and_leaves_no_dead_end(client: Client, terms: object, q: str) -> None:
    answer = client.get(LIST, {"q": q})

    assert answer.status_code == 200
    assert b'<script>"' not in answer.content
    assert any(link.get("href") == LIST for link in dom.parse(answer.content.decode()).iter("a"))


def test_empty_glossary_says_so(client: Client) -> None:
    assert "No word is explained here yet." in read(client, LIST)


# A term's page


def test_page_tells_meaning_spellings_neighbours_and_where_it_is_used(
    client: Client, terms: dict[str, GlossaryTerm]
) -> None:
    terms["nmda"].see_also.add(terms["placebo"])
    terms["nmda"].mechanisms.add(make_mechanism(slug="block", name="Channel block"))
    for slug, body in (("uses", "Of NMDA and more."), ("not", "Of nothing.")):
        sync_references(make_published_article(slug=slug, title=slug, body=body))

    html = read(client, "/glossary/nmda/")

    links = {link.get("href"): link.text for link in dom.parse(html).iter("a")}
    assert links["/articles/uses/"] == "uses"
    assert "/articles/not/" not in links
    assert links["/mechanisms/block/"] == "Channel block"
    assert {"/glossary/grade/", "/glossary/placebo/"} <= set(links)
    assert "A gate on nerve cells." in dom.text(html)


def test_first_and_last_term_have_one_neighbour(client: Client, terms: object) -> None:
    for address, rels in (
        ("/glossary/grade/", {"next"}),
        ("/glossary/placebo/", {"prev"}),
        ("/glossary/nmda/", {"prev", "next"}),
    ):
        found = {link.get("rel") for link in dom.parse(read(client, address)).iter("a")}
        assert found & {"prev", "next"} == rels, address


def test_term_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/glossary/none/").status_code == 404


# In articles


def test_article_marks_the_first_use_and_holds_the_meaning(client: Client, terms: object) -> None:
    make_published_article(slug="a", body="## NMDA\n\nThe NMDA receptor, then NMDA, a [dummy](term:placebo).")

    html = read(client, "/articles/a/")

    page = dom.parse(html)
    assert [(link.text, link.get("href")) for link in page.iter("a") if link.get("class") == "term"] == [
        ("NMDA receptor", "/glossary/nmda/"),
        ("dummy", "/glossary/placebo/"),
    ]
    cards = {card.get("id"): card for card in page.iter("span") if card.get("class") == "term-card"}
    assert set(cards) == {"term-nmda", "term-placebo"}
    assert all(card.get("popover") == "" for card in cards.values())
    assert "A dummy pill." in "".join(cards["term-placebo"].itertext())
    assert html.count("js/article.js") == 1


def test_article_without_terms_has_no_cards(client: Client, terms: object) -> None:
    make_published_article(slug="a", body="Plain words.")

    assert "term-card" not in read(client, "/articles/a/")


def test_definition_is_escaped_on_every_page(client: Client) -> None:
    make_term(slug="x", name="evil <b>word", definition="<script>alert(1)</script>", also_called=["evil"])
    make_published_article(slug="a", body="An evil word.")

    for address in ("/articles/a/", LIST, "/glossary/x/"):
        assert "<script>alert" not in read(client, address)


def test_term_that_does_not_exist_is_a_problem_with_suggestions(terms: object) -> None:
    (problem,) = render("[x](term:placeboo)").problems

    assert problem.suggestions[0] == "placebo"


def test_explicit_and_marked_terms_cost_one_query(terms: object, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        rendered = render("[x](term:placebo), [[term:grade]] and NMDA")

    assert [term.key for term in rendered.terms] == ["placebo", "grade", "nmda"]


def test_term_named_outright_is_not_marked_again(terms: object) -> None:
    assert render("[x](term:placebo) and a placebo").html.count('class="term"') == 1


# When the glossary changes


def save_in_admin(client: Client, term: GlossaryTerm | None, **fields: str) -> object:
    data = {"name": "", "slug": "", "also_called": "", "definition": "What.", "more": "", "source_urls": "", **fields}
    if term is None:
        return client.post(reverse("admin:forms_catalog_glossaryterm_add"), data)
    address = reverse("admin:forms_catalog_glossaryterm_change", args=[term.pk])
    data["opened"] = client.get(address).context["adminform"].form.initial["opened"]
    return client.post(address, data)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user(groups=("Editor",), is_staff=True))
    return client


def test_new_term_reaches_articles_that_were_published_before(editor: Client) -> None:
    article = make_published_article(slug="a", body="It binds a chelating\nagent.")
    before = public_version()

    save_in_admin(editor, None, name="chelating agent", slug="chelating-agent")

    assert public_version() > before
    assert article.references.get().term.slug == "chelating-agent"
    assert [term["key"] for term in rendering_of(article.live)["terms"]] == ["chelating-agent"]
    assert "It binds" not in read(Client(), "/glossary/chelating-agent/")
    assert "/articles/a/" in read(Client(), "/glossary/chelating-agent/")


def test_changed_spelling_and_deleted_term_leave_articles_in_step(editor: Client) -> None:
    term = make_term(slug="sham", name="sham")
    article = make_published_article(slug="a", body="A sham and a dummy.")
    sync_references(article)
    assert article.references.get().term == term

    save_in_admin(editor, term, name="dummy")
    assert article.references.get().term == term
    save_in_admin(editor, GlossaryTerm.objects.get(), name="other")
    assert not article.references.exists()

    save_in_admin(editor, GlossaryTerm.objects.get(), name="sham")
    assert article.references.exists()
    editor.post(reverse("admin:forms_catalog_glossaryterm_delete", args=[term.pk]), {"post": "yes"})
    assert not article.references.exists()
    assert 'class="term"' not in read(Client(), "/articles/a/")


def test_spelling_of_another_term_is_refused(editor: Client, terms: object) -> None:
    answer = save_in_admin(editor, None, name="control pill", slug="control-pill", also_called="Sham")

    assert "is a spelling of “placebo” already" in answer.content.decode()
    assert not GlossaryTerm.objects.filter(slug="control-pill").exists()


def test_loading_terms_later_marks_them_in_articles_already_there(tmp_path) -> None:
    article = make_published_article(slug="a", body="A sham.")

    load_edition(directory=write_edition(tmp_path, {"glossary/sham": {"name": "sham", "definition": "Not real."}}))

    assert article.references.get().term.slug == "sham"


# In templates


def shown(source: str) -> str:
    return Template("{% load glossary %}" + source).render(Context({}))


def test_tag_opens_on_first_use_and_links_after_that_with_one_query(terms: object, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        html = shown('{% term "placebo" "Placebo" %} {% term "placebo" %} {% term "grade" %}')

    assert html.count('href="/glossary/placebo/"') == 2
    assert html.count('id="term-placebo"') == html.count('id="term-grade"') == html.count("<script") == 1


def test_tag_counts_first_use_across_included_templates(client: Client, terms: object) -> None:
    make_term(slug="verdict", name="verdict")
    make_term(slug="certainty-of-evidence", name="certainty of evidence")

    html = read(client, make_claim().get_absolute_url())

    assert html.count('class="term-card"') == 3
    assert html.count("term-cards.js") == 1


def test_tag_without_its_term_is_just_the_word(client: Client) -> None:
    assert shown('{% term "risk-of-bias" %}, {% term "x" "Words" %}') == "risk of bias, Words"
