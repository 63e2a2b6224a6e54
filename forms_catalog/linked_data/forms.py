"""A form of magnesium as schema.org's DietarySupplement.

Left out on purpose: doses. No record of ours recommends one, and what trials gave is no `recommendedIntake`. Left out
too are a proprietary name and anything that would make it something to buy.
"""

from __future__ import annotations

from collections.abc import Iterable

from forms_catalog.linked_data.nodes import Node, absolute, node
from forms_catalog.models import Form, Mechanism


def supplement(*, form: Form, mechanisms: Iterable[Mechanism]) -> Node:
    """The form with its cautions, and the mechanisms its studies bear on, each with how well it is established."""
    address = absolute(form.get_absolute_url())
    return node(
        "DietarySupplement",
        {
            "@id": address,
            "url": address,
            "name": form.name,
            "alternateName": form.synonyms,
            "description": f"Magnesium bound to {form.partner_name}.",
            "nonProprietaryName": form.name,
            "activeIngredient": form.chemical_name,
            "safetyConsideration": form.cautions,
            "mechanismOfAction": [mechanism_in_words(mechanism) for mechanism in mechanisms],
        },
    )


def mechanism_in_words(mechanism: Mechanism) -> str:
    """A proposed mechanism and how far it is shown. A name alone would pass for a fact about the supplement."""
    shown = "; ".join(label[:1].lower() + label[1:] for label in mechanism.get_establishment_labels())
    evidence = f"Evidence: {shown}." if shown else "How well it is established is not stated."
    return f"Proposed: {mechanism.name}. {evidence} In people: {mechanism.human_evidence}"
