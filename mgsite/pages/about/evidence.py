"""How we check evidence, in the words of the vocabulary and with the numbers of the rule.

docs/editing.md and docs/grading.md say the same to editors; tests hold the three together.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Article, Reference
from forms_catalog.grading import rule
from forms_catalog.grading.words import effect_sentence
from forms_catalog.models import Claim, CounterSearch, Support
from forms_catalog.models.vocabulary import Certainty, Fit, Question, ReadAs, Stance, Verdict
from mgsite.markup.marks import Marking, claim_closing, claim_opening
from mgsite.markup.references import Kind, Target

THE_CHECK = "how-we-check-evidence"
"""Address of the article that tells how the first article was checked."""

VERDICTS = {
    Verdict.SUPPORTED: "the evidence agrees with the words",
    Verdict.PARTLY_SUPPORTED: "true in part, or only with a limit that the article leaves out",
    Verdict.OVERSTATED: "some evidence, but the claim goes well beyond it",
    Verdict.UNSUPPORTED: "no adequate evidence found",
    Verdict.CONTRADICTED: "the better evidence points the other way",
    Verdict.UNCERTAIN: "too conflicting to call",
}
STANCES = {
    Stance.SUPPORTS: "the source speaks for the claim",
    Stance.CONTRADICTS: "the source speaks against it",
    Stance.QUALIFIES: "true in part, or points both ways",
    Stance.BACKGROUND: "context, not counted",
}
FITS = {
    Fit.DIRECT: "the same kind of people, form, dose, outcome or comparison as the claim is about",
    Fit.INDIRECT: "a different one, such as mice, an infusion, or a mixture; a note says why",
    Fit.NOT_APPLICABLE: "the question does not arise",
    Fit.UNKNOWN: "what we read does not tell",
}
READ_AS = {
    ReadAs.FULL_TEXT: "the whole paper or page",
    ReadAs.ABSTRACT: "the authors’ own summary",
    ReadAs.EXCERPT: "parts of it, as stored or quoted",
    ReadAs.SECONDARY: "what somebody else wrote about it",
    ReadAs.CITATION_ONLY: "that it exists, and no more",
}


@dataclass(frozen=True, slots=True)
class Domain:
    """One reason to lower a grade, and what costs how much."""

    name: str
    one_level: str
    two_levels: str


DOMAINS = (
    Domain(
        "Risk of bias",
        "any at high risk in a domain, or most with concerns or not judged",
        "most at high risk in a domain",
    ),
    Domain(
        "Inconsistency",
        "any disagree, or most hold for only part of it",
        "at least 2 and at least a third disagree",
    ),
    Domain("Indirectness", "most do not fit in one dimension", "most do not fit in more than one"),
    Domain(
        rule.IMPRECISION,
        f"fewer than {rule.FEW_PEOPLE} people, no size known, or most known intervals include no effect",
        f"fewer than {rule.VERY_FEW_PEOPLE} people",
    ),
    Domain("Publication bias", "industry paid for most of those whose funding is known", "–"),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A verdict, and a phrase that carries it in a published article."""

    verdict: Verdict
    meaning: str
    claim: Claim | None
    marked: SafeString
    """The phrase with its mark, as the article shows it; empty when no published phrase carries the verdict."""


def evidence_page() -> dict[str, Any]:
    """Everything the page shows, in a fixed number of queries."""
    read = dict(
        Support.objects.filter(study__is_public=True).order_by().values_list("read_as").annotate(number=Count("pk"))
    )
    return {
        "samples": samples(),
        "certainties": certainties(),
        "stances": [(stance.label, meaning) for stance, meaning in STANCES.items()],
        "fits": [(fit.label, meaning) for fit, meaning in FITS.items()],
        "read_as": [(way.label, meaning, read.get(way.value, 0)) for way, meaning in READ_AS.items()],
        "rows": sum(read.values()),
        "searches": CounterSearch.objects.count(),
        "starts": starts(),
        "ungraded": [question.label for question, bases in rule.BASES.items() if not bases],
        "domains": DOMAINS,
        "the_check": Article.objects.published().select_related("live").filter(slug=THE_CHECK).first(),
    }


def samples() -> list[Sample]:
    """Each verdict with a phrase that carries it, from what readers can see. One query."""
    carried = Reference.objects.filter(claim__isnull=False, article__status="published").exclude(phrase="")
    firsts = carried.order_by().values("claim__verdict").annotate(first=Min("pk")).values("first")
    found = {
        reference.claim.verdict: reference
        for reference in Reference.objects.filter(pk__in=firsts).select_related("claim")
        if reference.claim is not None
    }
    return [_sample(verdict, meaning, found.get(verdict.value)) for verdict, meaning in VERDICTS.items()]


def _sample(verdict: Verdict, meaning: str, reference: Reference | None) -> Sample:
    if reference is None or reference.claim is None:
        return Sample(verdict, meaning, None, SafeString())
    return Sample(verdict, meaning, reference.claim, marked(reference.claim, phrase=reference.phrase))


def marked(claim: Claim, *, phrase: str) -> SafeString:
    """A phrase with its claim's mark, by the renderer's own functions."""
    details = {
        "verdict": claim.verdict,
        "verdict_label": claim.get_verdict_display(),
        "statement": claim.statement,
    }
    target = Target(Kind.CLAIM, claim.slug, claim.get_absolute_url(), claim.statement, details)
    marking = Marking(target=target, phrase=phrase, number=1, card_id="", element_id="")
    return format_html("{}{}{}", claim_opening(marking), phrase, claim_closing(marking))


def certainties() -> list[tuple[Certainty, str]]:
    """The four words, each with the sentence it allows."""
    return [
        (level, effect_sentence(subject="Magnesium", effect="better sleep", certainty=level)) for level in Certainty
    ]


def starts() -> list[tuple[str, str, str, str]]:
    """Question, strongest evidence on file, level it starts at, and why; in the rule's own words."""
    return [
        (Question(question).label, basis.name, str(rule.LEVELS[basis.start].label), basis.because)
        for question, bases in rule.BASES.items()
        for basis in bases
    ]
