"""The catalog's smaller tables as data: safety, diet, words. They leave with the edition only.

Crisis lines stay behind: a number to ring must be read where it is kept right, not in a file of last year.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from forms_catalog.exports.columns import Table, address, date, keys, number, text, texts, word
from forms_catalog.exports.medicine_tables import HOURS, MEDICINES, UNVERIFIED, hours, named_medicines
from forms_catalog.models import (
    AdverseEffect,
    Caution,
    FoodSource,
    GlossaryTerm,
    IntakeReference,
    Interaction,
    PoisoningCase,
    ReferenceNote,
    ToxicityThreshold,
    UnverifiedMedicine,
    UpperLevel,
)
from forms_catalog.models.vocabulary import FoodGroup, NoteTopic, Severity

KEY = text("key", "Key of the row", "slug")
READ_AT = texts("source_urls", "Where this was read")
CHECKED = date("checked_on", "When an editor last went back to the sources")
SEVERITY = word("severity", "How much it matters, as the editors judge it", Severity)
AUTHORITY, AGE, NOTE = text("authority", "Who says so"), text("age", "Age band"), text("note", "Note")
MG_A_DAY = "mg a day"

INTERACTIONS = Table(
    "interactions",
    "Medicines that magnesium acts on, or that act on it",
    (
        KEY,
        text("drug_class", "Class of medicine"),
        texts("examples", "Medicines of the class"),
        text("direction", "Which acts on which"),
        text("mechanism", "How"),
        text("what_to_do", "What to do"),
        number("hours_before", "Take the medicine this long before magnesium", "hours"),
        number("hours_after_low", "Or wait after magnesium, at least", "hours"),
        number("hours_after_high", "Or wait after magnesium, at most", "hours"),
        SEVERITY,
        NOTE,
        CHECKED,
        READ_AT,
    ),
)
CAUTIONS = Table(
    "cautions",
    "Who should ask first",
    (
        KEY,
        text("condition", "Who"),
        text("threshold", "From which value on"),
        text("rule", "What holds for them"),
        SEVERITY,
        CHECKED,
        READ_AT,
    ),
)
ADVERSE = Table(
    "adverse_effects",
    "Unwanted effects",
    (KEY, text("effect", "The effect"), text("detail", "What is known of it"), READ_AT),
)
TOXICITY = Table(
    "toxicity_thresholds",
    "Signs of too much magnesium in the blood",
    (KEY, text("serum", "Level in serum, with its unit"), text("signs", "Signs"), text("source", "Who says so")),
)
POISONING = Table(
    "poisoning_cases",
    "Published cases of poisoning",
    (
        KEY,
        text("route", "How it was taken"),
        text("patient", "Who"),
        text("outcome", "What became of them"),
        text("serum", "Level in serum, with its unit"),
        text("pmid", "PubMed identifier"),
        text("doi", "Digital object identifier"),
    ),
)
NOTES = Table(
    "reference_notes",
    "Notes on safety and diet",
    (KEY, word("topic", "Where it belongs", NoteTopic), text("title", "Title"), text("text", "Text"), READ_AT),
)
FOODS = Table(
    "food_sources",
    "Magnesium in food",
    (
        KEY,
        text("food", "Food"),
        text("serving", "Serving"),
        number("magnesium_mg", "Magnesium in a serving", "mg"),
        number("magnesium_mg_low", "Low end of the range", "mg"),
        number("magnesium_mg_high", "High end of the range", "mg"),
        number("magnesium_mg_per_100_kcal", "Magnesium in 100 kcal of it, where a source gives it", "mg per 100 kcal"),
        number("percent_dv", "Share of the US daily value", "%"),
        word("group", "Food group", FoodGroup),
        text("basis", "What the figure rests on"),
        READ_AT,
    ),
)
INTAKES = Table(
    "intake_references",
    "Recommended intakes, food and supplements together",
    (
        KEY,
        AUTHORITY,
        text("kind", "Kind of reference value"),
        AGE,
        number("male_mg_per_day", "Men and boys", MG_A_DAY, "male"),
        number("female_mg_per_day", "Women and girls", MG_A_DAY, "female"),
        number("pregnancy_mg_per_day", "In pregnancy", MG_A_DAY, "pregnancy"),
        number("lactation_mg_per_day", "When breastfeeding", MG_A_DAY, "lactation"),
        NOTE,
        READ_AT,
    ),
)
UPPER = Table(
    "upper_levels",
    "The most an authority advises",
    (
        KEY,
        AUTHORITY,
        text("applies_to", "What it is for"),
        AGE,
        number("upper_level_mg_per_day", "Upper level; null where none is set", MG_A_DAY, "mg"),
        NOTE,
        text("reason", "Why"),
        READ_AT,
    ),
)
GLOSSARY = Table(
    "glossary",
    "Words explained",
    (
        KEY,
        address("word"),
        text("name", "The word"),
        texts("also_called", "Other spellings"),
        text("definition", "What it means"),
        text("more", "An example, or what it does not mean"),
        texts("see_also", "Keys of words to read next", keys("see_also")),
        texts("mechanisms", "Keys of the mechanisms it belongs to", keys("mechanisms")),
        texts("outcomes", "Keys of the outcomes it belongs to", keys("outcomes")),
        READ_AT,
    ),
)

Rows = Callable[[], QuerySet[Any]]
REFERENCE: tuple[tuple[Table, Rows], ...] = (
    (INTERACTIONS, Interaction.objects.all),
    (MEDICINES, named_medicines),
    (HOURS, hours),
    (UNVERIFIED, UnverifiedMedicine.objects.all),
    (CAUTIONS, Caution.objects.all),
    (ADVERSE, AdverseEffect.objects.all),
    (TOXICITY, ToxicityThreshold.objects.all),
    (POISONING, PoisoningCase.objects.all),
    (NOTES, ReferenceNote.objects.all),
    (FOODS, FoodSource.objects.all),
    (INTAKES, IntakeReference.objects.all),
    (UPPER, UpperLevel.objects.all),
    (GLOSSARY, lambda: GlossaryTerm.objects.prefetch_related("see_also", "mechanisms", "outcomes")),
)
