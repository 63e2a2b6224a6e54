"""The columns of what records consist of."""

from __future__ import annotations

from forms_catalog.exports.arm_figures import arm_figures, difference
from forms_catalog.exports.columns import (
    Column,
    Table,
    date,
    key,
    key_if_public,
    number,
    public_keys,
    text,
    texts,
    word,
    yes_no,
)
from forms_catalog.models.claims import FIT_DIMENSIONS
from forms_catalog.models.studies import IdentifierKind
from forms_catalog.models.vocabulary import (
    ArmRole,
    BiasDomain,
    BiasLevel,
    CommonClaimVerdict,
    Direction,
    EffectKind,
    EffectMethod,
    EffectSource,
    EvidenceType,
    Fit,
    FormEvidenceLevel,
    FormStated,
    Intervention,
    Quantity,
    ReadAs,
    RecomputationState,
    Rung,
    SizeBasis,
    Stance,
    TrialDesign,
)

STUDY = key("study", "Key of the study", "studies", "study.slug")
OUTCOME = key("outcome", "Key of the outcome", "outcomes", "outcome.slug")
FORM = key("form", "Key of the form", "forms", "form.slug")
MECHANISM = key("mechanism", "Key of the mechanism", "mechanisms", "mechanism.slug")
CLAIM = key("claim", "Key of the claim", "claims", "claim.slug")
READ_AT = text("source_url", "Where it was read")
OF_EFFECT = "in the unit of its effect_kind"


def interval(unit: str) -> tuple[Column, Column]:
    """Both ends of a 95 % interval."""
    return (
        number("ci_low", "Low end of the 95 % interval", unit),
        number("ci_high", "High end of the 95 % interval", unit),
    )


RESULTS = Table(
    "study_results",
    "What came out of each study",
    (
        STUDY,
        OUTCOME,
        text("measure", "How it was measured"),
        text("effect_in_words", "What came out, in words", "effect_text"),
        word("effect_kind", "What the number is", EffectKind),
        number("effect", "What came out, as the source gives it", OF_EFFECT),
        *interval(OF_EFFECT),
        text("p_value", "p-value as printed"),
        word("direction", "Which way it points", Direction),
    ),
)
EFFECTS = Table(
    "effects",
    "Effects on one convention: below zero favours magnesium",
    (
        text("effect_key", "Key of the comparison", "key"),
        STUDY,
        key("read_in", "Key of the review it was read in", "studies", key_if_public("via")),
        OUTCOME,
        text("measure", "How it was measured"),
        number("timepoint_days", "When it was measured", "days"),
        text("timepoint_in_words", "When it was measured, in words", "timepoint_text"),
        text("comparator", "What magnesium was compared with", "compared_with"),
        word("design", "How the arms relate", TrialDesign),
        word("intervention", "Whether magnesium is all that differs", Intervention),
        text("given_to_both_arms", "What both arms got"),
        number("people_on_magnesium", "People on magnesium", "people", "n_mg"),
        number("people_in_comparison", "People in the comparison", "people", "n_control"),
        number("people_seen_in_all", "People in all, as far as it was seen", "people", "n_total_seen"),
        word("people_basis", "How the sizes of arms are known", SizeBasis, "n_basis"),
        *arm_figures(),
        *difference(),
        number("smd", "Standardised mean difference", "standard deviations; below zero favours magnesium"),
        number("smd_without_direction", "Its size, where the direction is not known", "standard deviations", "smd_abs"),
        number("standard_error", "Its standard error", "standard deviations", "se"),
        *interval("standard deviations"),
        text("p_reported", "p-value as printed"),
        word("method", "How the effect was obtained", EffectMethod),
        yes_no("sign_flipped", "Whether the sign was turned round to fit the convention"),
        text("sign_note", "Why"),
        yes_no("primary_row", "Whether it is the study’s main row for the outcome"),
        yes_no("poolable", "Whether it can be pooled"),
        text("not_poolable_because", "Why not"),
        text("flag", "A doubt about the printed figures"),
        text("quality_note", "On the quality of the number"),
        word("source_kind", "Where it was read", EffectSource),
        READ_AT,
        text("people_source_url", "Where the sizes of arms were read", "n_source_url"),
    ),
)
UNUSABLE = Table(
    "unusable_results",
    "Comparisons whose numbers could not be used",
    (STUDY, OUTCOME, text("seen", "What was seen"), text("missing", "What was missing"), READ_AT),
)
POOLED = Table(
    "pooled_results",
    "Pooled results as published",
    (
        text("pooled_key", "Key of the pooled result", "key"),
        STUDY,
        OUTCOME,
        text("measure", "What was pooled"),
        word("evidence", "What it was made of", EvidenceType),
        number("studies", "Studies in the pool", "studies", "k_studies"),
        number("effects", "Effects in the pool", "effects", "k_effects"),
        number("people", "People in the pool", "people", "n"),
        text("model", "Statistical model"),
        word("effect_kind", "What the number is", EffectKind),
        number("effect", "Pooled effect, as the source gives it", OF_EFFECT),
        *interval(OF_EFFECT),
        text("p_value", "p-value as printed", "p"),
        number("i2_percent", "I²: how much of the spread is more than chance", "%", "i2"),
        number("tau2", "τ²: variance between studies"),
        number("prediction_low", "Low end of the prediction interval", OF_EFFECT, "pi_low"),
        number("prediction_high", "High end of the prediction interval", OF_EFFECT, "pi_high"),
        text("note", "Note"),
        READ_AT,
    ),
)
NARRATIVE = Table(
    "narrative_syntheses",
    "Findings of reviews that did not pool",
    (STUDY, OUTCOME, text("finding", "The finding in words", "text"), READ_AT),
)
IN_TRIAL = key("study", "Key of the study", "studies", "trial.study.slug")
ARMS = Table(
    "trial_arms",
    "Arms of trials",
    (
        IN_TRIAL,
        text("arm", "Name of the arm", "label"),
        word("role", "What it was given", ArmRole),
        number("people_randomised", "People allocated to it", "people", "n_randomised"),
        number("people_analysed", "People analysed", "people", "n_analysed"),
        word("form_stated", "Whether one form of magnesium is named", FormStated),
        key("form", "Key of the form, where one is named", "forms", "form.slug"),
        number("dose_mg_elemental_per_day", "Dose of elemental magnesium", "mg a day", "dose_mg_elemental"),
        text("dose_in_words", "Dose as the source gives it", "dose_text"),
        number("duration_days", "How long it was given", "days"),
    ),
)
BIAS = Table(
    "risk_of_bias",
    "Risk of bias, as the editors judge it",
    (
        IN_TRIAL,
        word("domain", "What is judged", BiasDomain),
        word("level", "The judgement", BiasLevel),
        text("reason", "Its reason"),
        text("basis", "What the trial’s judgements rest on", "trial.risk_of_bias_basis"),
    ),
)
RECOMPUTED = Table(
    "recomputed_figures",
    "Printed figures worked out again; a difference may be a misprint, another test or another rounding",
    (
        STUDY,
        word("what", "What kind of figure", Quantity),
        text("reported", "As printed"),
        text("recomputed", "As worked out from the other printed figures"),
        text("formula", "How"),
        word("state", "Whether they agree", RecomputationState),
        text("note", "Note"),
        READ_AT,
    ),
)
IDENTIFIERS = Table(
    "study_identifiers",
    "Every identifier that leads to a study",
    (STUDY, word("kind", "Kind of identifier", IdentifierKind), text("value", "The identifier")),
)
STRUCTURES = Table(
    "form_structures",
    "Structures sold under a form’s name",
    (
        FORM,
        text("state", "Hydration, such as anhydrous or dihydrate"),
        text("formula", "Formula in Hill order, water included"),
        text("formula_as_written", "Formula as chemists write it", "formula_display"),
        text("smiles", "Structure as SMILES"),
        text("smiles_note", "On the structure"),
        text("cas", "CAS number"),
        text("cas_note", "On the CAS number"),
        text("unii", "FDA unique ingredient identifier"),
        number("pubchem_cid", "PubChem compound identifier"),
        text("pubchem_note", "On the PubChem record"),
        number("molar_mass_g_per_mol", "Molar mass, from the formula", "g/mol", "molar_mass"),
        number(
            "elemental_magnesium_percent",
            "Elemental magnesium as a share of weight, from the formula",
            "% of weight",
            "elemental_percent",
        ),
        number("compound_mg_for_100_mg_magnesium", "How much holds 100 mg", "mg", "compound_mg_for_100_mg"),
    ),
)
FORM_EVIDENCE = Table(
    "form_evidence",
    "What studies say of a form for an outcome; no study means that a search found none",
    (
        FORM,
        OUTCOME,
        STUDY,
        number("people", "People in the study", "people", "n"),
        word("level", "What kind of evidence it is", FormEvidenceLevel),
        text("note", "What it says"),
    ),
)
COMMON_CLAIMS = Table(
    "common_claims",
    "What is often said of a form",
    (
        FORM,
        text("statement", "What is said"),
        text("evidence", "What the evidence says"),
        word("verdict", "What it is worth", CommonClaimVerdict),
        texts("studies", "Keys of the studies behind the answer", public_keys("studies")),
    ),
)
LADDER = Table(
    "mechanism_ladder",
    "Studies on the rungs of a mechanism’s ladder; no study means that a search found none",
    (
        MECHANISM,
        word("rung", "The rung", Rung),
        STUDY,
        text("note", "What it shows"),
        text("key_note", "Why it is a key source, if it is one"),
        date("searched_on", "When a search found none"),
    ),
)
DRUGS = Table(
    "analogous_drugs",
    "Medicines that act on the same target",
    (MECHANISM, text("drug", "The medicine"), text("relation", "How it relates")),
)
OUTCOME_NOTES = Table(
    "outcome_notes",
    "What a study says of an outcome, whatever the form",
    (OUTCOME, STUDY, text("note", "What it says")),
)
SOURCES = Table(
    "claim_sources",
    "What each source shows about a claim",
    (
        CLAIM,
        STUDY,
        word("stance", "What it does to the claim", Stance),
        text("shows", "What it shows"),
        text("locator", "Where in the source"),
        *(word(f"fit_{name}", f"How directly it bears on the claim: {name}", Fit) for name in FIT_DIMENSIONS),
        text("fit_note", "Why a fit is indirect"),
        word("read_as", "How the source was read", ReadAs),
    ),
)
SEARCHES = Table(
    "claim_searches",
    "Searches for evidence against a claim",
    (
        CLAIM,
        date("searched_on", "When"),
        text("where", "Where"),
        text("query", "What was looked for"),
        text("result", "What came up"),
        texts("found", "Keys of the studies that came up", public_keys("found")),
    ),
)
