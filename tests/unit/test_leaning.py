"""What leans on a study is found without joining one long table with another."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forms_catalog.leaning import leaning_on
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_study_among_many_of_one_form_and_one_mechanism_is_found_without_a_product_of_tables() -> None:
    form, mechanism = make.make_form(), make.make_mechanism()
    study = make.make_study(form=form)
    study.mechanisms.add(mechanism)
    make.make_form_evidence(form=form, outcome=make.make_outcome(), study=study)
    make.make_form_evidence(form=make.make_form(), outcome=make.make_outcome(), study=make.make_study())
    with CaptureQueriesContext(connection) as captured:
        found = leaning_on(study)
    assert (found.claims, found.forms, found.mechanisms) == ((), (form,), (mechanism,))
    assert len(captured) == 3
    # A study of a form with twenty thousand others took minutes: every one of them met every row of evidence.
    assert [query["sql"] for query in captured if "LEFT OUTER JOIN" in query["sql"]] == []
