"""Forms of magnesium: the compound, its hydrates, and what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models

from forms_catalog import chemistry
from forms_catalog.models.base import Part, Record, page_address
from forms_catalog.models.fields import (
    TextListField,
    choice_field,
    known,
    positive,
    unique_when_known,
    validate_address,
)
from forms_catalog.models.vocabulary import CommonClaimVerdict, FormEvidenceLevel
from forms_catalog.structures import DrawingRefused, clean_drawing, describe

if TYPE_CHECKING:
    from forms_catalog.models.outcomes import Outcome
    from forms_catalog.models.studies import Study


def validate_formula(value: str) -> None:
    """Refuse a formula that cannot be read or holds no magnesium."""
    try:
        chemistry.elemental_share(value)
    except chemistry.FormulaError as error:
        raise ValidationError(str(error)) from error


def validate_drawing(value: str) -> None:
    """Refuse a drawing that holds anything but lines and letters, or is spelt otherwise than `draw_structures` does."""
    try:
        if clean_drawing(value) != value:
            raise ValidationError("The drawing is not as manage.py draw_structures writes it; draw it anew.")
    except DrawingRefused as error:
        raise ValidationError(str(error)) from error


class Form(Record):
    """A form of magnesium as sold: a salt or chelate, with the partner it is bound to."""

    name = models.CharField(max_length=120, unique=True)
    synonyms = TextListField()
    chemical_name = models.CharField(max_length=200)
    partner_name = models.CharField(max_length=80, help_text="What the magnesium is bound to.")
    partner_origin = models.TextField(blank=True)
    partner_activity = models.TextField(blank=True, help_text="Known activity of the partner itself.")
    partner_mg_per_250_mg = models.PositiveIntegerField(
        "partner mg per 250 mg magnesium", null=True, blank=True, help_text="mg of the partner with 250 mg magnesium."
    )
    partner_mg_basis = models.CharField(max_length=160, blank=True)
    partner_source_urls = TextListField(item_validators=(validate_address,))
    solubility = models.TextField(blank=True)
    absorption = models.TextField(help_text="What is known of absorption, in plain words.")
    absorption_source_urls = TextListField(item_validators=(validate_address,))
    tolerability = models.TextField(blank=True)
    typical_label_dose = models.TextField(blank=True)
    study_doses = TextListField(help_text="Doses used in studies, one per line.")
    cautions = TextListField()
    source_urls = TextListField(item_validators=(validate_address,), blank=False)

    class Meta:
        ordering = ["name"]
        constraints = [positive("partner_mg_per_250_mg")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The form's page."""
        return page_address("catalog:form", self.slug)

    @property
    def short_name(self) -> str:
        """The name without the word that every form shares: 'glycinate (bisglycinate)'."""
        return self.name.removeprefix("Magnesium ")


class Hydrate(Part):
    """One structure sold under a form's name. The first is the one meant when nothing else is said."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="hydrates")
    state = models.CharField(max_length=120, help_text="Hydration, such as anhydrous or dihydrate.")
    formula = models.CharField(max_length=60, validators=[validate_formula], help_text="Hill order, water included.")
    formula_display = models.CharField(max_length=80, blank=True, help_text="As chemists write it.")
    smiles = models.CharField(max_length=300)
    smiles_note = models.TextField(blank=True)
    drawing = models.TextField(blank=True, editable=False, validators=[validate_drawing])
    drawn_from = models.CharField(
        max_length=300, blank=True, editable=False, help_text="The SMILES that the drawing shows."
    )
    cas = models.CharField("CAS number", max_length=20, blank=True)
    cas_note = models.TextField(blank=True)
    unii = models.CharField("UNII", max_length=10, blank=True, help_text="FDA unique ingredient identifier.")
    pubchem_cid = models.PositiveIntegerField("PubChem CID", null=True, blank=True)
    pubchem_note = models.TextField(blank=True)

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(fields=["form", "state"], name="%(app_label)s_%(class)s_state_once"),
            unique_when_known("unii"),
            models.CheckConstraint(
                condition=models.Q(drawing="", drawn_from="") | ~(models.Q(drawing="") | models.Q(drawn_from="")),
                name="%(app_label)s_%(class)s_drawing_names_its_smiles",
                violation_error_message="A drawing and the SMILES it shows are kept together.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form}, {self.state}"

    @property
    def current_drawing(self) -> str:
        """The drawing, unless the SMILES has changed since it was made; then empty: it would show something else."""
        return self.drawing if self.drawn_from == self.smiles else ""

    @property
    def description(self) -> str:
        """The structure in words, for whoever does not see the drawing."""
        return describe(
            name=self.form.name,
            state=self.state,
            formula=self.formula,
            partner=self.form.partner_name,
            smiles=self.smiles,
        )

    @property
    def magnesium_in_1000_mg(self) -> float:
        """mg of elemental magnesium in 1,000 mg of the compound."""
        return 10 * self.elemental_percent

    @property
    def molar_mass(self) -> float:
        """Molar mass in g/mol, from the formula."""
        return chemistry.molar_mass(self.formula)

    @property
    def elemental_percent(self) -> float:
        """Elemental magnesium in per cent of the compound's weight, from the formula."""
        return 100 * chemistry.elemental_share(self.formula)

    @property
    def compound_mg_for_100_mg(self) -> float:
        """mg of this compound that hold 100 mg of elemental magnesium."""
        return 100 / chemistry.elemental_share(self.formula)


class FormEvidence(Part):
    """What one study (or, with no study, a search that found none) says of a form for an outcome."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="evidence")
    outcome: models.ForeignKey[Outcome, Outcome] = models.ForeignKey(
        "forms_catalog.Outcome", on_delete=models.PROTECT, related_name="form_evidence"
    )
    study: models.ForeignKey[Study | None, Study | None] = models.ForeignKey(
        "forms_catalog.Study",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="form_evidence",
        help_text="Empty: a search found no study.",
    )
    note = models.TextField()
    n = models.PositiveIntegerField("people", null=True, blank=True)
    level = choice_field(FormEvidenceLevel, blank=True)

    class Meta(Part.Meta):
        verbose_name_plural = "form evidence"
        constraints = [
            models.UniqueConstraint(fields=["form", "outcome", "study"], name="%(app_label)s_%(class)s_once"),
            models.UniqueConstraint(
                fields=["form", "outcome"],
                condition=models.Q(study__isnull=True),
                name="%(app_label)s_%(class)s_one_empty_row",
            ),
            known("level", FormEvidenceLevel, blank=True),
            positive("n"),
        ]

    def __str__(self) -> str:
        return f"{self.form}, {self.outcome}: {self.study or 'none found'}"


class CommonClaim(Part):
    """Something often said of a form, and what the evidence says."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="common_claims")
    statement = models.TextField()
    evidence = models.TextField()
    verdict = choice_field(CommonClaimVerdict)
    studies: models.ManyToManyField[Study, models.Model] = models.ManyToManyField(
        "forms_catalog.Study", blank=True, related_name="common_claims"
    )

    class Meta(Part.Meta):
        constraints = [known("verdict", CommonClaimVerdict)]

    def __str__(self) -> str:
        return self.statement
