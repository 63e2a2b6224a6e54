"""A catalog of dictionaries, for tests of the renderer that need no database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from mgsite.markup.references import Kind, Target

CLAIM = {
    "verdict": "overstated",
    "verdict_label": "Overstated",
    "statement": "Magnesium acts like Valium",
    "in_brief": "Mouse maze tests only.",
    "safety_note": "",
    "card": "<p>The card.</p>",
}
IMAGE = {
    "width": 640,
    "height": 480,
    "alt": "A bowl of seeds",
    "decorative": False,
    "caption": "",
    "credit": "",
    "licence": "",
}
CHART = '<figure class="chart"><svg role="img"></svg></figure>'
DETAILS: dict[Kind, dict[str, Any]] = {
    Kind.CLAIM: CLAIM,
    Kind.IMAGE: IMAGE,
    Kind.CHART: {"html": CHART},
}


class FakeResolver:
    """Knows every key but those that begin with `gone`. `details` overrides what a key's target carries."""

    def __init__(self, **details: dict[str, Any]) -> None:
        self.details = details
        self.asked: list[tuple[Kind, list[str]]] = []

    def resolve(self, kind: Kind, keys: Collection[str]) -> Mapping[str, Target]:
        self.asked.append((kind, list(keys)))
        return {key: self._target(kind, key) for key in keys if not key.startswith("gone")}

    def suggest(self, kind: Kind, key: str) -> list[str]:
        return [key.removeprefix("gone-")]

    def explain(self, kind: Kind, key: str) -> str:
        return f"No {kind} {key}."

    def _target(self, kind: Kind, key: str) -> Target:
        url = f"/media/images/{key}" if kind == Kind.IMAGE else f"/{kind}s/{key}/"
        title = key.split("?", maxsplit=1)[0].capitalize()
        return Target(kind, key, url, title, DETAILS.get(kind, {}) | self.details.get(key, {}))
