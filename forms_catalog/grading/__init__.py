"""Certainty of evidence by a published rule.

rule.py is the rule; facts.py, sources.py, bodies.py and cells.py say what of the catalog it is fed; words.py says
how sure a sentence may then sound.
"""

from forms_catalog.grading.bodies import Comparison, compare_claims, grade_claim, grade_claims
from forms_catalog.grading.cells import Cell, grade_cells, grade_form_for_outcome
from forms_catalog.grading.rule import Grade, Step, grade

__all__ = [
    "Cell",
    "Comparison",
    "Grade",
    "Step",
    "compare_claims",
    "grade",
    "grade_cells",
    "grade_claim",
    "grade_claims",
    "grade_form_for_outcome",
]
