"""What a study can be asked for, as the database understands it."""

from typing import Any

from django.db.models import Case, CharField, Q, Value, When

from forms_catalog.models import Arm, FormEvidence, Study, StudyResult

PERIODS = {"2020": "2020 and later", "2010": "2010 to 2019", "2000": "2000 to 2009", "1990": "1990 to 1999"}
EARLIER, UNDATED = "earlier", "none"


def period() -> Case:
    """The stretch of years a study falls into."""
    whens = [When(year__isnull=True, then=Value(UNDATED))]
    whens += [When(year__gte=int(start), then=Value(start)) for start in PERIODS]
    return Case(*whens, default=Value(EARLIER), output_field=CharField())


def measured(outcome: Any) -> Q:
    """Condition: the study has a result for the outcome or for a narrower one. See Related.condition."""
    about = Q(outcome__slug=outcome) | Q(outcome__broader__slug=outcome)
    return Q(pk__in=StudyResult.objects.filter(about).values("study"))


def gave(form: Any) -> Q:
    """Condition: the study is of the form, has an arm with it, or is filed under it. See Related.condition."""
    of_form = Study.objects.filter(form__slug=form).values("pk")
    arms = Arm.objects.filter(form__slug=form).values("trial__study")
    evidence = FormEvidence.objects.filter(form__slug=form, study__isnull=False).values("study")
    return Q(pk__in=of_form) | Q(pk__in=arms) | Q(pk__in=evidence)
