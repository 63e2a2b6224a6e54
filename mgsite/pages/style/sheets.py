"""The style sheets of static/css/components/, each with the comment it opens with."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

OPENING = re.compile(r"\A/\*\s*(?P<text>.*?)\s*\*/", re.DOTALL)
STAR = re.compile(r"^ ?\*? ?", re.MULTILINE)
SHOWS_USE = re.compile(r"{% include|<[a-z]|\(templates/")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet: its name, what it is for, and how it is used."""

    name: str
    what: str
    use: str

    @property
    def shows_use(self) -> bool:
        """Whether the comment holds markup, or names the template that does."""
        return bool(SHOWS_USE.search(self.what + self.use))


def sheets() -> list[Sheet]:
    """All of them by name."""
    paths = sorted((Path(settings.BASE_DIR) / "static/css/components").glob("*.css"))
    return [read_sheet(path.stem, path.read_text(encoding="utf-8")) for path in paths]


def read_sheet(name: str, css: str) -> Sheet:
    """A sheet's first paragraph says what it is for; what follows shows its use."""
    found = OPENING.match(css)
    text = STAR.sub("", found["text"]) if found else ""
    what, _, use = text.partition("\n\n")
    return Sheet(name, " ".join(what.split()), use.strip())
