"""The one door to trusted HTML."""

from __future__ import annotations

from importlib.metadata import version

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mgsite.markup import render_article, render_reply
from mgsite.markup.references import Kind
from mgsite.markup.sanitise import ARTICLE, KINDS, REPLY, VERDICTS, sanitize_html
from tests import dom
from tests.resolvers import CLAIM, IMAGE, FakeResolver

EVERYTHING = """Opening [@a; @b, p. 4] & "quotes" 'too' &nbsp; &copy; <tag>.

## First [[form:oxide]] [x](mechanism:y)

[claimed **strongly** [@c]](claim:c1) and [again](claim:c2), `code <b>`, *em*[^1] [[outcome:sleep]] [[study:s]]

| left | right | centre |
|:-----|------:|:------:|
| [[claim:c1]] | [a](article:b) | ![x](/media/images/a.png) |

### Second

1. [out](https://example.org/?a=1&b=2) [mail](mailto:a@b.example) [call](tel:+18002738255) [text](sms:741741?body=HOME)
2. [here](/forms/) [there](#s-first)

3. > quote

![Picture](/media/images/seed.png)

    code & <more>

---

##### Third

[^1]: A note [@a] with [claim](claim:c1).
"""


@pytest.mark.parametrize("preview", [True, False])
def test_our_own_output_passes_unchanged(preview: bool) -> None:
    resolver = FakeResolver(
        c1=CLAIM | {"safety_note": "Careful."}, **{"seed.png": IMAGE | {"caption": "C", "credit": "D"}}
    )

    html = render_article(EVERYTHING + "\n[@gone]", resolver=resolver, preview=preview).html

    assert sanitize_html(html, policy=ARTICLE) == html
    assert len(dom.parse(html).findall(".//aside")) == 1


def test_what_the_renderer_writes_loses_nothing_in_the_sanitiser(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver = FakeResolver(c1=CLAIM | {"safety_note": "Careful."})
    sanitised = render_article(EVERYTHING, resolver=resolver).html
    monkeypatch.setattr("mgsite.markup.article.sanitize_html", lambda html, policy: html)

    written = render_article(EVERYTHING, resolver=resolver).html

    assert shape(written) == shape(sanitised)


def shape(html: str) -> list[tuple[str, dict[str, str], str]]:
    return [(element.tag, dict(element.attrib), element.text or "") for element in dom.elements(html)]


def test_replies_pass_unchanged() -> None:
    html = render_reply(
        "# a\n*b* [c](https://example.org/?d&e) `f`\n> g\n\n3. h\n\n```\ni & <j>\n```\n<k> \"l\" 'm'"
    ).html

    assert sanitize_html(html, policy=REPLY) == html


@pytest.mark.parametrize(
    "href",
    ["tel:988", "tel:+18002738255", "sms:741741", "sms:741741?body=HOME", "mailto:jo@samaritans.org", "/forms/", "#x"],
)
@pytest.mark.parametrize("policy", [ARTICLE, REPLY])
def test_helplines_and_site_links_survive(href: str, policy: object) -> None:
    html = f'<a href="{href}">x</a>'

    assert sanitize_html(html, policy=policy) == html  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<script>alert(1)</script>x", "x"),
        ("<style>p{}</style>x", "x"),
        ("<p style='color:red' onclick='x()'>a</p>", "<p>a</p>"),
        ("<a href='javascript:alert(1)'>a</a>", "<a>a</a>"),
        ("<a href='javascript:1'>a</a>", "<a>a</a>"),
        ("<a href='data:1'>a</a>", "<a>a</a>"),
        ("<a href='//evil.example'>a</a>", "<a>a</a>"),
        ("<a href='/\\evil.example'>a</a>", "<a>a</a>"),
        ("<a href='page'>a</a>", "<a>a</a>"),
        ("<a href='java&#10;script:alert(1)'>a</a>", "<a>a</a>"),
        ("<a href='https://example.org' target='_blank'>a</a>", '<a href="https://example.org">a</a>'),
        (
            "<span class='claim'>a</span><span class='claim admin'>b</span>",
            '<span class="claim">a</span><span>b</span>',
        ),
        ("<p id='main'>a</p><li id='x'>b</li>", "<p>a</p><li>b</li>"),
        ("<h2 id='s-a'>a</h2><h2 id='replies'>b</h2>", '<h2 id="s-a">a</h2><h2>b</h2>'),
        ("<h1>a</h1>", "a"),
        ("<form action='/x'><input name=a><button formaction='javascript:x'>b</button></form>", "b"),
        ("<svg><use href='#x'/></svg><math><mi>x</mi></math>", ""),
        ("<!-- comment -->a", "a"),
        ("<p>open", "<p>open</p>"),
    ],
)
def test_everything_else_goes(dirty: str, clean: str) -> None:
    assert sanitize_html(dirty, policy=ARTICLE) == clean


@pytest.mark.parametrize(
    "src", ["https://evil.example/a.png", "//evil.example/a.png", "/admin/logout/", "data:image/png,x"]
)
def test_pictures_from_elsewhere_go(src: str) -> None:
    assert "src" not in sanitize_html(f'<img src="{src}" alt="x">', policy=ARTICLE)


@given(st.text(alphabet="<>/=\"'& abpimgsvcriptonxyz!-:;\n\x00", max_size=200))
def test_sanitising_twice_changes_nothing_more(html: str) -> None:
    for policy in (ARTICLE, REPLY):
        once = sanitize_html(html, policy=policy)
        assert sanitize_html(once, policy=policy) == once


def test_words_of_the_catalog_are_allowed_as_classes() -> None:
    from forms_catalog.models.vocabulary import Verdict

    assert set(VERDICTS) == set(Verdict.values)
    assert set(KINDS) == set(Kind) - {Kind.IMAGE, Kind.CHART, Kind.TERM}


def test_pins_of_both_sanitisers_stand() -> None:
    """Moving either changes what readers are protected from: read its changelog, then the corpus, then this line."""
    assert (version("bleach"), version("nh3")) == ("6.4.0", "0.3.8")
