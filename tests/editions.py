"""Small editions in a temporary folder, for tests of reading, loading and exporting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from forms_catalog.edition.writing import write_document

SOURCE = "https://example.org/source"
Document = dict[str, Any]


def outcome(**fields: Any) -> Document:
    return {"name": "Low mood", "description": "A score."} | fields


def form(**fields: Any) -> Document:
    return {
        "name": "Magnesium oxide",
        "chemical_name": "magnesium oxide",
        "partner_name": "oxide",
        "absorption": "Low.",
        "source_urls": [SOURCE],
        "hydrates": [{"state": "anhydrous", "formula": "MgO", "smiles": "[O-2].[Mg+2]"}],
    } | fields


def mechanism(**fields: Any) -> Document:
    return {
        "name": "NMDA receptor",
        "target_kind": "channel",
        "target_protein": "NMDA receptor",
        "what_magnesium_does": "It blocks the channel.",
        "establishment": ["animal"],
        "human_evidence": "None seen.",
        "common_misunderstanding": "That it works like ketamine.",
        "source_urls": [SOURCE],
    } | fields


def study(**fields: Any) -> Document:
    return {"authors": ["Poleszak, Ewa"], "year": 2008, "design": "rct", "verified_fields": "Abstract read."} | fields


def trial(**fields: Any) -> Document:
    return {
        "design": "parallel",
        "magnesium_given": True,
        "conditions": ["depression"],
        "baseline_magnesium": "low",
        "funding_type": "public",
        "blinded": "double",
        "risk_of_bias_basis": "editorial judgement from the abstract",
        "arms": [{"label": "Magnesium", "role": "magnesium", "form_stated": "unspecified"}],
    } | fields


def support(**fields: Any) -> Document:
    fit = {f"fit_{name}": "direct" for name in ("population", "form", "dose", "outcome", "comparator")}
    return (
        {"study": "poleszak2008", "stance": "supports", "shows": "It helps mice.", "read_as": "abstract"} | fit | fields
    )


def claim(**fields: Any) -> Document:
    return {
        "quote": "magnesium helps",
        "statement": "Magnesium helps.",
        "topic": "depression",
        "verdict": "overstated",
        "certainty": "low",
        "in_brief": "Mice only.",
        "why": "Mice only.",
        "suggested_wording": "Magnesium helps mice.",
        "supports": [support()],
    } | fields


def small() -> dict[str, Document]:
    """One record of each of the five kinds that have pages, all linked."""
    return {
        "outcomes/depression": outcome(),
        "mechanisms/nmda": mechanism(ladder=[{"rung": "animal", "study": "poleszak2008", "note": "Mice."}]),
        "forms/oxide": form(evidence=[{"outcome": "depression", "study": "poleszak2008", "note": "Mice."}]),
        "studies/poleszak2008": study(
            form_stated="single",
            form="oxide",
            mechanisms=["nmda"],
            results=[{"outcome": "depression", "effect_text": "Calmer."}],
            trial=trial(outcomes=["depression"]),
        ),
        "claims/c01": claim(forms=["oxide"], mechanisms=["nmda"], outcomes=["depression"]),
    }


def write_edition(directory: Path, records: dict[str, Document]) -> Path:
    """Write 'kind/slug' → document as files; what was there of other records stays."""
    for name, document in records.items():
        write_text(directory, f"{name}.yaml", write_document(document))
    return directory


def write_text(directory: Path, name: str, text: str) -> Path:
    """Write one file as it is."""
    path = directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return directory
