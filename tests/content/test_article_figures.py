"""Each figure and rule that our own articles print, traced to the catalog's records."""

import re
from collections import Counter
from typing import Any

import pytest

from forms_catalog.chemistry import elemental_share
from tests.content.texts import TITLED, article, number, records, section, table


def hydrate_of(form: str, state: str) -> dict[str, Any]:
    """The structure a row of the label article means: hydration, and after a comma the ratio of a second salt."""
    hydration, _, ratio = state.partition(", ")
    told = {hydrate["state"].split(";")[0]: hydrate for hydrate in records("forms")[form]["hydrates"]}
    exact = [hydrate for name, hydrate in told.items() if ratio and ratio in name and hydration in name]
    matching = exact or [hydrate for name, hydrate in told.items() if name.startswith(hydration)]
    assert len(matching) == 1, f"{form}, {state}: {list(told)}"
    return matching[0]


def label_rows(heading: str) -> list[tuple[str, list[str]]]:
    rows = table(section(article("what-the-label-says").body, heading))
    return [(TITLED.findall(row[0])[0][1], row[1:]) for row in rows]


def test_label_article_lists_every_form() -> None:
    assert {form for form, _ in label_rows("Magnesium by form")} == set(records("forms"))


@pytest.mark.parametrize("heading", ["Magnesium by form", "One name, several compounds"])
def test_shares_follow_from_the_formulas(heading: str) -> None:
    for form, (state, share, in_a_gram, *for_100_mg) in label_rows(heading):
        expected = elemental_share(hydrate_of(form, state)["formula"])
        assert number(share) == pytest.approx(100 * expected, abs=0.0051), (form, state)
        assert number(in_a_gram) == pytest.approx(1000 * expected, abs=0.51), (form, state)
        assert all(number(cell) == pytest.approx(100 / expected, abs=0.51) for cell in for_100_mg), (form, state)


def test_label_article_means_the_structure_that_stands_first() -> None:
    for form, (state, *_) in label_rows("Magnesium by form"):
        assert hydrate_of(form, state) == records("forms")[form]["hydrates"][0]


def test_upper_levels_are_those_of_the_catalog() -> None:
    rows = table(section(article("magnesium-safely").body, "Upper levels"))

    printed = {(authority, age): int(level) if level.isdigit() else None for authority, age, level in rows}

    assert printed == {
        (record["authority"], record["age"]): record.get("mg") for record in records("upper-levels").values()
    }


def test_interactions_say_what_the_catalog_says() -> None:
    rows = table(section(article("magnesium-safely").body, "If you take other medicines"))
    assert Counter(row[1] for row in rows) == Counter(
        " ".join(record["what_to_do"].split()) for record in records("interactions").values()
    )


def test_medicines_named_are_the_examples_of_the_rule_beside_them() -> None:
    examples = {
        " ".join(record["what_to_do"].split()): record["examples"] for record in records("interactions").values()
    }
    for medicines, rule, _ in table(section(article("magnesium-safely").body, "If you take other medicines")):
        # Digoxin has a stricter rule of its own, so the general rule does not name it again.
        wanted = [name for name in examples[rule] if name != "digoxin" or medicines == "Digoxin"]
        assert [name for name in wanted if name.lower() not in medicines.lower()] == []


def test_cautions_stand_above_levels() -> None:
    headings = re.findall(r"^## (.+)$", article("magnesium-safely").body, re.MULTILINE)
    assert headings.index("Upper levels") == len(headings) - 1
    assert headings[0] == "In an emergency"


def test_counts_of_the_check_are_those_of_the_catalog() -> None:
    claims = records("claims").values()
    supports = [row for claim in claims for row in claim.get("supports", [])]
    searches = [row for claim in claims for row in claim.get("counter_searches", [])]
    verdicts = Counter(claim["verdict"] for claim in claims)
    stances = Counter(row["stance"] for row in supports)
    body = article("how-we-check-evidence").body

    assert f"makes {len(claims)} claims" in body
    assert (
        f"{verdicts['supported']} came out as supported and {verdicts['partly_supported']} as partly supported. "
        f"Another {verdicts['overstated']} were overstated, {verdicts['unsupported']} unsupported "
        f"and {verdicts['contradicted']} contradicted."
    ) in body
    assert f"in {len(supports)} rows" in body
    assert f"supports* the claim ({stances['supports']})" in body
    assert f"*against* it ({stances['contradicts']})" in body
    assert f"*limits* the claim ({stances['qualifies']})" in body
    assert f"other {stances['background']} rows" in body
    queries = {row["query"] for row in searches}
    assert f"{len(searches)} counter-searches, from {len(queries)} different queries" in body


def test_ways_of_reading_are_counted_from_the_catalog() -> None:
    supports = [row for claim in records("claims").values() for row in claim.get("supports", [])]

    rows = table(section(article("how-we-check-evidence").body, "For, against, and limits"))

    printed = {label: int(count) for label, count in rows}
    read_as = Counter(row["read_as"] for row in supports)
    assert printed == {
        "Abstract": read_as["abstract"],
        "Excerpt": read_as["excerpt"],
        "Someone else’s report of it": read_as["secondary"],
        "Full text": read_as["full_text"],
        "Citation only": read_as["citation_only"],
    }


def test_texts_read_in_full_are_no_research_papers() -> None:
    full = {
        row["study"]
        for claim in records("claims").values()
        for row in claim.get("supports", [])
        if row["read_as"] == "full_text"
    }
    assert {records("studies")[key]["kind"] for key in full} <= {"reference_work", "news"}


def test_each_example_of_a_verdict_has_that_verdict() -> None:
    text = section(article("how-we-check-evidence").body, "From a claim to a verdict")
    examples = re.findall(r"^\*\*(.+?)\.\*\*.*\(claim:(c\d\d)\)", text, re.MULTILINE)

    assert len(examples) == 5
    for label, claim in examples:
        assert records("claims")[claim]["verdict"] == label.lower().replace(" ", "_")
