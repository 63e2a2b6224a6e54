"""Our HTML for readers elsewhere: links get full addresses, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mgsite.markup.absolute import absolute

SITE, PAGE = "https://site.example", "https://site.example/articles/a/"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/claims/c1/">x</a>', '<a href="https://site.example/claims/c1/">x</a>'),
        ('<a class="mark" href="#ref-1">1</a>', f'<a class="mark" href="{PAGE}#ref-1">1</a>'),
        ('<a href="?after=50">x</a>', f'<a href="{PAGE}?after=50">x</a>'),
        ("<a title='say \"href=' href='/x'>x</a>", "<a title='say \"href=' href='https://site.example/x'>x</a>"),
        (
            '<img alt="a > b" src="/media/images/a.png">',
            '<img alt="a > b" src="https://site.example/media/images/a.png">',
        ),
        ('<a href="https://other.example/">x</a>', '<a href="https://other.example/">x</a>'),
        ('<a href="//other.example/">x</a>', '<a href="//other.example/">x</a>'),
        ('<use href="#dot"></use>', '<use href="#dot"></use>'),
        ('<code>&lt;a href="/x"&gt;</code> href="/y"', '<code>&lt;a href="/x"&gt;</code> href="/y"'),
        ('<p data-href="/x" title="see href=&quot;/x">', '<p data-href="/x" title="see href=&quot;/x">'),
    ],
)
def test_links_get_full_addresses_and_nothing_else_changes(html: str, expected: str) -> None:
    assert absolute(html, site=SITE, page=PAGE) == expected


@given(st.text(alphabet="<>\"'=/ahrefsc# \n", max_size=200))
def test_any_text_is_answered_and_a_second_time_changes_nothing(html: str) -> None:
    once = absolute(html, site=SITE, page=PAGE)
    assert absolute(once, site=SITE, page=PAGE) == once
