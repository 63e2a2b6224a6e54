"""Reading the shipped articles and the first edition's records as they stand in the repository, without a database."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CONTENT = ROOT / "articles" / "content"
DATA = ROOT / "forms_catalog" / "data"
FIRST = "magnesium-for-depression-anxiety-and-your-memory"
SLUGS = sorted(path.stem for path in CONTENT.glob("*.md"))
OURS = [slug for slug in SLUGS if slug != FIRST]
FOLDERS = {
    "study": "studies",
    "form": "forms",
    "mechanism": "mechanisms",
    "outcome": "outcomes",
    "claim": "claims",
}
CITATION = re.compile(r"\[(@[^\]]+)\]")
TITLED = re.compile(r"\[\[(\w+):([\w-]+)\]\]")
WORDED = re.compile(r"\[([^\[\]]+)\]\((study|form|mechanism|outcome|article):([\w-]+)\)")
MARKED = re.compile(r"\[([^\[\]]+)\]\(claim:(c\d\d)\)")
ADDRESS = re.compile(r"\]\((https?://[^\s)]+)\)")


@dataclass(frozen=True)
class Text:
    front: dict[str, Any]
    body: str


@cache
def article(slug: str) -> Text:
    _, front, body = (CONTENT / f"{slug}.md").read_text(encoding="utf-8").split("---\n", 2)
    return Text(yaml.safe_load(front), body)


@cache
def records(kind: str) -> dict[str, dict[str, Any]]:
    """Every record of a kind in the first edition, by slug."""
    found = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in (DATA / kind).glob("*.yaml")}
    assert found, f"no records in {kind}"
    return found


def cited(body: str) -> list[str]:
    """Keys of the studies cited, in order, as often as they are."""
    return [
        part.strip().removeprefix("@").split(",")[0] for group in CITATION.findall(body) for part in group.split(";")
    ]


def plain(body: str) -> str:
    """The text with the words of its links in place of the links; claims, which may hold links, stay."""
    return WORDED.sub(r"\1", body)


def marked(body: str) -> list[tuple[str, str]]:
    """Key and words of every marked claim, in order."""
    return [(key, words) for words, key in MARKED.findall(plain(body))]


def references(body: str) -> set[tuple[str, str]]:
    """Kind and key of every record or article the text points at."""
    found = {(kind, key) for _, kind, key in WORDED.findall(body)} | set(TITLED.findall(body))
    return found | {("study", key) for key in cited(body)} | {("claim", key) for key, _ in marked(body)}


def section(body: str, heading: str) -> str:
    """What stands under a heading of the second level."""
    return body.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def table(text: str) -> list[list[str]]:
    """The cells of the table's rows, without its head."""
    rows = [line.strip().strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def number(cell: str) -> float:
    return float(re.sub(r"[^\d.]", "", cell))


def without_dialect(body: str) -> str:
    """The words alone: links lose their targets, citations become the numbers that readers see."""
    order = list(dict.fromkeys(cited(body)))
    numbered = CITATION.sub(lambda match: f"[{order.index(match[1].removeprefix('@')) + 1}]", body)
    return MARKED.sub(r"\1", plain(numbered))
