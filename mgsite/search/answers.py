"""Direct answers: where the catalog itself has one, it stands above the list."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse

from forms_catalog.explorer.chosen_forms import FEWEST, ChosenForms
from forms_catalog.explorer.chosen_forms import MOST as MOST_FORMS
from forms_catalog.explorer.facets import capital
from forms_catalog.explorer.matrix import MatrixCell, cell_at
from forms_catalog.grading.outcomes import Picture, pictures
from forms_catalog.models import Study, StudyIdentifier
from forms_catalog.models.base import page_address
from forms_catalog.models.vocabulary import Certainty, PublicationStatus
from forms_catalog.queries.glances import glance
from mgsite.index.finding import Found
from mgsite.index.lexicon import Named
from mgsite.index.models import Document
from mgsite.index.questions import AMOUNT
from mgsite.search.filters import ONE_OF
from mgsite.templatetags.ui import in_series

MOST_READ = 2_000
OF_SAFETY = ("medicine", "unverified", "caution")
_DOI = re.compile(r"\b10\.\d{4,9}/\S+")
_PMC = re.compile(r"\bpmc\d{3,9}\b", re.IGNORECASE)
_PMID = re.compile(r"(?:^|\bpmid:?\s*|\bpubmed\.ncbi\.nlm\.nih\.gov/)(\d{4,9})(?:$|[\s/])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the catalog says, and where to read on."""

    eyebrow: str
    title: str
    url: str
    text: str
    facts: tuple[str, ...] = ()
    certainty: str = ""
    status: str = ""
    """What the journal has said since, for a study."""
    ways: tuple[tuple[str, str], ...] = ()
    """Words and address of further pages."""
    shows: tuple[str, str] = ("", "")
    """Kind and key of the record it shows, which need not be shown again below it."""

    @property
    def certainty_label(self) -> str:
        """The certainty's word."""
        return str(Certainty(self.certainty).label) if self.certainty else ""


def source_called(typed: str) -> Study | None:
    """The source with the DOI, PMID or PMCID that was typed. One query, and only for what looks like one."""
    wanted = _identifier(typed.strip())
    return Study.objects.published().filter(wanted).order_by("slug").first() if wanted else None


def is_number(typed: str) -> bool:
    """Whether a DOI or a PMCID was typed: no word of a text stands for a source that is not here."""
    return bool(_DOI.search(typed) or _PMC.search(typed))


def _identifier(typed: str) -> Q | None:
    if doi := _DOI.search(typed):
        return _number("doi", doi[0].rstrip(".,;)"))
    if pmc := _PMC.search(typed):
        return Q(pmcid=pmc[0].upper())
    pmid = _PMID.search(typed)
    return _number("pmid", pmid[1]) if pmid else None


def _number(kind: str, value: str) -> Q:
    """The record's own number, or another that leads to it; asked so that an index of the table answers."""
    spelled = {value, value.lower(), value.upper()}
    others = StudyIdentifier.objects.filter(kind=kind, value__in=spelled).values("study")
    return Q(pk__in=_OWN[kind](value).values("pk")) | Q(pk__in=others)


_OWN: Mapping[str, Callable[[str], QuerySet[Study]]] = {
    "doi": lambda value: Study.objects.alias(lower=Lower("doi")).filter(lower=value.lower()).exclude(doi=""),
    "pmid": lambda value: Study.objects.filter(pmid=value).exclude(pmid=""),
}


def source_answer(study: Study) -> Answer:
    """A source found by its number."""
    status = PublicationStatus(study.publication_status)
    return Answer(
        eyebrow=ONE_OF["study"],
        title=study.title_or_description,
        url=study.get_absolute_url(),
        text=study.short_citation,
        facts=(glance(study, None).fact,),
        status="" if status == PublicationStatus.AS_PUBLISHED else str(status.label),
        shows=("study", study.slug),
    )


def cell_meant(found: Found) -> Answer | None:
    """For a question that names one form and one outcome: what is known of the pair, in the explorer's own words."""
    forms, outcomes = _of_kind(found, "form"), _of_kind(found, "outcome")
    pairs = list(product(forms, outcomes))
    hardly_meant = found.relaxed and found.question.mended
    if len(pairs) != 1 or hardly_meant or not _is_all(found):
        return None
    form, outcome = pairs[0]
    return _cell_answer(cell_at((form.key, _short(form)), (outcome.key, outcome.title)), form, outcome)


def comparison_meant(found: Found) -> Answer | None:
    """For a question that names some forms, and no more than what they are taken for: them side by side."""
    forms = list(dict.fromkeys(_of_kind(found, "form")))
    if not FEWEST <= len(forms) <= MOST_FORMS or (found.question.mended and found.relaxed) or not _is_all(found):
        return None
    if len(forms) + len(_of_kind(found, "outcome")) < len(found.question.named):
        return None
    chosen = ChosenForms(tuple(sorted(form.key for form in forms)))
    return Answer(
        eyebrow=ONE_OF["page"],
        title=f"Compare {in_series([_short(form) for form in forms])}",
        url=f"{reverse('compare:forms')}?{chosen.query_string}",
        text="Side by side: cautions first, then how much magnesium each holds, doses in trials, and what was found.",
        ways=_ways({form.title: page_address("catalog:form", form.key) for form in forms}),
    )


def amount_meant(found: Found) -> Answer | None:
    """For a question with an amount in it: the page that says what it is beside needs, upper levels and trials."""
    if not AMOUNT.search(found.question.typed) or _is_about_safety(found):
        return None
    return Answer(
        eyebrow=ONE_OF["page"],
        title="How much magnesium is in my tablet?",
        url=reverse("tools:dose"),
        text="What an amount on a label holds, beside recommended intakes, upper levels, and doses in trials. "
        "It recommends no dose.",
        ways=_ways(
            {
                "Unwell after taking it? Get help first": f"{reverse('tools:safety')}#urgent",
                "The most to add": f"{reverse('diet:page')}#upper-levels",
                "Is it safe with what I take?": reverse("tools:safety"),
            }
        ),
    )


def _is_about_safety(found: Found) -> bool:
    """Whether the best result is a medicine, an illness or the place where help is: no sum stands above those."""
    best = found.hits[0] if found.hits else None
    return best is not None and (best.kind in OF_SAFETY or best.key.startswith("tools-safety"))


def _short(form: Named) -> str:
    return capital(form.title.removeprefix("Magnesium "))


def outcome_meant(found: Found, pictured: Callable[[], Mapping[int, Picture]]) -> Answer | None:
    """For a question that is one outcome's name: what all forms together do for it, as its own page says it."""
    names = _of_kind(found, "outcome")
    by_the_way = found.relaxed or found.question.mended
    if len(names) != 1 or len(found.question.named) != 1 or by_the_way or not _is_all(found):
        return None
    picture = pictured().get(names[0].record)
    return _outcome_answer(picture) if picture and picture.grade else None


def pictures_at_hand() -> Mapping[int, Picture]:
    """The picture of every outcome: one query where they are remembered, else four.

    None where so many studies would have to be read that nobody waits for it; then the outcomes' own pages tell.
    """
    many = Document.objects.filter(kind="study")[MOST_READ : MOST_READ + 1].exists()
    return {} if many else pictures()


def _outcome_answer(picture: Picture) -> Answer:
    outcome = picture.outcome
    return Answer(
        eyebrow=ONE_OF["outcome"],
        title=outcome.name,
        url=outcome.get_absolute_url(),
        text=f"{picture.sentence}.",
        facts=(picture.in_words,),
        certainty=picture.grade.certainty.value if picture.grade else "",
        shows=("outcome", outcome.slug),
    )


def _of_kind(found: Found, kind: str) -> list[Named]:
    """The records of a kind that the question names, as far as each name is of one alone."""
    named = [[record for record in records if record.kind == kind] for records in found.question.named]
    return [records[0] for records in named if len(records) == 1]


def _is_all(found: Found) -> bool:
    """Whether the question asks for nothing but the names in it."""
    return len(found.question.named) == len(found.question.query.groups)


def _cell_answer(cell: MatrixCell, form: Named, outcome: Named) -> Answer:
    explore = reverse("explorer:explore")
    pages = {
        form.title: page_address("catalog:form", form.key),
        outcome.title: page_address("catalog:outcome", outcome.key),
    }
    studies = {"The studies behind it": f"{explore}?{cell.query}"} if cell.query else {"All forms by outcome": explore}
    return Answer(
        eyebrow="In the catalog",
        title=f"{form.title} and {cell.outcome_words}",
        url=studies.get("The studies behind it", pages[form.title]),
        text=f"{cell.effect}: {cell.rests_on}." if cell.rests_on else f"{cell.effect}.",
        certainty=cell.certainty,
        ways=_ways(studies, pages),
    )


def _ways(*pages: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(way for some in pages for way in some.items())
