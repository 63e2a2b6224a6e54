"""What came out, in numbers: effects on one sign convention, published pools, and figures worked out again."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models

from forms_catalog.models.base import Part
from forms_catalog.models.fields import (
    choice_field,
    known,
    ordered,
    positive,
    validate_address,
    validate_key,
    within,
)
from forms_catalog.models.figures import (
    FiguresField,
    validate_arms,
    validate_calculations,
    validate_comparison,
    validate_difference,
    validate_inputs,
    validate_reported_effect,
)
from forms_catalog.models.outcomes import Outcome
from forms_catalog.models.studies import Study
from forms_catalog.models.vocabulary import (
    EffectKind,
    EffectMethod,
    EffectSource,
    EvidenceType,
    Intervention,
    Quantity,
    RecomputationState,
    SizeBasis,
    TrialDesign,
)

validate_comparator = RegexValidator(
    r"\A(placebo|no_treatment|active:\S.*)\Z", "Write placebo, no_treatment, or active: and the name."
)


class Effect(Part):
    """One comparison with a number, on one sign convention: below zero favours magnesium.

    `smd`, `se` and the interval are computed from `inputs` by `method`; a content test works them out again.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="effects")
    key = models.CharField(max_length=80, unique=True, validators=[validate_key])
    via = models.ForeignKey(
        Study,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="effects_via",
        help_text="Read in this review.",
    )
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="effects")
    measure = models.TextField()
    timepoint_days = models.PositiveIntegerField(null=True, blank=True)
    timepoint_text = models.CharField(max_length=120, blank=True)
    comparator = models.CharField(max_length=120, validators=[validate_comparator])
    design = choice_field(TrialDesign)
    intervention = choice_field(Intervention)
    given_to_both_arms = models.CharField(max_length=120, blank=True)
    n_mg = models.PositiveIntegerField("people on magnesium", null=True, blank=True)
    n_control = models.PositiveIntegerField("people in comparison", null=True, blank=True)
    n_total_seen = models.PositiveIntegerField(null=True, blank=True)
    n_basis = choice_field(SizeBasis)
    higher_is_better = models.BooleanField()
    sign_flipped = models.BooleanField()
    sign_note = models.TextField(blank=True)
    end = FiguresField(null=True, blank=True, validators=[validate_arms], help_text="Mean and SD at the end, by arm.")
    change = FiguresField(
        null=True, blank=True, validators=[validate_arms], help_text="Mean and SD of the change, by arm."
    )
    md = FiguresField(
        null=True, blank=True, validators=[validate_difference], help_text="Mean difference with interval and unit."
    )
    reported_effect = FiguresField(null=True, blank=True, validators=[validate_reported_effect])
    p_reported = models.CharField(max_length=20, blank=True)
    p_is_bound = models.BooleanField(default=False)
    smd = models.FloatField("standardised mean difference", null=True, blank=True)
    smd_abs = models.FloatField("size without direction", null=True, blank=True)
    se = models.FloatField("standard error", null=True, blank=True)
    ci_low = models.FloatField("95 % interval, low end", null=True, blank=True)
    ci_high = models.FloatField("95 % interval, high end", null=True, blank=True)
    method = choice_field(EffectMethod)
    inputs = FiguresField(default=dict, blank=True, validators=[validate_inputs])
    primary_row = models.BooleanField(default=False)
    poolable = models.BooleanField(default=False)
    not_poolable_because = models.TextField(blank=True)
    flag = models.CharField(max_length=20, blank=True, choices=[("integrity", "Some printed figures do not add up")])
    quality_note = models.TextField()
    source_url = models.CharField(max_length=500, validators=[validate_address])
    n_source_url = models.CharField(max_length=500, blank=True, validators=[validate_address])
    source_kind = choice_field(EffectSource)

    class Meta(Part.Meta):
        constraints = [
            known("design", TrialDesign),
            known("intervention", Intervention),
            known("n_basis", SizeBasis),
            known("method", EffectMethod),
            known("source_kind", EffectSource),
            positive("n_mg"),
            positive("n_control"),
            positive("se"),
            ordered("ci_low", "ci_high"),
            within("smd", "ci_low", "ci_high"),
            models.UniqueConstraint(
                fields=["study", "outcome"],
                condition=models.Q(primary_row=True),
                name="%(app_label)s_%(class)s_one_primary_row",
            ),
            models.CheckConstraint(
                condition=models.Q(poolable=True, not_poolable_because="")
                | (models.Q(poolable=False) & ~models.Q(not_poolable_because="")),
                name="%(app_label)s_%(class)s_poolable_or_reason",
                violation_error_message="Give a reason exactly when the row cannot be pooled.",
            ),
            models.CheckConstraint(
                condition=models.Q(poolable=False) | models.Q(smd__isnull=False, se__isnull=False),
                name="%(app_label)s_%(class)s_poolable_has_numbers",
                violation_error_message="A row that can be pooled needs an effect and a standard error.",
            ),
            models.CheckConstraint(
                condition=models.Q(sign_flipped=False) | ~models.Q(sign_note=""),
                name="%(app_label)s_%(class)s_flip_explained",
                violation_error_message="Say why the sign was turned round.",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def people(self) -> str:
        """How many people the number rests on, as far as it was seen; empty when it was not."""
        if self.n_mg is None or self.n_control is None:
            return str(self.n_total_seen or "")
        if self.design == TrialDesign.CROSSOVER:
            return f"{self.n_mg}, each in both arms"
        if self.n_basis == SizeBasis.EQUAL_SPLIT_ASSUMED:
            return f"{self.n_total_seen or self.n_mg + self.n_control} in all"
        return f"{self.n_mg} and {self.n_control}"

    @property
    def split(self) -> str:
        """What the two figures of `people` are, or that an even split was assumed; empty where there is no split."""
        if self.n_mg is None or self.n_control is None or self.design == TrialDesign.CROSSOVER:
            return ""
        if self.n_basis == SizeBasis.EQUAL_SPLIT_ASSUMED:
            return f"even split assumed: {self.n_mg} and {self.n_control}"
        return "on magnesium, and in the comparison"

    @property
    def compared_with(self) -> str:
        """The comparator in words: 'placebo', 'no treatment', 'imipramine'."""
        return self.comparator.removeprefix("active:").replace("_", " ")


class UnusableResult(Part):
    """A comparison whose numbers could not be used, and what was missing."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="unusable_results")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="unusable_results")
    seen = models.TextField()
    missing = models.TextField()
    source_url = models.CharField(max_length=500, validators=[validate_address])

    def __str__(self) -> str:
        return f"{self.study}, {self.outcome}: no usable number"


class PooledResult(Part):
    """A pooled result as a published meta-analysis gives it."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="pooled_results")
    key = models.CharField(max_length=80, unique=True, validators=[validate_key])
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="pooled_results")
    measure = models.TextField()
    evidence = choice_field(EvidenceType)
    k_studies = models.PositiveIntegerField("number of studies", null=True, blank=True)
    k_effects = models.PositiveIntegerField("number of effects", null=True, blank=True)
    n = models.PositiveIntegerField("people", null=True, blank=True)
    model = models.CharField(max_length=120, blank=True)
    effect_kind = choice_field(EffectKind, max_length=3)
    effect = models.FloatField()
    ci_low = models.FloatField(null=True, blank=True)
    ci_high = models.FloatField(null=True, blank=True)
    p = models.CharField(max_length=20, blank=True)
    i2 = models.FloatField("I², per cent", null=True, blank=True)
    tau2 = models.FloatField("tau²", null=True, blank=True)
    pi_low = models.FloatField("prediction interval, low end", null=True, blank=True)
    pi_high = models.FloatField("prediction interval, high end", null=True, blank=True)
    note = models.TextField()
    source_url = models.CharField(max_length=500, validators=[validate_address])

    class Meta(Part.Meta):
        constraints = [
            known("evidence", EvidenceType),
            known("effect_kind", EffectKind),
            ordered("ci_low", "ci_high"),
            within("effect", "ci_low", "ci_high"),
        ]

    def __str__(self) -> str:
        return self.key


class NarrativeSynthesis(Part):
    """A review that did not pool: its finding in words."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="narrative_syntheses")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="narrative_syntheses")
    text = models.TextField()
    source_url = models.CharField(max_length=500, validators=[validate_address])

    class Meta(Part.Meta):
        verbose_name_plural = "narrative syntheses"

    def __str__(self) -> str:
        return f"{self.study}, {self.outcome}: not pooled"


class Recomputation(Part):
    """A printed figure worked out again from the other printed figures.

    It may be a misprint, another test or another rounding; nothing here is a finding about any author.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="recomputations")
    what = choice_field(Quantity)
    reported = models.TextField()
    recomputed = models.TextField()
    inputs = FiguresField(default=dict, blank=True, validators=[validate_inputs])
    formula = models.TextField()
    state = choice_field(RecomputationState)
    note = models.TextField()
    source_url = models.CharField(max_length=500, validators=[validate_address])
    calc = FiguresField(
        default=list,
        blank=True,
        validators=[validate_calculations],
        help_text="Calculations: function, arguments, value, range.",
    )
    compare = FiguresField(
        null=True,
        blank=True,
        validators=[validate_comparison],
        help_text="Which calculation the state rests on, and how.",
    )

    class Meta(Part.Meta):
        constraints = [known("what", Quantity), known("state", RecomputationState)]

    def __str__(self) -> str:
        return f"{self.study}: {self.reported}"
