"""Diet: foods, recommended intakes and upper levels. All amounts are mg of elemental magnesium."""

from django.core.exceptions import ValidationError
from django.db import models

from forms_catalog import ages
from forms_catalog.models.base import Record
from forms_catalog.models.fields import TextListField, choice_field, known, ordered, positive, validate_address
from forms_catalog.models.vocabulary import FoodGroup


class FoodSource(Record):
    """A food and the magnesium in one serving."""

    food = models.CharField(max_length=120, unique=True)
    serving = models.CharField(max_length=60)
    magnesium_mg = models.PositiveIntegerField("magnesium per serving, mg")
    magnesium_mg_low = models.PositiveIntegerField(null=True, blank=True)
    magnesium_mg_high = models.PositiveIntegerField(null=True, blank=True)
    magnesium_mg_per_100_kcal = models.FloatField(
        "magnesium per 100 kcal, mg",
        null=True,
        blank=True,
        help_text="Empty when no source gives it: never work it out.",
    )
    percent_dv = models.PositiveIntegerField("per cent of the US daily value")
    group = choice_field(FoodGroup)
    basis = models.CharField(max_length=200)
    source_urls = TextListField(item_validators=(validate_address,), blank=False)

    class Meta:
        ordering = ["-magnesium_mg", "food"]
        constraints = [
            known("group", FoodGroup),
            positive("magnesium_mg"),
            positive("magnesium_mg_per_100_kcal"),
            ordered("magnesium_mg_low", "magnesium_mg_high"),
        ]

    def __str__(self) -> str:
        return f"{self.food}, {self.serving}"


def check_age(age: str) -> None:
    """Raise ValidationError for an age band that the dose bridge could not match to a person."""
    if ages.months(age) is None:
        raise ValidationError({"age": f"Write the ages as {ages.EXAMPLES}."})


class IntakeReference(Record):
    """A recommended or adequate intake for an age band, mg a day from food and supplements together."""

    authority = models.CharField(max_length=160)
    kind = models.CharField(max_length=60, help_text="RDA, AI, EAR and so on.")
    age = models.CharField(max_length=60)
    rank = models.PositiveSmallIntegerField(default=0, help_text="Order within the authority, youngest first.")
    male = models.PositiveIntegerField("male, mg a day", null=True, blank=True)
    female = models.PositiveIntegerField("female, mg a day", null=True, blank=True)
    pregnancy = models.PositiveIntegerField("pregnancy, mg a day", null=True, blank=True)
    lactation = models.PositiveIntegerField("breastfeeding, mg a day", null=True, blank=True)
    note = models.TextField(blank=True)
    source_urls = TextListField(item_validators=(validate_address,), blank=False)

    class Meta:
        ordering = ["authority", "rank", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "kind", "age"], name="%(app_label)s_%(class)s_once"),
            *(positive(group) for group in ("male", "female", "pregnancy", "lactation")),
        ]

    def __str__(self) -> str:
        return f"{self.authority}, {self.age}"

    def clean(self) -> None:
        """Raise ValidationError for ages that cannot be read."""
        check_age(self.age)


class UpperLevelQuerySet(models.QuerySet["UpperLevel"]):
    """Vocabulary for reading upper levels."""

    def lowest_for_adults(self) -> models.QuerySet["UpperLevel", int]:
        """The lowest that an authority advises for grown people, whose level is its highest: one number, or none."""
        set_ones = self.filter(mg__isnull=False).order_by().values("authority").annotate(most=models.Max("mg"))
        return set_ones.order_by("most").values_list("most", flat=True)[:1]


class UpperLevel(Record):
    """The most magnesium from supplements an authority advises for an age band, mg a day."""

    authority = models.CharField(max_length=160)
    applies_to = models.CharField(max_length=200)
    age = models.CharField(max_length=80)
    rank = models.PositiveSmallIntegerField(default=0, help_text="Order within the authority, youngest first.")
    mg = models.PositiveIntegerField("mg a day", null=True, blank=True, help_text="Empty: none set.")
    note = models.TextField(blank=True)
    reason = models.TextField()
    source_urls = TextListField(item_validators=(validate_address,), blank=False)

    objects = UpperLevelQuerySet.as_manager()

    class Meta:
        ordering = ["authority", "rank", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "age"], name="%(app_label)s_%(class)s_once"),
            positive("mg"),
        ]

    def __str__(self) -> str:
        return f"{self.authority}, {self.age}"

    def clean(self) -> None:
        """Raise ValidationError for ages that cannot be read."""
        check_age(self.age)
