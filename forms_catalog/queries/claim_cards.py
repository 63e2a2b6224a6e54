"""A claim's card: what opens under a sentence. The verdict, why, a better wording, and the sources in brief."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import zip_longest

from django.db.models import Prefetch, QuerySet
from django.template.loader import render_to_string

from forms_catalog.models import Claim, Study, Support
from forms_catalog.models.claims import FIT_DIMENSIONS
from forms_catalog.models.vocabulary import Fit, PublicationStatus, Stance
from forms_catalog.queries.claims import by_stance

TEMPLATE = "components/claim-card.html"
SHOWN = (
    *("claim", "stance", "shows", "fit_note", *(f"fit_{dimension}" for dimension in FIT_DIMENSIONS)),
    *(f"study__{name}" for name in ("slug", "authors", "year", "title", "publication_status")),
)
WORDS = {
    Stance.SUPPORTS: ("supports", "support"),
    Stance.CONTRADICTS: ("against", "against"),
    Stance.QUALIFIES: ("limits it", "limit it"),
    Stance.BACKGROUND: ("background", "background"),
}
ALWAYS_SAID = (Stance.SUPPORTS, Stance.CONTRADICTS)
MOST_ROWS = 3
"""A card is a glance: one source of each stance; with all of forty claims in it, a page would weigh a third more."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source in the card's table."""

    study: Study
    stance: str
    shows: str
    fit: str
    """How directly it bears on the claim: 'direct', 'indirect' or 'unclear'."""
    fit_note: str
    status: str
    """What the journal has said about it since, when it has."""


def with_sources(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """The claims with their public sources loaded, in one more query however many there are."""
    sources = Support.objects.filter(study__is_public=True).select_related("study").only(*SHOWN)
    return claims.prefetch_related(Prefetch("supports", queryset=sources))


def card_html(claim: Claim) -> str:
    """The inside of a claim's card. The claim comes from `with_sources`. It holds no id: a page may show it twice."""
    supports = list(claim.supports.all())
    context = {
        "claim": claim,
        "balance": balance(supports),
        "rows": source_rows(supports, certainty=claim.certainty),
        "sources": len(supports),
    }
    return render_to_string(TEMPLATE, context)


def source_rows(supports: list[Support], *, certainty: str) -> list[SourceRow]:
    """The card's table."""
    return [_row(support) for support in listed(supports, certainty=certainty)]


def listed(supports: list[Support], *, certainty: str) -> list[Support]:
    """The sources a card lists: at most MOST_ROWS, no background, and of each stance as fair a share as there is room.

    In the order of the claim's page; within a stance the editors' order decides who is first.
    """
    groups = [group.supports for group in by_stance(supports, certainty=certainty) if group.stance != Stance.BACKGROUND]
    in_turns = [support for turn in zip_longest(*groups) for support in turn if support is not None]
    chosen = in_turns[:MOST_ROWS]
    return [support for group in groups for support in group if support in chosen]


def balance(supports: Collection[Support]) -> str:
    """'2 support, 1 against; 1 indirect: different population', counted from the sources. Background never bears.

    A source that its journal took back speaks neither for nor against; that it is there is said.
    """
    if not supports:
        return "no source on file"
    standing = [row for row in supports if row.study.publication_status != PublicationStatus.RETRACTED]
    said = _weighed(standing)
    gone = len(supports) - len(standing)
    return f"{said}; {gone} retracted, not counted" if gone else said


def _weighed(supports: Collection[Support]) -> str:
    counts = Counter(support.stance for support in supports)
    said = ", ".join(_counted(stance, counts[stance]) for stance in Stance if counts[stance] or stance in ALWAYS_SAID)
    bearing = (_indirect_in(support) for support in supports if support.stance != Stance.BACKGROUND)
    indirect = [dimensions for dimensions in bearing if dimensions]
    if not indirect:
        return said
    return f"{said}; {len(indirect)} indirect: different {' or '.join(_fewest_reasons(indirect))}"


def _counted(stance: Stance, number: int) -> str:
    one, many = WORDS[stance]
    if not number:
        return f"none {one}"
    return f"{number} {one if number == 1 else many}"


def _indirect_in(support: Support) -> frozenset[str]:
    """The dimensions in which a source bears on the claim only indirectly."""
    return frozenset(dimension for dimension, value in support.fit() if value == Fit.INDIRECT)


def _fewest_reasons(indirect: list[frozenset[str]]) -> list[str]:
    """Few dimensions such that each source is indirect in at least one: the commonest first, then what is left over."""
    reasons = []
    left = indirect
    while left:
        counts = Counter(dimension for dimensions in left for dimension in dimensions)
        commonest = max(FIT_DIMENSIONS, key=lambda dimension: counts[dimension])
        reasons.append(commonest)
        left = [dimensions for dimensions in left if commonest not in dimensions]
    return reasons


def _row(support: Support) -> SourceRow:
    study = support.study
    changed = study.publication_status != PublicationStatus.AS_PUBLISHED
    return SourceRow(
        study=study,
        stance=support.get_stance_display(),
        shows=support.shows,
        fit=_fit(support),
        fit_note=support.fit_note,
        status=study.get_publication_status_display() if changed else "",
    )


def _fit(support: Support) -> str:
    values = {value for _, value in support.fit()}
    if Fit.INDIRECT in values:
        return "indirect"
    return "direct" if Fit.DIRECT in values else "unclear"
