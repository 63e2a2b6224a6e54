"""What the pages of mechanisms, studies and claims share: every section named, every list of links after the text."""

from typing import Any

import pytest

from forms_catalog.models import Claim, Form, Mechanism, Study
from tests import factories as make
from tests.dom import parse

pytestmark = pytest.mark.django_db

KINDS = {
    "form": make.make_form,
    "mechanism": make.make_mechanism,
    "study": make.make_study,
    "claim": make.make_claim,
}


@pytest.mark.parametrize("kind", KINDS)
def test_barest_record_has_a_heading_in_every_section(client: Any, kind: str) -> None:
    page = parse(client.get(KINDS[kind]().get_absolute_url()).content.decode())
    sheet = next(each for each in page.iter("div") if each.get("class") == "sheet")
    sections = [each for each in sheet if each.tag == "section"]
    assert sections
    for section in sections:
        assert next(each.tag for each in section) == "h2"
        assert len(list(section)) > 1, "".join(section.itertext())


@pytest.mark.parametrize("model", [Form, Mechanism, Study, Claim])
def test_wide_tables_scroll_in_a_region_with_a_name(client: Any, first_edition: None, model: Any) -> None:
    for record in list(model.objects.order_by("slug"))[:15]:
        page = parse(client.get(record.get_absolute_url()).content.decode())
        framed = {table for frame in page.iter("div") if is_region(frame) for table in frame.iter("table")}
        tables = [table for table in page.iter("table") if table.get("class") != "fit-table"]
        assert all(table in framed for table in tables), record


def is_region(frame: Any) -> bool:
    return frame.get("role") == "region" and frame.get("tabindex") == "0" and bool(frame.get("aria-labelledby"))


def test_mechanism_without_open_questions_says_so(client: Any) -> None:
    html = client.get(make.make_mechanism(unknowns=[]).get_absolute_url()).content.decode()
    assert "No open question is on file." in html


def test_study_names_its_limits_before_its_numbers(client: Any) -> None:
    study = make.make_study(limitations="Nobody was blinded.")
    make.make_effect(study=study, outcome=make.make_outcome())
    html = client.get(study.get_absolute_url()).content.decode()
    assert html.index("Nobody was blinded.") < html.index("Effects on one scale")
