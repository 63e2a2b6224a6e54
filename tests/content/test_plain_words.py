"""Verdicts and safety are told in plain words: SMOG grade 11 or less, measured over the shipped texts.

SMOG grades a text by its words of three syllables or more per sentence, scaled to thirty sentences. Few of our texts
have thirty, and one average over all of them would let a hard text hide among easy ones. So:

- each text of three sentences or more is graded by itself, by the formula's own scaling;
- shorter texts are pooled by kind (all "in brief" lines together, and so on), and each of them is also held to a
  ceiling of its own, so that none can hide in its pool;
- the long texts of a kind are pooled too: the kind as a whole has to be as plain as its parts.

Words that have no shorter name (magnesium, a medicine on a box) are listed in plain_words.yaml and count as short.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import textstat
import yaml

from forms_catalog.models.vocabulary import Certainty, Verdict
from tests.content.texts import ROOT, records

HIGHEST_GRADE = 11
MOST_HARD_WORDS = 2.5
"""A sentence, in a text too short for a grade of its own."""
LONG = 3
FIELDS = {
    "claims": ("in_brief", "why", "suggested_wording", "safety_note", "certainty_reason", "what_would_change"),
    "forms": ("cautions", "tolerability"),
    "cautions": ("condition", "threshold", "rule"),
    "interactions": ("direction", "mechanism", "what_to_do", "note"),
    "adverse-effects": ("effect", "detail"),
    "crisis-lines": ("region", "service", "contact", "hours"),
    "glossary": ("definition", "more"),
}
TEMPLATES = {
    "alerts": ["components/alert-notice.html"],
    "crisis": ["components/crisis.html", "partials/footer.html"],
    "verdicts": [
        "catalog/claim.html",
        "catalog/claim_list.html",
        "catalog/_claim_searches.html",
        "articles/_tally.html",
    ],
    "certainty": ["catalog/_claim_certainty.html", "catalog/_claim_rule.html"],
}
KINDS = [f"{kind}.{field}" for kind, fields in FIELDS.items() for field in fields] + list(TEMPLATES)
WORD = re.compile(r"[\w’'-]+")


@cache
def allowed() -> re.Pattern[str]:
    groups = yaml.safe_load(Path(__file__).with_name("plain_words.yaml").read_text(encoding="utf-8"))
    words = sorted((word for group in groups.values() for word in group), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})s?(?![\w-])", re.IGNORECASE)


def measured(text: str) -> str:
    """The text as it is measured: allowed words short, figures and addresses silent, a full stop at its end."""
    text = allowed().sub("word", text.strip())
    return text if text.endswith((".", "!", "?")) else f"{text}."


def hard_words(text: str) -> list[str]:
    return [word for word in WORD.findall(measured(text)) if textstat.syllable_count(word.strip("’'-")) >= 3]


def sentences(text: str) -> int:
    return max(1, int(textstat.sentence_count(measured(text))))


def grade(texts: list[str]) -> float:
    """SMOG over the texts together. Agrees with textstat's own where that gives one."""
    hard = sum(len(hard_words(text)) for text in texts)
    return 1.043 * math.sqrt(30 * hard / sum(map(sentences, texts))) + 3.1291


def words_of_template(name: str) -> Iterator[str]:
    """What a template says, block by block; values are short words."""
    source = (ROOT / "templates" / name).read_text(encoding="utf-8")
    source = re.sub(r"{#.*?#}", "", source, flags=re.DOTALL)
    source = re.sub(r"{%\s*(?:else|elif)[^%]*%}", "\n", source)
    source = re.sub(r'{%\s*term "[\w-]+" "([^"]+)"\s*%}', r"\1", source)
    source = re.sub(r"{%\s*term[^%]*%}|{{.*?}}", "word", source, flags=re.DOTALL)
    source = re.sub(r"{%.*?%}", "", source, flags=re.DOTALL)
    source = re.sub(r"</(?:p|li|h\d|dt|dd|div|section|ul|dl)>", "\n", source)
    for block in re.sub(r"<[^>]+>", "", source).split("\n"):
        if len(WORD.findall(block)) > 3:
            yield " ".join(block.split())


def texts_of(kind: str) -> list[tuple[str, str]]:
    """Every text of a kind with its name."""
    if kind in TEMPLATES:
        return [(name, text) for name in TEMPLATES[kind] for text in words_of_template(name)]
    folder, _, field = kind.partition(".")
    found = [(slug, record[field]) for slug, record in records(folder).items() if record.get(field)]
    return [(slug, text) for slug, value in found for text in (value if isinstance(value, list) else [value])]


@pytest.mark.parametrize("kind", KINDS)
def test_text_is_plain(kind: str) -> None:
    texts = texts_of(kind)
    assert texts, kind
    hard = {
        f"{name}: {text}": hard_words(text)
        for name, text in texts
        if (sentences(text) >= LONG and grade([text]) > HIGHEST_GRADE)
        or (sentences(text) < LONG and len(hard_words(text)) / sentences(text) > MOST_HARD_WORDS)
    }
    assert hard == {}


@pytest.mark.parametrize("kind", KINDS)
def test_kind_is_plain_as_a_whole(kind: str) -> None:
    texts = [text for _, text in texts_of(kind)]
    short = [text for text in texts if sentences(text) < LONG]
    assert grade(texts) <= HIGHEST_GRADE
    assert not short or grade(short) <= HIGHEST_GRADE


def test_words_for_verdict_and_certainty_are_short_or_explained() -> None:
    for label in [*Verdict.labels, *Certainty.labels]:
        # "Moderate" is GRADE's own word, explained with the others under "certainty of evidence".
        assert hard_words(label) in ([], ["Moderate"]), label


def test_allowed_words_are_all_needed() -> None:
    texts = [text for kind in KINDS for _, text in texts_of(kind)]
    said = " ".join([*texts, *map(str, Verdict.labels)]).lower()
    groups = yaml.safe_load(Path(__file__).with_name("plain_words.yaml").read_text(encoding="utf-8"))
    for group, words in groups.items():
        assert [word for word in words if word.lower() not in said] == [], group


def test_the_measure_is_textstat_s_and_notices_a_hard_text() -> None:
    hard = "It is contraindicated. Pharmacological considerations will predominate. Deterioration is multifactorial."
    easy = "Ask your doctor first. Do not stop at once. Call for help."

    assert grade([hard]) == pytest.approx(textstat.smog_index(hard), abs=0.1)
    assert grade([easy]) == pytest.approx(textstat.smog_index(easy), abs=0.1)
    assert grade([easy]) < HIGHEST_GRADE < grade([hard])
    assert hard_words("Magnesium supplements, depressions and magnesium-deficient") == ["magnesium-deficient"]
