"""How the shipped records hang together: every claim is weighed, every rung and every key leads somewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from forms_catalog.edition.layout import DATA, KINDS
from forms_catalog.edition.reading import read_folder
from forms_catalog.models.vocabulary import BiasDomain, Rung

Records = dict[str, dict[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def records() -> Records:
    """Kind → slug → document, as the files say."""
    sources, problems = read_folder(DATA, kinds=list(KINDS))
    assert not problems
    found: Records = {kind: {} for kind in KINDS}
    for source in sources:
        found[source.kind][source.slug] = source.document
    return found


def texts(value: Any) -> Iterator[str]:
    """Every text inside a document."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(inner)


def test_claims_are_numbered_without_a_gap(records: Records) -> None:
    assert list(records["claims"]) == [f"c{number:02d}" for number in range(1, 41)]


def test_every_claim_has_evidence_and_was_searched_against(records: Records) -> None:
    for slug, claim in records["claims"].items():
        assert claim["supports"], slug
        assert claim["counter_searches"], slug


def test_what_a_source_shows_is_short_enough_to_read(records: Records) -> None:
    for slug, claim in records["claims"].items():
        for row in claim["supports"]:
            assert len(row["shows"]) <= 420, (slug, row["study"])


def test_warnings_are_short_and_plain(records: Records) -> None:
    for slug, claim in records["claims"].items():
        note = claim.get("safety_note", "")
        sentences = re.split(r"(?<=[.!?]) ", note)
        assert len(note) <= 320, slug
        assert all(len(sentence.split()) <= 40 for sentence in sentences), slug


def test_every_mechanism_has_all_rungs_and_empty_ones_stand_alone(records: Records) -> None:
    for slug, mechanism in records["mechanisms"].items():
        rungs: dict[str, list[str | None]] = {}
        for row in mechanism["ladder"]:
            rungs.setdefault(row["rung"], []).append(row.get("study"))
            assert row.get("study") or row["note"].startswith("none found"), slug
        assert set(rungs) == set(Rung.values), slug
        assert not any(None in studies and len(studies) > 1 for studies in rungs.values()), slug


def test_key_sources_of_mechanisms_are_marked(records: Records) -> None:
    for slug, mechanism in records["mechanisms"].items():
        assert any(row.get("key_note") for row in mechanism["ladder"]), slug


def test_row_that_says_none_found_stands_alone(records: Records) -> None:
    for slug, form in records["forms"].items():
        found: dict[str, list[str | None]] = {}
        for row in form["evidence"]:
            found.setdefault(row["outcome"], []).append(row.get("study"))
        assert not any(None in studies and len(studies) > 1 for studies in found.values()), slug


def test_pmids_in_the_texts_lead_to_a_study(records: Records) -> None:
    known = {study.get("pmid") for study in records["studies"].values()} | {
        identifier["value"] for study in records["studies"].values() for identifier in study.get("identifiers", [])
    }
    mentioned = {
        pmid
        for kind in ("forms", "mechanisms", "claims", "interactions", "cautions")
        for document in records[kind].values()
        for text in texts(document)
        for mention in re.findall(r"PMIDs? ((?:\d{5,9}(?:, | and )?)+)", text)
        for pmid in re.findall(r"\d{5,9}", mention)
    }

    assert mentioned
    assert mentioned <= known


def test_corrected_paper_says_so(records: Records) -> None:
    study = records["studies"]["hausenblas2024"]

    assert study["publication_status"] == "corrected"
    assert "40567408" in study["publication_note"]
    assert {"kind": "pmid", "value": "40567408"} in study["identifiers"]


def test_every_outcome_is_used_and_described(records: Records) -> None:
    used = Counter(
        text for kind in ("forms", "studies", "claims") for doc in records[kind].values() for text in texts(doc)
    )
    for slug, outcome in records["outcomes"].items():
        assert used[slug], slug
        assert outcome["description"].endswith("."), slug
    assert {slug for slug, outcome in records["outcomes"].items() if outcome["is_main"]} == {
        "depression", "anxiety", "sleep", "cognition", "memory",
    }  # fmt: skip


def test_every_study_is_used_or_says_what_came_out(records: Records) -> None:
    pointed_at = {
        text
        for kind in ("forms", "mechanisms", "outcomes", "claims", "studies")
        for document in records[kind].values()
        for text in texts(document)
    }
    for slug, study in records["studies"].items():
        assert slug in pointed_at or study.get("results") or study.get("trial"), slug


def test_trials_are_described_in_full(records: Records) -> None:
    for slug, study in records["studies"].items():
        if not (trial := study.get("trial")):
            continue
        roles = [arm["role"] for arm in trial["arms"]]
        assert trial["magnesium_given"] == ("magnesium" in roles), slug
        assert [row["domain"] for row in trial["risk_of_bias"]] == BiasDomain.values, slug
        assert "editorial judgement" in trial["risk_of_bias_basis"], slug
        assert trial.get("outcomes") or trial["measured_other_outcomes"], slug
        sizes = [arm.get("n_randomised") for arm in trial["arms"]]
        if trial["design"] == "parallel" and all(sizes) and trial.get("n_total_randomised"):
            assert sum(sizes) == trial["n_total_randomised"], slug


def test_every_human_trial_has_its_arms(records: Records) -> None:
    trials = {"rct", "crossover_rct", "equivalence_rct", "open_trial", "controlled_trial"}
    public = {
        slug: study
        for slug, study in records["studies"].items()
        if study.get("design") in trials and study.get("species") == "human"
    }
    without = {slug for slug, study in public.items() if "trial" not in study}

    # Trials known only as the source behind a claim: nothing of their arms was recorded.
    assert len(public) - len(without) == 64
    assert all(records["studies"][slug].get("summary") for slug in without)


def test_percentages_of_the_daily_value_follow_from_the_amounts(records: Records) -> None:
    for slug, food in records["food-sources"].items():
        assert food["percent_dv"] == round(100 * food["magnesium_mg"] / 420), slug


def test_texts_speak_to_readers_not_to_the_workshop(records: Records) -> None:
    workshop = re.compile(
        r"\.ya?ml\b|\.py\b|\bseed\b|(?<![\w.:/-])/(?:work|tmp|home|root|mnt|usr|var)/|[a-z]+_[a-z]+_[a-z]+ "
    )
    for kind, of_kind in records.items():
        for slug, document in of_kind.items():
            for text in texts(document):
                if not text.startswith("http"):
                    assert not workshop.search(text), (kind, slug, text)
