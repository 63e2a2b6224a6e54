"""Citations out: each format, read back by a small reader of its own, says what the neutral record says."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_catalog.bibliography import Medium, Name, Work, citations_of, read_name
from forms_catalog.bibliography.bibtex import bibtex
from forms_catalog.bibliography.csl import csl_json
from forms_catalog.bibliography.names import initials
from forms_catalog.bibliography.ris import ris
from forms_catalog.bibliography.styles import apa, vancouver
from forms_catalog.bibliography.work import one_line, page_range, tidy

TRIAL = Work(
    key="tarleton2017",
    medium=Medium.JOURNAL,
    title="Role of magnesium supplementation in the treatment of depression: A randomized clinical trial",
    authors=(Name("Tarleton", "Emily K"), Name("Littenberg", "Benjamin")),
    issued=(2017,),
    container="PLOS ONE",
    volume="12",
    issue="6",
    pages="e0180067",
    doi="10.1371/journal.pone.0180067",
    pmid="28654669",
)
PAGE = Work(
    key="magnesium-safely",
    medium=Medium.WEB,
    title="Magnesium safely",
    authors=(Name("The editors"),),
    issued=(2026, 11, 23),
    container="Magnesium & Mind",
    url="https://example.org/articles/magnesium-safely/",
    version="2",
    accessed=date(2026, 12, 1),
)

# Whatever somebody may type: letters of any alphabet, line breaks, and every sign that means something to a format.
signs = st.one_of(st.sampled_from("\\{}$&#%_~^\"'@,;=-–\r\n\t aAé"), st.characters(exclude_categories=["Cs"]))
pieces = st.sampled_from(["and", "Fe, Mg", "{", "}", "\\", "Müller", "\r\nER  - ", "5 %", "\x00", "a"])
texts = st.one_of(st.text(signs), st.lists(pieces, max_size=5).map(" ".join))
names = st.one_of(
    st.builds(Name, texts.filter(str.strip)),
    st.builds(Name, texts.filter(str.strip), texts.filter(str.strip)),
)
dates = st.one_of(
    st.just(()),
    st.tuples(st.integers(1800, 2100)),
    st.dates(min_value=date(1800, 1, 1)).map(lambda day: (day.year, day.month, day.day)),
)
works = st.builds(
    Work,
    key=st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True),
    medium=st.sampled_from(Medium),
    title=texts,
    authors=st.lists(names, max_size=4).map(tuple),
    issued=dates,
    container=texts,
    volume=texts,
    issue=texts,
    pages=texts,
    note=texts,
    version=texts,
    url=st.sampled_from(["", "https://example.org/a_b%20c?x=1&y={z}"]),
    accessed=st.none() | st.dates(min_value=date(1800, 1, 1)),
)

UNESCAPED = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{sign}": sign for sign in "&%$#_"},
}


def unescaped(text: str) -> str:
    pattern = "|".join(re.escape(written) for written in UNESCAPED)
    return re.sub(pattern, lambda found: UNESCAPED[found[0]], text)


def split_at_depth_zero(text: str, separator: str) -> list[str]:
    """Pieces of a text; what stands in braces is never taken apart. As BibTeX counts them: every brace."""
    pieces, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
        if depth == 0 and text.startswith(separator, place) and place >= start:
            pieces.append(text[start:place])
            start = place + len(separator)
    assert depth == 0, "the braces do not balance"
    return [*pieces, text[start:]]


def without_braces(text: str) -> str:
    return text[1:-1] if text.startswith("{") and text.endswith("}") else text


def read_bibtex(text: str) -> tuple[str, str, dict[str, str]]:
    """Kind, key and fields of an entry, each field without its outer braces."""
    head = re.match(r"@(\w+)\{([^,{}]+),\n", text)
    assert head
    assert text.endswith("}\n")
    fields = {}
    for line in split_at_depth_zero(text[head.end() : -2], ",\n"):
        if line.strip():
            name, _, value = line.strip().partition(" = ")
            fields[name] = without_braces(value)
    return head[1], head[2], fields


def read_bibtex_name(written: str) -> Name:
    parts = split_at_depth_zero(written, ", ")
    return Name(*(unescaped(without_braces(part)) for part in parts))


def read_ris(text: str) -> list[tuple[str, str]]:
    """Tags and values. A line that is neither fails."""
    assert text.endswith("\r\n")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    return [(line[:2], line[6:]) for line in lines]


@given(works)
def test_bibtex_gives_back_what_was_put_in(work: Work) -> None:
    kind, key, fields = read_bibtex(bibtex(work))
    wanted = tidy(work)

    assert (kind, key) == ("article" if work.medium == Medium.JOURNAL else "misc", work.key)
    assert unescaped(without_braces(fields.get("title", ""))) == wanted.title
    for name in ("volume", "version", "note"):
        assert unescaped(fields.get(name, "")) == getattr(wanted, name)
    authors = split_at_depth_zero(fields["author"], " and ") if "author" in fields else []
    assert [read_bibtex_name(author) for author in authors] == list(wanted.authors)
    assert fields.get("year", "") == (str(work.issued[0]) if work.issued else "")
    assert fields.get("url", "") == work.url.replace("{", "%7B").replace("}", "%7D")


@given(works)
def test_ris_gives_back_what_was_put_in(work: Work) -> None:
    lines = read_ris(ris(work))
    fields = dict(lines)
    wanted = tidy(work)

    assert lines[0] == ("TY", "JOUR" if work.medium == Medium.JOURNAL else "ELEC")
    assert lines[-1] == ("ER", "")
    assert [tag for tag, _ in lines].count("ER") == 1
    for tag, name in (("TI", "title"), ("T2", "container"), ("VL", "volume"), ("IS", "issue"), ("N1", "note")):
        assert fields.get(tag, "") == getattr(wanted, name)
    written = [value for tag, value in lines if tag == "AU"]
    assert written == [
        ", ".join(part.replace(",", "") for part in (name.family, name.given) if part) for name in wanted.authors
    ]
    assert fields.get("PY", "") == (str(work.issued[0]) if work.issued else "")


@given(works)
def test_csl_gives_back_what_was_put_in(work: Work) -> None:
    (item,) = json.loads(csl_json(work))
    wanted = tidy(work)

    for name, own in (("title", "title"), ("container-title", "container"), ("volume", "volume"), ("note", "note")):
        assert item.get(name, "") == getattr(wanted, own)
    assert [
        Name(name["literal"]) if "literal" in name else Name(name["family"], name["given"])
        for name in item.get("author", [])
    ] == list(wanted.authors)
    assert item.get("issued", {}).get("date-parts", [[]]) == [list(work.issued)]


@given(works)
def test_styles_for_people_stay_on_one_line_and_name_the_work(work: Work) -> None:
    for text in (apa(work), vancouver(work)):
        assert "\n" not in text
        assert tidy(work).title in text


def test_apa_of_a_trial() -> None:
    assert apa(TRIAL) == (
        "Tarleton, E. K., & Littenberg, B. (2017). Role of magnesium supplementation in the treatment of depression: "
        "A randomized clinical trial. PLOS ONE, 12(6), e0180067. https://doi.org/10.1371/journal.pone.0180067"
    )


def test_apa_of_a_page() -> None:
    assert apa(PAGE) == (
        "The editors. (2026, November 23). Magnesium safely (Version 2). Magnesium & Mind. "
        "https://example.org/articles/magnesium-safely/"
    )


def test_apa_without_author_or_date_says_so() -> None:
    assert apa(replace(PAGE, authors=(), issued=(), version="")).startswith(
        "Magnesium safely. (n.d.). Magnesium & Mind."
    )


def test_apa_names_nineteen_of_many_and_the_last() -> None:
    many = tuple(Name(f"F{number}", "A") for number in range(25))

    assert "F18, A., . . . F24, A. (2017)" in apa(replace(TRIAL, authors=many))
    assert ", & F19, A. (2017)" in apa(replace(TRIAL, authors=many[:20]))


def test_vancouver_of_a_trial() -> None:
    assert vancouver(TRIAL) == (
        "Tarleton EK, Littenberg B. Role of magnesium supplementation in the treatment of depression: A randomized "
        "clinical trial. PLOS ONE. 2017;12(6):e0180067. doi:10.1371/journal.pone.0180067. PMID: 28654669."
    )


def test_vancouver_of_a_page_says_when_it_was_cited() -> None:
    assert vancouver(PAGE) == (
        "The editors. Magnesium safely [Internet]. Magnesium & Mind; 2026 Nov 23 [cited 2026 Dec 1]. Version 2. "
        "Available from: https://example.org/articles/magnesium-safely/"
    )


def test_vancouver_names_six_authors_at_most() -> None:
    many = tuple(Name(f"F{number}", "A") for number in range(7))

    assert vancouver(replace(TRIAL, authors=many)).startswith("F0 A, F1 A, F2 A, F3 A, F4 A, F5 A, et al. Role")
    assert "et al" not in vancouver(replace(TRIAL, authors=many[:6]))


@pytest.mark.parametrize(
    ("listed", "name"),
    [
        ("Tarleton, Emily K", Name("Tarleton", "Emily K")),
        ("The editors", Name("The editors")),
        (
            "EFSA Panel on Nutrition, Novel Foods and Food Allergens (NDA)",
            Name("EFSA Panel on Nutrition, Novel Foods and Food Allergens (NDA)"),
        ),
        ("Office of Dietary Supplements, NIH", Name("Office of Dietary Supplements, NIH")),
        ("de la Cruz, Ana", Name("de la Cruz", "Ana")),
    ],
)
def test_people_have_two_names_and_groups_one(listed: str, name: Name) -> None:
    assert read_name(listed) == name


@pytest.mark.parametrize(
    ("given", "letters"),
    [("Emily K", [["E"], ["K"]]), ("EM", [["E"], ["M"]]), ("Hans-Peter", [["H", "P"]]), ("J.", [["J"]]), ("", [])],
)
def test_initials_keep_double_names_together(given: str, letters: list[list[str]]) -> None:
    assert initials(given) == letters


@pytest.mark.parametrize(
    ("pages", "ends"),
    [("483-9", ("483", "9")), ("483 – 489", ("483", "489")), ("e0180067", ("e0180067", "")), ("483-", ("483", "")),
     ("1-2, 7-8", ("1-2, 7-8", "")), ("", ("", ""))],
)  # fmt: skip
def test_only_a_plain_range_has_two_ends(pages: str, ends: tuple[str, str]) -> None:
    assert page_range(pages) == ends


def test_group_with_an_and_in_its_name_is_one_author_to_bibtex() -> None:
    panel = Name("EFSA Panel on Nutrition, Novel Foods and Food Allergens (NDA)")

    assert "author = {{EFSA Panel on Nutrition, Novel Foods and Food Allergens (NDA)}}," in bibtex(
        replace(TRIAL, authors=(panel,))
    )
    # RIS would take what stands before a comma for the family name.
    assert "AU  - EFSA Panel on Nutrition Novel Foods and Food Allergens (NDA)\r\n" in ris(
        replace(TRIAL, authors=(panel,))
    )


def test_line_break_in_a_title_cannot_begin_a_record_of_its_own() -> None:
    forged = replace(TRIAL, title="Magnesium\r\nER  - \r\nTY  - JOUR")

    assert [tag for tag, _ in read_ris(ris(forged))].count("TY") == 1


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x85", "\u2028", "\r\n", "\t"])
def test_no_text_holds_a_line_end_or_a_control_character(sign: str) -> None:
    assert one_line(f" a{sign}b ") == "a b"


def test_every_format_is_on_offer() -> None:
    assert [shown.label for shown in citations_of(TRIAL)] == ["APA", "Vancouver", "BibTeX", "RIS", "CSL-JSON"]
    assert [shown.suffix for shown in citations_of(TRIAL)] == ["", "", "bib", "ris", "csl.json"]
