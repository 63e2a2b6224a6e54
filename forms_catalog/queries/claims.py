"""A claim's page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch

from forms_catalog.grading.bodies import Comparison, grade_supports
from forms_catalog.grading.facts import facts_of
from forms_catalog.linked_data.claims import review
from forms_catalog.models import Claim, CounterSearch, Study, Support, VerdictChange
from forms_catalog.models.vocabulary import Certainty, Fit, Question, Stance

FAVOURABLE_FIRST = (Stance.SUPPORTS, Stance.CONTRADICTS, Stance.QUALIFIES, Stance.BACKGROUND)
CONTRARY_FIRST = (Stance.CONTRADICTS, Stance.QUALIFIES, Stance.SUPPORTS, Stance.BACKGROUND)
HEADINGS = {
    Stance.SUPPORTS: "Sources that support it",
    Stance.CONTRADICTS: "Sources against it",
    Stance.QUALIFIES: "Sources that limit it",
    Stance.BACKGROUND: "Background",
}
TOLD = ("at", "former_verdict", "former_certainty", "verdict", "certainty", "in_brief")
MOST_CHANGES = 20


@dataclass(frozen=True, slots=True)
class StanceGroup:
    """Sources with one stance, under their heading."""

    stance: Stance
    heading: str
    supports: list[Support]


@dataclass(frozen=True, slots=True)
class Search:
    """A search against a claim, with the records it found that readers may see."""

    search: CounterSearch
    found: list[Study]

    @property
    def place(self) -> str:
        """Where was looked: the part before a semicolon; how, is what comes after."""
        return self.search.where.partition(";")[0].strip()

    @property
    def manner(self) -> str:
        """How it was looked through, if that is on file."""
        return self.search.where.partition(";")[2].strip()


def by_stance(supports: list[Support], *, certainty: str) -> list[StanceGroup]:
    """Sources grouped by stance. Where certainty is low, what speaks against the claim is read first."""
    order = CONTRARY_FIRST if certainty in {Certainty.LOW, Certainty.VERY_LOW} else FAVOURABLE_FIRST
    groups = [StanceGroup(stance, HEADINGS[stance], [s for s in supports if s.stance == stance]) for stance in order]
    return [group for group in groups if group.supports]


def fit_in_words(support: Support) -> list[tuple[str, str]]:
    """The five dimensions of fit, each with its word, a dash where one does not apply; empty where none does."""
    if all(value == Fit.NOT_APPLICABLE for _, value in support.fit()):
        return []
    return [
        (name, "–" if value == Fit.NOT_APPLICABLE else str(Fit(value).label).lower()) for name, value in support.fit()
    ]


def searches_of(claim: Claim) -> list[Search]:
    """What was looked for against a claim. Two queries."""
    found = Prefetch("found", queryset=Study.objects.published())
    return [Search(search, list(search.found.all())) for search in claim.counter_searches.prefetch_related(found)]


def claim_with_history(slug: str) -> tuple[Claim | None, list[VerdictChange]]:
    """A claim and how its verdict changed, newest first, joined in one query: its page has none to spare."""
    told = {f"changed_{name}": F(f"verdict_changes__{name}") for name in TOLD}
    rows: list[Any] = list(
        Claim.objects.filter(slug=slug)
        .annotate(**told)
        .order_by("-verdict_changes__at", "-verdict_changes__pk")[:MOST_CHANGES]
    )
    if not rows:
        return None, []
    changes = [{name: getattr(row, f"changed_{name}") for name in TOLD} for row in rows]
    return rows[0], [VerdictChange(claim=rows[0], **change) for change in changes if change["at"] is not None]


def claim_page(*, claim: Claim, changes: list[VerdictChange]) -> dict[str, Any]:
    """Everything a claim's page shows, in seven queries besides the claim itself."""
    supports = list(claim.supports.filter(study__is_public=True).select_related("study__trial"))
    outcomes = list(claim.outcomes.all())
    grade = grade_supports(
        supports,
        facts_of(support.study_id for support in supports),
        question=Question(claim.question),
        outcomes=frozenset(outcome.pk for outcome in outcomes),
    )
    return {
        "claim": claim,
        "linked_data": review(claim=claim),
        "graded": Comparison(claim, grade),
        "groups": by_stance(supports, certainty=claim.certainty),
        "searches": searches_of(claim),
        "changes": changes,
        "forms": list(claim.forms.all()),
        "mechanisms": list(claim.mechanisms.all()),
        "outcomes": outcomes,
    }
