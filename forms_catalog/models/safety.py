"""Safety: interactions, cautions, what too much does, and where to turn in a crisis."""

from django.db import models

from forms_catalog.models.base import Record
from forms_catalog.models.fields import (
    TextListField,
    choice_field,
    known,
    ordered,
    validate_address,
    validate_doi,
    validate_pmid,
)
from forms_catalog.models.vocabulary import NoteTopic, Severity

CHECKED = "When an editor last went back to the sources."


class Interaction(Record):
    """A class of medicines that magnesium acts on, or that acts on magnesium.

    The hour fields follow the strictest medicine of the class; readers are shown `what_to_do`.
    """

    drug_class = models.CharField(max_length=120)
    examples = TextListField(blank=False)
    direction = models.CharField(max_length=80)
    mechanism = models.TextField()
    what_to_do = models.TextField()
    hours_before = models.FloatField("hours to take the medicine before magnesium", null=True, blank=True)
    hours_after_low = models.FloatField("hours to wait after magnesium, least", null=True, blank=True)
    hours_after_high = models.FloatField("hours to wait after magnesium, most", null=True, blank=True)
    severity = choice_field(Severity)
    note = models.TextField(blank=True)
    checked_on = models.DateField("checked on", null=True, blank=True, help_text=CHECKED)
    source_urls = TextListField(item_validators=(validate_address,), blank=False)

    class Meta:
        ordering = ["drug_class"]
        constraints = [known("severity", Severity), ordered("hours_after_low", "hours_after_high")]

    def __str__(self) -> str:
        return self.drug_class


class Caution(Record):
    """A condition in which magnesium needs a clinician's word first, or must not be taken."""

    condition = models.CharField(max_length=200)
    threshold = models.CharField(max_length=120, blank=True)
    rule = models.TextField()
    severity = choice_field(Severity, default=Severity.MONITOR, help_text="As for medicines; an editorial grading.")
    checked_on = models.DateField("checked on", null=True, blank=True, help_text=CHECKED)
    source_urls = TextListField(item_validators=(validate_address,), blank=False)

    class Meta:
        ordering = ["condition"]
        constraints = [known("severity", Severity)]

    def __str__(self) -> str:
        return self.condition


class AdverseEffect(Record):
    """An unwanted effect, and when it was seen."""

    effect = models.CharField(max_length=120)
    detail = models.TextField()
    source_urls = TextListField(item_validators=(validate_address,), blank=False)

    class Meta:
        ordering = ["effect"]

    def __str__(self) -> str:
        return self.effect


class ToxicityThreshold(Record):
    """Signs seen at a level of magnesium in the blood, as one source gives them."""

    serum = models.CharField(max_length=80)
    signs = models.TextField()
    source = models.CharField(max_length=80)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return f"{self.serum}: {self.signs}"


class PoisoningCase(Record):
    """A published case of poisoning with magnesium sulfate."""

    route = models.CharField(max_length=120)
    patient = models.CharField(max_length=200)
    outcome = models.TextField()
    serum = models.CharField(max_length=80, blank=True)
    pmid = models.CharField("PMID", max_length=9, blank=True, validators=[validate_pmid])
    doi = models.CharField("DOI", max_length=200, blank=True, validators=[validate_doi])

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return f"{self.route}: {self.outcome}"


class CrisisLine(Record):
    """Where to turn now. The owner confirms each line before launch and sets `confirmed_on`."""

    rank = models.PositiveSmallIntegerField(default=0, help_text="Order on the page; immediate danger first.")
    region = models.CharField(max_length=120)
    service = models.CharField(max_length=120)
    contact = models.CharField(max_length=200, help_text="As it is printed.")
    phone = models.CharField(max_length=20, blank=True, help_text="Digits to dial, for a link.")
    sms = models.CharField("text number", max_length=20, blank=True, help_text="Digits to text, for a link.")
    url = models.CharField("address", max_length=200, blank=True, validators=[validate_address])
    hours = models.CharField(max_length=120)
    verification = models.TextField(help_text="Where this was seen, and what still needs checking.")
    confirmed_on = models.DateField(null=True, blank=True, help_text="When the owner last confirmed it works.")
    source_urls = TextListField(item_validators=(validate_address,))

    class Meta:
        ordering = ["rank", "slug"]

    def __str__(self) -> str:
        return f"{self.service} ({self.region})"


class ReferenceNote(Record):
    """A fact of safety or diet that is a text rather than a table, with its sources."""

    topic = choice_field(NoteTopic)
    title = models.CharField(max_length=160)
    text = models.TextField()
    source_urls = TextListField(item_validators=(validate_address,))

    class Meta:
        ordering = ["topic", "slug"]
        constraints = [known("topic", NoteTopic)]

    def __str__(self) -> str:
        return self.title
