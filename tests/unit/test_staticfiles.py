from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import override_settings

from mgsite import staticfiles
from mgsite.staticfiles import ScriptError, StyleSheetError, bundle, bundle_script, without_comments


@pytest.fixture
def sources(tmp_path: Path):
    """A folder of static files, known to the finders under the names below it."""
    with override_settings(STATICFILES_DIRS=[tmp_path], STATICFILES_FINDERS=[FINDER]):
        finders.get_finder.cache_clear()
        yield tmp_path
    finders.get_finder.cache_clear()


FINDER = "django.contrib.staticfiles.finders.FileSystemFinder"


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_bundle_puts_each_part_into_its_layer_in_order(sources: Path) -> None:
    write(sources, "css/site.css", '@layer a, b;\n@import url("one.css") layer(a);\n@import "two.css" layer(b);\n')
    write(sources, "css/one.css", "p { margin: 0 }")
    write(sources, "css/two.css", "q { margin: 1px }")
    assert bundle("css/site.css").split("\n") == [
        "@layer a, b;",
        "@layer a {",
        "p { margin: 0 }",
        "}",
        "@layer b {",
        "q { margin: 1px }",
        "}",
    ]


def test_bundle_keeps_the_media_a_part_is_for(sources: Path) -> None:
    write(sources, "css/site.css", '@import url("print.css") layer(print) print;')
    write(sources, "css/print.css", "nav { display: none }")
    assert bundle("css/site.css") == "@media print {\n@layer print {\nnav { display: none }\n}\n}"


def test_bundle_follows_imports_of_imports_and_moves_their_addresses(sources: Path) -> None:
    write(sources, "css/site.css", '@import url("parts/index.css");\na { background: url(../img/a.svg) }')
    write(sources, "css/parts/index.css", '@import url("deep/b.css");')
    write(sources, "css/parts/deep/b.css", "b { background: url('../../../img/b.svg') }")
    assert bundle("css/site.css") == ('b { background: url("../img/b.svg") }\na { background: url("../img/a.svg") }')


@pytest.mark.parametrize("address", ["data:image/svg+xml,x", "/static/x.svg", "#filter", "https://example.org/x"])
def test_bundle_leaves_addresses_that_do_not_move(address: str, sources: Path) -> None:
    write(sources, "css/site.css", '@import url("parts/x.css");')
    write(sources, "css/parts/x.css", f"a {{ background: url({address}) }}")
    assert f"url({address})" in bundle("css/site.css")


def test_bundle_of_a_missing_part_names_it_and_who_asks(sources: Path) -> None:
    write(sources, "css/site.css", '@import url("gone.css");')
    with pytest.raises(StyleSheetError, match=r"css/site.css imports css/gone.css, which does not exist"):
        bundle("css/site.css")


def test_bundle_of_a_circle_is_refused(sources: Path) -> None:
    write(sources, "css/site.css", '@import url("a.css");')
    write(sources, "css/a.css", '@import url("site.css");')
    with pytest.raises(StyleSheetError, match="imports itself"):
        bundle("css/site.css")


def test_without_comments_keeps_what_only_looks_like_one() -> None:
    css = '/* note */\n\n  a::after { content: "/* not a note */"; /* a\n note */ color: red }\n'
    assert without_comments(css) == 'a::after { content: "/* not a note */";  color: red }'


def test_sources_digest_follows_the_content_of_any_source(sources: Path) -> None:
    write(sources, "css/site.css", "a { color: red }")
    before = staticfiles.sources_digest()
    assert staticfiles.sources_digest() == before
    write(sources, "css/site.css", "a { color: tan }")
    assert staticfiles.sources_digest() != before


def test_the_sites_own_style_sheet_has_no_import_left() -> None:
    assert "@import" not in bundle("css/site.css")


def test_script_takes_in_what_it_imports_for_its_effect(sources: Path) -> None:
    write(sources, "js/article.js", 'import "./parts/a.js";\nimport { b } from "./b.js";\nconst x = 1;\n')
    write(sources, "js/parts/a.js", "const x = 2;\n")
    assert bundle_script("js/article.js") == '{\nconst x = 2;\n}\nimport { b } from "./b.js";\nconst x = 1;\n'


@pytest.mark.parametrize(
    ("part", "words"), [(None, "does not exist"), ('import "./c.js";', "imports"), ("export const a = 1;", "exports")]
)
def test_part_that_cannot_be_put_into_a_script_is_named(sources: Path, part: str | None, words: str) -> None:
    write(sources, "js/article.js", 'import "./a.js";\n')
    if part:
        write(sources, "js/a.js", part)
    with pytest.raises(ScriptError, match=rf"js/a\.js.*{words}"):
        bundle_script("js/article.js")
