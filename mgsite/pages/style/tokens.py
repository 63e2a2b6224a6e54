"""The design tokens, read from static/css/tokens.css."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.conf import settings

from mgsite.pages.style.contrast import contrast

ROOT = re.compile(r":root\s*{(?P<body>[^}]*)}")
TOKEN = re.compile(r"--(?P<name>[\w-]+):\s*(?P<value>[^;]+);")
BOTH = re.compile(r"light-dark\((?P<light>#\w+),\s*(?P<dark>#\w+)\)")

KINDS = (
    ("type", re.compile(r"(text|h)(-?\w+)?|leading")),
    ("faces", re.compile(r"serif|display|sans|mono")),
    ("space", re.compile(r"space-\d|gutter|gap")),
    ("measure", re.compile(r"measure|margin|radius(-\w+)?|shadow")),
    ("motion", re.compile(r"quick")),
)
"""What a token is, by its name; a colour is known by its value."""

BODY, QUIET, PARTS = 7, 4.5, 3
"""Least contrast of text to be read at length, of other text, and of lines that carry meaning."""
PAIRS = (
    *(("ink", ground, BODY) for ground in ("paper", "raised", "wash", "caution-wash")),
    *(("soft", ground, QUIET) for ground in ("paper", "raised", "wash", "caution-wash")),
    *(("accent", ground, QUIET) for ground in ("paper", "raised", "wash")),
    ("on-accent", "accent", QUIET),
    ("caution", "caution-wash", QUIET),
    ("ink", "selection", QUIET),
    *(("line-strong", ground, PARTS) for ground in ("paper", "raised")),
)
"""Which colours meet on the site: foreground, ground, and the least contrast they owe the reader."""


@dataclass(frozen=True, slots=True)
class Token:
    """A name and what stands behind it."""

    name: str
    value: str

    @property
    def kind(self) -> str:
        """'colour' or one of KINDS; empty when the name fits none."""
        if BOTH.fullmatch(self.value):
            return "colour"
        return next((kind for kind, names in KINDS if names.fullmatch(self.name)), "")

    @property
    def light(self) -> str:
        """A colour by day."""
        return BOTH.sub(r"\g<light>", self.value)

    @property
    def dark(self) -> str:
        """A colour by night."""
        return BOTH.sub(r"\g<dark>", self.value)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours that meet, with their contrast in both themes."""

    foreground: Token
    ground: Token
    least: float

    @property
    def light(self) -> float:
        """Contrast by day."""
        return contrast(self.foreground.light, self.ground.light)

    @property
    def dark(self) -> float:
        """Contrast by night."""
        return contrast(self.foreground.dark, self.ground.dark)

    @property
    def holds(self) -> bool:
        """Whether both themes give what is owed."""
        return min(self.light, self.dark) >= self.least


class Tokens:
    """All tokens, in the order of the style sheet."""

    def __init__(self, css: str) -> None:
        body = ROOT.search(css)
        self.all = [Token(name, " ".join(value.split())) for name, value in TOKEN.findall(body["body"] if body else "")]

    @cached_property
    def by_kind(self) -> dict[str, list[Token]]:
        """The tokens of each kind that occurs."""
        kinds: dict[str, list[Token]] = {}
        for token in self.all:
            kinds.setdefault(token.kind, []).append(token)
        return kinds

    @property
    def pairs(self) -> list[Pair]:
        """Each of PAIRS."""
        named = {token.name: token for token in self.all}
        return [Pair(named[foreground], named[ground], least) for foreground, ground, least in PAIRS]


def read_tokens() -> Tokens:
    """The tokens the site is served with."""
    return Tokens((Path(settings.BASE_DIR) / "static/css/tokens.css").read_text(encoding="utf-8"))
