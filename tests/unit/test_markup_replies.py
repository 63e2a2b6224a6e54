"""The small dialect of replies."""

from __future__ import annotations

import pytest

from mgsite.markup import render_reply
from mgsite.markup.cleaning import clean_readers_text, clean_source
from tests import dom

REL = 'rel="ugc nofollow noopener"'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("one *two* **three** `four`", "<p>one <em>two</em> <strong>three</strong> <code>four</code></p>\n"),
        ("one\ntwo  \nthree", "<p>one<br>\ntwo<br>\nthree</p>\n"),
        ("> quote", "<blockquote>\n<p>quote</p>\n</blockquote>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("2. a", '<ol start="2">\n<li>a</li>\n</ol>\n'),
        ("1. a", "<ol>\n<li>a</li>\n</ol>\n"),
        ("```\n<x>\n```", "<pre><code>&lt;x&gt;\n</code></pre>\n"),
        ("    code", "<pre><code>code\n</code></pre>\n"),
        ("# Heading\n\nSetext\n---", "<p>Heading</p>\n<p>Setext</p>\n"),
        ("a\n\n***\n\nb", "<p>a</p>\n<p>b</p>\n"),
        ("![a *seed*](https://evil.example/track.png)", "<p>a seed</p>\n"),
        ("| a |\n|---|\n| b |", "<p>| a |<br>\n|---|<br>\n| b |</p>\n"),
        ("x[^1]\n\n[^1]: y z", "<p>x[^1]</p>\n<p>[^1]: y z</p>\n"),
        ("[@poleszak2008] [[form:oxide]]", "<p>[@poleszak2008] [[form:oxide]]</p>\n"),
        ("[words](study:a2020) [phrase](claim:c1)", "<p>words phrase</p>\n"),
        ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>\n"),
        ("", ""),
        ("   \n", ""),
    ],
)
def test_reply_is_written(source: str, html: str) -> None:
    assert render_reply(source).html == html


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("[a study](https://example.org/x)", "a study (example.org)"),
        ("<https://example.org/x>", "https://example.org/x"),
        ("[https://example.org](https://example.org)", "https://example.org"),
        ("[https://example.org](https://evil.example)", "https://example.org (evil.example)"),
        ("<https://bank.example@evil.example/>", "https://bank.example@evil.example/ (evil.example)"),
        ("<https://exämple.org>", "https://exämple.org (xn--exmple-cua.org)"),
        ("[evil.example](https://evil.example/login)", "evil.example"),
        ("[call](tel:988)", "call (988)"),
        ("[988](tel:988)", "988"),
        ("[write](mailto:a@b.example?subject=x)", "write (a@b.example)"),
        ("[text](sms:741741)", "text (741741)"),
        ("[forms](/forms/)", "forms"),
    ],
)
def test_link_says_where_it_leads(source: str, shown: str) -> None:
    html = render_reply(source).html

    assert dom.text(html) == shown
    assert html.count(REL) == 1


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "//evil.example", "/\\evil.example", "data:,x", "page", "<>"]
)
def test_refused_link_is_plain_words(target: str) -> None:
    assert render_reply(f"[words]({target})").html == "<p>words</p>\n"


def test_link_without_words_is_left_out() -> None:
    assert render_reply("a [](https://example.org)").html == "<p>a </p>\n"


def test_address_inside_a_link_is_not_a_second_link() -> None:
    reply = render_reply("[a <https://inner.example> b](https://outer.example)")

    assert reply.links == ("https://outer.example",)
    assert reply.html.count("<a ") == 1


def test_links_to_other_sites_are_listed() -> None:
    reply = render_reply("[a](https://one.example) [b](/forms/) [c](tel:988) [d](javascript:x) <http://two.example>")

    assert reply.links == ("https://one.example", "http://two.example")


def test_nothing_in_a_reply_has_an_id_or_a_class_of_ours() -> None:
    html = render_reply("# a\n\n[x](https://example.org) [y](#replies)\n\n- b\n\n> c\n\n```html\nd\n```").html

    assert {name for element in dom.elements(html) for name in element.attrib} == {"href", "rel", "class"}
    assert {element.get("class") for element in dom.elements(html)} == {None, "link-host"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("e\u0301", "é"),
        ("ab\u200bc\u200d\ufeff\u2060", "abc"),
        ("\u202egnp.exe\u202c \u2066x\u2069", "gnp.exe x"),
        ("soft\u00adhyphen", "softhyphen"),
        ("👩\u200d⚕️ 👨🏽\u200d👩\u200d👧", "👩\u200d⚕️ 👨🏽\u200d👩\u200d👧"),
        ("❤️\u200d🔥", "❤️\u200d🔥"),
        ("👩\u200dx \u200d👩", "👩x 👩"),
        ("a\x00b\x1bc\ud800d\ufffee", "abcde"),
        ("one\r\ntwo\rthree\u2028four\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("tab\there", "tab\there"),
        ("", ""),
    ],
)
def test_readers_text_loses_what_hides_or_reorders(typed: str, kept: str) -> None:
    assert clean_readers_text(typed) == kept


def test_editors_text_keeps_its_lines() -> None:
    assert clean_source("a\r\nb\rc\x00\x1f\ud800\U0010ffff\u200bd") == "a\nb\nc\ufffd\ufffd\ufffd\ufffd\u200bd"


def test_disguised_scheme_does_not_become_a_link() -> None:
    assert render_reply("[x](java\u200bscript:alert(1))").html == "<p>x</p>\n"
