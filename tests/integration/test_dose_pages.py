"""The dose bridge over HTTP: whatever an address holds is answered, and nothing typed is lost."""

from __future__ import annotations

import json
from html import unescape
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms_catalog.models import Form
from tests import dom

pytestmark = pytest.mark.django_db
PAGE = "/tools/dose/"
MOST_QUERIES = 12
NAMES = ["form", "hydrate", "amount", "unit", "basis", "per_day", "whole", "age", "who", "kidney", "x"]


def page(client: Client, query: str) -> str:
    response = client.get(f"{PAGE}?{query}", follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


def words(html: str) -> str:
    return " ".join("".join(dom.parse(html).itertext()).split())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.binary(max_size=12)), max_size=6))
def test_no_bytes_in_the_address_break_the_page(client: Client, pairs: list[tuple[str, bytes]]) -> None:
    query = "&".join(f"{name}={quote(value)}" for name, value in pairs)
    assert client.get(f"{PAGE}?{query}", follow=True).status_code == 200
    assert client.get(f"/tools/dose.json?{query}").status_code == 200


@pytest.mark.parametrize(
    "typed", ["1e3", "-5", '"><script>alert(1)</script>', "9" * 3000, "250-500 mg", "ａｂｃ", "1,2,3"]
)
def test_what_was_typed_comes_back_with_what_is_wrong_beside_it(
    client: Client, first_edition: None, typed: str
) -> None:
    tree = dom.parse(page(client, f"amount={quote(typed)}&per_day=-1&form=oxide&who=man"))
    amount = next(node for node in tree.iter("input") if node.get("name") == "amount")
    ids = {node.get("id"): "".join(node.itertext()) for node in tree.iter() if node.get("id")}
    assert amount.get("value") == typed
    assert amount.get("aria-invalid") == "true"
    assert ids["dose-amount-error"] in "".join(tree.itertext())
    assert "dose-amount-error" in (amount.get("aria-describedby") or "").split()
    assert ids["dose-per_day-error"] == "An amount cannot be below zero."
    chosen = {node.get("value") for node in tree.iter("option") if node.get("selected") is not None}
    assert {"oxide", "man"} <= chosen


def test_one_question_has_one_address(client: Client, first_edition: None) -> None:
    messy = client.get(f"{PAGE}?who=&unit=mg&amount=500&basis=compound&form=oxide&age=&per_day=")
    assert messy.headers["Location"] == f"{PAGE}?form=oxide&amount=500&basis=compound"
    assert client.get(messy.headers["Location"]).status_code == 200
    assert client.get(f"{PAGE}?hydrate=oxide.anhydrous").headers["Location"] == (
        f"{PAGE}?form=oxide&hydrate=oxide.anhydrous"
    )


def test_unknown_choices_are_left_out_with_a_notice(client: Client, first_edition: None) -> None:
    said = words(page(client, "form=moonstone&amount=500+mg&basis=elemental"))
    assert "The filter form has no value “moonstone”" in said
    assert "500mg of magnesium a day" in said.replace("500 mg", "500mg")
    said = words(page(client, "form=oxide&hydrate=citrate.nonahydrate&amount=5"))
    assert "The structure you chose belongs to another form" in said


def test_what_can_mean_two_things_says_how_it_was_read_and_offers_the_other(
    client: Client, first_edition: None
) -> None:
    tree = dom.parse(page(client, "form=oxide&amount=1.200&basis=compound"))
    link = next(node for node in tree.iter("a") if "".join(node.itertext()) == "Read it as 1.2 instead")
    assert "“1.200” can mean 1,200 or 1.2. It was read as 1,200 mg." in "".join(tree.itertext())
    assert "0.72" in words(page(client, (link.get("href") or "").removeprefix("?")))


def test_warning_stands_before_the_number(client: Client, first_edition: None) -> None:
    said = words(page(client, "form=oxide&amount=500&basis=compound&per_day=2"))
    assert said.index("Above the upper level: United States 350 mg, European Union 250 mg") < said.index(
        "603 mg of mag"
    )


def test_kidney_disease_shows_no_dose_whatever_else_was_typed(client: Client, first_edition: None) -> None:
    html = page(client, "form=oxide&amount=500&basis=compound&kidney=1")
    answer = html[html.index('id="answer"') : html.index('id="label-words"')]
    assert "With kidney disease, this page shows no dose" in answer
    assert "302" not in answer
    assert "mg of magnesium a day" not in answer


@pytest.mark.parametrize("said", ["kidney=on", "kidney=true", "kidney=1&kidney=", "kidney=Yes"])
def test_kidney_disease_is_understood_however_it_is_spelled(client: Client, first_edition: None, said: str) -> None:
    query = f"form=oxide&amount=500&basis=compound&{said}"
    assert "With kidney disease, this page shows no dose" in words(page(client, query))
    assert json.loads(client.get(f"/tools/dose.json?{query}").content)["answer"]["hero"] == {}


@pytest.mark.parametrize("form", ["", "oxide"])
def test_the_safety_check_is_named_before_the_number(client: Client, first_edition: None, form: str) -> None:
    html = page(client, f"form={form}&amount=100&basis=elemental")
    answer = html[html.index('class="dose-hero"') :]
    assert answer.index('href="/tools/safety/"') < answer.index('class="dose-number"')


def test_data_is_what_the_page_says(client: Client, first_edition: None) -> None:
    query = "form=glycinate&amount=1500&basis=compound&per_day=2"
    data = json.loads(client.get(f"/tools/dose.json?{query}").content)
    said = unescape(words(page(client, query)))
    answer = data["answer"]
    rows = [row["text"] for name in ("levels", "foods") for row in answer[name]]
    for line in [answer["hero"]["number"], *answer["working"], answer["closest"], answer["scale"]["finding"], *rows]:
        assert line in said
    assert data["question"] == {"form": "glycinate", "amount": "1500", "basis": "compound", "per_day": "2"}


def test_every_form_leads_to_the_bridge_with_itself_chosen(client: Client, first_edition: None) -> None:
    for form in Form.objects.all():
        address = f"{PAGE}?form={form.slug}"
        assert f'href="{address}"' in client.get(form.get_absolute_url()).content.decode()
        assert f'<option value="{form.slug}" selected>' in client.get(address).content.decode()


def test_bridge_asks_a_fixed_number_of_questions(client: Client, first_edition: None) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{PAGE}?form=oxide&amount=500&basis=compound").status_code == 200
        return len(captured)

    before = queries()
    for form in Form.objects.all()[:5]:
        form.hydrates.create(state="made up", formula="MgO", smiles="[Mg+2].[O-2]", position=9)
    assert queries() == before <= MOST_QUERIES


def test_no_log_line_holds_what_was_typed(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even when the page breaks. Lines name the page, and the address that carries the question stays out."""

    def breaks() -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("forms_catalog.tools.dose.views.rules", breaks)
    client.raise_request_exception = False
    assert client.get(f"{PAGE}?amount=8675309&kidney=1").status_code == 500
    assert client.get(f"{PAGE}nowhere/?amount=8675309").status_code == 404
    assert PAGE in caplog.text
    assert "8675309" not in caplog.text


def test_bridge_of_an_empty_catalog_still_converts(client: Client) -> None:
    assert "243 mg of magnesium a day" in words(page(client, "amount=10&unit=mmol"))
    assert client.get(reverse("tools:index")).status_code == 200
