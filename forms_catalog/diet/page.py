"""The page on diet: how much, how much at most, in which foods, who runs short, what a test shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forms_catalog.caching import public_page
from forms_catalog.diet.foods import Foods, foods_page, named
from forms_catalog.diet.intakes import Advice, adult_range, advice, limits
from forms_catalog.diet.notes import notes_by_place
from forms_catalog.exports.about import as_of
from forms_catalog.models import Caution
from forms_catalog.models.vocabulary import Severity
from forms_catalog.tools.safety.rules import RANK

NOTHING = "How much magnesium people need a day, and which foods hold it."


@public_page
def diet(request: HttpRequest) -> HttpResponse:
    """Everything on file about magnesium from food."""
    return render(request, "diet/diet.html", diet_page(request.GET))


def diet_page(params: Mapping[str, str]) -> dict[str, Any]:
    """What the page shows, in six queries."""
    foods, advised = foods_page(params), advice()
    return {
        "foods": foods,
        "advice": advised,
        "limits": limits(),
        "notes": notes_by_place(),
        "cautions": sorted(Caution.objects.all(), key=lambda caution: RANK[Severity(caution.severity)]),
        "take_away": take_away(foods, advised),
        "as_of": as_of().changed_on,
    }


def take_away(foods: Foods, advised: list[Advice]) -> str:
    """The one thing to remember, made of the records; without any, what the page is about."""
    adults, richest = adult_range(advised), foods.most
    said = []
    if adults:
        low, high = adults
        figures = f"{low} to {high}" if low != high else f"{low}"
        said.append(f"Adults are advised to get {figures} mg of magnesium a day, food included.")
    if richest:
        said.append(f"The richest food on file ({named(richest)}) holds {richest.magnesium_mg} mg.")
    return " ".join(said) or NOTHING
