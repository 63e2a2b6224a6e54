"""Articles from Markdown to what readers, previews and the database get."""

from __future__ import annotations

import json
from pathlib import PurePosixPath

import pytest

from articles.models import Reference, Revision, SlugRedirect
from articles.rendering import RENDERER_VERSION, preview_html, render, rendering_of, sync_references
from forms_catalog.actions import public_content_changed, public_version
from forms_catalog.models import Form
from mgsite.markup import ARTICLE_LIMIT
from tests import dom
from tests.factories import (
    make_article,
    make_claim,
    make_form,
    make_image,
    make_mechanism,
    make_outcome,
    make_published_article,
    make_study,
)

pytestmark = pytest.mark.django_db

ALL_KINDS = """[@a2020, p. 4; @b2021] [@a2020] [[form:oxide]] and [oxide](form:oxide).

[first *words*](claim:c1) [[mechanism:nmda]] [[outcome:sleep]]

[again](claim:c1), [[claim:c2]] [[article:other]] [[article:draft]] [@hidden] [[form:gone]]
"""


@pytest.fixture
def catalog() -> None:
    make_study(slug="a2020")
    make_study(slug="b2021")
    make_study(slug="hidden", is_public=False)
    make_form(slug="oxide", name="Magnesium oxide")
    make_mechanism(slug="nmda")
    make_outcome(slug="sleep")
    make_claim(slug="c1")
    make_claim(slug="c2")
    make_published_article(slug="other", title="The other article")
    make_article(slug="draft")


@pytest.mark.usefixtures("catalog")
def test_each_kind_takes_one_query_at_most_and_claims_one_more(
    django_assert_num_queries,
) -> None:
    body = "[@a2020] [@b2021] [[form:oxide]] [[mechanism:nmda]] [[outcome:sleep]] [x](claim:c1) [[article:other]]"
    make_form(slug="citrate")

    for source in (body, f"{body} {body} [[form:citrate]] [y](claim:c2)"):
        with django_assert_num_queries(6):
            assert render(source).problems == ()


@pytest.mark.usefixtures("catalog")
def test_article_is_named_by_what_readers_see() -> None:
    link = dom.find(render("[[article:other]]").html, ".//a")

    assert (link.text, link.get("href")) == ("The other article", "/articles/other/")


@pytest.mark.usefixtures("catalog")
def test_draft_is_not_linked_and_the_editor_is_told_why() -> None:
    problems = render("[[article:draft]] [[article:othr]]").problems

    assert [(p.message, p.suggestions) for p in problems] == [
        ("The article “draft” is not published.", ()),
        ("There is no article with the key “othr”.", ("other",)),
    ]


def test_uploaded_picture_is_shown_with_its_own_words(django_assert_num_queries) -> None:
    image = make_image(alt="A bowl of seeds", caption="Seeds", credit="The editors")
    name = PurePosixPath(image.file.name).name

    with django_assert_num_queries(2):  # the picture, and the glossary
        html = render(f"![](/media/images/{name})").html

    picture = dom.find(html, "figure/img")
    assert (picture.get("src"), picture.get("alt"), picture.get("width")) == (
        f"/media/images/{name}",
        "A bowl of seeds",
        str(image.width),
    )


def test_missing_picture_is_a_problem() -> None:
    assert [p.message for p in render("![x](/media/images/none.png)").problems] == [
        "There is no image with the key “none.png”."
    ]


@pytest.mark.usefixtures("catalog")
def test_rendering_is_made_once_and_stored() -> None:
    revision = make_published_article(body=ALL_KINDS).live

    first = rendering_of(revision)

    stored = Revision.objects.get(pk=revision.pk)
    assert stored.rendered_for == f"{RENDERER_VERSION}.{public_version()}"
    assert stored.rendering == first == json.loads(json.dumps(first))
    assert set(first) == {"html", "toc", "bibliography", "references", "claims", "terms", "problems", "words"}
    assert first["bibliography"][0]["uses"][0]["place"] == "the opening, paragraph 1"


@pytest.mark.usefixtures("catalog")
def test_stored_rendering_costs_one_query(django_assert_num_queries) -> None:
    article = make_published_article(body=ALL_KINDS)
    rendering_of(article.live)
    revision = Revision.objects.get(pk=article.live.pk)

    with django_assert_num_queries(1):
        rendering_of(revision)


@pytest.mark.usefixtures("catalog")
def test_change_of_the_catalog_shows_in_the_article() -> None:
    revision = make_published_article(body="[[form:oxide]]").live
    rendering_of(revision)
    Form.objects.filter(slug="oxide").update(name="Magnesium oxide, renamed")
    public_content_changed()

    assert "Magnesium oxide, renamed" in rendering_of(Revision.objects.get(pk=revision.pk))["html"]


def test_older_copy_of_a_version_does_not_undo_a_newer_rendering() -> None:
    revision = make_published_article(body="Words.").live
    older = Revision.objects.get(pk=revision.pk)
    rendering_of(revision)
    Revision.objects.filter(pk=revision.pk).update(rendering={"html": "newer"}, rendered_for="newer")

    rendering_of(older)

    assert Revision.objects.get(pk=revision.pk).rendering == {"html": "newer"}


def test_rendering_stored_empty_is_made_again() -> None:
    revision = make_published_article(body="Words.").live
    revision.rendered_for = f"{RENDERER_VERSION}.{public_version()}"

    assert rendering_of(revision)["html"] == "<p>Words.</p>\n"


def test_preview_marks_what_is_missing() -> None:
    assert preview_html("See [[form:gone]].") == '<p>See <span class="unresolved">gone</span>.</p>\n'


def test_preview_of_too_long_a_text_says_so() -> None:
    assert preview_html("<" * (ARTICLE_LIMIT + 1)) == (
        "<p>This text has 200,001 characters; at most 200,000 are allowed.</p>"
    )


@pytest.mark.usefixtures("catalog")
def test_references_of_an_article_are_those_of_the_text_readers_see() -> None:
    article = make_published_article(body=ALL_KINDS)
    article.body = "[[form:citrate]]"

    sync_references(article)

    found = {(str(r.target._meta.model_name), r.target.slug): (r.count, r.phrase) for r in article.references.all()}
    assert found == {
        ("study", "a2020"): (2, ""),
        ("study", "b2021"): (1, ""),
        ("form", "oxide"): (2, ""),
        ("mechanism", "nmda"): (1, ""),
        ("outcome", "sleep"): (1, ""),
        ("claim", "c1"): (2, "first words"),
        ("claim", "c2"): (1, ""),
        ("article", "other"): (1, ""),
    }


@pytest.mark.usefixtures("catalog")
def test_syncing_again_leaves_no_stale_reference() -> None:
    article = make_published_article(body=ALL_KINDS)
    sync_references(article)
    Revision.objects.filter(pk=article.live.pk).update(body="[[form:oxide]]")
    article.live.refresh_from_db()

    sync_references(article)

    assert [reference.form.slug for reference in article.references.all()] == ["oxide"]


@pytest.mark.usefixtures("catalog")
def test_article_that_readers_never_saw_has_no_references() -> None:
    article = make_article(body=ALL_KINDS)

    sync_references(article)

    assert not Reference.objects.filter(article=article).exists()


def test_link_to_a_former_address_leads_to_the_present_one() -> None:
    target = make_published_article(slug="new-name", title="Renamed")
    SlugRedirect.objects.create(slug="old-name", article=target)
    rendered = render("See [[article:old-name]] and [[article:new-name]].")
    assert rendered.problems == ()
    assert rendered.html.count('href="/articles/new-name/"') == 2


def test_article_named_by_two_addresses_is_one_reference() -> None:
    target = make_published_article(slug="new-name")
    SlugRedirect.objects.create(slug="old-name", article=target)
    citing = make_published_article(slug="citing", body="[[article:old-name]] and [[article:new-name]].")
    sync_references(citing)
    assert [(row.target_article, row.count) for row in citing.references.all()] == [(target, 2)]
