"""How human trials were run: arms, people, funding, risk of bias."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from forms_catalog.models.base import Part
from forms_catalog.models.fields import (
    TextListField,
    choice_field,
    known,
    ordered,
    positive,
    validate_address,
)
from forms_catalog.models.forms import Form
from forms_catalog.models.outcomes import Outcome
from forms_catalog.models.studies import Study
from forms_catalog.models.vocabulary import (
    ArmRole,
    BaselineMagnesium,
    BiasDomain,
    BiasLevel,
    Blinding,
    Condition,
    FormStated,
    Funding,
    Sex,
    TrialDesign,
)


class Trial(models.Model):
    """How a human trial was run: arms, people, funding, risk of bias."""

    study = models.OneToOneField(Study, on_delete=models.CASCADE, related_name="trial")
    design = choice_field(TrialDesign)
    magnesium_given = models.BooleanField()
    magnesium_alone = models.BooleanField(null=True, blank=True, help_text="No other active ingredient came with it.")
    outcomes = models.ManyToManyField(Outcome, blank=True, related_name="trials")
    measured_other_outcomes = models.BooleanField(default=False)
    n_total_randomised = models.PositiveIntegerField(null=True, blank=True)
    n_total_analysed = models.PositiveIntegerField(null=True, blank=True)
    age_min = models.PositiveSmallIntegerField("youngest, years", null=True, blank=True)
    age_max = models.PositiveSmallIntegerField("oldest, years", null=True, blank=True)
    mean_age = models.FloatField("mean age, years", null=True, blank=True)
    sex = choice_field(Sex, blank=True)
    conditions = TextListField(blank=False, help_text="From the list of conditions, one per line.")
    baseline_magnesium = choice_field(BaselineMagnesium)
    country = models.CharField(max_length=120, blank=True)
    setting = models.CharField(max_length=200, blank=True)
    funding_type = choice_field(Funding)
    funding_text = models.TextField(blank=True)
    randomised = models.BooleanField(null=True, blank=True, help_text="Unknown: not stated in what was read.")
    blinded = choice_field(Blinding)
    risk_of_bias_basis = models.TextField(help_text="What the judgements rest on.")
    note = models.TextField(blank=True)
    source_url = models.CharField(max_length=500, blank=True, validators=[validate_address])

    class Meta:
        constraints = [
            known("design", TrialDesign),
            known("sex", Sex, blank=True),
            known("baseline_magnesium", BaselineMagnesium),
            known("funding_type", Funding),
            known("blinded", Blinding),
            positive("n_total_randomised"),
            positive("n_total_analysed"),
            ordered("age_min", "age_max"),
            ordered("n_total_analysed", "n_total_randomised"),
        ]

    def __str__(self) -> str:
        return f"{self.study}: how it was run"

    def clean(self) -> None:
        """Raise ValidationError for a condition that is not on the list."""
        strange = sorted(set(self.conditions) - set(Condition.values))
        if strange:
            raise ValidationError({"conditions": f"Not on the list: {', '.join(strange)}."})

    def get_condition_labels(self) -> list[str]:
        """Conditions as people read them."""
        return [str(Condition(value).label) for value in self.conditions]


class Arm(Part):
    """One arm of a trial."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="arms")
    label = models.CharField(max_length=200)
    role = choice_field(ArmRole)
    n_randomised = models.PositiveIntegerField(null=True, blank=True)
    n_analysed = models.PositiveIntegerField(null=True, blank=True)
    form_stated = choice_field(FormStated)
    form = models.ForeignKey(Form, null=True, blank=True, on_delete=models.PROTECT, related_name="arms")
    dose_mg_elemental = models.FloatField("elemental magnesium, mg a day", null=True, blank=True)
    dose_text = models.TextField("dose in words", blank=True)
    duration_days = models.FloatField("duration in days", null=True, blank=True)

    class Meta(Part.Meta):
        constraints = [
            known("role", ArmRole),
            known("form_stated", FormStated),
            positive("n_randomised"),
            positive("n_analysed"),
            positive("dose_mg_elemental"),
            positive("duration_days"),
            ordered("n_analysed", "n_randomised"),
            models.CheckConstraint(
                condition=models.Q(form_stated="single", form__isnull=False)
                | (~models.Q(form_stated="single") & models.Q(form__isnull=True)),
                name="%(app_label)s_%(class)s_form_named",
                violation_error_message="Name the form exactly when one form is stated.",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class RiskOfBias(Part):
    """An editor's judgement of one domain, with its reason."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="risk_of_bias")
    domain = choice_field(BiasDomain)
    level = choice_field(BiasLevel)
    reason = models.TextField()

    class Meta(Part.Meta):
        verbose_name_plural = "risk of bias"
        constraints = [
            known("domain", BiasDomain),
            known("level", BiasLevel),
            models.UniqueConstraint(fields=["trial", "domain"], name="%(app_label)s_%(class)s_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_domain_display()}: {self.get_level_display()}"
