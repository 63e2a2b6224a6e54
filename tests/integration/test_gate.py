"""The gate in the admin: refusals by line, what an editor sets aside, and what readers are told of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.actions.articles import (
    FIRST_NOTE,
    Draft,
    PublicationRefused,
    archive_article,
    publish_article,
    publish_together,
)
from articles.edition import CONTENT, export_articles, load_articles
from articles.gate import complaints_about
from articles.models import Article, CheckOverride
from articles.publication import still_blocking
from forms_catalog.edition import load_edition
from tests.editing import ADD, change, fresh, said, send, sign_in_editor, typed
from tests.factories import make_article, make_claim, make_study, make_support, make_user
from tests.inline_code import inline_code
from tests.pages import FIRST_ARTICLE

pytestmark = pytest.mark.django_db
DOSE = "dose without unit"
BODY = "Fine.\n\nTake 300 a day.\n"
WHY = "The advertisement says just this."


@pytest.fixture
def editor(client: Client) -> Client:
    return sign_in_editor(client)


def set_aside(*rows: tuple[str, str, bool, str]) -> dict[str, str]:
    """What the section sends: check, subject, ticked, reason."""
    data = {"gate-TOTAL_FORMS": str(len(rows)), "gate-INITIAL_FORMS": str(len(rows))}
    for number, (check, subject, ticked, reason) in enumerate(rows):
        data |= {f"gate-{number}-check": check, f"gate-{number}-subject": subject, f"gate-{number}-reason": reason}
        data |= {f"gate-{number}-aside": "on"} if ticked else {}
    return data


def page(client: Client, article: Article) -> str:
    return client.get(change(article)).content.decode()


def history(article: Article) -> str:
    return Client().get(reverse("articles:history", args=[article.slug])).content.decode()


def publish(client: Client, article: Article, **fields: Any) -> Any:
    return send(client, change(article), typed(fresh(article)) | fields, button="_publish")


# The shipped articles


def test_first_edition_passes_the_gate_as_it_stands(first_edition: None) -> None:
    for article in Article.objects.published().select_related("live"):
        assert still_blocking(complaints_about(article.live), set_aside={}) == [], article.slug
    assert not CheckOverride.objects.exists()


def test_first_article_is_warned_about_its_strong_words_and_published_all_the_same(first_edition: None) -> None:
    article = Article.objects.select_related("live").get(slug=FIRST_ARTICLE)
    warnings = [complaint for complaint in complaints_about(article.live) if not complaint.blocks]
    assert any("terminate" in warning.text for warning in warnings)
    assert article.status == "published"


def test_loading_the_edition_goes_through_the_gate(tmp_path: Any) -> None:
    load_edition()
    source = next(iter(sorted(CONTENT.glob("what-*.md"))))
    text = source.read_text(encoding="utf-8") + "\nTake 300 a day.\n"
    (tmp_path / source.name).write_text(text.replace("[Magnesium safely](article:magnesium-safely)", "Another page"))
    with pytest.raises(ValueError, match="Take 300 a day: This reads like a dose without its unit"):
        load_articles(directory=tmp_path)
    assert not Article.objects.exists()


def test_what_was_set_aside_survives_export_and_load(tmp_path: Any) -> None:
    article = make_article(slug="a-note", body=BODY, evidence_checked_on=dt.date(2026, 11, 1))
    publish_article(article=article, by=None, set_aside={(DOSE, "Take 300 a day"): WHY})
    export_articles(directory=tmp_path)
    first = (tmp_path / "a-note.md").read_text(encoding="utf-8")
    Article.objects.update(status="draft", live=None)
    Article.objects.all().delete()
    load_articles(directory=tmp_path)
    assert CheckOverride.objects.get().reason == WHY
    export_articles(directory=tmp_path)
    assert (tmp_path / "a-note.md").read_text(encoding="utf-8") == first
    assert load_articles(directory=tmp_path).unchanged == ["a-note"]


@pytest.mark.parametrize("wrong", ["yes", "[{check: a}]", "[{check: a, subject: b, reason: 3}]"])
def test_set_aside_of_another_shape_is_refused_by_the_loader(tmp_path: Any, wrong: str) -> None:
    source = next(iter(sorted(CONTENT.glob("what-*.md"))))
    text = source.read_text(encoding="utf-8").replace("change_note:", f"set_aside: {wrong}\nchange_note:")
    (tmp_path / source.name).write_text(text)
    with pytest.raises(ValueError, match="set_aside must be a list of check, subject and reason"):
        load_articles(directory=tmp_path)


# Refusals


def test_publication_is_refused_by_line_and_the_text_is_kept(editor: Client) -> None:
    answer = send(editor, ADD, typed(body=BODY), button="_publish")
    article = Article.objects.get()
    assert (article.body, article.live) == (BODY, None)
    assert any(text.startswith("Line 3: Take 300 a day: ") for text in said(answer))
    shown = page(editor, article)
    assert "Line 3: Take 300 a day" in shown
    assert 'name="gate-0-aside"' in shown
    assert 'name="gate-0-reason"' in shown
    assert inline_code(shown) == []


def test_what_cannot_be_set_aside_has_no_box(editor: Client) -> None:
    article = make_article(byline="", body="Fine.\n")
    shown = page(editor, article)
    assert "The byline is empty." in shown
    assert "gate-0-aside" not in shown


def test_sound_article_shows_no_gate(editor: Client) -> None:
    assert "Before publication" not in page(editor, make_article())


def test_gate_is_shown_only_to_those_who_may_publish(client: Client) -> None:
    client.force_login(make_user(groups=("Moderator",)))
    assert "Before publication" not in page(client, make_article(body=BODY))


def test_very_many_complaints_are_shown_in_part(editor: Client) -> None:
    article = make_article(body="".join(f"Take {300 + number} a day.\n\n" for number in range(60)))
    shown = page(editor, article)
    assert shown.count('type="checkbox" name="gate-') == 50
    assert "And 10 more." in shown


def test_warning_is_told_on_saving_and_on_publishing_and_stops_nothing(editor: Client) -> None:
    claim = make_claim(slug="c1", certainty="low")
    make_support(claim=claim, study=make_study())
    body = "It [cures](claim:c1) people.\n"
    answer = send(editor, ADD, typed(body=body))
    assert any("Strong words for claim c1" in text for text in said(answer))
    assert not any("To mend" in text for text in said(answer))
    answer = publish(editor, Article.objects.get())
    assert any("Strong words for claim c1" in text for text in said(answer))
    assert Article.objects.published().exists()


# Setting aside


def test_complaint_set_aside_with_a_reason_is_published_and_told_to_readers_without_a_name(editor: Client) -> None:
    article = make_article(body=BODY)
    publish(editor, article, **set_aside((DOSE, "Take 300 a day", True, WHY)))
    override = CheckOverride.objects.get()
    assert (override.revision, override.by.username, override.reason) == (fresh(article).live, "ed", WHY)
    told = history(article)
    assert "Set aside by an editor: dose without unit, “Take 300 a day”, because: " + WHY in told
    assert ">ed<" not in told
    assert "by ed" not in told


@pytest.mark.parametrize(("ticked", "reason"), [(True, ""), (True, "   "), (False, WHY)])
def test_half_of_a_decision_is_shown_again_with_everything_typed(editor: Client, ticked: bool, reason: str) -> None:
    article = make_article(body=BODY)
    rows = set_aside((DOSE, "Take 300 a day", ticked, reason))
    answer = publish(editor, article, body=BODY + "\nNewly typed.\n", **rows)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "Newly typed." in shown
    assert "dose without unit: Take 300 a day" in shown
    assert reason.strip() in shown
    assert ("Say why" in shown) is ticked
    assert ("Tick the box" in shown) is not ticked
    assert fresh(article).live is None
    assert fresh(article).body == BODY


def test_half_of_a_decision_does_not_keep_a_draft_from_being_saved(editor: Client) -> None:
    article = make_article(body=BODY)
    data = typed(article, title="Saved") | set_aside((DOSE, "Take 300 a day", True, ""))
    send(editor, change(article), data)
    assert fresh(article).title == "Saved"
    assert not CheckOverride.objects.exists()


def test_mistake_elsewhere_shows_what_was_set_aside_again(editor: Client) -> None:
    article = make_article(body=BODY)
    rows = set_aside((DOSE, "Take 300 a day", True, WHY))
    shown = send(editor, change(article), typed(article, title="") | rows).content.decode()
    assert WHY in shown
    shown = send(editor, change(article), typed(article, title="")).content.decode()
    assert "Before publication" not in shown


def test_one_complaint_set_aside_leaves_the_others_standing(editor: Client) -> None:
    article = make_article(body=BODY + "\nSee [[form:none]].\n")
    answer = publish(editor, article, **set_aside((DOSE, "Take 300 a day", True, WHY)))
    assert fresh(article).live is None
    assert not CheckOverride.objects.exists()
    assert not any("Take 300" in text for text in said(answer))
    assert any("[[form:none]]" in text for text in said(answer))


def test_complaint_found_twice_is_set_aside_once(editor: Client) -> None:
    article = make_article(body="Take 300 a day.\n\nTake 300 a day.\n")
    assert page(editor, article).count('type="checkbox" name="gate-') == 1
    publish(editor, article, **set_aside((DOSE, "Take 300 a day", True, WHY)))
    assert CheckOverride.objects.count() == 1


def test_reference_that_leads_nowhere_may_be_set_aside_and_readers_get_plain_words(editor: Client) -> None:
    article = make_article(body="See [the old trial](study:lost1950).\n")
    publish(editor, article, **set_aside(("unresolved reference", "the old trial", True, "It is being entered.")))
    html = Client().get(article.get_absolute_url()).content.decode()
    assert "the old trial" in html
    assert "lost1950" not in html


def test_what_was_never_complained_of_is_not_recorded(editor: Client) -> None:
    article = make_article(body="Fine.\n")
    publish(editor, article, **set_aside(("nonsense", "<script>", True, WHY), (DOSE, "Take 9 a day", True, WHY)))
    assert fresh(article).live is not None
    assert not CheckOverride.objects.exists()


def test_reason_and_subject_reach_readers_as_text(editor: Client) -> None:
    article = make_article(body="[<b>bold</b>](form:none)\n")
    publish(editor, article, **set_aside(("unresolved reference", "<b>bold</b>", True, "<script>alert(1)</script>")))
    told = history(article)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in told
    assert "<script>alert" not in told


def test_empty_field_stays_refused_whatever_is_sent() -> None:
    article = make_article(byline="")
    with pytest.raises(PublicationRefused, match="byline"):
        publish_article(article=article, by=None, set_aside={("empty field", ""): WHY})


@pytest.mark.parametrize(
    "rows", [{"gate-TOTAL_FORMS": "x"}, {"gate-TOTAL_FORMS": "9999999", "gate-INITIAL_FORMS": "1"}]
)
def test_broken_section_is_no_error(editor: Client, rows: dict[str, str]) -> None:
    article = make_article(body=BODY)
    assert publish(editor, article, **rows).status_code == 200
    assert fresh(article).live is None


# Later versions


def published(client: Client) -> Article:
    article = make_article(body=BODY)
    publish(client, article, **set_aside((DOSE, "Take 300 a day", True, WHY)))
    return fresh(article)


def test_next_version_asks_again_and_offers_the_former_reason(editor: Client) -> None:
    article = published(editor)
    Article.objects.filter(pk=article.pk).update(body=BODY + "\nMore.\n")
    shown = page(editor, article)
    assert WHY in shown
    assert "checked" in shown.partition('name="gate-0-aside"')[2][:60]
    with pytest.raises(PublicationRefused):
        publish_article(article=fresh(article), by=None, change_note="More.")


def test_text_that_was_set_aside_comes_back_from_the_archive_as_it_was(editor: Client) -> None:
    article = published(editor)
    assert "Before publication" not in page(editor, article)
    archive_article(article=article, by=make_user())
    publish(editor, article)
    assert fresh(article).status == "published"
    assert CheckOverride.objects.count() == 1


def test_new_complaint_about_an_old_text_is_set_aside_in_the_version_readers_see(editor: Client) -> None:
    study = make_study(slug="bad2001")
    article = make_article(body="It helped [@bad2001].\n")
    publish_article(article=article, by=None)
    archive_article(article=article, by=make_user())
    study.publication_status, study.publication_note = "retracted", "The journal says so."
    study.save()
    publish(editor, article)
    assert fresh(article).status == "archived"
    check = "doubted study without a word about it"
    publish(editor, article, **set_aside((check, "bad2001", True, "The page is about the retraction.")))
    assert fresh(article).status == "published"
    assert CheckOverride.objects.get().revision == fresh(article).live


def test_articles_published_together_keep_what_was_set_aside() -> None:
    article = make_article(body=BODY)
    draft = Draft(
        article=article,
        change_note=FIRST_NOTE,
        at=article.saved_at,
        set_aside={(DOSE, "Take 300 a day"): WHY},
    )
    publish_together([draft])
    assert CheckOverride.objects.get().reason == WHY


def test_history_costs_the_same_however_much_was_set_aside(editor: Client, django_assert_num_queries: Any) -> None:
    article = make_article(body="".join(f"Take {300 + number} a day.\n\n" for number in range(4)))
    rows = [(DOSE, f"Take {300 + number} a day", True, WHY) for number in range(4)]
    publish(editor, article, **set_aside(*rows))
    assert CheckOverride.objects.count() == 4
    with django_assert_num_queries(5):
        history(article)
