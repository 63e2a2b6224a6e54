"""How verdicts and grades changed, and since when a study is here: written in the transaction of the change."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from forms_catalog import migrations
from forms_catalog.edition import load_edition
from forms_catalog.grading.cells import Lean
from forms_catalog.models import Claim, Outcome, Study, StudyArrival, Trial, VerdictChange
from forms_catalog.models.history import Pointing
from tests.atom import feed_at
from tests.editions import small, write_edition
from tests.factories import (
    make_claim,
    make_outcome,
    make_result,
    make_study,
    make_trial,
    make_verdict_change,
)
from tests.integration.test_admin_catalog import fields_of, name_of

pytestmark = pytest.mark.django_db
VERDICTS, STUDIES = "/feeds/verdicts.atom", "/feeds/studies.atom"


def edit(client: Client, record: Any, **typed: Any) -> None:
    """Save a record in the admin as an editor does."""
    address = reverse(name_of(type(record), "change"), args=[record.pk])
    answer = client.post(address, fields_of(client, address) | typed)
    assert answer.status_code == 302, answer.context and answer.context["errors"]


def lines() -> list[tuple[str, str]]:
    return [(change.before, change.after) for change in VerdictChange.objects.all()]


# Claims


def test_an_editor_changes_a_verdict_and_readers_hear_before_after_and_why(admin_client, client) -> None:
    claim = make_claim(statement="It calms.", verdict="supported", certainty="moderate", in_brief="Old.", why="Old.")
    edit(admin_client, claim, in_brief="Two trials disagree.")
    assert lines() == []  # other words about it are no other verdict
    edit(admin_client, claim, verdict="overstated", certainty="low", why="The larger trial found nothing.")
    edit(admin_client, claim, certainty="very_low")
    assert lines() == [
        ("Overstated, low certainty", "Overstated, very low certainty"),
        ("Supported, moderate certainty", "Overstated, low certainty"),
    ]
    newest, first = feed_at(client, VERDICTS).entries
    assert first.title == "Overstated, low certainty (was: Supported, moderate certainty): It calms."
    assert (first.link, first.author) == (f"http://127.0.0.1:8000{claim.get_absolute_url()}", "The editors")
    for said in ("Two trials disagree.", "The larger trial found nothing.", "Supported, moderate certainty"):
        assert said in first.content[0].value
    assert newest.updated >= first.updated
    page = client.get(claim.get_absolute_url()).content.decode()
    assert page.index("How this verdict changed") < page.index("“Overstated, very low certainty”")


def test_what_readers_were_told_then_stays_when_it_is_told_otherwise(admin_client, client) -> None:
    claim = make_claim(verdict="supported", certainty="low", in_brief="First reason.")
    edit(admin_client, claim, verdict="uncertain")
    before = feed_at(client, VERDICTS).entries[0]
    edit(admin_client, claim, in_brief="Second reason.")
    after = feed_at(client, VERDICTS).entries[0]
    assert (after.id, after.updated, after.content[0].value) == (before.id, before.updated, before.content[0].value)


def test_a_save_that_fails_leaves_no_line(admin_client) -> None:
    claim = make_claim(verdict="supported", certainty="low")
    address = reverse(name_of(Claim, "change"), args=[claim.pk])
    answer = admin_client.post(address, fields_of(admin_client, address) | {"verdict": "uncertain", "why": ""})
    assert (answer.status_code, lines()) == (200, [])


def test_the_first_load_is_no_change_and_a_later_one_is(tmp_path: Path, client) -> None:
    load_edition(directory=write_edition(tmp_path, small()))
    assert lines() == []
    load_edition(directory=tmp_path)
    former = Claim.objects.get()
    changed = small()["claims/c01"] | {"verdict": "contradicted", "certainty": "high", "in_brief": "A new trial."}
    load_edition(directory=write_edition(tmp_path, {"claims/c01": changed}))
    change = VerdictChange.objects.get(claim=former)
    assert (change.former_verdict, change.verdict) == (former.verdict, "contradicted")
    assert (change.former_certainty, change.certainty) == (former.certainty, "high")
    assert "A new trial." in feed_at(client, VERDICTS).entries[0].content[0].value


def test_an_edition_that_would_overwrite_an_editors_verdict_leaves_no_line(tmp_path: Path, admin_client) -> None:
    load_edition(directory=write_edition(tmp_path, small()))
    edit(admin_client, Claim.objects.get(), verdict="uncertain")
    before = lines()
    load_edition(directory=write_edition(tmp_path, {"claims/c01": small()["claims/c01"] | {"verdict": "contradicted"}}))
    assert lines() == before
    assert len(before) == 1


# Outcomes


def test_a_study_that_moves_an_outcomes_grade_is_told_of(admin_client, client) -> None:
    outcome = make_outcome(name="Sleep")
    study = make_study(n=120)
    make_trial(study=study, outcomes=[outcome])
    make_result(study=study, outcome=outcome)
    edit(admin_client, study, summary="Said otherwise.")
    assert lines() == []
    edit(admin_client, study, is_public="")
    change = VerdictChange.objects.get()
    assert (change.outcome, change.after) == (outcome, "No grade")
    assert change.before.startswith("Results point to a benefit, ")
    entry = feed_at(client, VERDICTS).entries[0]
    assert entry.title == f"No grade (was: {change.before}): Sleep"
    assert entry.author == "The grading rule"
    study.refresh_from_db()
    edit(admin_client, study, is_public="on")
    assert lines()[0] == ("No grade", change.before)
    admin_client.post(reverse(name_of(Study, "delete"), args=[study.pk]), {"post": "yes"})
    assert lines()[0] == (change.before, "No grade")
    assert client.get(outcome.get_absolute_url()).status_code == 200


def test_a_new_result_moves_the_grade_of_its_outcome_and_of_the_wider_one(admin_client) -> None:
    wider = make_outcome(name="Mood")
    outcome, other = make_outcome(name="Low mood", broader=wider), make_outcome()
    study = make_study(n=120)
    make_trial(study=study, outcomes=[outcome])
    row = {"outcome": outcome.pk, "direction": "favours_magnesium", "effect_text": "Fell.", "position": 0}
    edit(admin_client, study, **{"results-TOTAL_FORMS": "1"}, **{f"results-0-{name}": row[name] for name in row})
    assert study.results.count() == 1
    changes = VerdictChange.objects.order_by("outcome_id")
    assert [(change.outcome, change.before) for change in changes] == [(wider, "No grade"), (outcome, "No grade")]
    edit(admin_client, outcome, broader=other.pk)
    assert {(change.outcome, change.after) for change in VerdictChange.objects.all()[:2]} == {
        (wider, "No grade"),
        (other, changes[0].after),
    }


def test_pointing_says_what_the_outcomes_page_says() -> None:
    assert {each.name: each.value for each in Lean} == {each.name: each.label for each in Pointing}


# Studies


def test_a_study_comes_with_the_day_it_became_public_and_changes_when_its_words_do(admin_client, client) -> None:
    study = make_study(is_public=False)
    edit(admin_client, study, summary="Read.")
    assert not StudyArrival.objects.exists()
    edit(admin_client, study, is_public="on")
    arrival = StudyArrival.objects.get(study=study)
    assert arrival.at == arrival.changed_at
    edit(admin_client, study)
    assert StudyArrival.objects.get() == arrival
    assert StudyArrival.objects.get().changed_at == arrival.changed_at
    edit(admin_client, study, publication_status="retracted", publication_note="The journal took it back.")
    changed = StudyArrival.objects.get()
    assert (changed.at, changed.changed_at > arrival.changed_at) == (arrival.at, True)
    entry = feed_at(client, STUDIES).entries[0]
    assert entry.title.startswith("Retracted: ")
    assert entry.updated == changed.changed_at.isoformat()
    edit(admin_client, study, is_public="")
    assert feed_at(client, STUDIES).entries == []


def test_a_trial_that_goes_changes_its_studys_page(admin_client) -> None:
    study = make_study()
    for address, chosen in (("delete", {}), ("changelist", {"action": "delete_selected"})):
        trial = make_trial(study=study)
        edit(admin_client, study, summary=f"Before {address}.")
        before = StudyArrival.objects.get().changed_at
        path = reverse(name_of(Trial, address), args=[trial.pk] if address == "delete" else [])
        admin_client.post(path, {"post": "yes", "_selected_action": [trial.pk], **chosen})
        assert not Trial.objects.exists()
        assert StudyArrival.objects.get().changed_at > before


def test_studies_of_an_edition_share_the_day_of_its_loading(tmp_path: Path) -> None:
    load_edition(directory=write_edition(tmp_path, small()))
    first = StudyArrival.objects.get(study__slug="poleszak2008")
    load_edition(directory=tmp_path)
    write_edition(tmp_path, {"studies/poleszak2008": small()["studies/poleszak2008"] | {"summary": "Read again."}})
    load_edition(directory=tmp_path)
    again = StudyArrival.objects.get(study__slug="poleszak2008")
    assert (again.pk, again.at) == (first.pk, first.at)
    assert again.changed_at > first.changed_at


def test_a_study_that_was_here_before_dates_were_kept_is_no_news(admin_client, client) -> None:
    study, hidden = make_study(), make_study(is_public=False)
    name = next(each.name for each in iter_modules(migrations.__path__) if each.name.endswith("_here_already"))
    import_module(f"{migrations.__name__}.{name}").note_studies(apps, None)
    edit(admin_client, study, summary="Read again.")
    assert feed_at(client, STUDIES).entries == []
    edit(admin_client, hidden, is_public="on")
    assert [entry.link for entry in feed_at(client, STUDIES).entries] == [
        f"http://127.0.0.1:8000{hidden.get_absolute_url()}"
    ]


# Rules of the tables


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "supported"},  # as before, and so is the certainty
        {"verdict": "splendid"},
        {"certainty": "splendid"},
        {"outcome": True},
    ],
)
def test_the_database_refuses_a_line_that_tells_no_change(wrong: dict[str, Any]) -> None:
    claim = make_claim()
    if "outcome" in wrong:
        wrong = {"outcome": Outcome.objects.first() or make_outcome(), "claim": claim, "verdict": "overstated"}
    with pytest.raises(IntegrityError), transaction.atomic():
        make_verdict_change(**{"claim": claim, "former_verdict": "supported"} | wrong)


def test_nobody_adds_changes_or_deletes_a_line_but_it_goes_with_its_claim(admin_client) -> None:
    change = make_verdict_change()
    address = reverse(name_of(VerdictChange, "change"), args=[change.pk])
    assert admin_client.get(address).status_code == 200
    assert admin_client.post(address, {"in_brief": "Other."}).status_code == 403
    assert admin_client.post(reverse(name_of(VerdictChange, "delete"), args=[change.pk])).status_code == 403
    assert admin_client.get(reverse(name_of(VerdictChange, "add"))).status_code == 403
    assert VerdictChange in admin.site._registry
    admin_client.post(reverse(name_of(Claim, "delete"), args=[change.claim.pk]), {"post": "yes"})
    assert not VerdictChange.objects.exists()
