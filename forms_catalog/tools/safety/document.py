"""The safety check as JSON: what the page says, for a browser that picks from it without asking the server again."""

from __future__ import annotations

from typing import Any

from forms_catalog.exports.about import about
from forms_catalog.exports.links import full, links_of
from forms_catalog.tools.safety.hours import Figure, Side, Widest
from forms_catalog.tools.safety.rules import MEANINGS, Pick, Rule
from forms_catalog.tools.safety.series import SafetyList
from mgsite.templatetags.ui import source_label

FIELDS = {
    "severities": "The words of a severity, gravest first, with what each means. The grading is editorial.",
    "rules": "Every rule in the order of the page. `what_to_do` is the record’s own sentence.",
    "rules.checked_on": "When an editor last went back to the sources; null where that is not on file.",
    "picks": "Names a reader can pick, each with every rule that holds for it.",
    "picks.whole_class": "A class of medicines. It has no hours: what holds for one may be wrong for the next.",
    "picks.rules.what_to_do": "Of its own, where the rule’s sentence speaks of others; else null.",
    "picks.figures": "Each source’s hours for that very medicine. `before`: the medicine this long before magnesium; "
    "`after`: this long after it. Null: the source does not speak of that side, which does not make it safe.",
    "picks.widest": "The largest figure on each side; null where no source gives hours.",
    "unverified": "Medicines about which nothing was verified. A medicine that is nowhere here is no safer.",
    "effects": "Unwanted effects, and when they were seen.",
    "notes": "What else is on the page: when to get help, what eases effects on the gut, bath salts.",
    "review": "The pharmacist who has reviewed the list, and when; null: nobody has.",
}
"""What the parts of the file mean; every part is named in its metadata."""


def document(found: SafetyList, *, path: str) -> dict[str, Any]:
    """The file. One query, for its edition."""
    page = f"{path.removesuffix('.json')}/"
    said = about(title="Safety check: magnesium with medicines and conditions", address=path)
    return {
        "metadata": said | {"page": full(page), "links": links_of(address=path, page=page), "fields": FIELDS},
        "general_rule": found.general_rule or None,
        "review": _review(found),
        "severities": [
            {"word": str(word), "label": str(word.label), "meaning": meaning} for word, meaning in MEANINGS.items()
        ],
        "rules": [_rule(rule) for rule in found.rules],
        "picks": [_pick(pick) for pick in found.picks],
        "unverified": [
            {
                "name": each.name,
                "also_called": each.also_called,
                "says": each.says,
                "sources": _sources(each.source_urls),
            }
            for each in found.unverified
        ],
        "effects": [
            {"effect": each.effect, "detail": each.detail, "sources": _sources(each.source_urls)}
            for each in found.effects
        ],
        "notes": [
            {"title": each.title, "text": each.text, "sources": _sources(each.source_urls)}
            for each in found.notes.values()
        ],
    }


def _review(found: SafetyList) -> dict[str, Any] | None:
    review = found.review
    return {"by": review.reviewed_by, "on": review.reviewed_on.isoformat()} if review else None


def _sources(addresses: list[str] | tuple[str, ...]) -> list[dict[str, str]]:
    return [{"address": address, "label": source_label(address)} for address in addresses]


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "key": rule.key,
        "about": rule.about,
        "title": rule.title,
        "severity": str(rule.severity),
        "what_to_do": rule.what_to_do,
        "direction": rule.direction or None,
        "why": rule.why or None,
        "note": rule.note or None,
        "checked_on": rule.checked_on.isoformat() if rule.checked_on else None,
        "sources": _sources(rule.sources),
    }


def _pick(pick: Pick) -> dict[str, Any]:
    return {
        "name": pick.name,
        "also_called": list(pick.also_called),
        "whole_class": pick.whole_class,
        "rules": [{"key": rule.key, "what_to_do": medicine.what_to_do or None} for rule, medicine in pick.rules],
        "figures": [_figure(figure, rule) for rule, medicine in pick.rules for figure in medicine.figures],
        "widest": _widest(pick.widest),
    }


def _figure(figure: Figure, rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.key,
        "stated": figure.stated,
        "said_by": figure.said_by or None,
        "before": _side(figure.before),
        "after": _side(figure.after),
    }


def _side(side: Side | None) -> dict[str, Any] | None:
    return {"low": side.low, "high": side.high, "words": side.words} if side else None


def _widest(found: Widest | None) -> dict[str, Any] | None:
    return {"before": found.before, "after": found.after} if found else None
