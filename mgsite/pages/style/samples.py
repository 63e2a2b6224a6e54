"""Example data for the style guide: the first edition's own records, read from their files and never saved.

So an example shows nothing that is not true, needs no database, and stays as it is whatever editors do.
"""

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.core.paginator import Page, Paginator

from articles.models import Article, Reference, Reply, Revision
from forms_catalog.bibliography import citations_of
from forms_catalog.bibliography.studies import work_of
from forms_catalog.edition.drafts import Draft, draft_record
from forms_catalog.edition.layout import DATA, kind_of, related_model
from forms_catalog.edition.reading import Source, read_file
from forms_catalog.grading import rule
from forms_catalog.grading.cells import Cell, lean_of
from forms_catalog.grading.outcomes import Picture
from forms_catalog.models import Claim, CrisisLine, Form, Hydrate, Study
from forms_catalog.models.vocabulary import Question, Stance, Verdict
from forms_catalog.queries.claim_cards import balance, source_rows
from forms_catalog.queries.facets import Counts, Facet, Filters, Listing
from forms_catalog.queries.filters import Choice
from forms_catalog.queries.glances import glance
from forms_catalog.queries.mechanisms import RungOfLadder, ladder_of
from forms_catalog.queries.tally import Tally, tally_of
from forms_catalog.tools.safety.rules import MEANINGS, Rule, medicine_of, rule_about
from mgsite.index.models import Document
from mgsite.index.query import Query, Term
from mgsite.index.snippets import Marker
from mgsite.search.answers import Answer
from mgsite.search.filters import ONE_OF
from mgsite.search.results import Result

FIRST_ARTICLE = ("magnesium-for-depression-anxiety-and-your-memory", "Magnesium for Depression, Anxiety & Your Memory")
FIRST_EDITION = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
CRISIS_LINES = ("emergency-number", "find-a-helpline")


def draft(kind: str, slug: str) -> Draft:
    """A record of the first edition with its parts, none of them saved; what each points at is filled in, one deep."""
    found = _read(kind, slug)
    for below in found.with_parts():
        for name, target in below.keys.items():
            kind_there = kind_of(related_model(below.row._meta.get_field(name)))
            setattr(below.row, name, _read(kind_there, target).row)
    return found


def _read(kind: str, slug: str) -> Draft:
    document = read_file(DATA / kind / f"{slug}.yaml")
    return draft_record(Source(kind=kind, slug=slug, document=document))[0]


def record(kind: str, slug: str) -> Any:
    """The record alone."""
    return draft(kind, slug).row


def parts(kind: str, slug: str, name: str) -> list[Any]:
    """One kind of a record's parts, such as a claim's supports."""
    return [part.row for part in draft(kind, slug).parts[name]]


def study() -> Study:
    """A trial."""
    found: Study = record("studies", "tarleton2017")
    return found


def doubted_study() -> Study:
    """One about which its journal has said something since, as a page with an open alert has it."""
    found: Any = record("studies", "hausenblas2024")
    found.alert_opened_at = FIRST_EDITION
    return found


def claim() -> Claim:
    """The claim on imipramine: overstated, and a matter of safety."""
    found: Claim = record("claims", "c28")
    return found


def card() -> dict[str, Any]:
    """What the claim's card shows beside the claim."""
    supports = parts("claims", "c28", "supports")
    return {
        "balance": balance(supports),
        "rows": source_rows(supports, certainty=claim().certainty),
        "sources": len(supports),
    }


def rungs() -> list[RungOfLadder]:
    """A mechanism with studies on some rungs only."""
    return ladder_of(parts("mechanisms", "gaba-a", "ladder"))


def tally() -> Tally:
    """The verdicts of all claims in the first edition."""
    verdicts = [str(read_file(path)["verdict"]) for path in sorted((DATA / "claims").glob("*.yaml"))]
    return tally_of({verdict.value: verdicts.count(verdict.value) for verdict in Verdict})


def grade() -> rule.Grade:
    """The rule, applied to one trial alone: an example of its working, not what the site says of the form."""
    trial = study()
    source = rule.Source(
        key=trial.slug,
        label=trial.short_citation,
        group=rule.Group.RANDOMISED,
        stance=Stance.SUPPORTS,
        people=trial.n,
        indirect=frozenset({"comparator"}),
    )
    graded = rule.grade([source], question=Question.EFFECT)
    assert graded is not None  # noqa: S101 (a source that speaks for it is there)
    return graded


def cell() -> Cell:
    """That grade as a form and an outcome show it."""
    graded = grade()
    return Cell(form(), record("outcomes", "depression"), graded, lean_of(graded.counted))


def picture() -> Picture:
    """That grade as the picture of an outcome shows it."""
    graded = grade()
    return Picture(record("outcomes", "depression"), graded, lean_of(graded.counted), trials=graded.counted)


def listing() -> Listing:
    """A list narrowed by one choice, with numbers that only show where numbers stand."""
    designs = {"rct": "Randomised trial", "crossover_rct": "Randomised crossover trial"}
    facet = Facet("design", "Design", "Any design", designs)
    filters = Filters(facets=(facet,), chosen={"design": "rct"})
    return Listing(filters, Counts({"design": {"rct": 2, "crossover_rct": 1}}, {"design": 3}, total=3), count=2)


def hydrates() -> list[Hydrate]:
    """The structures of a form that is sold dry and with water."""
    of: Form = record("forms", "glycinate")
    found: list[Hydrate] = parts("forms", "glycinate", "hydrates")
    for hydrate in found:
        hydrate.form = of
    return found


def term() -> dict[str, str]:
    """A word and what it means."""
    found = record("glossary", "placebo")
    return {"key": found.slug, "name": found.name, "definition": found.definition}


def search_result() -> Result:
    """The claim on imipramine, as a search for that word finds it."""
    found = claim()
    marker = Marker(Query((((Term("imipramin"),), (Term("imipramine"),)),)))
    line = {"verdict": found.verdict, "certainty": found.certainty, "safety": found.safety_flag}
    title, passage = marker.marked(found.statement), marker.snippet(found.why)
    document = Document(kind="claim", key=found.slug, url=found.get_absolute_url(), title=found.statement)
    return Result("claim", found.slug, document.url, title, passage, line, (), document)


def search_answer() -> Answer:
    """A study found by its number."""
    found = study()
    seen = glance(found, None)
    return Answer(ONE_OF["study"], found.title, seen.url, found.short_citation, facts=(seen.fact,))


def form() -> Form:
    """A form with a structure."""
    found: Form = record("forms", "chloride")
    return found


def elemental_percent() -> float:
    """Of the form's first structure."""
    return float(parts("forms", "chloride", "hydrates")[0].elemental_percent)


def references() -> list[Reference]:
    """The first article, as a record's page names it."""
    slug, title = FIRST_ARTICLE
    return [Reference(article=Article(slug=slug, live=Revision(title=title)), phrase=claim().quote)]


def crisis_lines() -> list[CrisisLine]:
    """Two of them."""
    return [record("crisis-lines", slug) for slug in CRISIS_LINES]


def replies() -> list[Any]:
    """A reply, an answer to it, and what is left of one that was withdrawn. Nobody wrote them."""
    sent: dict[str, Any] = {"created_at": FIRST_EDITION, "status": "approved"}
    first = Reply(public_id="style-1", number=1, kind="experience", **sent)
    answer = Reply(public_id="style-2", number=2, kind="evidence", level=1, **sent)
    gone = Reply(public_id="style-3", number=3, status="withdrawn")
    found: list[Any] = [first, answer, gone]
    for reply in found[:2]:
        reply.shown_name, reply.shown_html = "A reader", "<p>Here stands what they wrote.</p>"
        reply.get_absolute_url = f"#reply-{reply.public_id}"  # nothing is stored that could be looked up
    found[1].shown_source = study().source_url
    found[1].parent_number, found[1].parent_url = 1, "#reply-style-1"
    return found


def safety_rule() -> Rule:
    """One with hours on one side only."""
    found = draft("interactions", "gabapentin")
    named = [(part.row, [gap.row for gap in part.parts["gaps"]]) for part in found.parts["medicines"]]
    return rule_about(found.row, (medicine_of(row, gaps) for row, gaps in named))  # type: ignore[arg-type]


def page() -> Page:
    """The second page of three."""
    return Paginator(range(60), 20).page(2)


SAMPLES: dict[str, Callable[[], Any]] = {
    "study": study,
    "doubted_study": doubted_study,
    "claim": claim,
    "card": card,
    "rungs": rungs,
    "tally": tally,
    "grade": grade,
    "cell": cell,
    "form": form,
    "elemental_percent": elemental_percent,
    "references": references,
    "crisis_lines": crisis_lines,
    "safety_rule": safety_rule,
    "severities": lambda: [(word, word.label) for word in MEANINGS],
    "urgent_signs": lambda: record("reference-notes", "urgent-help").text.splitlines(),
    "page": page,
    "replies": replies,
    "picture": picture,
    "listing": listing,
    "hydrates": hydrates,
    "hydrate": lambda: hydrates()[0],
    "term": term,
    "search_result": search_result,
    "search_answer": search_answer,
    "citations": lambda: citations_of(work_of(study())),
    "glances": lambda: [glance(study(), None)],
    "studies": lambda: [study(), doubted_study()],
    "claims": lambda: [claim(), record("claims", "c04")],
    "records": lambda: [form(), record("forms", "oxide")],
    "notices": lambda: ["The filter design has no value “rtc”, so it was left out."],
    "chosen": lambda: [Choice("Design", "Case report", ""), Choice("Species", "Rat", "")],
    "ways_on": lambda: [(Choice("Design", "Case report", "species=rat"), 12)],
    "designs": lambda: [("rct", "Randomised trial"), ("crossover_rct", "Crossover randomised trial")],
}
"""What the templates in templates/style/ may name."""


@lru_cache(maxsize=1)
def samples() -> dict[str, Any]:
    """Every sample, made once: the files behind them do not change while the site runs."""
    return {name: make() for name, make in SAMPLES.items()}
