"""Studies and other sources: citation, what was done, what came out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.text import Truncator

from forms_catalog.models.base import Part, Record, page_address
from forms_catalog.models.fields import (
    TextListField,
    choice_field,
    known,
    ordered,
    positive,
    unique_when_known,
    validate_address,
    validate_doi,
    validate_issn,
    validate_pmcid,
    validate_pmid,
    within,
)
from forms_catalog.models.forms import Form
from forms_catalog.models.mechanisms import Mechanism
from forms_catalog.models.outcomes import Outcome
from forms_catalog.models.vocabulary import (
    Direction,
    EffectKind,
    FormStated,
    PublicationStatus,
    Species,
    StudyDesign,
    StudyKind,
)

if TYPE_CHECKING:
    from forms_catalog.models.trials import Trial

FIRST_YEAR, LAST_YEAR = 1800, 2100


class StudyQuerySet(models.QuerySet["Study"]):
    """Vocabulary for reading studies."""

    def published(self) -> StudyQuerySet:
        """Records readers may see; a few wait until someone has read the paper itself."""
        return self.filter(is_public=True)


class Study(Record):
    """A source: a study, or a guideline, regulator's page, reference work or news report.

    Empty means not seen in what was read, and is shown as such. `verified_fields` says what was read where.
    """

    kind = choice_field(StudyKind, default=StudyKind.STUDY)
    is_public = models.BooleanField(default=True, help_text="Off: kept for editors until someone has read it.")
    authors = TextListField(help_text="'Family, Given' one per line, in order; an organisation as it is.")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=400, blank=True, help_text="Empty when not seen.")
    journal = models.CharField(max_length=200, blank=True)
    issn = models.CharField("ISSN", max_length=9, blank=True, validators=[validate_issn])
    volume = models.CharField(max_length=20, blank=True)
    issue = models.CharField(max_length=20, blank=True)
    pages = models.CharField(max_length=40, blank=True)
    doi = models.CharField("DOI", max_length=200, blank=True, validators=[validate_doi])
    pmid = models.CharField("PMID", max_length=9, blank=True, validators=[validate_pmid])
    pmcid = models.CharField("PMCID", max_length=14, blank=True, validators=[validate_pmcid])
    accessed = models.DateField(null=True, blank=True, help_text="When a web source was read.")
    design = choice_field(StudyDesign, blank=True)
    species = choice_field(Species, blank=True)
    population = models.TextField(blank=True)
    n = models.PositiveIntegerField("people or animals", null=True, blank=True)
    form_stated = choice_field(FormStated, default=FormStated.UNSPECIFIED)
    form = models.ForeignKey(Form, null=True, blank=True, on_delete=models.PROTECT, related_name="studies")
    dose_mg_elemental = models.FloatField("elemental magnesium, mg a day", null=True, blank=True)
    dose_text = models.TextField("dose in words", blank=True)
    duration_days = models.FloatField("duration in days", null=True, blank=True)
    comparator = models.TextField(blank=True)
    mechanisms = models.ManyToManyField(Mechanism, blank=True, related_name="studies")
    summary = models.TextField(blank=True)
    limitations = models.TextField(blank=True)
    funding_or_conflict = models.TextField("funding or conflict of interest", blank=True)
    publication_status = choice_field(PublicationStatus, default=PublicationStatus.AS_PUBLISHED)
    publication_note = models.TextField(blank=True, help_text="What the journal said, with source.")
    named_by = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="names",
        help_text="The review through which alone this study is known.",
    )
    source_url = models.CharField(max_length=500, blank=True, validators=[validate_address])
    verified_fields = models.TextField(help_text="What was read where, and what could not be verified.")

    trial: Trial

    objects = StudyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "studies"
        ordering = ["-year", "slug"]
        indexes = [models.Index(fields=["is_public", "-year", "slug"], name="study_list")]
        constraints = [
            known("kind", StudyKind),
            known("design", StudyDesign, blank=True),
            known("species", Species, blank=True),
            known("form_stated", FormStated),
            known("publication_status", PublicationStatus),
            unique_when_known("pmid"),
            unique_when_known("pmcid"),
            models.UniqueConstraint(
                Lower("doi"),
                condition=~models.Q(doi=""),
                name="%(app_label)s_%(class)s_doi_unique",
                violation_error_message="Another record has this DOI.",
            ),
            positive("n"),
            positive("dose_mg_elemental"),
            positive("duration_days"),
            models.CheckConstraint(
                condition=models.Q(year__isnull=True) | models.Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="%(app_label)s_%(class)s_year_sane",
                violation_error_message=f"The year must lie between {FIRST_YEAR} and {LAST_YEAR}.",
            ),
            models.CheckConstraint(
                condition=models.Q(form_stated="single", form__isnull=False)
                | (~models.Q(form_stated="single") & models.Q(form__isnull=True)),
                name="%(app_label)s_%(class)s_form_named",
                violation_error_message="Name the form exactly when one form is stated.",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="study") | ~models.Q(design=""),
                name="%(app_label)s_%(class)s_has_design",
                violation_error_message="A study needs its design.",
            ),
            models.CheckConstraint(
                condition=models.Q(publication_status="as_published") | ~models.Q(publication_note=""),
                name="%(app_label)s_%(class)s_status_explained",
                violation_error_message="Say what the journal said, with its source.",
            ),
        ]

    def __str__(self) -> str:
        return self.short_citation

    def get_absolute_url(self) -> str:
        """The study's page."""
        return page_address("catalog:study", self.slug)

    def clean(self) -> None:
        """Raise ValidationError for a web source without its publisher."""
        if self.kind != StudyKind.STUDY and not self.authors:
            raise ValidationError({"authors": "A web source needs its publisher as author."})

    @property
    def first_author(self) -> str:
        """Family name of the first author, or the organisation; empty when not seen."""
        return family_name(self.authors[0]) if self.authors else ""

    @property
    def short_citation(self) -> str:
        """As people speak of it: 'Poleszak 2008', 'Barragán-Rodríguez and others 2008'; by title without an author."""
        return citation_in_words(slug=self.slug, authors=self.authors, title=self.title, year=self.year)

    @property
    def title_or_description(self) -> str:
        """The title, or words that say that none was seen."""
        return self.title or f"[title not seen] {self.population}".strip()


def citation_in_words(*, slug: str, authors: list[str], title: str, year: int | None) -> str:
    """How people speak of a study; see `Study.short_citation`."""
    if not authors and not title:
        return f"Source {slug} (author and title not seen)"
    author = (family_name(authors[0]) if authors else "") or f"“{Truncator(title).words(6)}”"
    others = " and others" if len(authors) > 2 else ""
    if len(authors) == 2:
        others = f" and {family_name(authors[1])}"
    return f"{author}{others} {year}" if year else f"{author}{others} (no year seen)"


def family_name(author: str) -> str:
    """What stands before the comma."""
    return str(author).split(",")[0]


class IdentifierKind(models.TextChoices):
    """What sort of identifier leads to a record."""

    PMID = "pmid", "PMID"
    DOI = "doi", "DOI"
    URL = "url", "Address"


VALIDATORS = {
    IdentifierKind.PMID: validate_pmid,
    IdentifierKind.DOI: validate_doi,
    IdentifierKind.URL: validate_address,
}


class StudyIdentifier(Part):
    """A PMID, DOI or address that leads to this record: its own, another copy, a correction, a chapter."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="identifiers")
    kind = choice_field(IdentifierKind, max_length=4)
    value = models.CharField(max_length=500)

    class Meta(Part.Meta):
        constraints = [
            known("kind", IdentifierKind),
            models.UniqueConstraint(fields=["kind", "value"], name="%(app_label)s_%(class)s_leads_to_one_record"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"

    def clean(self) -> None:
        """Raise ValidationError when the value is not of its kind."""
        validator = VALIDATORS.get(IdentifierKind(self.kind)) if self.kind in IdentifierKind.values else None
        if validator:
            try:
                validator(self.value)
            except ValidationError as error:
                raise ValidationError({"value": error.messages}) from error


class StudyResult(Part):
    """One outcome of a study: what was measured, what came out, in words and where possible in numbers."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="results")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="results")
    measure = models.TextField(blank=True)
    effect_text = models.TextField(blank=True, help_text="What came out, in words. Empty: not seen.")
    effect_kind = choice_field(EffectKind, blank=True, max_length=3)
    effect = models.FloatField(null=True, blank=True)
    ci_low = models.FloatField("95 % interval, low end", null=True, blank=True)
    ci_high = models.FloatField("95 % interval, high end", null=True, blank=True)
    p_value = models.CharField("p-value as printed", max_length=20, blank=True)
    direction = choice_field(Direction, blank=True)

    class Meta(Part.Meta):
        constraints = [
            known("effect_kind", EffectKind, blank=True),
            known("direction", Direction, blank=True),
            ordered("ci_low", "ci_high"),
            within("effect", "ci_low", "ci_high"),
            models.CheckConstraint(
                condition=models.Q(effect__isnull=True) | ~models.Q(effect_kind=""),
                name="%(app_label)s_%(class)s_effect_has_kind",
                violation_error_message="An effect needs its kind (MD, SMD, RR or OR).",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study}: {self.outcome}"
