"""Signs that a moderator may want to look twice."""

import time

import pytest

from articles.spam import Circumstances, is_confusable, links_in, mixes_scripts, signals_of, signals_of_text

CALM = Circumstances(seconds=60)


def names_of(
    *,
    name="Anna",
    body="What about sleep?",
    html="",
    circumstances=CALM,
    repeated=False,
    crowded=False,
    upper_level=250,
) -> list[str]:
    seen = {"circumstances": circumstances, "repeated": repeated, "crowded": crowded}
    found = signals_of(name=name, body=body, html=html, upper_level=upper_level, **seen)
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


# Words: doses, medicines, and what spam sells


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("I take 400 mg a day.", ["high dose"]),
        ("I take 1,000mg a day.", ["high dose"]),
        ("Between 200 and 250 mg.", []),
        ("200–300 milligrams", ["high dose"]),
        ("2 g of magnesium citrate", ["high dose"]),
        ("0.2 g of magnesium citrate", []),
        ("20 g of oats, 400 ml of milk", []),
        ("In 2017, with 126 people.", []),
        ("I stopped taking my pills last week.", ["stopping a medicine"]),
        ("Stop  taking your sertraline!", ["stopping a medicine"]),
        ("Can I take it instead of antidepressants?", ["stopping a medicine"]),
        ("I came off all of my meds.", ["stopping a medicine"]),
        ("Thanks to this I quit the escitalopram", ["stopping a medicine"]),
        ("st\u200bop taking \uff4dy tablets", ["stopping a medicine"]),
        ("I stopped at the shop; my pills were ready.", []),
        ("The trial was stopped early.", []),
        ("My KIDNEYS are weak, eGFR 28.", ["kidneys"]),
        ("A kidney bean stew", ["kidneys"]),
        ("I am on Lithium.", ["lithium"]),
        ("With lithium-ion cells", ["lithium"]),
        ("Win at the CASINO", ["listed word"]),
        ("a promo\n code for you", ["listed word"]),
        ("Sloan wrote about casinos' neighbours in the alone-ness of loanwords", []),
    ],
)
def test_words_that_a_moderator_should_not_read_past(body, expected) -> None:
    assert names_of(body=body) == expected


def test_an_amount_says_nothing_where_the_catalog_has_no_upper_level() -> None:
    assert names_of(body="I take 4000 mg.", upper_level=None) == []


def test_new_words_have_new_signs_and_keep_those_of_how_they_were_sent() -> None:
    former = [{"name": "fast", "detail": "", "weight": 2}, {"name": "lithium", "detail": "", "weight": 2}]
    found = signals_of_text(former, name="Anna", body="Now 900 mg and my kidneys.", html="", upper_level=250)
    assert sorted(str(signal["name"]) for signal in found) == ["fast", "high dose", "kidneys"]


@pytest.mark.parametrize("piece", ["stop taking ", "1,000", "come off my my my ", "9" * 50, "stop my the ", "promo "])
def test_words_are_searched_in_time_that_grows_with_the_text(piece) -> None:
    body = piece * (10_000 // len(piece))
    begun = time.perf_counter()
    names_of(body=body)
    assert time.perf_counter() - begun < 0.5


def test_a_very_large_dose_is_said_in_full() -> None:
    found = signals_of_text([], name="Anna", body="I took 1,000,000 mg.", html="", upper_level=350)
    assert "It names 1,000,000 mg." in str(found[0]["detail"])
