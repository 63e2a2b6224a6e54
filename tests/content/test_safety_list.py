"""The safety check's figures: each stands in the words of its rule, and no class lends its hours to a medicine."""

from __future__ import annotations

import re
from itertools import chain

import pytest
import yaml

from forms_catalog.models.vocabulary import Severity
from forms_catalog.tools.safety.rules import MEANINGS
from forms_catalog.tools.safety.series import SafetyList, safety_list
from tests.content.texts import ROOT, records

pytestmark = pytest.mark.django_db

# Medicine → the hours to keep (before magnesium, after it), read off the sentences by hand.
WIDEST = {
    "doxycycline": (3, 6),
    "tetracycline": (3, 6),
    "demeclocycline": (3, 6),
    "ciprofloxacin": (2, 6),
    "levofloxacin": (2, 6),
    "moxifloxacin": (4, 8),
    "alendronate": (4, 4),
    "risedronate": (4, 4),
    "levothyroxine": (4, 4),
    "gabapentin": (None, 2),
    "iron": (4, 4),
    "atazanavir": (2, 1),
    "eltrombopag": (4, 4),
    # Magnesium 4 hours before erlotinib is erlotinib 4 hours after magnesium.
    "erlotinib": (2, 4),
    **dict.fromkeys(
        (
            *("digoxin", "mycophenolate", "rosuvastatin", "fexofenadine", "phenytoin", "chloroquine"),
            *("hydroxychloroquine", "isoniazid", "itraconazole", "ketoconazole", "sulpiride"),
            *("penicillamine", "nitrofurantoin"),
        ),
        (4, 4),
    ),
}


@pytest.fixture
def found(first_edition: None) -> SafetyList:
    return safety_list()


def test_hours_are_kept_for_these_medicines_and_no_others(found: SafetyList) -> None:
    assert {pick.name: (w.before, w.after) for pick in found.picks if (w := pick.widest)} == WIDEST


def test_a_class_has_no_hours(found: SafetyList) -> None:
    classes = [pick for pick in found.picks if pick.whole_class]
    assert len(classes) > 8
    assert [pick.name for pick in classes if pick.figures] == []


def test_every_figure_stands_in_the_words_it_is_taken_from(found: SafetyList) -> None:
    medicines = [(rule, medicine) for rule in found.rules for medicine in rule.medicines]
    figures = [(rule, figure) for rule, medicine in medicines for figure in medicine.figures]
    assert len(figures) == 32
    for rule, figure in figures:
        assert figure.stated in rule.what_to_do
        assert figure.said_by in rule.what_to_do
        sides = [side for side in (figure.before, figure.after) if side]
        given = {number for side in sides for number in (side.low, side.high) if number is not None}
        assert given <= set(map(float, re.findall(r"\d+", figure.stated))), figure.stated


def test_every_medicine_is_named_by_its_rule_and_every_example_can_be_picked() -> None:
    for slug, rule in records("interactions").items():
        names = [medicine["name"] for medicine in rule["medicines"]]
        words = " ".join([rule["drug_class"], *rule["examples"], rule["what_to_do"], rule.get("note", "")]).lower()
        assert [name for name in names if name.lower() not in words] == [], slug
        examples = chain.from_iterable(example.split(" and ") for example in rule["examples"])
        assert set(examples) - set(names) == set(), slug


def test_a_sentence_of_its_own_is_the_records_own(found: SafetyList) -> None:
    own = {
        medicine.name: (rule, medicine) for rule in found.rules for medicine in rule.medicines if medicine.what_to_do
    }
    assert set(own) == {"amiloride", "spironolactone", "potassium-sparing diuretics"}
    diuretics = records("interactions")["loop-and-thiazide-diuretics"]
    assert {medicine.what_to_do for _, medicine in own.values()} == {diuretics["note"]}


def test_what_nobody_verified_is_said_in_the_records_words() -> None:
    known = records("reference-notes")["psychiatric-medicines"]["text"]
    unverified = records("unverified-medicines")
    assert set(unverified) == {"ssris", "benzodiazepines", "lithium", "barbiturates"}
    assert [slug for slug, each in unverified.items() if each["says"] not in known or each["name"] not in known] == []


def test_severities_mean_what_the_record_says(found: SafetyList) -> None:
    told = records("reference-notes")["severity-grading"]["text"]
    assert set(MEANINGS) == set(Severity)
    assert [word for word, meaning in MEANINGS.items() if f"{word.label}: {meaning}." not in told] == []
    ranks = [list(MEANINGS).index(rule.severity) for rule in found.rules]
    assert ranks == sorted(ranks)


def test_a_condition_under_which_magnesium_is_ruled_out_is_major() -> None:
    for slug, caution in records("cautions").items():
        ruled_out = re.search(r"must not|avoid", caution["rule"])
        assert caution["severity"] == ("major" if ruled_out else "monitor"), slug


def test_rules_were_checked_with_the_article_that_lists_them() -> None:
    text = (ROOT / "articles/content/magnesium-safely.md").read_text(encoding="utf-8")
    checked_on = yaml.safe_load(text.split("---")[1])["evidence_checked_on"]
    for kind in ("interactions", "cautions"):
        assert {record["checked_on"] for record in records(kind).values()} == {checked_on}
    assert all(rule["what_to_do"] in text for rule in records("interactions").values())


def test_notes_on_fields_that_readers_do_not_see_are_left_out(found: SafetyList) -> None:
    notes = {rule.key: rule.note for rule in found.rules}
    assert "hour fields" not in " ".join(notes.values())
    assert notes["medicine-cancer-and-blood-medicines-taken-by-mouth"] == ""
    assert notes["medicine-quinolone-antibiotics"].startswith("General rules of 4 hours")
