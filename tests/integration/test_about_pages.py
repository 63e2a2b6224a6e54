"""The pages about the site that are made from the database: corrections, moderation, evidence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import CheckOverride, Contact, ModerationEvent, Reference, Reply, Revision
from forms_catalog.actions import public_version
from forms_catalog.queries.paging import PER_PAGE
from mgsite.cookies import span
from mgsite.pages.about.moderation import ENOUGH
from tests import factories as make
from tests.dom import find, parse, text

pytestmark = pytest.mark.django_db

LOG, MODERATION, EVIDENCE, EDITORIAL = (
    f"/about/{name}/" for name in ("corrections", "moderation", "evidence", "editorial")
)
MOST = 12


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def entries(html: str) -> list[str]:
    found = [element for element in parse(html).iter("ol") if element.get("class") == "about-log"]
    return [" ".join("".join(item.itertext()).split()) for item in found[0]] if found else []


def revise(article, *, number: int = 2, note: str = "A number was wrong.", days_ago: int = 0) -> Revision:
    at = timezone.now() - timedelta(days=days_ago)
    fields = {"title": article.title, "standfirst": "s", "byline": "b", "body": "x", "created_at": at}
    return Revision.objects.create(article=article, number=number, change_note=note, **fields)


# Corrections


def test_a_first_publication_is_no_correction(client: Client) -> None:
    make.make_published_article()
    html = read(client, LOG)
    assert entries(html) == []
    assert "Nothing has been corrected yet" in html


def test_versions_and_changes_in_the_evidence_stand_in_one_order(client: Client) -> None:
    article = make.make_published_article(title="On sleep")
    revise(article, note="Two doses were swapped.", days_ago=2)
    now = timezone.now()
    study = make.make_study(slug="smith2020", authors=["Smith, A"], year=2020)
    make.make_alert(study=study, note="The journal withdrew it.", opened_at=now - timedelta(days=1))
    claim = make.make_claim(statement="It helps.")
    make.make_alert(claim=claim, note="From supported to overstated.", opened_at=now, resolved_at=now)
    found = entries(read(client, LOG))
    assert [("It helps." in found[0]), ("withdrew" in found[1]), ("swapped" in found[2])] == [True] * 3
    assert "was looked at again by" in found[0]
    assert "still checking" in found[1]


def test_each_entry_leads_to_its_record(client: Client) -> None:
    article = make.make_published_article()
    revise(article)
    study = make.make_study()
    make.make_alert(study=study)
    html = read(client, LOG)
    assert f'href="/articles/{article.slug}/history/#version-2"' in html
    assert f'href="{study.get_absolute_url()}"' in html
    assert 'id="version-2"' in read(client, f"/articles/{article.slug}/history/")


def test_what_readers_cannot_see_is_not_in_the_log(client: Client) -> None:
    hidden = make.make_published_article()
    revise(hidden, note="A secret.")
    hidden.status = "archived"
    hidden.save()
    make.make_alert(study=make.make_study(is_public=False), note="A secret.")
    assert entries(read(client, LOG)) == []


def test_hostile_notes_are_text(client: Client) -> None:
    revise(make.make_published_article(), note="<script>alert(1)</script>")
    make.make_alert(note="<img src=x onerror=alert(1)>")
    html = read(client, LOG)
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_a_long_log_has_pages_and_any_number_is_answered(client: Client) -> None:
    article = make.make_published_article()
    for number in range(2, PER_PAGE + 4):
        revise(article, number=number, note=f"Change {number}.", days_ago=1000 - number)
    first, second = read(client, LOG), read(client, f"{LOG}?page=2")
    assert len(entries(first)) == PER_PAGE
    assert [entry.endswith(f"Change {number}.") for entry, number in zip(entries(second), (3, 2), strict=True)]
    assert find(second, ".//title").text != find(first, ".//title").text
    for odd in ("0", "-1", "99", "x", "9" * 400, "%00", "²"):
        assert client.get(f"{LOG}?page={odd}").status_code == 200


# Moderation


def test_before_any_reply_there_is_nothing_to_count(client: Client) -> None:
    assert "No reply has been sent yet" in read(client, MODERATION)


def test_replies_are_counted_by_what_became_of_them(client: Client) -> None:
    for status in ("pending", "approved", "approved", "rejected", "spam"):
        make.make_sent_reply(status=status)
    numbers = find(read(client, MODERATION), ".//dl[@class='about-numbers']")
    shown = {pair.findtext("dt"): pair.findtext("dd") for pair in numbers}
    assert {name: number for name, number in shown.items() if number != "0"} == {
        "Waiting": "1",
        "Approved": "2",
        "Rejected": "1",
        "Spam": "1",
    }
    assert "Too few replies have been decided" in read(client, MODERATION)


def test_the_usual_wait_is_the_middle_one_of_the_latest_decisions(client: Client) -> None:
    now = timezone.now()
    for hours in (1, 2, 5, 30, 90):
        reply = make.make_sent_reply(status="approved")
        Reply.objects.filter(pk=reply.pk).update(created_at=now - timedelta(hours=hours))
        ModerationEvent._base_manager.filter(reply=reply).update(at=now)
    assert ENOUGH == 5
    assert "Half of the last 5 decisions took 5 hours or less." in text(read(client, MODERATION))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(90 * 86400, "90 days"), (365 * 86400, "1 year"), (43200, "12 hours"), (900, "15 minutes"), (86400, "1 day"),
     (3600, "1 hour"), (59, "59 seconds")],
)  # fmt: skip
def test_spans_are_said_in_their_largest_unit(seconds: float, words: str) -> None:
    assert span(seconds) == words


# Evidence and the editorial policy


def test_each_verdict_is_shown_on_words_that_carry_it(client: Client) -> None:
    article = make.make_published_article()
    claim = make.make_claim(verdict="overstated", statement="It cures.")
    Reference.objects.create(article=article, claim=claim, phrase="cures <b>everything</b>")
    html = read(client, EVIDENCE)
    assert '<span class="claim" data-verdict="overstated">cures &lt;b&gt;everything&lt;/b&gt;</span>' in html
    assert f'href="{claim.get_absolute_url()}"' in html
    assert html.count("No published article carries this mark at present.") == 5


def test_words_of_an_article_nobody_can_read_are_no_example(client: Client) -> None:
    Reference.objects.create(article=make.make_article(), claim=make.make_claim(), phrase="a draft")
    assert "a draft" not in read(client, EVIDENCE)


def test_only_sources_that_readers_can_see_are_counted(client: Client) -> None:
    claim = make.make_claim()
    make.make_support(claim=claim, study=make.make_study(), read_as="abstract")
    make.make_support(claim=claim, study=make.make_study(is_public=False), read_as="full_text")
    rows = [row for row in parse(read(client, EVIDENCE)).iter("tr") if len(row.findall("td")) == 2]
    counted = {row.findtext("th"): row.findall("td")[1].text for row in rows}
    assert (counted["Abstract"], counted["Full text"]) == ("1", "0")


def test_points_set_aside_are_counted(client: Client) -> None:
    assert "So far no point has been set aside" in read(client, EDITORIAL)
    revision = make.make_published_article().live
    CheckOverride.objects.create(
        revision=revision, check_name="dose without unit", subject="300", reason="A year.", at=timezone.now()
    )
    assert "So far this was done 1 time in" in text(read(client, EDITORIAL))


# All of them


def grow() -> None:
    article = make.make_published_article()
    claim, study = make.make_claim(), make.make_study()
    Reference.objects.create(article=article, claim=claim, phrase="words")
    make.make_support(claim=claim, study=study)
    make.make_counter_search(claim=claim, found=[study])
    revise(article)
    make.make_alert(study=study)
    make.make_alert(claim=claim)
    make.make_sent_reply(status="approved", article=article)
    make.make_crisis_line()


@pytest.mark.parametrize("address", [LOG, MODERATION, EVIDENCE, EDITORIAL, "/about/", "/about/contact/"])
def test_pages_ask_a_fixed_number_of_questions(client: Client, address: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(client, address)
        return len(captured)

    grow()
    before = queries()
    for _ in range(4):
        grow()
    assert queries() == before <= MOST


# Erasing a reply


def test_a_reply_is_emptied_of_all_that_its_writer_gave(capsys: pytest.CaptureFixture[str]) -> None:
    reply = make.make_sent_reply(
        status="approved",
        name="Ana of somewhere",
        body="Very private words",
        email="ana@example.org",
        kind="correction",
        sentence="Quoted words",
        source="https://example.org/private",
        writer="d" * 64,
    )
    kept = make.make_sent_reply(email="kept@example.org")
    version = public_version()
    call_command("erase_reply", reply.public_id)
    stored = Reply.objects.get(pk=reply.pk)
    assert (stored.status, stored.number, str(stored)) == ("erased", 1, f"Reply {reply.pk} by ")
    for model in (Reply, ModerationEvent, Contact):
        written = str(list(model.objects.exclude(pk=kept.pk).values()))
        for given in ("Ana", "private", "Quoted", "d" * 64):
            assert given not in written
    assert list(Contact.objects.values_list("address", flat=True)) == ["kept@example.org"]
    assert list(ModerationEvent.objects.filter(reply=reply).values_list("action", flat=True)) == ["erase", "approve"]
    assert public_version() > version
    assert "erased" in capsys.readouterr().out


def test_erasing_a_reply_nobody_saw_changes_nothing_for_readers() -> None:
    reply = make.make_sent_reply()
    version = public_version()
    call_command("erase_reply", reply.public_id)
    assert (Reply.objects.get().status, public_version()) == ("erased", version)


def test_erasing_a_reply_twice_is_said() -> None:
    reply = make.make_sent_reply(status="erased")
    with pytest.raises(CommandError, match="erased already"):
        call_command("erase_reply", reply.public_id)


def test_erasing_a_reply_that_is_not_there_is_said() -> None:
    with pytest.raises(CommandError, match="There is no reply 'x'"):
        call_command("erase_reply", "x")
