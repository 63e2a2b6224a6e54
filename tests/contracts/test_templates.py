"""Every template of ours compiles and keeps to the rules."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

FOLDER = Path(settings.BASE_DIR) / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.suffix in {".html", ".txt", ".xml"})
PAGES = [name for name in NAMES if re.search(r"{%\s*extends", (FOLDER / name).read_text())]


def source(name: str) -> str:
    """A template's text without its comments."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}", "", text, flags=re.DOTALL)
    return re.sub(r"{#.*?#}", "", text)


def test_there_are_templates_to_check() -> None:
    assert len(NAMES) > 20


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(name: str) -> None:
    engines["django"].get_template(name)


@pytest.mark.parametrize("name", NAMES)
def test_template_has_nothing_inline_that_the_policy_refuses(name: str) -> None:
    text = source(name)
    assert not re.search(r"\s(style|on[a-z]+)=[\"']", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"<script(?![^>]*\b(src|type=\"application/))", text)


@pytest.mark.parametrize("name", NAMES)
def test_template_switches_no_escaping_off_without_a_word_why(name: str) -> None:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if re.search(r"\|\s*(safe|safeseq)\b|autoescape\s+off", line):
            assert "{#" in "".join(lines[max(number - 3, 0) : number + 1]), line


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("components/")])
def test_component_states_its_inputs_by_standing_alone(name: str) -> None:
    """Nothing in a component reaches for the request or the person."""
    assert not re.search(r"\b(request|user|messages|perms)\.", source(name))


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("admin/")])
def test_components_are_included_with_their_inputs_only(name: str) -> None:
    for include in re.findall(r"{%\s*include\s+\"components/[^%]*%}", source(name)):
        assert re.search(r"\bonly\s*%}$", include), include


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("admin/")])
def test_page_has_a_title_of_its_own(name: str) -> None:
    assert re.search(r"{%\s*block title\s*%}", source(name))
