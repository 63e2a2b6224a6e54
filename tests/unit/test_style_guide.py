"""The style guide misses nothing: tokens, components and style sheets, each where it belongs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from mgsite.pages.style import samples
from mgsite.pages.style.contrast import contrast
from mgsite.pages.style.sheets import read_sheet, sheets
from mgsite.pages.style.specimens import as_part, component_names, example_names, specimen
from mgsite.pages.style.tokens import PAIRS, Tokens, read_tokens

BASE = Path(settings.BASE_DIR)
CSS = BASE / "static/css"
ADDRESS = "/about/style/"
# What a sheet's opening comment may name: a template, with or without its folder of all templates.
TEMPLATE = re.compile(r"(?:include \"|templates/)([\w/-]+\.html)")
MARKUP_WRITERS = (*(BASE / "mgsite/markup").rglob("*.py"), *(BASE / "templates").rglob("*.html"))


def test_every_component_has_an_example_of_its_name() -> None:
    assert set(component_names()) - set(example_names()) == set()


@pytest.mark.parametrize("name", component_names())
def test_example_includes_its_component_and_shows_something(name: str) -> None:
    found = specimen(name)
    assert f'"components/{name}.html"' in found.use
    assert len(re.sub(r"<[^>]*>|\s", "", found.light)) > 3 or "<svg" in found.light


@pytest.mark.django_db
def test_every_example_stands_on_the_page_in_both_themes(client: Client) -> None:
    html = client.get(ADDRESS).content.decode()
    for name in example_names():
        part = html[html.index(f'<section class="specimen" id="{name}">') :].partition("specimen-use")[0]
        assert part.count('data-theme="light"') == part.count('data-theme="dark"') == 1, name


def test_an_example_that_does_not_say_what_it_is_of_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "wordless.html").write_text('{% include "components/tag.html" with text="x" only %}')
    monkeypatch.setattr("mgsite.pages.style.specimens.folder", lambda name: tmp_path)
    with pytest.raises(ValueError, match="must begin with"):
        specimen("wordless")


def test_a_part_has_ids_of_its_own_and_no_main_heading() -> None:
    html = '<h1 id="a">x</h1><p headers="a b" data-id="a"><a href="#a">x</a><a href="/a#a">y</a></p>'
    part = '<h2 id="a-1" class="h1">x</h2><p headers="a-1 b-1" data-id="a"><a href="#a-1">x</a><a href="/a#a">y</a></p>'
    assert as_part(html, suffix="-1") == part


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: sheet.name)
def test_style_sheet_opens_with_its_use_and_belongs_to_something(sheet) -> None:
    assert sheet.what
    assert sheet.shows_use
    named = TEMPLATE.findall(f"{sheet.what} {sheet.use}")
    assert [name for name in named if not (BASE / "templates" / name).is_file()] == []
    first_class = re.search(r"^[.]([\w-]+)", (CSS / f"components/{sheet.name}.css").read_text(), re.MULTILINE)[1]
    used = any(first_class in path.read_text(encoding="utf-8") for path in MARKUP_WRITERS)
    assert sheet.name in example_names() or named or used


def test_a_sheet_without_a_comment_shows_no_use() -> None:
    assert not read_sheet("x", ".x { color: red }").shows_use
    assert not read_sheet("x", "/* A thing. */").shows_use
    assert read_sheet("x", '/*\n * A thing.\n *\n *   <p class="x">\n */').use == '<p class="x">'


def test_every_style_sheet_of_a_component_is_served() -> None:
    index = (CSS / "site.css").read_text()
    assert [sheet.name for sheet in sheets() if f'"components/{sheet.name}.css"' not in index] == []


@pytest.mark.django_db
def test_every_style_sheet_is_named_on_the_page(client: Client) -> None:
    html = client.get(ADDRESS).content.decode()
    missing = [s.name for s in sheets() if f'id="{s.name}"' not in html and f"<dt>{s.name}.css</dt>" not in html]
    assert missing == []


def test_every_token_is_of_a_known_kind_and_shown() -> None:
    tokens = read_tokens()
    assert len(tokens.all) > 40
    assert [token.name for token in tokens.all if not token.kind] == []
    sheet = (CSS / "style-guide.css").read_text()
    drawn = [token.name for token in tokens.all if token.kind != "colour"]
    assert [name for name in drawn if not re.search(rf"\.token-{name}\b(?!-)", sheet)] == []


@pytest.mark.parametrize("pair", read_tokens().pairs, ids=lambda pair: f"{pair.foreground.name} on {pair.ground.name}")
def test_colours_that_meet_owe_each_other_contrast(pair) -> None:
    assert pair.holds, (pair.light, pair.dark)


def test_a_pale_colour_does_not_hold() -> None:
    colours = {name for pair in PAIRS for name in pair[:2]}
    css = "".join(f"--{name}: light-dark(#fff, #fff);" for name in colours)
    assert not any(pair.holds for pair in Tokens(f":root {{ {css} }}").pairs)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "#fff", 21), ("#fff", "#000000", 21), ("#777777", "#ffffff", 4.48), ("#123456", "#123456", 1)],
)
def test_contrast_is_reckoned_as_wcag_does(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("colour", ["red", "#12", "#ggg", "rgb(0 0 0)", ""])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        contrast(colour, "#fff")


def test_raw_colours_stand_in_the_tokens_alone() -> None:
    """In a mask only the shape counts, whatever its colour; paper is white with black lines."""
    raw = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", re.IGNORECASE)
    found = {}
    for path in [*CSS.rglob("*.css")]:
        css = re.sub(r"url\('data:[^']*'\)|/\*.*?\*/|url\([^)]*\)", "", path.read_text(), flags=re.DOTALL)
        found[path.name] = raw.findall(css)
    allowed = {"tokens.css", "print.css"}
    assert {name: colours for name, colours in found.items() if colours and name not in allowed} == {}


def test_no_style_sheet_asks_which_way_a_device_is_held() -> None:
    assert [path.name for path in CSS.rglob("*.css") if "orientation" in path.read_text()] == []


def test_samples_are_the_first_editions_records_and_nothing_is_saved() -> None:
    made = samples.samples()
    assert made["claim"].pk is None
    assert made["claim"].slug == "c28"
    assert made["card"]["sources"] == 4
    assert made["tally"].total == len(list((BASE / "forms_catalog/data/claims").iterdir()))
    assert made["study"].form.slug == "chloride"


@pytest.mark.django_db
def test_page_is_kept_out_of_search_engines_and_asks_the_database_for_little(
    client: Client, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(2):
        html = client.get(ADDRESS).content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert f'href="{ADDRESS}"' in client.get("/forms/").content.decode().partition("<footer")[2]
