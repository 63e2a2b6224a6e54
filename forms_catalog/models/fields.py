"""Field types and validators that catalog records share."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator, RegexValidator
from django.db import models

validate_pmid = RegexValidator(r"\A[1-9]\d{4,8}\Z", "A PMID is five to nine digits.")
validate_pmcid = RegexValidator(r"\APMC[1-9]\d*\Z", "A PMCID is PMC and digits.")
validate_doi = RegexValidator(r"\A10\.\d{4,9}/[^\s<>\"]+\Z", "A DOI begins with 10., a number and a slash.")
validate_address = RegexValidator(r"\Ahttps?://[^\s<>\"]+\Z", "A source address begins with http:// or https://.")
validate_key = RegexValidator(
    r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z", "Use lower-case letters, digits and single hyphens between them."
)


def validate_issn(value: str) -> None:
    """Refuse an ISSN that is malformed or whose check digit is wrong (ISO 3297)."""
    if not re.fullmatch(r"\d{4}-\d{3}[\dX]", value):
        raise ValidationError("An ISSN is four digits, a hyphen, three digits and a check digit.")
    digits = value.replace("-", "")
    total = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), digits[:7], strict=True))
    check = (11 - total % 11) % 11
    if digits[7] != ("X" if check == 10 else str(check)):
        raise ValidationError("The check digit of this ISSN is wrong.")


class OnePerLineField(forms.Field):
    """A text area whose lines are the items of a list."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        """Read lines as a list; blank lines are dropped."""
        if isinstance(value, list):
            return value
        text = str(value or "")
        ProhibitNullCharactersValidator()(text)
        return [line.strip() for line in text.splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare lists, not their spelling."""
        return self.to_python(initial or []) != self.to_python(data or "")


class TextListField(models.JSONField):
    """An ordered list of non-empty texts, each passing `item_validators`; edited one per line."""

    def __init__(self, *args: Any, item_validators: tuple[Any, ...] = (), **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        self.item_validators = item_validators
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Raise ValidationError unless value is a list of distinct non-empty texts."""
        super().validate(value, model_instance)
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise ValidationError("This must be a list of texts, none of them empty.")
        if len(set(value)) != len(value):
            raise ValidationError("An item is listed twice.")
        for item in value:
            for validator in self.item_validators:
                validator(item)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """Edit as lines; a JSON widget would ask editors for brackets and quotes."""
        return OnePerLineField(
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name and str(self.verbose_name).capitalize()),
            help_text=self.help_text or "One per line.",
        )


def choice_field(choices: type[models.TextChoices], *, blank: bool = False, **kwargs: Any) -> models.CharField:
    """A CharField over a closed word list; the table's check constraint comes from `known`."""
    kwargs.setdefault("max_length", 40)
    if blank:
        kwargs.setdefault("default", "")
    return models.CharField(choices=choices.choices, blank=blank, **kwargs)


def known(
    field: str, choices: type[models.TextChoices], *, blank: bool = False, name: str = ""
) -> models.CheckConstraint:
    """Constraint: `field` holds one of the listed words (or nothing, where blank is allowed)."""
    values = [*choices.values, ""] if blank else list(choices.values)
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": values}), name=name or f"%(app_label)s_%(class)s_{field}_known"
    )


def positive(field: str) -> models.CheckConstraint:
    """Constraint: `field` is unknown or above zero."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__isnull": True}) | models.Q(**{f"{field}__gt": 0}),
        name=f"%(app_label)s_%(class)s_{field}_positive",
        violation_error_message=f"{field.replace('_', ' ').capitalize()} must be above zero, or empty when unknown.",
    )


def ordered(low: str, high: str) -> models.CheckConstraint:
    """Constraint: an interval, where both ends are known, is not upside down."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{low}__isnull": True})
        | models.Q(**{f"{high}__isnull": True})
        | models.Q(**{f"{low}__lte": models.F(high)}),
        name=f"%(app_label)s_%(class)s_{low}_below_{high}",
        violation_error_message="The interval is upside down.",
    )


def within(value: str, low: str, high: str) -> models.CheckConstraint:
    """Constraint: an estimate with a full interval lies inside it."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{value}__isnull": True})
        | models.Q(**{f"{low}__isnull": True})
        | models.Q(**{f"{high}__isnull": True})
        | models.Q(**{f"{value}__gte": models.F(low), f"{value}__lte": models.F(high)}),
        name=f"%(app_label)s_%(class)s_{value}_in_interval",
        violation_error_message="The effect lies outside its own interval.",
    )


def unique_when_known(field: str) -> models.UniqueConstraint:
    """Constraint: no two records share a known value; any number may lack it."""
    return models.UniqueConstraint(
        fields=[field],
        condition=~models.Q(**{field: ""}),
        name=f"%(app_label)s_%(class)s_{field}_unique",
        violation_error_message=f"Another record has this {field.upper()}.",
    )
