"""Feeds whatever they hold, and HTML made fit for feed readers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from mgsite.atom import NEVER, Entry, Feed, for_readers
from tests.atom import SCHEMA, read

PAGE = "https://example.org/articles/sleep/"
NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)


def a_feed(*, words: str = "Sleep", html: str = "<p>Sleep</p>") -> Feed:
    entry = Entry(
        id="urn:uuid:9a1d2c3e-0000-4000-8000-000000000000",
        title=words,
        path="/a/",
        author=words or "The editors",
        published=NOW,
        updated=NOW,
        html=html,
        categories=(words,),
    )
    return Feed(id="urn:x:feed", title=words, subtitle=words, page="/", path="/feeds/x.atom", entries=[entry])


@given(words=ANYTHING)
@example(words="\x00\x08\x0b\x1f\ufffe\uffff\ud800")
@example(words="]]>&lt;<script>alert(1)</script><!--")
def test_no_words_break_a_feed(words: str) -> None:
    feed = read(str(a_feed(words=words, html=for_readers(f"<p>{words}</p>", page=PAGE))).encode("utf-8"))
    assert len(feed.entries) == 1


def test_characters_that_xml_forbids_leave_a_sign() -> None:
    assert read(str(a_feed(words="a\x00b\ud83dc")).encode()).entries[0].title == "a\ufffdb\ufffdc"


def test_nothing_hostile_leaves_in_an_entry() -> None:
    hostile = (Path(__file__).parents[1] / "security/corpus/xss.txt").read_text(encoding="utf-8").splitlines()
    assert len(hostile) > 50
    for line in hostile:
        assert read(str(a_feed(html=for_readers(line, page=PAGE))).encode())


def test_an_empty_feed_bears_the_date_when_what_it_follows_began() -> None:
    feed = Feed(id="urn:x:feed", title="a", subtitle="b", page="/", path="/x.atom", entries=[])
    assert read(str(feed).encode()).feed.updated == NEVER.isoformat()


@pytest.mark.parametrize(
    ("on_the_page", "in_a_feed"),
    [
        ('<a href="#ref-1">1</a>', f'<a href="{PAGE}#ref-1">1</a>'),
        ('<a class="to-form" href="/forms/oxide/">x</a>', '<a href="https://example.org/forms/oxide/">x</a>'),
        ('<img src="/media/images/a.png" alt="A">', '<img src="https://example.org/media/images/a.png" alt="A">'),
        ("<p>a &lt;b&gt; &amp; c<br>d</p>", "<p>a &lt;b&gt; &amp; c<br>d</p>"),
        ('<svg><g><path d="M0"/></g><text>drawn</text></svg>after', "after"),
        ('<form><p>typed</p><input name="a"><button>Send</button></form>after', "after"),
        ('<h2 id="a">Head <a class="permalink" href="#a">#</a></h2>', "<h2>Head </h2>"),
        (
            '<p>It heals<span> </span><a class="mark" data-verdict="partly_supported" href="/claims/1/">'
            '<span class="visually-hidden">Claim: x.</span><span class="shape" aria-hidden="true"></span>partly</a>.',
            '<p>It heals <a href="https://example.org/claims/1/">[partly supported]</a>.</p>',
        ),
        (
            '<details class="claim-card"><summary>Verdict</summary><div class="claim-card-body">All</div></details>x',
            "<div><p>Verdict</p></div>x",
        ),
        ("<dose-bridge><p>Inside</p></dose-bridge>", "<p>Inside</p>"),
    ],
)
def test_what_only_works_on_the_page_becomes_words_or_goes(on_the_page: str, in_a_feed: str) -> None:
    assert for_readers(on_the_page, page=PAGE) == in_a_feed


def test_the_schema_refuses_what_the_rfc_does() -> None:
    head = '<feed xmlns="http://www.w3.org/2005/Atom"><title>a</title><id>urn:a</id>'
    tail = "<updated>2026-11-26T00:00:00Z</updated></feed>"
    assert SCHEMA.validate(etree.fromstring(head + tail))
    for wrong in ("<title>b</title>", "<entry/>", "<link/>", "<foo/>", "<category/>", "<author/>"):
        assert not SCHEMA.validate(etree.fromstring(head + wrong + tail)), wrong
    assert not SCHEMA.validate(etree.fromstring(head + tail.replace("T00", " 00")))
