"""What an edition is made of: kinds of records, their fields and the parts they own, all read off the models.

A record is one file, `<kind>/<slug>.yaml`. The slug is the file's name and is not repeated inside, so that the two
can never disagree. Keys are model field names; a part stands in its record's file under its related name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import models

from forms_catalog.models import (
    AdverseEffect,
    Caution,
    Claim,
    CrisisLine,
    FoodSource,
    Form,
    GlossaryTerm,
    IntakeReference,
    Interaction,
    Mechanism,
    Outcome,
    PoisoningCase,
    ReferenceNote,
    Study,
    ToxicityThreshold,
    UnverifiedMedicine,
    UpperLevel,
)
from forms_catalog.models.base import Part, Record

DATA = Path(__file__).resolve().parent.parent / "data"
"""The first edition."""

KINDS: dict[str, type[Record]] = {
    "forms": Form,
    "mechanisms": Mechanism,
    "outcomes": Outcome,
    "studies": Study,
    "claims": Claim,
    "interactions": Interaction,
    "cautions": Caution,
    "unverified-medicines": UnverifiedMedicine,
    "adverse-effects": AdverseEffect,
    "toxicity-thresholds": ToxicityThreshold,
    "poisoning-cases": PoisoningCase,
    "crisis-lines": CrisisLine,
    "reference-notes": ReferenceNote,
    "food-sources": FoodSource,
    "intake-references": IntakeReference,
    "upper-levels": UpperLevel,
    "glossary": GlossaryTerm,
}
"""Folder → model, in an order in which each kind's own keys point only back, or at the same kind."""

RowType = type[models.Model]


@dataclass(frozen=True, slots=True)
class Owned:
    """Parts of one kind that a record owns, under the name they have in its file."""

    name: str
    model: RowType
    parent: models.ForeignKey[Any, Any]
    many: bool


@cache
def kind_of(model: RowType) -> str:
    """The kind (folder) of a record's model."""
    return next(kind for kind, record in KINDS.items() if record is model)


@cache
def written_fields(model: RowType) -> tuple[models.Field[Any, Any], ...]:
    """The fields that stand in a file, in the model's order: all but keys, the place in a list and the owner."""
    owner = owner_field(model)
    every = (*model._meta.fields, *model._meta.many_to_many)
    unwritten = {"position"} if issubclass(model, Part) else {"slug"}
    kept = (field for field in every if not field.primary_key and field.name not in unwritten and field is not owner)
    return tuple(sorted(kept, key=lambda field: field.creation_counter))


def related_model(field: Any) -> RowType:
    """The model that a foreign key or many-to-many field leads to."""
    target: RowType = field.related_model
    return target


@cache
def owner_field(model: RowType) -> models.ForeignKey[Any, Any] | None:
    """The foreign key through which a part belongs to its record: the one that deletes it along with it."""
    if issubclass(model, Record):
        return None
    keys = [field for field in model._meta.fields if isinstance(field, models.ForeignKey)]
    return next(field for field in keys if field.remote_field.on_delete is models.CASCADE)


@cache
def owned_parts(model: RowType) -> tuple[Owned, ...]:
    """The parts that belong to a row of this model, in the order they are declared."""
    return tuple(
        Owned(
            name=str(relation.get_accessor_name()),
            model=relation.related_model,
            parent=relation.field,
            many=not relation.one_to_one,
        )
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label == model._meta.app_label
        # A row of its own table that no file states, such as a task, is neither a part nor the one of its record.
        and (issubclass(relation.related_model, Part) or relation.one_to_one)
        and owner_field(relation.related_model) is relation.field
    )


@cache
def models_below(model: RowType) -> tuple[RowType, ...]:
    """A record's model and those of everything it owns, owners first."""
    return (model, *(below for owned in owned_parts(model) for below in models_below(owned.model)))
