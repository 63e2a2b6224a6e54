"""The renderer on a long article and on replies that mean harm."""

from itertools import cycle, islice

from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.rendering import render
from forms_catalog.models import Claim, Form, Mechanism, Study
from mgsite.markup import MarkupError, render_reply
from mgsite.markup.glossary import Glossary, Term
from tests.bench.table import Table, best_seconds

WORDS, REFERENCES = 3_000, 80
REPLY_LENGTH = 10_000
HOSTILE = {
    "brackets [": "[",
    "images ![": "![",
    "links [a](": "[a](",
    "emphasis *_": "*_",
    "quotes >": "> ",
    "list items": "* ",
    "backticks": "`` ` ",
    "tags <a": "<a ",
    "references [@": "[@a; @",
    "entities &": "&#x3c;",
}
GLOSSARY = Glossary(
    [Term("k", "k", "", "/", tuple([f"word {n} of many" for n in range(20)] + [f"other{n}" for n in range(1_000)]))]
)
HOSTILE_TO_GLOSSARY = {
    "50,000 letters": "w" * 50_000,
    "10,000 beginnings of a term": "word " * 10_000,
    "5,000 near misses": "word 1 of " * 5_000,
}


def measure(hello: float) -> Table:
    """The budgets' two cases: a long article, a hostile reply of full length."""
    table = Table(
        f"Rendering (budgets: {WORDS:,} words with {REFERENCES} references in 150 ms and 8 queries; "
        f"a hostile reply of {REPLY_LENGTH:,} characters in 200 ms)",
        ("text", "ms", "× hello", "queries"),
    )
    source = long_article()
    with CaptureQueriesContext(connection) as queries:
        rendered = render(source)
    seconds = best_seconds(lambda: render(source))
    name = f"article, {rendered.words:,} words, {len(rendered.references)} references"
    table.add(name, f"{seconds * 1000:.1f}", f"{seconds / hello:.0f}", len(queries))
    for name, unit in HOSTILE.items():
        text = (unit * REPLY_LENGTH)[:REPLY_LENGTH]
        seconds = best_seconds(lambda text=text: reply(text), for_seconds=0.3)
        table.add(f"reply, {name}", f"{seconds * 1000:.1f}", f"{seconds / hello:.0f}", 0)
    for name, text in HOSTILE_TO_GLOSSARY.items():
        seconds = best_seconds(lambda text=text: list(GLOSSARY.find(text)), for_seconds=0.3)
        table.add(f"finding terms, {name}", f"{seconds * 1000:.1f}", f"{seconds / hello:.0f}", 0)
    return table


def reply(text: str) -> None:
    """Render a reply; being refused is an answer too."""
    try:
        render_reply(text)
    except MarkupError:
        return


def long_article() -> str:
    """Paragraphs with references of every kind, evenly spread."""
    slugs = {
        "[@{}]": Study.objects.published().values_list("slug", flat=True)[:40],
        "[[form:{}]]": Form.objects.values_list("slug", flat=True),
        "[[mechanism:{}]]": Mechanism.objects.values_list("slug", flat=True),
        "[these words](claim:{})": Claim.objects.values_list("slug", flat=True),
    }
    written = [shape.format(slug) for shape, known in slugs.items() for slug in islice(cycle(known), REFERENCES // 4)]
    words = ["magnesium", "and", "**mind**", "in", "a", "trial", "of", "sleep"]
    paragraph = list(islice(cycle(words), WORDS // REFERENCES - 2))
    parts = [" ".join([*paragraph, reference]) + "." for reference in written]
    return "\n\n".join(f"## Part {number}\n\n{text}" if number % 8 == 0 else text for number, text in enumerate(parts))
