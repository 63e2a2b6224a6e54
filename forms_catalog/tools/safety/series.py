"""The whole of the safety check as one value: page and JSON are two faces of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from forms_catalog.models import AdverseEffect, ReferenceNote, SafetyReview, UnverifiedMedicine
from forms_catalog.models.vocabulary import Severity
from forms_catalog.tools.safety.rules import Pick, Rule, picks, rules

BATH_SALTS = ("epsom-salt-swallowing", "epsom-salt-oral-products", "epsom-salt-baths")
DO_NOT_STOP = "disclaimer-3-do-not-stop-medicine"
ASK_FIRST = "disclaimer-4-ask-first"
NOTES = ("urgent-help", "general-rule", DO_NOT_STOP, ASK_FIRST, "easing-gut-effects", *BATH_SALTS)


@dataclass(frozen=True, slots=True)
class SafetyList:
    """Rules, names to pick, what nobody verified, and who has reviewed it."""

    rules: list[Rule]
    picks: list[Pick]
    unverified: list[UnverifiedMedicine]
    effects: list[AdverseEffect]
    notes: dict[str, ReferenceNote]
    """By slug; one that an editor has deleted is missing."""
    review: SafetyReview | None

    @property
    def sections(self) -> list[tuple[Severity, list[Rule]]]:
        """Rules by severity, gravest first."""
        return [(severity, list(of)) for severity, of in groupby(self.rules, key=lambda rule: rule.severity)]

    @property
    def conditions(self) -> list[Rule]:
        """Rules a reader ticks rather than searches."""
        return [rule for rule in self.rules if rule.about == "condition"]

    @property
    def urgent(self) -> list[str]:
        """When to get help, a sentence each."""
        note = self.notes.get("urgent-help")
        return note.text.splitlines() if note else []

    @property
    def ask_first(self) -> ReferenceNote | None:
        """Who should ask first: it names children and heart disease, which no rule on the list does."""
        return self.notes.get(ASK_FIRST)

    @property
    def general_rule(self) -> str:
        """What goes before every rule on this list."""
        return " ".join(self.notes[slug].text for slug in ("general-rule", DO_NOT_STOP) if slug in self.notes)

    @property
    def bath_salts(self) -> list[ReferenceNote]:
        """Why they are not to be swallowed."""
        return [self.notes[slug] for slug in BATH_SALTS if slug in self.notes]

    @property
    def easing(self) -> ReferenceNote | None:
        """What eases effects on the gut."""
        return self.notes.get("easing-gut-effects")

    @property
    def checked_on(self) -> dt.date | None:
        """The oldest check of a rule: the whole list is as fresh as that. None where one has no date."""
        dates = [rule.checked_on for rule in self.rules]
        return None if None in dates or not dates else min(day for day in dates if day)


def safety_list() -> SafetyList:
    """Everything on file. Eight queries, however many rules there are."""
    found = rules()
    return SafetyList(
        rules=found,
        picks=picks(found),
        unverified=list(UnverifiedMedicine.objects.all()),
        effects=list(AdverseEffect.objects.all()),
        notes={note.slug: note for note in ReferenceNote.objects.filter(slug__in=NOTES)},
        review=SafetyReview.objects.first(),
    )
