"""Loading writes what is new, follows what the edition changes, and leaves editors' work alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forms_catalog.actions import public_version
from forms_catalog.edition import load_edition
from forms_catalog.models import Claim, Effect, Form, Mechanism, Outcome, Study, Support
from tests import editions
from tests.editions import Document, small, write_edition
from tests.factories import make_form

pytestmark = pytest.mark.django_db

STUDY, CLAIM = "studies/poleszak2008", "claims/c01"


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A small edition that has been loaded."""
    load_edition(directory=write_edition(tmp_path, small()))
    return tmp_path


def change(directory: Path, name: str, **fields: object) -> Document:
    """A later release of the edition changes a record."""
    document = small()[name] | fields
    write_edition(directory, {name: document})
    return document


def test_new_records_are_created_with_their_parts_and_links(edition: Path) -> None:
    study = Study.objects.get(slug="poleszak2008")

    assert study.form is not None
    assert study.form.slug == "oxide"
    assert [mechanism.slug for mechanism in study.mechanisms.all()] == ["nmda"]
    assert [arm.label for arm in study.trial.arms.all()] == ["Magnesium"]
    assert [outcome.slug for outcome in study.trial.outcomes.all()] == ["depression"]
    assert study.supports.get().claim == Claim.objects.get(forms__slug="oxide")


def test_second_load_changes_nothing(edition: Path) -> None:
    before = public_version(), list(Support.objects.values_list("pk", flat=True))

    report = load_edition(directory=edition)

    assert str(report) == "5 unchanged"
    assert not report.changed
    assert (public_version(), list(Support.objects.values_list("pk", flat=True))) == before


def test_load_that_changes_anything_tells_once_that_public_content_changed(tmp_path: Path) -> None:
    before = public_version()

    load_edition(directory=write_edition(tmp_path, small()))

    assert public_version() == before + 1


def test_parts_keep_the_order_of_the_file(tmp_path: Path) -> None:
    hydrates = [{"state": state, "formula": "MgO", "smiles": "x"} for state in ("wet", "dry", "damp")]
    load_edition(directory=write_edition(tmp_path, {"forms/oxide": editions.form(hydrates=hydrates)}))

    assert [hydrate.state for hydrate in Form.objects.get().hydrates.all()] == ["wet", "dry", "damp"]


def test_links_may_be_listed_in_any_order(tmp_path: Path) -> None:
    records = {
        "outcomes/a": editions.outcome(),
        "outcomes/b": editions.outcome(),
        "claims/c01": editions.claim(supports=[], outcomes=["b", "a"]),
    }
    load_edition(directory=write_edition(tmp_path, records))

    assert str(load_edition(directory=tmp_path)) == "3 unchanged"


def test_numbers_may_be_written_whole_or_with_a_point(tmp_path: Path) -> None:
    write_edition(tmp_path, {"studies/a2020": editions.study(duration_days=56.0, dose_mg_elemental=250)})
    load_edition(directory=tmp_path)

    assert str(load_edition(directory=tmp_path)) == "1 unchanged"


def test_record_changed_in_the_edition_is_updated_and_lost_parts_go(edition: Path) -> None:
    pk = Study.objects.get(slug="poleszak2008").pk
    change(edition, STUDY, n=24, mechanisms=[], results=[], trial=None)

    report = load_edition(directory=edition)

    study = Study.objects.get(slug="poleszak2008")
    assert report.updated == (STUDY,)
    assert (study.pk, study.n) == (pk, 24)
    assert not study.results.exists()
    assert not study.mechanisms.exists()
    assert not hasattr(study, "trial")
    assert study.supports.exists()


def test_editors_edit_survives(edition: Path) -> None:
    Study.objects.update(summary="An editor's words.")
    change(edition, STUDY, n=24)

    report = load_edition(directory=edition)

    study = Study.objects.get()
    assert report.kept_edited == (STUDY,)
    assert (study.summary, study.n) == ("An editor's words.", None)


def test_editors_edit_of_a_part_survives(edition: Path) -> None:
    Support.objects.update(shows="An editor's words.")
    change(edition, CLAIM, why="Another reason.")

    report = load_edition(directory=edition)

    assert report.kept_edited == (CLAIM,)
    assert Support.objects.get().shows == "An editor's words."


def test_editors_link_survives(edition: Path) -> None:
    Claim.objects.get().outcomes.clear()

    assert load_edition(directory=edition).kept_edited == (CLAIM,)
    assert not Claim.objects.get().outcomes.exists()


def test_edit_that_the_edition_takes_over_is_followed_again(edition: Path) -> None:
    Study.objects.update(n=24)
    change(edition, STUDY, n=24)
    load_edition(directory=edition)
    change(edition, STUDY, n=25)

    report = load_edition(directory=edition)

    assert report.updated == (STUDY,)
    assert Study.objects.get().n == 25


def test_record_deleted_here_stays_deleted(edition: Path) -> None:
    Claim.objects.all().delete()
    change(edition, CLAIM, why="Another reason.")

    report = load_edition(directory=edition)

    assert report.kept_deleted == (CLAIM,)
    assert not Claim.objects.exists()


def test_record_made_here_under_the_same_slug_is_kept(tmp_path: Path) -> None:
    make_form(slug="oxide", name="Ours")

    report = load_edition(directory=write_edition(tmp_path, {"forms/oxide": editions.form()}))

    assert report.kept_edited == ("forms/oxide",)
    assert Form.objects.get().name == "Ours"


def test_record_that_leaves_the_edition_stays_here(edition: Path) -> None:
    (edition / f"{CLAIM}.yaml").unlink()

    assert str(load_edition(directory=edition)) == "4 unchanged"
    assert Claim.objects.exists()


def test_records_that_need_one_deleted_here_are_left_out_and_named(edition: Path) -> None:
    Claim.objects.all().delete()
    Mechanism.objects.all().delete()
    records = {
        STUDY: small()[STUDY] | {"n": 24},
        "studies/zz2020": editions.study(mechanisms=["nmda"]),
        "studies/zz2021": editions.study(named_by="zz2020"),
        "studies/zz2022": editions.study(),
    }

    report = load_edition(directory=write_edition(edition, records))

    assert report.created == ("studies/zz2022",)
    assert set(report.cut_off) == {"studies/zz2020", "studies/zz2021"}
    assert report.kept_edited == (STUDY,)
    assert set(report.kept_deleted) == {CLAIM, "mechanisms/nmda"}


def test_records_of_one_kind_may_point_at_each_other(tmp_path: Path) -> None:
    records = {
        "outcomes/memory": editions.outcome(name="Memory", broader="thinking"),
        "outcomes/thinking": editions.outcome(name="Thinking"),
        "studies/a2020": editions.study(named_by="b2021"),
        "studies/b2021": editions.study(named_by="a2020", effects=[effect(via="a2020")]),
    }

    load_edition(directory=write_edition(tmp_path, records))

    assert Outcome.objects.get(slug="memory").broader == Outcome.objects.get(slug="thinking")
    assert {study.slug: study.named_by.slug for study in Study.objects.all() if study.named_by} == {
        "a2020": "b2021",
        "b2021": "a2020",
    }
    assert Effect.objects.get().via == Study.objects.get(slug="a2020")


def effect(**fields: object) -> Document:
    return {
        "key": "b2021-memory",
        "outcome": "memory",
        "measure": "A test",
        "comparator": "active:imipramine",
        "design": "parallel",
        "intervention": "magnesium_alone",
        "n_basis": "not_seen",
        "higher_is_better": True,
        "sign_flipped": False,
        "method": "reported",
        "inputs": {"seen": [0.5, 7], "kind": "end"},
        "md": {"value": 3, "unit": "points"},
        "not_poolable_because": "No numbers.",
        "quality_note": "Read in the abstract.",
        "source_url": editions.SOURCE,
        "source_kind": "abstract",
    } | fields


def test_identifier_may_move_from_one_record_to_another(tmp_path: Path) -> None:
    records = {"studies/a2020": editions.study(pmid="11111111"), "studies/b2021": editions.study(pmid="22222222")}
    load_edition(directory=write_edition(tmp_path, records))
    swapped = {"studies/a2020": editions.study(pmid="22222222"), "studies/b2021": editions.study(pmid="11111111")}

    report = load_edition(directory=write_edition(tmp_path, swapped))

    assert len(report.updated) == 2
    assert Study.objects.get(slug="a2020").pmid == "22222222"


def test_queries_do_not_grow_with_the_number_of_records(tmp_path: Path) -> None:
    def queries(count: int) -> int:
        directory = tmp_path / str(count)
        records = {
            f"studies/s{count}-{number}": editions.study(results=[{"outcome": "mood"}], trial=editions.trial())
            for number in range(count)
        }
        write_edition(directory, records | {"outcomes/mood": editions.outcome()})
        with CaptureQueriesContext(
            connection,
        ) as captured:
            load_edition(directory=directory)
        return len(captured)

    load_edition(directory=write_edition(tmp_path / "first", {"outcomes/mood": editions.outcome()}))

    assert queries(3) == queries(30)
