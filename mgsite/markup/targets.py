"""Asking for everything a text refers to, one question per kind, and keeping the answers."""

from collections.abc import Iterable, Iterator, Mapping

from markdown_it.token import Token

from mgsite.markup.addresses import ToRecord, read_image, read_link
from mgsite.markup.references import Kind, Problem, Reference, Resolver, Target

MOST_ADVISED = 100
"""Missing records about which more is said than that they are missing: each takes a search of the catalog."""


class Targets:
    """What the references of one text resolved to."""

    def __init__(self, wanted: Iterable[ToRecord], resolver: Resolver) -> None:
        keys: dict[Kind, dict[str, None]] = {}
        for record in wanted:
            keys.setdefault(record.kind, {})[record.key] = None
        self._resolver = resolver
        self._advice: dict[ToRecord, tuple[str, tuple[str, ...]]] = {}
        self._answers: dict[Kind, Mapping[str, Target]] = {
            kind: resolver.resolve(kind, list(asked)) for kind, asked in keys.items()
        }

    def get(self, record: ToRecord) -> Target | None:
        """The target, or None when there is none."""
        return self._answers[record.kind].get(record.key)

    def find(self, reference: Reference) -> Target | None:
        """The target of a reference, or None."""
        return self.get(ToRecord(reference.kind, reference.key))

    def name_of(self, record: ToRecord) -> str:
        """The record's name; its key when it does not exist."""
        target = self.get(record)
        return target.title if target else record.key

    def problem_with(self, reference: Reference) -> Problem:
        """What to tell an editor about a reference without a target."""
        asked = ToRecord(reference.kind, reference.key)
        if asked not in self._advice:
            self._advice[asked] = self._advise(asked)
        message, suggestions = self._advice[asked]
        return Problem(line=reference.line, text=reference.text, message=message, suggestions=suggestions)

    def _advise(self, missing: ToRecord) -> tuple[str, tuple[str, ...]]:
        """Why there is no such record for readers, and the keys nearest to its own."""
        if len(self._advice) >= MOST_ADVISED:
            return f"Readers can see no {missing.kind} with the key “{missing.key}”.", ()
        suggestions = tuple(self._resolver.suggest(missing.kind, missing.key))
        return self._resolver.explain(missing.kind, missing.key), suggestions


def read_destinations(tokens: Iterable[Token]) -> Iterator[ToRecord]:
    """Every record that tokens ask for. Notes in `meta["to"]` of each link and image where it leads."""
    for inline in tokens:
        for token in inline.children or []:
            if token.type == "citation":
                yield from (ToRecord(Kind.STUDY, cited.key) for cited in token.meta["cited"])
            elif token.type in {"link_open", "record_link", "image"}:
                token.meta["to"] = _read_destination(token)
                if isinstance(token.meta["to"], ToRecord):
                    yield token.meta["to"]


def _read_destination(token: Token) -> object:
    if token.type == "image":
        return read_image(str(token.attrs["src"]))
    return read_link(str(token.meta.get("href") or token.attrs["href"]))
