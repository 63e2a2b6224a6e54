"""Claims: checkable statements, with the evidence for and against each."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from forms_catalog.models.base import Part, Record, page_address
from forms_catalog.models.fields import choice_field, known
from forms_catalog.models.forms import Form
from forms_catalog.models.mechanisms import Mechanism
from forms_catalog.models.outcomes import Outcome
from forms_catalog.models.studies import Study
from forms_catalog.models.vocabulary import Certainty, Fit, Question, ReadAs, Stance, Topic, Verdict

FIT_DIMENSIONS = ("population", "form", "dose", "outcome", "comparator")


class Claim(Record):
    """A statement as an article makes it, and the editors' verdict on its wording."""

    quote = models.TextField(help_text="The words as they stand in the article.")
    statement = models.TextField(help_text="The claim in plain words, so that it can be checked.")
    topic = choice_field(Topic)
    verdict = choice_field(Verdict)
    certainty = choice_field(Certainty, help_text="How sure we are of the evidence behind the verdict (GRADE's words).")
    in_brief = models.CharField(max_length=200, help_text="The reason in one line, for the margin and for print.")
    why = models.TextField("reason")
    question = choice_field(
        Question, default=Question.EFFECT, help_text="Decides whether and how the grading rule applies."
    )
    certainty_reason = models.TextField(
        blank=True, help_text="Why the editors' certainty differs from the rule's, where it does; readers see it."
    )
    what_would_change = models.TextField(
        "what would change this verdict", blank=True, help_text="The evidence that would move it, and which way."
    )
    suggested_wording = models.TextField(help_text="How a careful editor would put it.")
    safety_flag = models.BooleanField(default=False, help_text="Acting on this claim could harm someone.")
    safety_note = models.TextField(blank=True, help_text="Shown beside the sentence; needed when the flag is set.")
    forms = models.ManyToManyField(Form, blank=True, related_name="claims")
    mechanisms = models.ManyToManyField(Mechanism, blank=True, related_name="claims")
    outcomes = models.ManyToManyField(Outcome, blank=True, related_name="claims")

    class Meta:
        ordering = ["slug"]
        constraints = [
            known("topic", Topic),
            known("verdict", Verdict),
            known("certainty", Certainty),
            known("question", Question),
            models.CheckConstraint(
                condition=models.Q(safety_flag=False) | ~models.Q(safety_note=""),
                name="%(app_label)s_%(class)s_safety_explained",
                violation_error_message="A claim with a safety flag needs its safety note.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug}: {self.statement}"

    def get_absolute_url(self) -> str:
        """The claim's page."""
        return page_address("catalog:claim", self.slug)


class Support(Part):
    """What one source shows about a claim, and how well it fits the claim as worded."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="supports")
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="supports")
    stance = choice_field(Stance)
    shows = models.TextField()
    locator = models.CharField(max_length=120, blank=True, help_text="Where in the source.")
    fit_population = choice_field(Fit)
    fit_form = choice_field(Fit)
    fit_dose = choice_field(Fit)
    fit_outcome = choice_field(Fit)
    fit_comparator = choice_field(Fit)
    fit_note = models.TextField(blank=True)
    read_as = choice_field(ReadAs)

    class Meta(Part.Meta):
        constraints = [
            known("stance", Stance),
            known("read_as", ReadAs),
            *(known(f"fit_{dimension}", Fit) for dimension in FIT_DIMENSIONS),
            models.UniqueConstraint(
                fields=["claim", "study"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="This source already has a row for this claim.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study} {self.get_stance_display().lower()} {self.claim.slug}"

    def clean(self) -> None:
        """Raise ValidationError for an indirect fit that is not explained."""
        if any(value == Fit.INDIRECT for _, value in self.fit()) and not self.fit_note:
            raise ValidationError({"fit_note": "Say why the fit is indirect."})

    def fit(self) -> list[tuple[str, str]]:
        """The five dimensions and their values, in order."""
        return [(dimension, getattr(self, f"fit_{dimension}")) for dimension in FIT_DIMENSIONS]


class CounterSearch(Part):
    """A search for evidence against a claim: what was looked for, where, when, and what came up."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="counter_searches")
    searched_on = models.DateField()
    where = models.TextField()
    query = models.TextField()
    result = models.TextField()
    found = models.ManyToManyField(Study, blank=True, related_name="counter_searches")

    class Meta(Part.Meta):
        verbose_name_plural = "counter-searches"
        constraints = [
            models.UniqueConstraint(fields=["claim", "query"], name="%(app_label)s_%(class)s_once"),
        ]

    def __str__(self) -> str:
        return f"{self.claim.slug}, {self.searched_on}: {self.query}"
