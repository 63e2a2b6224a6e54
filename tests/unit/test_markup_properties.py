"""What holds for every text, whoever wrote it."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from mgsite.markup import MarkupError, render_article, render_reply
from mgsite.markup.sanitise import ARTICLE, REPLY, Policy, sanitize_html
from tests import dom
from tests.resolvers import CHART, FakeResolver

PIECES = [
    "[", "]", "(", ")", "[[", "]]", "[@", "@", ";", ", p. 4", "a", "b1", "gone", "form:", "claim:", "study:", "chart:",
    "javascript:", "//", "/", "\\", "<", ">", "https://example.org", "![", "`", "```\n", "*", "**", "_", "# ", "## ",
    "- ", "1. ", "> ", "    ", "\n", "\n\n", "|", "|-|-|\n", ":-", "[^1]", "[^1]: ", "&amp;", "&#10;", "\"", "'",
    "<script>", "onerror=", "\u202e", "\u200b", "\x00", "\ud800", "é", "👩\u200d⚕️", "\t", "===\n", "---\n", "~~",
    "[@a]", "[@b; @gone]", "[[form:b1]]", "[a](claim:c1)", "[a](claim:gone)", "[x](study:a)", "[x](https://b.example)",
    "![x](/media/images/x.png)", "\n\n![c](chart:forest?outcome=x)\n\n", "\n\n| a | b |\n|---|--:|\n| c | d |\n\n",
    "<https://c.example>", "/media/images/x.png",
]  # fmt: skip
texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


def check(html: str, policy: Policy) -> None:
    dom.parse_strictly(html)
    for element in dom.elements(html):
        assert element.tag in policy.attributes
        assert set(element.attrib) <= policy.attributes[element.tag]
        for name in ("href", "src"):
            assert element.get(name, "/").lower().startswith(("/", "#", "http:", "https:", "mailto:", "tel:", "sms:"))
            assert not element.get(name, "/").startswith(("//", "/\\"))
    assert sanitize_html(html, policy=policy) == html


@settings(max_examples=300, deadline=None)
@given(texts, st.booleans())
def test_any_article_is_rendered_to_clean_balanced_html(source: str, preview: bool) -> None:
    with suppress(MarkupError):
        html = render_article(source, resolver=FakeResolver(), preview=preview).html
        check(html.replace(CHART, ""), ARTICLE)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_any_reply_is_rendered_to_clean_balanced_html(source: str) -> None:
    check(render_reply(source).html, REPLY)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_preview_shows_what_readers_see(source: str) -> None:
    with suppress(MarkupError):
        published = render_article(source, resolver=FakeResolver())
        preview = render_article(source, resolver=FakeResolver(), preview=True)

        assert published.problems == preview.problems
        assert published.references == preview.references
        if not published.problems:
            assert published.html == preview.html


@settings(max_examples=200, deadline=None)
@given(texts)
def test_ids_are_unique_and_every_inner_link_has_its_end(source: str) -> None:
    with suppress(MarkupError):
        rendered = render_article(source, resolver=FakeResolver())
        ids = [element.get("id") for element in dom.elements(rendered.html) if element.get("id")]
        ids += [entry.id for entry in rendered.bibliography]
        ours = [e.get("href", "") for e in dom.elements(rendered.html) if e.get("class") in {"permalink", "back"}]
        ours += [link.get("href", "") for link in dom.parse(rendered.html).findall(".//sup/a")]

        assert len(ids) == len(set(ids))
        assert {href.removeprefix("#") for href in ours} <= set(ids)
        assert {use.id for entry in rendered.bibliography for use in entry.uses} <= set(ids)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_lines_of_problems_lie_within_the_source(source: str) -> None:
    with suppress(MarkupError):
        lines = source.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1

        assert all(1 <= problem.line <= lines for problem in render_article(source, resolver=FakeResolver()).problems)
