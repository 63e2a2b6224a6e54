"""The safety check as a page and as data: complete without scripts, nothing to send, one list behind both."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from forms_catalog.models import Caution, Interaction, SafetyReview
from forms_catalog.tools.safety.document import FIELDS
from forms_catalog.tools.safety.rules import picks, rules
from tests import factories as make
from tests.dom import text

pytestmark = pytest.mark.django_db
PAGE, DATA = "/tools/safety/", "/tools/safety.json"


def shown(client: Client) -> str:
    return client.get(PAGE).content.decode()


def main_of(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


def listed(client: Client) -> dict:
    return json.loads(client.get(DATA).content)


def test_page_has_every_rule_and_a_link_to_each(first_edition: None, client: Client) -> None:
    html = shown(client)
    assert html.count('<article class="rule"') == Interaction.objects.count() + Caution.objects.count()
    for pick in picks(rules()):
        assert f'<a href="#{pick.rules[0][0].key}">{pick.name}</a>' in html


def test_there_is_nothing_that_could_be_sent(first_edition: None, client: Client) -> None:
    main = main_of(shown(client))
    plain = main.partition("<template>")[0] + main.partition("</template>")[2]
    assert "<form" not in main
    assert " name=" not in main
    assert all(control not in plain for control in ("<input", "<select", "<textarea", "<button"))


def test_an_address_with_answers_in_it_gives_the_very_same_page(first_edition: None, client: Client) -> None:
    asked = main_of(client.get(PAGE, {"medicine": "lithium-xyz"}).content.decode())
    assert "lithium-xyz" not in asked
    assert asked == main_of(shown(client))


def test_there_is_one_emergency_card_above_everything_else(first_edition: None, client: Client) -> None:
    html = shown(client)
    assert html.count('class="crisis') - html.count('class="crisis-') == 1
    assert html.index('id="urgent"') < html.index("<safety-check") < html.index('class="rule"')
    assert "call the emergency number" in html
    assert 'href="tel:988"' in html


def test_a_medicine_that_works_the_other_way_is_not_listed_under_the_rule(first_edition: None, client: Client) -> None:
    html = client.get("/tools/safety/").content.decode()
    rule = html[html.index('id="medicine-loop-and-thiazide-diuretics"') :]
    names = rule[rule.index('class="rule-names"') : rule.index('class="rule-do"')]
    assert "furosemide" in names
    assert "amiloride" not in names
    assert "(amiloride, spironolactone) work the other way" in rule[: rule.index("</article>")]


def test_children_and_heart_disease_are_told_to_ask_first(first_edition: None, client: Client) -> None:
    html = client.get("/tools/safety/").content.decode()
    assert html.index("with kidney or heart disease, pregnancy or breastfeeding, for a child") < html.index(
        "<template>"
    )


def test_data_says_what_the_page_says(first_edition: None, client: Client) -> None:
    html, data = shown(client), listed(client)
    on_page = text(html)
    for rule in data["rules"]:
        assert f'id="{rule["key"]}"' in html
        for words in (rule["what_to_do"][1:], rule["why"], rule["note"]):
            assert words is None or words in on_page, rule["key"]
        assert [
            source["address"] for source in rule["sources"] if source["address"].replace("&", "&amp;") not in html
        ] == []
    assert [each["name"] for each in data["unverified"] if each["says"] not in on_page] == []
    assert [each["effect"] for each in data["effects"] if each["detail"] not in on_page] == []
    assert [note["title"] for note in data["notes"] if " ".join(note["text"].split()) not in on_page] == []


def test_data_names_its_parts(first_edition: None, client: Client) -> None:
    data = listed(client)
    parts = {name for name in data if name != "metadata"}
    assert parts - {"general_rule"} == {field.partition(".")[0] for field in FIELDS}
    assert data["metadata"]["address"].endswith(DATA)
    assert client.get(DATA).headers["Access-Control-Allow-Origin"] == "*"


def test_nobody_has_reviewed_the_list_until_the_owner_says_who(first_edition: None, admin_client: Client) -> None:
    client = Client()
    assert "No pharmacist has reviewed this list yet." in shown(client)
    assert listed(client)["review"] is None
    add = reverse("admin:forms_catalog_safetyreview_add")
    admin_client.post(add, {"reviewed_by": "Ada Pharm, MPharm", "reviewed_on": "2026-11-24"})
    assert "Reviewed by Ada Pharm, MPharm on 24 November 2026." in text(shown(client))
    assert listed(client)["review"] == {"by": "Ada Pharm, MPharm", "on": "2026-11-24"}
    admin_client.post(reverse("admin:forms_catalog_safetyreview_delete", args=[SafetyReview.ONLY]), {"post": "yes"})
    assert "No pharmacist has reviewed this list yet." in shown(client)


def test_page_of_an_empty_catalog_opens(client: Client) -> None:
    assert client.get(PAGE).status_code == client.get(DATA).status_code == 200


def test_a_rule_that_was_never_checked_says_so(client: Client) -> None:
    make.make_interaction(checked_on=None)
    assert "Date of check not on file" in shown(client)
    make.make_caution(checked_on=dt.date(2026, 11, 1))
    assert "Checked 1 November 2026" in text(shown(client))


def test_hours_of_a_class_and_words_that_are_not_the_rules_are_refused() -> None:
    medicine = make.make_medicine(interaction=make.make_interaction(what_to_do="Take them 4 hours apart."))
    make.make_gap(medicine=medicine).full_clean()
    with pytest.raises(ValidationError, match="do not stand in what the rule says"):
        make.make_gap(medicine=medicine, stated="9 hours apart").full_clean()
    medicine.whole_class = True
    with pytest.raises(ValidationError, match="never for a class"):
        make.make_gap(medicine=medicine).full_clean()


def test_a_medicine_of_two_rules_is_picked_once_with_the_widest_hours() -> None:
    grave, small = make.make_interaction(severity="major"), make.make_interaction(severity="minor")
    for rule, hours in ((small, 3.0), (grave, 2.0)):
        make.make_gap(medicine=make.make_medicine(interaction=rule, name="x"), before_low=hours, after_low=None)
    (pick,) = picks(rules())
    assert [rule.severity for rule, _ in pick.rules] == ["major", "minor"]
    assert (pick.widest.before, pick.widest.after) == (3.0, None)


def test_cost_stays_as_rules_grow(client: Client, django_assert_max_num_queries) -> None:
    for _ in range(2):
        make.make_gap()
        with django_assert_max_num_queries(12):
            client.get(PAGE)
        with django_assert_max_num_queries(12):
            client.get(DATA)
