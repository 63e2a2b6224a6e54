"""How sure a sentence may sound: GRADE's wording by certainty.

Source: Santesso and others 2020, GRADE guidelines 26 (doi 10.1016/j.jclinepi.2019.10.014).
"""

from forms_catalog.models.vocabulary import Certainty

VERBS = {
    Certainty.HIGH: "results in",
    Certainty.MODERATE: "likely results in",
    Certainty.LOW: "may result in",
}


def effect_sentence(*, subject: str, effect: str, certainty: Certainty) -> str:
    """'Oxide may result in better sleep'; at very low certainty the sentence says so instead of promising.

    `subject` is written as it opens a sentence; no full stop is added.
    """
    if certainty == Certainty.VERY_LOW:
        return f"The evidence is very uncertain about whether {lower_first(subject)} results in {effect}"
    return f"{subject} {VERBS[certainty]} {effect}"


def lower_first(name: str) -> str:
    """A name inside a sentence: 'Magnesium oxide' becomes 'magnesium oxide'; 'L-threonate' stays."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
