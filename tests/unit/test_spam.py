"""Signs that a moderator may want to look twice."""

import pytest

from articles.spam import Circumstances, is_confusable, links_in, mixes_scripts, signals_of

CALM = Circumstances(seconds=60)


def names_of(
    *, name="Anna", body="What about sleep?", html="", circumstances=CALM, repeated=False, crowded=False
) -> list[str]:
    found = signals_of(name=name, body=body, html=html, circumstances=circumstances, repeated=repeated, crowded=crowded)
    return [str(signal["name"]) for signal in found]


def link(address: str, text: str = "a study") -> str:
    return f'<p><a href="{address}" rel="ugc nofollow noopener">{text}</a></p>'


def test_an_ordinary_reply_has_no_signals() -> None:
    assert names_of(html=link("https://example.org/study")) == []


@pytest.mark.parametrize(
    ("circumstances", "expected"),
    [
        (Circumstances(seconds=60, trap_filled=True), ["honeypot"]),
        (Circumstances(seconds=2.9), ["fast"]),
        (Circumstances(seconds=3), []),
        (Circumstances(seconds=60, attempts=5), []),
        (Circumstances(seconds=60, attempts=6), ["rate"]),
    ],
)
def test_circumstances_that_are_worth_a_second_look(circumstances, expected) -> None:
    assert names_of(circumstances=circumstances) == expected


def test_two_links_are_a_signal_and_one_is_not() -> None:
    one = link("https://example.org/")
    assert names_of(html=one) == []
    assert names_of(html=one + link("https://example.com/")) == ["links"]


@pytest.mark.parametrize(
    ("address", "text", "expected"),
    [
        ("https://evil.example/", "nhs.uk", ["disguised link"]),
        ("https://evil.example/", "see https://www.nhs.uk/magnesium", ["disguised link"]),
        ("https://www.nhs.uk/x", "nhs.uk", []),
        ("https://nhs.uk/x", "https://www.NHS.uk/", []),
        ("https://example.org/", "a study of 12.5 mg", []),
        ("mailto:a@example.org", "example.org", []),
        ("http://[broken", "example.org", []),
        ("https://xn--nhs-7ka.example/", "read this", ["confusable link"]),
        ("https://exаmple.org/", "read this", ["confusable link"]),
        ("http://192.0.2.1/", "read this", ["confusable link"]),
        ("http://[2001:db8::1]/", "read this", ["confusable link"]),
    ],
)
def test_links_that_pretend_are_signals(address, text, expected) -> None:
    assert names_of(html=link(address, text)) == expected


def test_many_disguised_links_are_said_once() -> None:
    html = link("https://evil.example/", "nhs.uk") * 3
    assert names_of(html=html) == ["disguised link", "links"]


def test_links_are_read_with_their_words() -> None:
    found = links_in('<p>one</p><p><a href="https://a.example/">two <em>three</em></a> <a name="x">four</a></p>')
    assert [(item.address, item.text) for item in found] == [("https://a.example/", "two three")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("BUY THE BEST MAGNESIUM NOW", ["capitals"]),
        ("NMDA and GABA-A: what do they do, and who says so?", []),
        ("NMDA? OK!", []),
        ("マグネシウムは睡眠に効きますか。本当ですか。教えてください。", []),
    ],
)
def test_shouting_is_a_signal(body, expected) -> None:
    assert names_of(body=body) == expected


def test_repeated_text_is_a_signal() -> None:
    assert names_of(repeated=True) == ["repeated"]


def test_a_crowded_hour_is_a_signal() -> None:
    assert names_of(crowded=True) == ["crowded"]


@pytest.mark.parametrize(
    ("name", "mixed"),
    [
        ("Аnna", True),  # Cyrillic A
        ("Anna", False),
        ("Анна", False),
        ("Anna Анна", False),
        ("Αλέξης", False),
        ("李 小龍", False),
        ("Anna 42 ☀", False),
    ],
)
def test_a_name_of_two_alphabets_in_a_word_is_a_signal(name, mixed) -> None:
    assert mixes_scripts(name) is mixed
    assert names_of(name=name) == (["mixed scripts"] if mixed else [])


def test_no_host_is_not_confusable() -> None:
    assert not is_confusable("")


def test_signals_come_heaviest_first_and_explain_themselves() -> None:
    found = signals_of(
        name="Anna",
        body="BUY THE BEST MAGNESIUM NOW",
        html="",
        circumstances=Circumstances(seconds=1, trap_filled=True),
        repeated=False,
        crowded=False,
    )
    assert [signal["name"] for signal in found] == ["honeypot", "fast", "capitals"]
    assert [signal["weight"] for signal in found] == [3, 2, 1]
    assert all(set(signal) == {"name", "detail", "weight"} and signal["detail"] for signal in found)


def test_signs_are_found_in_a_long_hostile_text_without_delay() -> None:
    html = link("https://a.example/", "a." * 5000)
    assert names_of(html=html, body="A." * 5000) == ["capitals"]
