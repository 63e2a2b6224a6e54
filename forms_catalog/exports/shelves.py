"""Forms, mechanisms and outcomes as data, read off the very rows that their lists show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from forms_catalog.exports.columns import Table, address, key, number, path, text, texts, word, yes_no
from forms_catalog.exports.series import Series, kept
from forms_catalog.models.vocabulary import Certainty, Rung
from forms_catalog.queries.facets import Listing
from forms_catalog.queries.form_list import form_list_page
from forms_catalog.queries.mechanism_list import mechanism_list_page
from forms_catalog.queries.outcome_list import outcome_list_page

FORMS = Table(
    "forms",
    "Forms of magnesium",
    (
        text("form", "Key of the form; other tables refer to it", "form.slug"),
        address("form", path("form")),
        text("name", "Name as sold", "form.name"),
        texts("synonyms", "Other names", "form.synonyms"),
        text("chemical_name", "Name in chemistry", "form.chemical_name"),
        text("bound_to", "What the magnesium is bound to", "form.partner_name"),
        text("structure", "The structure meant when nothing else is said", "hydrate.state"),
        text("formula", "Its formula in Hill order, water included", "hydrate.formula"),
        number("molar_mass_g_per_mol", "Its molar mass, from the formula", "g/mol", "hydrate.molar_mass"),
        number(
            "elemental_magnesium_percent",
            "Elemental magnesium as a share of its weight, from the formula",
            "% of weight",
            "hydrate.elemental_percent",
        ),
        number(
            "compound_mg_for_100_mg_magnesium",
            "How much of it holds 100 mg of elemental magnesium",
            "mg",
            "hydrate.compound_mg_for_100_mg",
        ),
        number("structures", "Structures on file", "structures", lambda row: len(row.hydrates)),
        number("studies", "Public studies on file", "studies", "studies"),
        texts("outcomes", "Keys of the outcomes it was studied for", lambda row: [o.slug for o in row.outcomes]),
        number(
            "partner_mg_per_250_mg_magnesium",
            "How much of what it is bound to comes with 250 mg of magnesium",
            "mg",
            "form.partner_mg_per_250_mg",
        ),
        text("solubility", "How well it dissolves", "form.solubility"),
        text("absorption", "What is known of absorption", "form.absorption"),
        text("tolerability", "How it is borne", "form.tolerability"),
        text("typical_label_dose", "Dose as labels give it", "form.typical_label_dose"),
        texts("study_doses", "Doses used in studies", "form.study_doses"),
        texts("cautions", "Cautions", "form.cautions"),
        texts("source_urls", "Where this was read", "form.source_urls"),
    ),
)
MECHANISMS = Table(
    "mechanisms",
    "Mechanisms",
    (
        text("mechanism", "Key of the mechanism; other tables refer to it", "mechanism.slug"),
        address("mechanism", path("mechanism")),
        text("name", "Name", "mechanism.name"),
        word("highest_rung", "Highest rung on which a study stands that was not retracted", Rung, "reach.rung"),
        number("studies", "Public studies on its ladder", "studies", "studies"),
        yes_no("in_first_article", "Whether the first article names it", "mechanism.in_first_article"),
        text("target_kind", "What sort of thing magnesium acts on", "mechanism.target_kind"),
        text("target_protein", "The protein", "mechanism.target_protein"),
        texts("target_genes", "Its genes", "mechanism.target_genes"),
        text("what_magnesium_does", "What magnesium does there", "mechanism.what_magnesium_does"),
        texts("establishment", "How well it is established", "mechanism.establishment"),
        text("human_evidence", "What was seen in people", "mechanism.human_evidence"),
        text("common_misunderstanding", "The misunderstanding it invites", "mechanism.common_misunderstanding"),
        text("article_check", "What the first article says of it, checked", "mechanism.article_check"),
        texts("unknowns", "What is not known", "mechanism.unknowns"),
        texts("source_urls", "Where this was read", "mechanism.source_urls"),
    ),
)
OUTCOMES = Table(
    "outcomes",
    "Outcomes",
    (
        text("outcome", "Key of the outcome; other tables refer to it", "outcome.slug"),
        address("outcome", path("outcome")),
        text("name", "Name in lay words", "outcome.name"),
        text("technical_name", "The field’s term, where it differs", "outcome.technical_name"),
        text("description", "What is measured, and how", "outcome.description"),
        yes_no("is_main", "Whether this site is about it", "outcome.is_main"),
        key("broader", "Key of the wider outcome it is a part of", "outcomes", "outcome.broader.slug"),
        word(
            "certainty",
            "How sure the evidence on magnesium is; null when not graded",
            Certainty,
            "picture.grade.certainty",
        ),
        text("finding", "The most that may be said", "picture.sentence"),
        text("direction", "Which way the evidence points, in words", "picture.direction"),
        number("trials", "Randomised trials that the grade counts", "trials", lambda row: len(row.picture.trials)),
        number("reviews", "Reviews that the grade counts", "reviews", lambda row: len(row.picture.reviews)),
        number("people_in_trials", "People in those trials whose size was seen", "people", lambda row: people(row)),
        texts(
            "studies_weighed", "Keys of the studies looked at for the grade", lambda row: sorted(row.picture.weighed)
        ),
        number("studies", "Public studies with a result on file", "studies", "outcome.study_count"),
        number("claims", "Claims about it", "claims", "outcome.claim_count"),
    ),
)


def people(row: Any) -> int | None:
    """People in an outcome's trials; None when no trial's size was seen, which is not nobody."""
    return row.picture.people or None


def _shelf(table: Table, page: Callable[[Mapping[str, str]], dict[str, Any]], params: Mapping[str, str]) -> Series:
    found = page(params)
    rows = found["rows"]
    listing: Listing = found["listing"]
    return Series(table, listing.filters, total=listing.counts.total, count=len(rows), read=kept(rows))


def form_series(params: Mapping[str, str]) -> Series:
    """The forms that an address asks for."""
    return _shelf(FORMS, form_list_page, params)


def mechanism_series(params: Mapping[str, str]) -> Series:
    """The mechanisms that an address asks for."""
    return _shelf(MECHANISMS, mechanism_list_page, params)


def outcome_series(params: Mapping[str, str]) -> Series:
    """The outcomes that an address asks for."""
    return _shelf(OUTCOMES, outcome_list_page, params)
