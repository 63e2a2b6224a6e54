"""Components, each rendered by its real template from its example in templates/style/."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from mgsite.pages.style.samples import samples

EXAMPLE = re.compile(r"{#\s*(?P<what>.+?)\s*#}\n(?P<use>.+)", re.DOTALL)
NAMES_AN_ID = re.compile(
    r'(?P<attribute>\s(?:id|for|headers|aria-(?:labelledby|describedby|controls|details))=")(?P<ids>[^"]+)"'
)
LINK_TO_ID = re.compile(r'(\shref="#)([^"]+)"')
MAIN_HEADING = re.compile(r"<(/?)h1\b([^>]*)>")


@dataclass(frozen=True, slots=True)
class Specimen:
    """A component with its example, once for each theme."""

    name: str
    what: str
    use: str
    """Source of the example: how a template includes the component."""
    light: SafeString
    dark: SafeString


def folder(name: str) -> Path:
    """Where the templates of a kind are."""
    return Path(settings.BASE_DIR) / "templates" / name


def component_names() -> list[str]:
    """Every component, whether it has an example or not."""
    return sorted(path.stem for path in folder("components").glob("*.html"))


def example_names() -> list[str]:
    """Every example, whether it is of a component or not."""
    return sorted(path.stem for path in folder("style").glob("*.html"))


def specimens() -> list[Specimen]:
    """All examples by name."""
    return [specimen(name) for name in example_names()]


def specimen(name: str) -> Specimen:
    """One example. Raises ValueError when it does not open with what the component is."""
    found = EXAMPLE.match((folder("style") / f"{name}.html").read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"templates/style/{name}.html must begin with {{# what the component is #}}.")
    html = get_template(f"style/{name}.html").render(samples())
    return Specimen(
        name=name,
        what=found["what"],
        use=found["use"].strip(),
        light=as_part(html, suffix=f"-{name}-light"),
        dark=as_part(html, suffix=f"-{name}-dark"),
    )


def as_part(html: str, *, suffix: str) -> SafeString:
    """The same markup with ids of its own and without a page's one main heading, so that a page may hold many."""

    def renamed(match: re.Match[str]) -> str:
        return match["attribute"] + " ".join(f"{name}{suffix}" for name in match["ids"].split()) + '"'

    html = NAMES_AN_ID.sub(renamed, html)
    html = LINK_TO_ID.sub(rf'\1\2{suffix}"', html)
    html = MAIN_HEADING.sub(lambda match: "</h2>" if match[1] else f'<h2{match[2]} class="h1">', html)
    return mark_safe(html)  # noqa: S308 (from our own templates, which escape what they print)
