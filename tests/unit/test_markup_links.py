"""Where links and pictures may lead."""

from __future__ import annotations

import pytest

from mgsite.markup import Rendered, render_article
from mgsite.markup.addresses import ToAddress, host_of, read_link
from mgsite.markup.pictures import MOST_CHARTS
from tests import dom
from tests.resolvers import IMAGE, FakeResolver


def rendered(source: str, *, preview: bool = False, **details: dict[str, object]) -> Rendered:
    return render_article(source, resolver=FakeResolver(**details), preview=preview)


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("https://example.org/a?b=c&d#e", "https://example.org/a?b=c&d#e"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("https://exämple.org/ü", "https://xn--exmple-cua.org/%C3%BC"),
        ("</with space>", "/with%20space"),
        ("/forms/", "/forms/"),
        ("#s-dose", "#s-dose"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("tel:+18002738255", "tel:+18002738255"),
        ("tel:988", "tel:988"),
        ("sms:741741?body=HOME", "sms:741741?body=HOME"),
    ],
)
def test_link_survives(target: str, href: str) -> None:
    result = rendered(f"[words]({target})")

    assert dom.find(result.html, ".//a").get("href") == href
    assert result.problems == ()


def test_only_links_to_other_sites_carry_a_rel() -> None:
    links = dom.parse(rendered("[a](https://example.org) [b](/forms/) [c](tel:988) <d@e.example>").html).findall(".//a")

    assert [link.get("rel") for link in links] == ["noopener", None, None, None]


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "</&#9;/evil.example>",
        "<java&#10;script:alert(1)>",
        "javascript:alert(1)",
        "&#106;avascript:alert(1)",
        "JaVaScRiPt&colon;alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org",
        "http:",
        "https:///path",
        "https://[bad",
        "relative/page",
        "page.html",
        "?q=x",
        "study:a/b",
        "image:x",
        "<>",
    ],
)
def test_refused_link_is_plain_words_and_a_problem(target: str) -> None:
    result = rendered(f"see [words]({target})")

    assert result.html == "<p>see words</p>\n"
    assert [problem.line for problem in result.problems] == [1]


def test_link_without_words_is_a_problem() -> None:
    result = rendered("a [](https://example.org) b")

    assert result.html == "<p>a  b</p>\n"
    assert [problem.message for problem in result.problems] == ["This link has no words."]


def test_address_inside_a_link_is_not_a_second_link() -> None:
    html = rendered("[a <https://inner.example> b](https://outer.example)").html

    assert [link.get("href") for link in dom.parse(html).findall(".//a")] == ["https://outer.example"]
    assert dom.text(html) == "a https://inner.example b"


def test_claim_phrase_may_hold_a_link() -> None:
    html = rendered("[see [this](https://example.org) now](claim:c1)").html

    assert dom.find(html, ".//span[@class='claim']/a").text == "this"


@pytest.mark.parametrize(
    ("href", "host"),
    [
        ("https://user@example.org:8443/x", "example.org:8443"),
        ("https://example.org", "example.org"),
        ("https://example.org:bad", ""),
    ],
)
def test_host_is_the_one_that_is_looked_up(href: str, host: str) -> None:
    assert host_of(href) == host


def test_address_with_surrounding_space_is_read() -> None:
    assert read_link(" https://example.org ") == ToAddress("https://example.org", external=True)


def test_lone_picture_is_a_figure_with_caption_and_credit() -> None:
    details = IMAGE | {"caption": "Seeds & nuts", "credit": "The editors", "licence": "CC BY 4.0"}
    html = rendered("![](/media/images/seed.png)", **{"seed.png": details}).html

    assert dom.find(html, "figure/img").attrib == {
        "src": "/media/images/seed.png",
        "alt": "A bowl of seeds",
        "width": "640",
        "height": "480",
        "loading": "lazy",
        "decoding": "async",
    }
    assert "".join(dom.find(html, "figure/figcaption").itertext()) == "Seeds & nuts The editors, CC BY 4.0"


def test_words_in_the_text_come_before_the_stored_ones() -> None:
    html = rendered('![My *words*](/media/images/seed.png "My caption")').html

    assert dom.find(html, "figure/img").get("alt") == "My words"
    assert dom.find(html, "figure/figcaption").text == "My caption"


def test_picture_without_caption_has_no_empty_caption() -> None:
    assert "figcaption" not in rendered("![x](/media/images/seed.png)").html


def test_picture_among_words_is_no_figure() -> None:
    html = rendered("before ![x](/media/images/seed.png) after").html

    assert dom.find(html, "p/img").get("alt") == "x"


def test_linked_picture_is_a_link() -> None:
    assert dom.find(rendered("[![x](/media/images/seed.png)](/forms/)").html, "p/a/img").get("alt") == "x"


def test_decorative_picture_says_nothing() -> None:
    result = rendered("![](/media/images/a.png)", **{"a.png": IMAGE | {"alt": "", "decorative": True}})

    assert dom.find(result.html, "figure/img").get("alt") == ""
    assert result.problems == ()


def test_decorative_picture_that_means_something_here_says_it() -> None:
    html = rendered("![A meaning](/media/images/a.png)", **{"a.png": IMAGE | {"alt": "", "decorative": True}}).html

    assert dom.find(html, "figure/img").get("alt") == "A meaning"


def test_picture_without_description_is_a_problem() -> None:
    result = rendered("text\n\n![](/media/images/a.png)", **{"a.png": IMAGE | {"alt": ""}})

    assert [(p.line, p.message) for p in result.problems] == [(3, "Describe this picture in the brackets.")]


@pytest.mark.parametrize(
    "source",
    [
        "https://example.org/a.png",
        "//example.org/a.png",
        "/static/a.png",
        "/media/images/../a",
        "data:image/png;base64,x",
    ],
)
def test_picture_from_elsewhere_is_not_shown(source: str) -> None:
    alone, among = rendered(f"![words]({source})"), rendered(f"a ![words]({source})")

    assert (alone.html, among.html) == ("<p>words</p>\n", "<p>a words</p>\n")
    assert len(alone.problems) == len(among.problems) == 1


def test_missing_picture_without_words_leaves_nothing() -> None:
    assert rendered("![](/media/images/gone.png)").html == ""
    assert rendered("![w](/media/images/gone.png)", preview=True).html == '<p><span class="unresolved">w</span></p>\n'


def test_chart_is_put_in_after_sanitising_with_its_words_as_name() -> None:
    html = rendered("![Trials on depression](chart:forest?outcome=depression)").html

    assert html == (
        '<div class="chart-block" role="group" aria-label="Trials on depression">'
        '<figure class="chart"><svg role="img"></svg></figure></div>\n'
    )


def test_chart_without_words_takes_the_charts_title() -> None:
    assert dom.find(rendered("![](chart:forest?outcome=sleep)").html, "div").get("aria-label") == "Forest"


def test_every_chart_stands_in_its_own_place() -> None:
    charts = {f"forest?outcome={n}": {"html": f"<p>chart {n}</p>"} for n in range(12)}
    html = rendered("\n\n".join(f"![{n}](chart:forest?outcome={n})" for n in range(12)), **charts).html

    assert [block.find("p").text for block in dom.parse(html).findall("div")] == [f"chart {n}" for n in range(12)]


def test_chart_among_words_is_a_problem() -> None:
    result = rendered("a ![words](chart:forest?outcome=sleep)")

    assert result.html == "<p>a words</p>\n"
    assert [problem.message for problem in result.problems] == ["A chart stands alone, with empty lines around it."]


def test_too_many_charts_are_a_problem() -> None:
    result = rendered("![w](chart:forest?outcome=sleep)\n\n" * (MOST_CHARTS + 1))

    assert result.html.count("chart-block") == MOST_CHARTS
    assert [problem.line for problem in result.problems] == [2 * MOST_CHARTS + 1]
