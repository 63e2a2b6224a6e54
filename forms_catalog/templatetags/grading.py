"""What templates need to show grades: sentences as sure as the evidence, and the rule's own numbers."""

import re

from django import template

from forms_catalog.grading import rule
from forms_catalog.grading.words import effect_sentence
from forms_catalog.models.vocabulary import Certainty

register = template.Library()

HEADING = re.compile(r"^#{2,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")


@register.simple_tag
def grade_words(subject: str, effect: str, certainty: str) -> str:
    """'Magnesium oxide may result in better sleep': the verb follows the certainty. No full stop."""
    return effect_sentence(subject=subject, effect=effect, certainty=Certainty(certainty))


@register.simple_tag
def grading_rule() -> dict[str, object]:
    """The thresholds and starting levels of the rule, for the text that explains it."""
    return {
        "few": rule.FEW_PEOPLE,
        "very_few": rule.VERY_FEW_PEOPLE,
        "bases": {
            basis: str(rule.LEVELS[getattr(rule, basis.upper()).start].label).lower()
            for basis in ("trials", "watched", "people", "remote")
        },
    }


@register.filter
def section_of(body: str, slug: str) -> str:
    """The heading under which an article's Markdown first marks a claim; empty above the first heading."""
    text, mark, _ = body.partition(f"](claim:{slug})")
    headings = HEADING.findall(text) if mark else []
    return re.sub(r"[*_`]", "", LINK.sub(r"\1", headings[-1])) if headings else ""
