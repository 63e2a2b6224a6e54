"""The shipped edition loads, comes back byte for byte, and is complete."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps

from forms_catalog import models as catalog
from forms_catalog.edition import export_edition, load_edition
from forms_catalog.edition.layout import DATA
from forms_catalog.models import Claim, Study

pytestmark = [pytest.mark.django_db]

COUNTS = {
    "Form": 15,
    "Hydrate": 25,
    "FormEvidence": 97,
    "CommonClaim": 21,
    "Mechanism": 7,
    "AnalogousDrug": 12,
    "LadderEntry": 66,
    "Outcome": 28,
    "OutcomeNote": 5,
    "Study": 247,
    "StudyIdentifier": 158,
    "StudyResult": 289,
    "Trial": 64,
    "Arm": 150,
    "RiskOfBias": 5 * 64,
    "Effect": 40,
    "UnusableResult": 30,
    "PooledResult": 12,
    "NarrativeSynthesis": 6,
    "Recomputation": 64,
    "Claim": 40,
    "Support": 235,
    "CounterSearch": 107,
    "Interaction": 15,
    "NamedMedicine": 62,
    "Gap": 32,
    "UnverifiedMedicine": 4,
    "SafetyReview": 0,
    "Caution": 7,
    "AdverseEffect": 4,
    "ToxicityThreshold": 8,
    "PoisoningCase": 5,
    "CrisisLine": 4,
    "ReferenceNote": 51,
    "FoodSource": 30,
    "IntakeReference": 15,
    "UpperLevel": 7,
    "GlossaryTerm": 55,
    "EvidenceAlert": 0,
    "ReviewTask": 0,
    "VerdictChange": 0,
    "StudyArrival": 247 - 3,  # three are kept for editors
}


def files(directory: Path) -> dict[str, bytes]:
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*.yaml")}


def test_edition_comes_back_byte_for_byte(tmp_path: Path) -> None:
    load_edition()

    export_edition(directory=tmp_path)

    assert files(tmp_path) == files(DATA)


def test_loading_the_export_or_the_edition_again_changes_nothing(tmp_path: Path) -> None:
    first = load_edition()
    export_edition(directory=tmp_path)

    for directory in (tmp_path, DATA):
        report = load_edition(directory=directory)
        assert set(report.unchanged) == set(first.created)
        assert not report.changed


def test_nothing_is_missing(first_edition: None) -> None:
    found = {
        model.__name__: model._base_manager.count()
        for model in apps.get_app_config("forms_catalog").get_models()
        if model not in (catalog.PublicState, catalog.EditionRecord)
    }

    assert found == COUNTS


def test_every_row_passes_its_own_validation(first_edition: None) -> None:
    """What an editor opens in the admin can be saved as it is."""
    for model in apps.get_app_config("forms_catalog").get_models():
        for row in model._base_manager.all():
            row.clean_fields()
            row.clean()


def test_studies_nobody_has_read_stay_unpublished(first_edition: None) -> None:
    hidden = Study.objects.filter(is_public=False).values_list("slug", flat=True)

    assert set(hidden) == {"cortisol-citrate", "mckee2005", "neuroreport2001"}


def test_verdicts_add_up_to_the_audit(first_edition: None) -> None:
    assert Counter(Claim.objects.values_list("verdict", flat=True)) == {
        "supported": 5,
        "partly_supported": 10,
        "overstated": 11,
        "unsupported": 11,
        "contradicted": 3,
    }
    assert set(Claim.objects.filter(safety_flag=True).values_list("slug", flat=True)) == {
        "c08", "c13", "c15", "c28", "c29", "c33", "c38", "c40",
    }  # fmt: skip


def test_immediate_danger_comes_first_among_the_crisis_lines(first_edition: None) -> None:
    lines = list(catalog.CrisisLine.objects.all())

    assert [line.slug for line in lines] == ["emergency-number", "988-lifeline", "samaritans", "find-a-helpline"]
    assert [(line.phone, line.sms) for line in lines] == [("", ""), ("988", "988"), ("116123", ""), ("", "")]
