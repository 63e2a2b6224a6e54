"""From an article's Markdown to what its page shows: parse, ask, write, sanitise. Save, preview and tests use this."""

from dataclasses import dataclass

from mgsite.markup.bibliography import Bibliography, Entry
from mgsite.markup.block_writer import BlockWriter
from mgsite.markup.cleaning import clean_source
from mgsite.markup.composition import Composition
from mgsite.markup.dialect import ARTICLE_NESTING, first_too_deep, parse_article
from mgsite.markup.glossary import NO_GLOSSARY, Glossary, Term
from mgsite.markup.marks import MarkedClaim
from mgsite.markup.notes import Notes
from mgsite.markup.outline import Heading, Outline
from mgsite.markup.references import Problem, Reference, Resolver
from mgsite.markup.sanitise import ARTICLE, sanitize_html
from mgsite.markup.targets import Targets, read_destinations


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered article. `html` is sanitised; the rest is data for templates."""

    html: str
    toc: tuple[Heading, ...]
    bibliography: tuple[Entry, ...]
    references: tuple[Reference, ...]
    """Every reference in the order of the text, with a target or without."""
    claims: tuple[MarkedClaim, ...]
    terms: tuple[Term, ...]
    """Glossary terms that the text uses, in its order; the first use of each is a link to it."""
    problems: tuple[Problem, ...]
    """In the order of the source."""
    words: int


def render_article(
    source: str, *, resolver: Resolver, glossary: Glossary = NO_GLOSSARY, preview: bool = False, id_prefix: str = ""
) -> Rendered:
    """Render an article. `id_prefix` keeps the ids of several texts on one page apart.

    Raises MarkupError for a text that is too long.
    """
    tokens, env = parse_article(clean_source(source))
    problems: list[Problem] = env["problems"]
    too_deep = first_too_deep(tokens, limit=ARTICLE_NESTING)
    if too_deep:
        line = (too_deep.map or [0])[0] + 1
        problems.append(Problem(line, "", "Lists and quotations lie too deep in one another here; the rest is lost."))
    composition = Composition(
        targets=Targets(read_destinations(tokens), resolver),
        preview=preview,
        prefix=id_prefix,
        outline=Outline(prefix=id_prefix),
        bibliography=Bibliography(prefix=id_prefix),
        notes=Notes(prefix=id_prefix),
        problems=problems,
        glossary=glossary,
    )
    # Block by block: the second sanitiser's work grows with the square of what stands side by side.
    blocks = [sanitize_html(block, policy=ARTICLE) for block in BlockWriter(composition).write(tokens)]
    return Rendered(
        html=composition.with_trusted("".join(blocks)),
        toc=tuple(heading for heading in composition.outline.headings if heading.level <= 3),
        bibliography=composition.bibliography.entries(),
        references=tuple(composition.references),
        claims=tuple(composition.claims),
        terms=tuple(composition.terms.values()),
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        words=composition.words,
    )
