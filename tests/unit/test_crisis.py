"""Which words make a reply urgent: sentences both ways, disguises, and the cost of hostile text."""

import random
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from articles.crisis import LEVELS, LEXICON, level_of, level_of_all
from articles.models import Triage

GOLDEN = yaml.safe_load((Path(__file__).parent / "crisis_sentences.yaml").read_text(encoding="utf-8"))
LISTED = yaml.safe_load(LEXICON.read_text(encoding="utf-8"))
ALL = [(level, sentence) for level, sentences in GOLDEN.items() for sentence in sentences]


@pytest.mark.parametrize(("level", "sentence"), ALL)
def test_a_sentence_gets_the_level_it_needs(level: str, sentence: str) -> None:
    assert level_of(sentence) == ("" if level == "calm" else level)


def test_the_list_holds_enough_of_both_kinds() -> None:
    assert len(ALL) >= 80
    assert min(len(GOLDEN["now"]), len(GOLDEN["calm"])) >= 30
    assert [level.value for level in LEVELS] == ["now", "soon", "today"] == Triage.values


@pytest.mark.parametrize("level", ["now", "soon", "today"])
def test_every_phrase_of_the_list_is_found(level: str) -> None:
    """A phrase that a longer harmless one swallows, or that is misspelled for the reader of the file, is decoration."""
    order = ["now", "soon", "today"]
    weak = [phrase for phrase in LISTED[level] if level_of(phrase) not in order[: order.index(level) + 1]]
    assert weak == []


def test_harmless_phrases_are_harmless() -> None:
    assert [phrase for phrase in LISTED["harmless"] if level_of(phrase)] == []


def test_the_most_urgent_words_of_several_texts_count() -> None:
    assert level_of_all("Anna", "I hate myself", "I want to die") == "now"
    assert level_of_all("Anna", "What about sleep?") == ""


@pytest.mark.parametrize("between", ["\n", " ", "  ", "\t", "... ", "-", "_", "\u00a0", "\u2060 ", " **", " \u202e"])
def test_what_stands_between_words_does_not_hide_them(between: str) -> None:
    assert level_of(between.join(["i", "want", "to", "die"])) == "now"


def test_our_own_articles_and_claims_are_calm() -> None:
    """Health prose that is full of risk, dose and death, and where nobody speaks of themselves."""
    base = Path(settings.BASE_DIR)
    texts = [path.read_text(encoding="utf-8") for path in sorted((base / "articles/content").glob("*.md"))]
    texts += [path.read_text(encoding="utf-8") for path in sorted((base / "forms_catalog/data").rglob("*.yaml"))]
    assert len(texts) > 100
    loud = [part for text in texts for part in text.split("\n") if level_of(part) == "now"]
    assert loud == []


HOSTILE = {
    "letters": "a" * 10_000,
    "letters apart": "k i l l " * 1_250,
    "starts of phrases": "do not want to wake up " * 435,
    "denials": "i am not " * 1_111,
    "quotes": '"' * 10_000,
    "stars": "k*" * 5_000,
    "marks": "a\u0301" * 5_000,
    "one sign for a sentence": "\ufdfa" * 10_000,
    "invisible": "\u200b" * 10_000,
    "signs": "".join(random.Random(7).choice("abkilmysef *.'!@$0 \n") for _ in range(10_000)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_answered(text: str) -> None:
    assert len(text) <= 10_010
    assert level_of(text) in {"", "now", "soon", "today"}
