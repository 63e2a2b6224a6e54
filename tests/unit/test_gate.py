"""Each check of the gate: what it complains of, and what it lets pass."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.doses import doses_without_unit, is_dose_without_unit
from articles.edition import CONTENT, read_article
from articles.gate import CHECKS, complaints_about
from articles.models import Article, Image
from articles.passages import passages
from articles.publication import publication_problems, still_blocking
from forms_catalog.models import Claim
from mgsite.markup.dialect import BRACKET_LIMIT
from mgsite.markup.references import Kind
from tests.factories import (
    make_article,
    make_claim,
    make_counter_search,
    make_form,
    make_image,
    make_published_article,
    make_study,
    make_support,
)

CONTENT_FILES = sorted(CONTENT.glob("*.md"))


def found(body: str, **fields: str) -> list[tuple[str, int, str]]:
    """Check, line and text of each complaint about a body."""
    article = Article(title="T", slug="t", standfirst=fields.get("standfirst", "S."), byline="B", body=body)
    return [(complaint.check, complaint.line, complaint.text) for complaint in complaints_about(article)]


def sound_claim(**fields: object) -> Claim:
    claim = make_claim(**fields)
    make_support(claim=claim, study=make_study())
    return claim


# Doses

WITHOUT_UNIT = [
    "Take 300 a day.",
    "You need 300 of magnesium.",
    "They took a dose of 400.",
    "Doses of 400–600 daily are common.",
    "People had magnesium at 300 a day.",
    "Magnesium glycinate, 400 daily, helped.",
    "Taking 1,200 of magnesium is too much.",
    "a daily dose of about 350, at most",
    "take 200 to 400 before bed",
    "Dosage: 300 daily",
    "supplement with 350 in the morning",
    "During the trial, people took 400 twice a day.",
    "Take 300 mg now. Then take 400 a day.",
    "I took 250 each morning.",
    "Use 400 per day.",
    "Adults need 310 to 420 a day.",
    "Try 200 before bed.",
    "We suggest 400 nightly",
    "Up to 1,600 a day is safe.",
    "300 magnesium every evening",
]
IN_ORDER = [
    "used in over 300 chemical reactions",
    "effective in a fraction of cases (around 40%)",
    "In 2008, magnesium was tried.",
    "a dose of 400 mg",
    "take 300 milligrams a day",
    "doses of 300–400 mg a day",
    "300 mg to 400 a day of magnesium",
    "In a trial of 46 people",
    "it took 12 weeks",
    "it takes 30 to 60 minutes",
    "a dose of 12.5 mmol/day",
    "Take 2 tablets a day",
    "They took 120 tablets",
    "over 300 of magnesium’s reactions",
    "300 of magnesium users replied",
    "in milligrams: take 300 a day",
    "the dose (mg) was 300 a day",
    "a dose of 14.1% magnesium",
    "a dose of 300-mg tablets",
    "they smoked 20 a day",
    "vitamin B6 at 50 mg",
    "it costs £30 a day",
    "taken since 2008 daily",
    "300 people a day call",
    "they walked 1,200 steps a day",
    "it rose by 300% a day",
    "it costs $400 a day",
    "420 mg a day",
    "in mg: 320 a day",
]


@pytest.mark.parametrize("words", WITHOUT_UNIT)
def test_dose_without_unit_is_found_once(words: str) -> None:
    sentences = [sentence for piece in passages(words)[0].pieces for _, sentence in piece.sentences()]
    assert len([dose for sentence in sentences for dose in doses_without_unit(sentence)]) == 1


@pytest.mark.parametrize("words", IN_ORDER)
def test_numbers_that_are_no_bare_dose_pass(words: str) -> None:
    assert list(doses_without_unit(words)) == []


@pytest.mark.parametrize(
    ("cell", "head", "bare"),
    [
        ("300", "Daily dose", True),
        ("300–400 a day", "Dose", True),
        ("300", "Dose, mg", False),
        ("300 mg", "Dose", False),
        ("two tablets", "Dose", False),
        ("300", "People", False),
    ],
)
def test_cell_under_the_head_of_a_column(cell: str, head: str, bare: bool) -> None:
    assert is_dose_without_unit(cell, head=head) is bare


@pytest.mark.django_db
def test_doses_are_found_by_line_in_paragraphs_tables_notes_and_the_standfirst() -> None:
    body = (
        "Fine.[^1]\nTake\n300 a day.\n\n| Age | Daily dose |\n|--|--|\n| 20 | 400 |\n\n"
        "| Amount, mg |\n|--|\n| take 300 a day |\n\n| Advice |\n|--|\n| Take 200 a day |\n\n[^1]: Take 500 a day.\n"
    )
    doses = [(line, text) for check, line, text in found(body, standfirst="Take 100 daily.")]
    assert doses == [
        (0, "Take 100 daily"),
        (2, "Take 300 a day"),
        (7, "Daily dose: 400"),
        (15, "Take 200 a day"),
        (17, "Take 500 a day"),
    ]


@pytest.mark.parametrize("path", CONTENT_FILES, ids=lambda path: path.stem)
def test_shipped_articles_hold_no_dose_without_unit(path: object) -> None:
    source = read_article(path)
    pieces = [piece for passage in passages(source.body) for piece in passage.pieces]
    assert len(pieces) > 10
    for piece in pieces:
        assert [dose for _, sentence in piece.sentences() for dose in doses_without_unit(sentence)] == []
        assert piece.heads is None or not is_dose_without_unit(piece.words, head=piece.heads)


# References, pictures and markup


@pytest.mark.django_db
def test_reference_that_leads_nowhere_is_named_with_its_line_and_the_nearest_key() -> None:
    make_study(slug="mah2021")
    article = make_article(body="First.\n\nOxide [@mah2020] and [[form:none]].\n")
    complaints = complaints_about(article)
    assert [(c.check, c.line, c.text) for c in complaints] == [
        ("unresolved reference", 3, "[@mah2020]"),
        ("unresolved reference", 3, "[[form:none]]"),
    ]
    assert complaints[0].suggestions == ("mah2021",)
    assert all(complaint.can_override and complaint.blocks for complaint in complaints)


@pytest.mark.django_db
def test_reference_that_resolves_passes() -> None:
    make_study(slug="mah2021")
    make_form(slug="oxide")
    assert found("Oxide [@mah2021], see [[form:oxide]].\n") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stored", "written", "complaints"),
    [
        ({"alt": " "}, "", 1),
        ({"alt": " "}, "A square", 0),
        ({"alt": "A square"}, "", 0),
        ({"alt": "", "decorative": True}, "", 0),
    ],
)
def test_picture_needs_a_description_unless_it_is_decorative(stored: dict, written: str, complaints: int) -> None:
    image = make_image()
    Image.objects.filter(pk=image.pk).update(**stored)
    markup = f"![{written}](/media/{image.file.name})"
    assert found(f"Fine.\n\n{markup}\n") == [("image without description", 3, markup)] * complaints


@pytest.mark.django_db
def test_markup_that_could_not_be_read_is_no_unresolved_reference() -> None:
    assert found("Fine.\n\n# Too large\n\nA [@broken key\n") == [
        ("markup that could not be read", 3, "Too large"),
        ("markup that could not be read", 5, "[@broken key"),
    ]


@pytest.mark.django_db
def test_words_of_a_failed_upload_are_named_on_every_line() -> None:
    assert found("Invalid response\n\nFine.\n\nInvalid response\n") == [
        ("words of a failed upload", 1, "Invalid response"),
        ("words of a failed upload", 5, "Invalid response"),
    ]


@pytest.mark.django_db
def test_text_that_cannot_be_read_is_one_complaint_that_nobody_sets_aside() -> None:
    [complaint] = complaints_about(make_article(body="[" * (BRACKET_LIMIT + 1)))
    assert (complaint.check, complaint.line, complaint.can_override) == ("text that cannot be read", 0, False)


@pytest.mark.django_db
def test_empty_field_cannot_be_set_aside() -> None:
    complaints = publication_problems(make_article(byline=""))
    assert still_blocking(complaints, set_aside={("empty field", ""): "It is meant."}) == complaints


# Claims


@pytest.mark.django_db
def test_claim_with_neither_source_nor_search_is_named_at_its_first_mark() -> None:
    make_claim(slug="c1")
    assert found("Fine.\n\nIt [helps](claim:c1).\n\nIt [really helps](claim:c1).\n") == [
        ("claim without evidence", 3, "c1")
    ]


@pytest.mark.django_db
def test_claim_with_a_source_or_a_search_passes() -> None:
    sound_claim(slug="c1")
    make_counter_search(claim=make_claim(slug="c2"))
    assert found("It [helps](claim:c1) and [works](claim:c2).\n") == []


@pytest.mark.django_db
def test_source_that_readers_may_not_see_is_no_evidence() -> None:
    make_support(claim=make_claim(slug="c1"), study=make_study(is_public=False))
    assert found("It [helps](claim:c1).\n") == [("claim without evidence", 1, "c1")]


@pytest.mark.django_db
@pytest.mark.parametrize(("note", "complaints"), [("  ", 1), ("Ask a doctor first.", 0)])
def test_safety_flag_needs_its_note(note: str, complaints: int) -> None:
    sound_claim(slug="c1", safety_flag=True, safety_note=note)
    assert found("It [helps](claim:c1).\n") == [("safety flag without note", 1, "c1")] * complaints


@pytest.mark.django_db
def test_strong_words_beside_a_weak_claim_are_a_warning_that_stops_nothing() -> None:
    sound_claim(slug="c1", certainty="low")
    article = make_article(body="Fine.\n\nSurely it [helps and cures](claim:c1) people.\n")
    [warning] = complaints_about(article)
    assert (warning.check, warning.line, warning.text) == ("strong words", 3, "cures")
    assert "low certainty" in warning.message
    assert still_blocking([warning], set_aside={}) == []


@pytest.mark.django_db
def test_measured_words_beside_a_claim_and_strong_words_elsewhere_pass() -> None:
    sound_claim(slug="c1", certainty="low")
    assert found("It [may help](claim:c1) some people. Antibiotics cured them.\n") == []


# Studies the journal has taken back


def retracted(status: str = "retracted") -> None:
    make_study(slug="bad2001", publication_status=status, publication_note="The journal says so.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        "It helped [@bad2001].\n",
        "It helped, says [one trial](study:bad2001).\n",
        "The paper was retracted.\n\nIt helped [@bad2001].\n",
        "- Retracted.\n\nIt helped.[^1]\n\n[^1]: See [@bad2001].\n",
        "It helped [@bad2001].[^1]\n\n[^1]: In mice.\n",
        "It eased benzodiazepine withdrawal [@bad2001].\n",
        "Nobody withdrawing from a drug was studied [@bad2001].\n",
    ],
)
def test_retracted_study_cited_as_if_nothing_had_happened_is_named(body: str) -> None:
    retracted()
    assert [(check, text) for check, _, text in found(body)] == [("doubted study without a word about it", "bad2001")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        "It helped [@bad2001], but the paper was retracted.\n",
        "It helped [@bad2001]. The journal withdrew the paper.\n",
        "- It helped [@bad2001].\n- That paper was withdrawn.\n",
        "It helped [@bad2001].[^1]\n\n[^1]: Retracted in 2010.\n",
        "It helped.[^1]\n\n[^1]: See [@bad2001], since retracted.\n",
    ],
)
def test_retracted_study_passes_where_the_passage_or_its_note_says_so(body: str) -> None:
    retracted()
    assert found(body) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "complaints"),
    [
        ("in mice", 1),
        ("in people with concerns about their memory", 1),
        ("; the journal has expressed concern", 0),
        ("(the editors published an expression of concern)", 0),
        ("; the journal raised serious concerns", 0),
    ],
)
def test_concern_has_to_be_named(words: str, complaints: int) -> None:
    retracted("concern")
    assert len(found(f"It helped [@bad2001] {words}.\n")) == complaints


@pytest.mark.django_db
def test_word_concern_is_not_enough_for_a_retraction() -> None:
    retracted()
    assert len(found("A matter of concern [@bad2001].\n")) == 1


@pytest.mark.django_db
def test_corrected_study_needs_no_word() -> None:
    retracted("corrected")
    assert found("It helped [@bad2001].\n") == []


# Everything together


@pytest.mark.django_db
def test_every_check_has_a_name_that_fits_its_column() -> None:
    assert all(len(name) <= 60 for name in CHECKS)


@pytest.mark.django_db
def test_subject_is_one_line_and_fits_its_column() -> None:
    words = "very\nlong " * 60
    [complaint] = complaints_about(make_article(body=f"[{words}](form:none)\n"))
    assert "\n" not in complaint.subject
    assert len(complaint.subject) == 200


@pytest.mark.django_db
def test_gate_asks_as_many_questions_for_one_claim_as_for_many() -> None:
    def cost(article: Article) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert complaints_about(article) == []
        return len(captured)

    one = cost(make_article(body=f"It [may](claim:{sound_claim().slug}) [@{make_study().slug}].\n"))
    marks = " ".join(f"It [may](claim:{sound_claim().slug}) [@{make_study().slug}]." for _ in range(8))
    assert cost(make_article(body=marks)) == one <= 8


@pytest.mark.django_db
def test_gate_reads_a_published_version_as_it_reads_a_draft() -> None:
    article = make_published_article(body="Take 300 a day.\n")
    assert complaints_about(article.live) == complaints_about(article)


# Passages


def test_passages_know_lines_words_mentions_and_notes() -> None:
    body = "One [@a2000]. Two\n[three](claim:c1) [[form:l-threonate]].[^1]\n\n- item\n\n"
    body += "![A square](/media/images/a.png)\n\n[^1]: Note `x`.\n"
    first, items, picture, note = passages(body)
    [piece] = first.pieces
    assert (piece.line, piece.words, piece.notes) == (1, "One. Two\nthree l threonate.", (0,))
    assert [(m.kind, m.key, piece.line_at(m.offset)) for m in piece.mentions] == [
        (Kind.STUDY, "a2000", 1),
        (Kind.CLAIM, "c1", 2),
        (Kind.FORM, "l-threonate", 2),
    ]
    assert (items.words, picture.words, note.words, note.note) == ("item", "A square", "Note x.", 0)


def test_sentence_at_is_the_one_that_holds_the_place() -> None:
    [piece] = passages("First one. Second\none! Third.\n")[0].pieces
    assert piece.sentence_at(0) == "First one."
    assert piece.sentence_at(11) == "Second one!"
    assert piece.sentence_at(len(piece.words)) == "Third."


def test_passages_of_nothing_are_none() -> None:
    assert passages("---\n\n    code\n") == []
