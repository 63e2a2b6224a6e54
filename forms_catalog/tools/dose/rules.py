"""Everything the dose bridge knows, as plain data: made from the catalog, served to the browser, used by the server.

Numbers that are calculated with are texts ('7.777'), so that they are exact on both sides.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.text import slugify

from forms_catalog import ages, chemistry
from forms_catalog.models import (
    AdverseEffect,
    Caution,
    FoodSource,
    Form,
    Hydrate,
    IntakeReference,
    ReferenceNote,
    UpperLevel,
)
from forms_catalog.tools.dose.amounts import COUNTED, UNITS
from forms_catalog.tools.dose.trials import trials
from forms_catalog.tools.dose.words import WORDS, capital
from mgsite.templatetags.ui import source_label

Rules = dict[str, Any]

SHARE_DECIMALS = 3
"""Of a share in per cent. What is printed is what is calculated with, so that anyone can redo the sum."""
MG_PER_MMOL = f"{chemistry.molar_mass('Mg'):.3f}"
MOST_MG, LEAST_MG, MOST_A_DAY = "100000", "1/1000", "100"
RECOMMENDED = ("RDA", "AI")
"""Kinds of intake that say what one person should reach. An average requirement is a yardstick for groups."""
WANTED = ("United States", "European Union", "United Kingdom")
"""Authorities a reader will look for. One that set no level we have seen is named as such."""
MOST_FOODS = 6
LONGEST_INITIALS = 4
UNIT_NAMES = {"mg": "mg", "g": "g", "ug": "µg", "mmol": "mmol", "meq": "mEq"}
BASES = {
    "": "I am not sure",
    "compound": "The compound: “magnesium citrate 500 mg”",
    "elemental": "The magnesium in it: “magnesium (as magnesium citrate) 100 mg”",
}
ADULT = (19 * ages.YEAR, ages.NO_END)
AGES: tuple[tuple[str, str, tuple[int, int]], ...] = (
    ("", "Adult, 19+", ADULT),
    ("19-30", "19 to 30 years", (228, 372)),
    ("31-50", "31 to 50 years", (372, 612)),
    ("51", "51 years or over", (612, ages.NO_END)),
    ("18", "18 years", (216, 228)),
    ("14-17", "14 to 17 years", (168, 216)),
    ("10-13", "10 to 13 years", (120, 168)),
    ("9", "9 years", (108, 120)),
    ("4-8", "4 to 8 years", (48, 108)),
    ("3", "3 years", (36, 48)),
    ("1-2", "1 or 2 years", (12, 36)),
    ("under-1", "Under 1 year", (0, 12)),
)
"""Cut wherever an authority cuts, so that each lies within one band of each."""
CHILD_UNTIL = 18 * ages.YEAR
PEOPLE: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("", "Not said", ("male", "female")),
    ("woman", "Woman, girl", ("female",)),
    ("man", "Man, boy", ("male",)),
    ("pregnant", "Pregnant", ("pregnancy",)),
    ("breastfeeding", "Breastfeeding", ("lactation",)),
)
EXPECTING = ("pregnant", "breastfeeding")
KIDNEY = ("any-kidney-disease", "severe-kidney-impairment")
PREGNANCY = ("pregnancy-or-breastfeeding",)
ASK_FIRST, URGENT, FOOD_NOTE = "disclaimer-4-ask-first", "urgent-help", "limit-below-the-rda"
INTAKES_NOTE = "what-intakes-count"
IN_TRIALS = "any-treatment-related-effect-in-a-trial"
"""How often anything happened in one trial; it is no effect of too much."""
NOTES_OF_FORMS = {"sulfate": ("epsom-salt-swallowing", "epsom-salt-oral-products")}


def rules() -> Rules:
    """All of it, in nine queries however many records there are."""
    return {
        "words": WORDS,
        "units": _units(),
        "limits": {"most_mg": MOST_MG, "least_mg": LEAST_MG, "most_a_day": MOST_A_DAY},
        "bases": [{"key": key, "label": label} for key, label in BASES.items()],
        "ages": [{"key": key, "label": label, "from": band[0], "until": band[1]} for key, label, band in AGES],
        "child_until": CHILD_UNTIL,
        "people": [{"key": key, "label": label, "fields": list(fields)} for key, label, fields in PEOPLE],
        "expecting": list(EXPECTING),
        "forms": [_form(form) for form in Form.objects.prefetch_related("hydrates").order_by(Lower("name"))],
        "safety_url": reverse("tools:safety"),
        **_diet(),
        **_safety(),
        **trials(),
    }


def _units() -> dict[str, Any]:
    return {
        "names": UNIT_NAMES,
        "spellings": UNITS,
        "mg": {"mg": "1", "g": "1000", "ug": "1/1000", "mmol": MG_PER_MMOL, "meq": f"{MG_PER_MMOL}/2"},
        "magnesium": ["mmol", "meq"],
        "decimal": ["g", "mmol", "meq"],
        "counted": sorted(COUNTED),
        "mg_per_mmol": MG_PER_MMOL,
    }


def _form(form: Form) -> dict[str, Any]:
    return {
        "slug": form.slug,
        "name": form.name,
        "label": form.short_name,
        "in_words": form.name[0].lower() + form.name[1:],
        "url": form.get_absolute_url(),
        "cautions": len(form.cautions),
        "notes": list(NOTES_OF_FORMS.get(form.slug, ())),
        "structures": [_structure(form, hydrate) for hydrate in form.hydrates.all()],
    }


def _structure(form: Form, hydrate: Hydrate) -> dict[str, str]:
    share = f"{hydrate.elemental_percent:.{SHARE_DECIMALS}f}"
    return {"key": f"{form.slug}.{slugify(hydrate.state)}", "state": hydrate.state, "share": share}


def _diet() -> dict[str, Any]:
    """Recommended intakes, upper levels, and the foods that hold most, one of each group."""
    levels = [_level(level) for level in UpperLevel.objects.all()]
    foods: dict[str, FoodSource] = {}
    for food in FoodSource.objects.all():
        foods.setdefault(food.group, food)
    return {
        "intakes": [_intake(intake) for intake in IntakeReference.objects.filter(kind__in=RECOMMENDED)],
        "levels": sorted(levels, key=lambda level: (_wanted(level["name"]), level["name"], level["from"])),
        "unseen": [name for name in WANTED if not any(level["name"] == name for level in levels)],
        "foods": [
            {"food": food.food, "serving": food.serving, "mg": str(food.magnesium_mg)}
            for food in list(foods.values())[:MOST_FOODS]
        ],
    }


def _wanted(name: str) -> int:
    return WANTED.index(name) if name in WANTED else len(WANTED)


def _band(age: str) -> dict[str, int]:
    """Where a band lies. One that is not understood counts for everybody: a ceiling must not go missing."""
    low, high = ages.months(age) or (0, ages.NO_END)
    return {"from": low, "until": high}


def _intake(intake: IntakeReference) -> dict[str, Any]:
    fields = {name: _text(getattr(intake, name)) for name in ("male", "female", "pregnancy", "lactation")}
    return {
        "authority": intake.authority,
        "short": _short(intake.slug),
        "kind": intake.kind,
        "age": intake.age,
        **_band(intake.age),
        **fields,
        "note": intake.note,
        "sources": _sources(intake.source_urls),
    }


def _level(level: UpperLevel) -> dict[str, Any]:
    return {
        "authority": level.authority,
        "name": level.authority.partition(" (")[0],
        "short": _short(level.slug),
        "covers": level.applies_to,
        "age": level.age,
        **_band(level.age),
        "mg": _text(level.mg),
        "reason": level.reason,
        "note": level.note,
        "sources": _sources(level.source_urls),
    }


def _sources(urls: list[str]) -> list[dict[str, str]]:
    return [{"url": url, "label": source_label(url)} for url in urls]


def _short(slug: str) -> str:
    """An authority's name for a picture: 'US', 'EFSA', 'Norway'."""
    name = slug.partition("-")[0]
    return name.upper() if len(name) <= LONGEST_INITIALS else name.capitalize()


def _text(value: float | None) -> str | None:
    """A number as the rules write it: '350', '256.5'."""
    return None if value is None else f"{Decimal(str(value)).normalize():f}"


def _safety() -> dict[str, Any]:
    """What the catalog says of those who should ask first, and of too much."""
    cautions = {caution.slug: caution for caution in Caution.objects.filter(slug__in=(*KIDNEY, *PREGNANCY))}
    wanted = [
        ASK_FIRST,
        URGENT,
        FOOD_NOTE,
        INTAKES_NOTE,
        *(slug for notes in NOTES_OF_FORMS.values() for slug in notes),
    ]
    notes = {note.slug: note for note in ReferenceNote.objects.filter(slug__in=wanted)}
    return {
        "kidney": _told(cautions, KIDNEY),
        "pregnancy": _told(cautions, PREGNANCY),
        "ask_first": _noted(notes, (ASK_FIRST,)),
        "too_much": [_effect(each) for each in AdverseEffect.objects.exclude(slug=IN_TRIALS)],
        "urgent": _noted(notes, (URGENT,)),
        "food_note": _noted(notes, (FOOD_NOTE,)),
        "intakes_note": _noted(notes, (INTAKES_NOTE,)),
        "notes": {slug: {"text": note.text, "sources": _sources(note.source_urls)} for slug, note in notes.items()},
    }


def _effect(effect: AdverseEffect) -> dict[str, Any]:
    text = f"{capital(effect.effect)}: {effect.detail[:1].lower()}{effect.detail[1:]}"
    return {"text": text, "sources": _sources(effect.source_urls)}


def _told(cautions: dict[str, Caution], slugs: Iterable[str]) -> list[dict[str, Any]]:
    return [
        {
            "condition": found.condition,
            "threshold": found.threshold,
            "rule": found.rule,
            "sources": _sources(found.source_urls),
        }
        for slug in slugs
        if (found := cautions.get(slug))
    ]


def _noted(notes: dict[str, ReferenceNote], slugs: Iterable[str]) -> list[dict[str, Any]]:
    return [{"text": notes[slug].text, "sources": _sources(notes[slug].source_urls)} for slug in slugs if slug in notes]
