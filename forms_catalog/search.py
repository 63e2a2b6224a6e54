"""What of the catalog can be found, and by which words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.urls import reverse

from forms_catalog.citations import participants
from forms_catalog.models import (
    Caution,
    Claim,
    FoodSource,
    Form,
    GlossaryTerm,
    Interaction,
    Mechanism,
    Outcome,
    Study,
    UnverifiedMedicine,
)
from forms_catalog.models.vocabulary import PublicationStatus
from forms_catalog.tools.safety import rules as safety_rules
from forms_catalog.tools.safety.rules import rule_about, rule_of_condition
from mgsite.index.keeping import RULE_FILES
from mgsite.index.sources import Entry, TableSource, contribute
from mgsite.templatetags.ui import decimals

READERS_WORDS = Path(__file__).parent / "search_words.yaml"
_ASIDE = re.compile(r"\(([^()]*)\)")


def hand_in() -> None:
    """Let the index know the catalog's tables."""
    RULE_FILES.update({READERS_WORDS, Path(__file__), Path(safety_rules.__file__)})
    contribute(
        TableSource(
            "form", Form, lambda: Form.objects.prefetch_related("hydrates", "evidence__outcome", "common_claims"), _form
        ),
        TableSource("mechanism", Mechanism, lambda: Mechanism.objects.prefetch_related("analogous_drugs"), _mechanism),
        TableSource("outcome", Outcome, lambda: Outcome.objects.select_related("broader"), _outcome),
        TableSource("claim", Claim, lambda: Claim.objects.prefetch_related("forms", "mechanisms", "outcomes"), _claim),
        TableSource(
            "term", GlossaryTerm, lambda: GlossaryTerm.objects.prefetch_related("mechanisms", "outcomes"), _term
        ),
        TableSource("study", Study, _studies, _study),
        TableSource("medicine", Interaction, lambda: Interaction.objects.prefetch_related("medicines"), _interaction),
        TableSource("unverified", UnverifiedMedicine, lambda: UnverifiedMedicine.objects.all(), _unverified),
        TableSource("caution", Caution, lambda: Caution.objects.all(), _caution),
        TableSource("food", FoodSource, lambda: FoodSource.objects.all(), _food),
    )


@lru_cache(maxsize=1)
def readers_words() -> dict[str, tuple[str, ...]]:
    """Readers' own words for records, by kind and slug."""
    read = yaml.safe_load(READERS_WORDS.read_text(encoding="utf-8"))
    return {record: tuple(map(str, words)) for record, words in read.items()}


def _names(kind: str, record: Any, *more: str) -> tuple[str, ...]:
    """Every name of a record, each once."""
    stated = [record.slug, *_spoken(record.name, aside=True), *(name for text in more for name in _spoken(text))]
    return tuple(dict.fromkeys([*stated, *_words_for(kind, record)]))


def _words_for(kind: str, record: Any) -> tuple[str, ...]:
    return readers_words().get(f"{kind}/{record.slug}", ())


def _spoken(name: str, *, aside: bool = False) -> Iterator[str]:
    """A name as people say it: "Slow-Mag / Mag 64 (brands)" is two. `aside`: what stands in brackets is a name too."""
    bare = _ASIDE.sub(" ", name)
    yield from (part.strip() for part in bare.split(" / ") if part.strip())
    if aside:
        yield from (part.strip() for part in _ASIDE.findall(name))


def _prose(*texts: str | Iterable[str]) -> str:
    """Texts and lists of texts as one, a line each."""
    lines = [line for text in texts for line in ([text] if isinstance(text, str) else text)]
    return "\n".join(line for line in lines if line)


def _form(form: Form) -> Iterator[Entry]:
    yield Entry(
        key=form.slug,
        url=form.get_absolute_url(),
        title=form.name,
        names=(*_names("form", form, *form.synonyms, form.chemical_name), *_registered(form)),
        body=_prose(
            form.absorption,
            form.tolerability,
            form.partner_activity,
            form.solubility,
            form.typical_label_dose,
            form.cautions,
        ),
        # What is said of it finds it, and is not shown: the result has no room for what the evidence says to that.
        tags=(
            form.partner_name,
            *dict.fromkeys(row.outcome.slug for row in form.evidence.all()),
            *(said.statement for said in form.common_claims.all()),
        ),
        line={"fact": _share(form)},
    )


def _registered(form: Form) -> list[str]:
    """What chemists and registries call its structures."""
    said = [name for each in form.hydrates.all() for name in (each.formula, each.formula_display, each.cas, each.unii)]
    return [name for name in dict.fromkeys(said) if name]


def _share(form: Form) -> str:
    """How much magnesium it is, by its first structure."""
    first = next(iter(form.hydrates.all()), None)
    return f"{decimals(first.elemental_percent, 1)} % magnesium by weight ({first.state})" if first else ""


def _mechanism(mechanism: Mechanism) -> Iterator[Entry]:
    yield Entry(
        key=mechanism.slug,
        url=mechanism.get_absolute_url(),
        title=mechanism.name,
        names=_names("mechanism", mechanism),
        body=_prose(
            mechanism.what_magnesium_does,
            mechanism.human_evidence,
            mechanism.unknowns,
            [f"{drug.drug}: {drug.relation}" for drug in mechanism.analogous_drugs.all()],
        ),
        tags=(mechanism.target_protein, *mechanism.target_genes, mechanism.common_misunderstanding),
    )


def _outcome(outcome: Outcome) -> Iterator[Entry]:
    yield Entry(
        key=outcome.slug,
        url=outcome.get_absolute_url(),
        title=outcome.name,
        names=_names("outcome", outcome, outcome.technical_name),
        body=outcome.description,
        tags=(outcome.broader.slug,) if outcome.broader else (),
    )


def _claim(claim: Claim) -> Iterator[Entry]:
    yield Entry(
        key=claim.slug,
        url=claim.get_absolute_url(),
        title=claim.statement,
        names=(claim.slug,),
        body=_prose(claim.in_brief, claim.why, claim.suggested_wording, claim.safety_note),
        tags=(claim.quote, *_keys(claim.forms.all(), claim.mechanisms.all(), claim.outcomes.all())),
        line={"verdict": claim.verdict, "certainty": claim.certainty, "safety": claim.safety_flag},
    )


def _term(term: GlossaryTerm) -> Iterator[Entry]:
    yield Entry(
        key=term.slug,
        url=term.get_absolute_url(),
        title=_capital(term.name),
        names=tuple(term.also_called),
        body=_prose(term.definition, term.more),
        tags=_keys(term.mechanisms.all(), term.outcomes.all()),
    )


def _studies() -> Any:
    return Study.objects.published().select_related("form").prefetch_related("results__outcome", "mechanisms")


def _study(study: Study) -> Iterator[Entry]:
    results = study.results.all()
    yield Entry(
        key=study.slug,
        url=study.get_absolute_url(),
        title=study.title_or_description,
        names=tuple(dict.fromkeys([study.short_citation, f"{study.first_author} {study.year or ''}".strip()])),
        body=_prose(
            study.summary,
            study.population,
            study.dose_text,
            study.comparator,
            [_prose(result.measure, result.effect_text) for result in results],
            study.limitations,
            study.funding_or_conflict,
        ),
        tags=(
            study.slug,
            study.journal,
            *study.authors,
            *([study.form.slug] if study.form else []),
            *_keys(study.mechanisms.all(), [result.outcome for result in results]),
        ),
        line=_study_line(study),
    )


def _study_line(study: Study) -> dict[str, Any]:
    """Who said it, what it is, and what its journal has said since."""
    status = PublicationStatus(study.publication_status)
    design = study.get_design_display() if study.design else study.get_kind_display()
    return {
        "citation": study.short_citation,
        "design": str(design),
        "people": participants(study),
        "status": "" if status == PublicationStatus.AS_PUBLISHED else str(status.label),
    }


def _interaction(interaction: Interaction) -> Iterator[Entry]:
    """A rule of the safety check, at its place there."""
    rule = rule_about(interaction, ())
    medicines = list(interaction.medicines.all())
    called = [name for each in medicines for name in (each.name, *each.also_called)]
    yield Entry(
        key=interaction.slug,
        url=_place("tools:safety", rule.key),
        title=_capital(rule.title),
        names=tuple(dict.fromkeys([*called, *_words_for("medicine", interaction)])),
        body=_prose(rule.sentence, [each.what_to_do for each in medicines], _capital(rule.why), rule.note),
        tags=(*interaction.examples, INTERACTION),
    )


def _unverified(medicine: UnverifiedMedicine) -> Iterator[Entry]:
    yield Entry(
        key=medicine.slug,
        url=_place("tools:safety", "unknown"),
        title=_capital(medicine.name),
        names=(*medicine.also_called, *_words_for("unverified", medicine)),
        body=medicine.says,
        tags=(INTERACTION,),
    )


def _caution(caution: Caution) -> Iterator[Entry]:
    rule = rule_of_condition(caution)
    yield Entry(
        key=caution.slug,
        url=_place("tools:safety", rule.key),
        title=_capital(rule.title),
        names=_words_for("caution", caution),
        body=rule.sentence,
        tags=(SAFE,),
    )


def _food(food: FoodSource) -> Iterator[Entry]:
    ranges = food.magnesium_mg_low is not None and food.magnesium_mg_high is not None
    span = f"; range {food.magnesium_mg_low} to {food.magnesium_mg_high} mg" if ranges else ""
    yield Entry(
        key=food.slug,
        url=_place("diet:page", "foods"),
        title=food.food,
        names=tuple(dict.fromkeys(part.strip() for part in (food.food.partition(",")[0], food.food))),
        body=f"{food.serving}: {food.magnesium_mg} mg of magnesium, {food.percent_dv} % of the US daily value{span}.",
        tags=("how much magnesium is in this food", str(food.get_group_display())),
    )


SAFE = "safe safely safety risk danger dangerous side effects"
"""Words by which people ask whether they may."""
INTERACTION = f"{SAFE} medicine medication drug tablet interaction interact combine mix"
"""Words by which people look for what goes with what."""


def _place(address: str, place: str) -> str:
    return f"{reverse(address)}#{place}"


def _capital(text: str) -> str:
    """With its first letter large."""
    return text[:1].upper() + text[1:]


def _keys(*records: Iterable[Any]) -> tuple[str, ...]:
    """Keys of records, each once, in a fixed order."""
    return tuple(sorted({record.slug for some in records for record in some}))
