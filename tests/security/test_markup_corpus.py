"""A corpus of hostile text against every way in which somebody's text becomes a page's HTML."""

from __future__ import annotations

from pathlib import Path

import pytest

from mgsite.markup import render_article, render_reply
from mgsite.markup.sanitise import ARTICLE, REPLY, Policy, sanitize_html
from tests import dom
from tests.resolvers import CHART, FakeResolver

SAFE_STARTS = ("http://", "https://", "mailto:", "tel:", "sms:", "#")


def vectors() -> list[str]:
    lines = (Path(__file__).parent / "corpus" / "xss.txt").read_text(encoding="utf-8").splitlines()
    return [unescaped(line) for line in lines if line and not line.startswith("# ")]


def unescaped(line: str) -> str:
    for written, meant in (("\\\\", "\x1a"), ("\\n", "\n"), ("\\t", "\t"), ("\\0", "\0")):
        line = line.replace(written, meant)
    while "\\u" in line:
        start = line.index("\\u")
        line = line[:start] + chr(int(line[start + 2 : start + 6], 16)) + line[start + 6 :]
    return line.replace("\x1a", "\\")


def assert_harmless(html: str, policy: Policy) -> None:
    """Nothing in the parsed tree that the allow-list does not name, and no address that leads astray."""
    for element in dom.elements(html):
        assert element.tag in policy.attributes, f"element {element.tag}"
        for name, value in element.attrib.items():
            assert name in policy.attributes[element.tag], f"attribute {name} of {element.tag}"
            assert policy.allows(element.tag, name, value), f"{name}={value!r}"
        for value in filter(None, (element.get("href"), element.get("src"))):
            inside = value.startswith("/") and not value.startswith(("//", "/\\"))
            assert inside or value.lower().startswith(SAFE_STARTS), value
            assert not set(value) & set("\t\n\r\0\\ "), value


def test_corpus_is_large_enough() -> None:
    assert len(set(vectors())) >= 180


@pytest.mark.parametrize("vector", vectors())
def test_vector_is_harmless_in_an_article(vector: str) -> None:
    for source in (vector, f"text {vector} text", f"- {vector}", f"| a |\n|---|\n| {vector} |", f"## {vector}"):
        for preview in (True, False):
            html = render_article(source, resolver=FakeResolver(), preview=preview).html
            assert_harmless(html.replace(CHART, ""), ARTICLE)


@pytest.mark.parametrize("vector", vectors())
def test_vector_is_harmless_in_a_reply(vector: str) -> None:
    for source in (vector, f"text {vector} text", f"> {vector}", f"**{vector}**"):
        assert_harmless(render_reply(source).html, REPLY)


@pytest.mark.parametrize("vector", vectors())
def test_vector_is_harmless_as_html(vector: str) -> None:
    for policy in (ARTICLE, REPLY):
        assert_harmless(sanitize_html(vector, policy=policy), policy)


@pytest.mark.parametrize("vector", vectors())
def test_vector_in_what_the_catalog_says_is_harmless(vector: str) -> None:
    hostile = {
        "verdict": "overstated",
        "verdict_label": vector,
        "statement": vector,
        "in_brief": vector,
        "safety_note": vector,
        "card": "",
    }
    picture = {
        "width": 1,
        "height": 1,
        "alt": vector,
        "decorative": False,
        "caption": vector,
        "credit": vector,
        "licence": vector,
    }
    resolver = FakeResolver(**{"c1": hostile, "a.png": picture})

    html = render_article("[x](claim:c1)\n\n![](/media/images/a.png)", resolver=resolver).html

    assert_harmless(html, ARTICLE)
