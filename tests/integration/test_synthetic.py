"""Made-up studies for tests of scale: valid, the same each time, and never part of an edition."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from forms_catalog.edition import EditionError, export_edition
from forms_catalog.models import FormEvidence, LadderEntry, Study, Trial
from forms_catalog.synthetic import PREFIX, make_synthetic_studies
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def around() -> None:
    make.make_form()
    make.make_outcome()
    make.make_mechanism()


def made() -> list[tuple]:
    return list(
        Study.objects.filter(slug__startswith=PREFIX).order_by("slug").values_list("slug", "design", "n", "year")
    )


def test_made_up_studies_are_valid_and_say_what_they_are(around: None, client) -> None:
    assert make_synthetic_studies(number=40) == 40

    for study in Study.objects.all():
        study.full_clean()
        assert "Made-up" in study.title
    for trial in Trial.objects.all():
        trial.full_clean()
        assert trial.arms.count() == 2
    for joined in (FormEvidence, LadderEntry):
        assert joined.objects.exists()
        for row in joined.objects.all():
            row.full_clean()
    assert Trial.objects.exists()
    assert client.get("/studies/?design=rct").status_code == 200
    assert client.get(f"/studies/{PREFIX}0000001/").status_code == 200


def test_same_seed_makes_the_same_studies_and_the_number_is_a_total(around: None) -> None:
    make_synthetic_studies(number=30)
    first = made()
    assert make_synthetic_studies(number=30) == 0
    call_command("make_synthetic_studies", number=0)
    assert made() == []

    make_synthetic_studies(number=30)
    assert made() == first


def test_real_studies_stay_when_made_up_ones_go(around: None) -> None:
    make.make_study(slug="real2020")
    make_synthetic_studies(number=5)
    call_command("make_synthetic_studies", number=0)

    assert list(Study.objects.values_list("slug", flat=True)) == ["real2020"]


def test_public_site_refuses_made_up_studies(around: None, settings) -> None:
    settings.SITE_URL = "https://example.org"

    with pytest.raises(CommandError, match="public"):
        call_command("make_synthetic_studies", number=5)
    assert made() == []


@pytest.mark.parametrize("number", [-1, 10_000_000])
def test_number_out_of_bounds_is_refused(number: int) -> None:
    with pytest.raises(CommandError, match="between"):
        call_command("make_synthetic_studies", number=number)


def test_made_up_studies_never_leave_in_an_edition(around: None, tmp_path: Path) -> None:
    make_synthetic_studies(number=2)

    with pytest.raises(EditionError, match="made-up"):
        export_edition(directory=tmp_path / "edition")
    assert not (tmp_path / "edition").exists()
