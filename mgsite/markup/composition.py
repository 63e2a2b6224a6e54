"""What is known while one article is being written out: where we are, what was cited, what is wrong."""

import re
import secrets
from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.safestring import SafeString
from markdown_it.token import Token

from mgsite.markup.bibliography import Bibliography
from mgsite.markup.glossary import NO_GLOSSARY, Glossary, Term
from mgsite.markup.marks import MarkedClaim, Marking
from mgsite.markup.notes import Notes
from mgsite.markup.outline import Outline
from mgsite.markup.references import Kind, Problem, Reference, Target
from mgsite.markup.targets import Targets


@dataclass(slots=True)
class Composition:
    """The state of one rendering. `preview`: an editor is reading, so what is missing is shown."""

    targets: Targets
    preview: bool
    prefix: str
    outline: Outline
    bibliography: Bibliography
    notes: Notes
    problems: list[Problem]
    glossary: Glossary = NO_GLOSSARY
    references: list[Reference] = field(default_factory=list)
    claims: list[MarkedClaim] = field(default_factory=list)
    terms: dict[str, Term] = field(default_factory=dict)
    """Glossary terms explained so far, by key, in the order of the text."""
    words: int = 0
    block: int = 0
    charts: int = 0
    _markings: list[Marking] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _cards: dict[tuple[str, int], str] = field(default_factory=dict)
    _trusted: list[str] = field(default_factory=list)
    _nonce: str = field(default_factory=lambda: secrets.token_hex(16))

    def look_up(self, reference: Reference) -> Target | None:
        """The reference's target. Notes the reference, and the problem when it has none."""
        self.references.append(reference)
        target = self.targets.find(reference)
        if target is None:
            self.problems.append(self.targets.problem_with(reference))
        return target

    def explain_term(self, term: Term, *, line: int, text: str) -> bool:
        """Note the first use of a term. False when the text has explained it before."""
        if term.key in self.terms:
            return False
        self.terms[term.key] = term
        self.references.append(Reference(Kind.TERM, term.key, line, text))
        return True

    def complain(self, line: int, text: str, message: str) -> None:
        """Note something an editor must mend."""
        self.problems.append(Problem(line, text[:200], message))

    def missing(self, words: str) -> SafeString:
        """What stands where a reference leads nowhere: the plain words, marked only for editors."""
        opening, ending = self.missing_tags()
        return format_html("{}{}{}", opening, words, ending)

    def missing_tags(self) -> tuple[SafeString, SafeString]:
        """What goes around words whose reference leads nowhere."""
        if not self.preview:
            return SafeString(""), SafeString("")
        return SafeString('<span class="unresolved">'), SafeString("</span>")

    def mark_claim(self, target: Target, phrase: str) -> Marking:
        """Note that a claim is marked in the present block."""
        self.claims.append(MarkedClaim(target.key, phrase, self.block))
        first = target.key not in self._numbers
        marking = Marking(
            target,
            phrase,
            number=self._numbers.setdefault(target.key, len(self._numbers) + 1),
            card_id=self._card_id(target.key),
            element_id=f"{self.prefix}claim-{target.key}" if first else "",
        )
        self._markings.append(marking)
        return marking

    def _card_id(self, key: str) -> str:
        """Id of a claim's card in the present block. A claim that comes up again further down has a card there too."""
        place = (key, self.block)
        if place not in self._cards:
            earlier = sum(known == key for known, _ in self._cards)
            self._cards[place] = f"{self.prefix}card-{key}" + (f"-again-{earlier}" if earlier else "")
        return self._cards[place]

    def take_markings(self) -> list[Marking]:
        """What was marked since this was last asked, in order."""
        taken, self._markings = self._markings, []
        return taken

    def chart_slot(self, html: str) -> SafeString:
        """Stands for a chart until the text is sanitised."""
        self.charts += 1
        return self.trusted_slot(html)

    def trusted_slot(self, html: str) -> SafeString:
        """Stands for HTML of a template of ours until the text is sanitised."""
        self._trusted.append(html)
        return format_html("<p>{}</p>", self.slot(f"trusted-{len(self._trusted)}."))

    def with_trusted(self, html: str) -> str:
        """Sanitised HTML with what is trusted in its slots."""
        slots = re.compile(rf"<p>{self.slot('trusted-')}(\d+)\.</p>")
        return slots.sub(lambda slot: self._trusted[int(slot[1]) - 1], html)

    def slot(self, name: str) -> str:
        """Stands for something that is put in later. Nobody who writes a text can know it."""
        return f"{self._nonce}-{name}"


def line_of(inline: Token, child: Token) -> int:
    """Line of the source, from 1, on which an inline token with a place begins."""
    return line_at(inline, child.meta["offset"])


def line_at(inline: Token, offset: int) -> int:
    """Line of the source, from 1, at an offset in the content of an inline token."""
    return (inline.map or [0])[0] + 1 + inline.content.count("\n", 0, offset)
