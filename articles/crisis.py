"""Does a reply speak of somebody in danger? It only decides who is shown help first and how soon a moderator looks.

A list of phrases (lexicon/crisis.yaml, which says on what basis), not a diagnosis, and nothing is learned from what
people write. It errs towards offering help. It must never refuse, publish or reject anything.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from articles.models.replies import Triage
from articles.wording import Word, masked, replaced, squeezed, words_of

LEXICON = Path(__file__).parent / "lexicon" / "crisis.yaml"
LEVELS = (Triage.NOW, Triage.SOON, Triage.TODAY)
"""Most urgent first."""
FEWEST_COMPACT = 7
"""Letters of a phrase that is also found written as one word."""
MOST_BETWEEN = 8
"""Words read back from a phrase for what denies it."""
SHORT = 2
"""Letters of words that may be pieces of a word."""
FEWEST_PIECES = 4

Phrase = tuple[str, ...]
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The file, its phrases made alike as texts are."""

    tree: Node
    """Phrases by their words, each ending in its level under ""; harmless ones too, with level ""."""
    compact: Mapping[str, str]
    """The most urgent phrases as one word, and their level."""
    research: frozenset[str]
    first_person: frozenset[str]
    denials: frozenset[str]
    between: frozenset[str]
    no_denial_before: frozenset[str]
    leave_out: frozenset[str]
    same: Mapping[Phrase, Phrase]
    starred: Mapping[str, str]
    """Words of phrases with letters starred out, and the words."""


class Match(NamedTuple):
    """A phrase found: the places of its words, and its level."""

    start: int
    end: int
    level: str


def level_of(text: str) -> str:
    """How soon somebody has to look: "now", "soon", "today" (`Triage`), or "" where nothing says so."""
    lexicon = _lexicon()
    words = _read(words_of(text), lexicon)
    if _set_apart(words, lexicon):
        return Triage.NOW.value
    academic = _of_research(words, lexicon)
    found = {
        _softened(match, words[match.start], academic)
        for match in _matches(words, lexicon)
        if match.level and not _denied(words, match.start, lexicon)
    }
    return next((level.value for level in LEVELS if level in found), "")


def level_of_all(*texts: str) -> str:
    """The most urgent level of several texts, such as a reply's words and the name it is signed with."""
    found = {level_of(text) for text in texts}
    return next((level.value for level in LEVELS if level in found), "")


def _read(words: Iterable[Word], lexicon: Lexicon) -> list[Word]:
    """Words as phrases spell them, without those that change nothing."""
    found: list[Word] = []
    for word in replaced((_unstarred(word, lexicon) for word in words), lexicon.same):
        if found and found[-1].text in lexicon.denials and word.text in lexicon.no_denial_before:
            found.pop()
        elif word.text not in lexicon.leave_out:
            found.append(word)
    return found


def _unstarred(word: Word, lexicon: Lexicon) -> Word:
    if "*" not in word.text:
        return word
    return word._replace(text=lexicon.starred.get(word.text, word.text))


def _matches(words: list[Word], lexicon: Lexicon) -> Iterator[Match]:
    """The longest phrase from each place, without those inside an earlier one."""
    covered = 0
    for start in range(len(words)):
        match = _longest(words, start, lexicon)
        if match and match.end > covered:
            covered = match.end
            yield match


def _longest(words: list[Word], start: int, lexicon: Lexicon) -> Match | None:
    joined = words[start].text.removeprefix("i")  # "#iwanttodie"
    if joined in lexicon.compact:
        return Match(start, start + 1, lexicon.compact[joined])
    node, found = lexicon.tree, None
    for end in range(start, len(words)):
        if words[end].text not in node:
            break
        node = node[words[end].text]
        if "" in node:
            found = Match(start, end + 1, node[""])
    return found


def _denied(words: list[Word], start: int, lexicon: Lexicon) -> bool:
    """Whether a denial stands before the phrase in its clause, with nothing of weight between."""
    for place in range(start - 1, max(start - MOST_BETWEEN, 0) - 1, -1):
        word = words[place]
        if word.clause != words[start].clause:
            return False
        if word.text in lexicon.denials:
            return True
        if word.text not in lexicon.between:
            return False
    return False


def _of_research(words: list[Word], lexicon: Lexicon) -> set[int]:
    """Sentences that speak of studies, and in which nobody speaks of themselves."""
    texts = defaultdict(set)
    for word in words:
        texts[word.sentence].add("" if word.quoted and word.text in lexicon.first_person else word.text)
    return {
        sentence
        for sentence, spoken in texts.items()
        if spoken & lexicon.research and not spoken & lexicon.first_person
    }


def _softened(match: Match, first: Word, academic: set[int]) -> str:
    """A phrase's level; in a sentence about research at most today, for words of others that it quotes."""
    if first.sentence not in academic:
        return match.level
    return Triage.TODAY if first.quoted and match.level == Triage.NOW else ""


def _set_apart(words: list[Word], lexicon: Lexicon) -> bool:
    """Whether pieces of words, with the word on either side, spell a phrase: "k i l l myself", "ki ll my se lf"."""
    return any(phrase in joined for joined in _joined(words) for phrase in lexicon.compact)


def _joined(words: list[Word]) -> Iterator[str]:
    pieces = 0
    for place, word in enumerate([*words, Word("end of all")]):
        if len(word.text) <= SHORT:
            pieces += 1
            continue
        if pieces >= FEWEST_PIECES:
            around = words[max(place - pieces - 1, 0) : place + 1]
            yield squeezed("".join(piece.text for piece in around))
        pieces = 0


@cache
def _lexicon() -> Lexicon:
    """The file, read once."""
    given = yaml.safe_load(LEXICON.read_text(encoding="utf-8"))
    same = {_plain(key): _plain(value) for key, value in given["same"].items()}
    sets = {name: frozenset(squeezed(word) for word in given[name]) for name in _SETS}
    phrases: dict[Phrase, str] = {}
    for level in ("today", "soon", "now", "harmless"):
        for line in given[level]:
            words = (word.text for word in replaced(words_of(line), same))
            phrases[tuple(word for word in words if word not in sets["leave_out"])] = level.replace("harmless", "")
    return Lexicon(tree=_tree(phrases), compact=_compact(phrases), same=same, starred=_starred(phrases), **sets)


_SETS = ("research", "first_person", "denials", "between", "no_denial_before", "leave_out")


def _plain(text: str) -> Phrase:
    return tuple(word.text for word in words_of(text))


def _tree(phrases: Mapping[Phrase, str]) -> Node:
    tree: Node = {}
    for phrase, level in phrases.items():
        node = tree
        for word in phrase:
            node = node.setdefault(word, {})
        node[""] = level
    return tree


def _compact(phrases: Mapping[Phrase, str]) -> dict[str, str]:
    joined = {squeezed("".join(phrase)): level for phrase, level in phrases.items() if len(phrase) > 1}
    return {text: level for text, level in joined.items() if level == Triage.NOW and len(text) >= FEWEST_COMPACT}


def _starred(phrases: Mapping[Phrase, str]) -> dict[str, str]:
    words = {word for phrase in phrases for word in phrase if len(word) > SHORT}
    return {mask: word for word in sorted(words) for mask in masked(word)}
