"""Signs that a moderator may want to look twice at a reply.

They are evidence, never a verdict: a reply with every sign waits in the same queue as one with none.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

from articles import lint

HASTE_SECONDS = 3
MANY_ATTEMPTS = 5
"""Posts from one network within an hour, previews and mistakes included."""
MANY_LINKS = 2
SHOUTING_LETTERS = 20
SHOUTING_SHARE = 0.7
MOST_WORDS_READ = 200
"""Characters of a link's words that are searched for a host; the search is quadratic at worst."""
# Scripts whose letters are mistaken for one another.
LOOKALIKE_SCRIPTS = {"LATIN", "CYRILLIC", "GREEK"}
HOST_IN_TEXT = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[^\W\d_]{2,})(?=$|[/:?#\s])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign, with a sentence for the moderator and a weight from 1 to 3."""

    name: str
    detail: str
    weight: int

    def as_dict(self) -> dict[str, str | int]:
        """The shape stored with the reply."""
        return {"name": self.name, "detail": self.detail, "weight": self.weight}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How a reply was sent, as far as it says something about who or what sent it."""

    seconds: float
    """From opening the form to sending it."""
    attempts: int = 1
    """Posts from the same network within the hour, this one included."""
    trap_filled: bool = False
    """Something was typed into the field that people do not see."""
    network: str = ""
    """Key of the network's counter; it says nothing about the address and is not kept."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a rendered reply."""

    address: str
    text: str

    @property
    def host(self) -> str:
        """The host it leads to, without www; empty for mail and broken addresses."""
        try:
            host = urlsplit(self.address).hostname or ""
        except ValueError:
            return ""
        return host.removeprefix("www.")

    @property
    def host_shown(self) -> str:
        """The host its words name, without www; empty when they name none."""
        shown = HOST_IN_TEXT.search(self.text[:MOST_WORDS_READ])
        return shown[1].lower().removeprefix("www.") if shown else ""


class _LinkReader(HTMLParser):
    """Collects the links of sanitised HTML, in which links do not nest."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.address: str | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.address, self.text = dict(attrs).get("href"), ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.address is not None:
            self.links.append(Link(address=self.address, text=self.text.strip()))
            self.address = None


def links_in(html: str) -> list[Link]:
    """The links of a rendered reply, in order."""
    reader = _LinkReader()
    reader.feed(html)
    reader.close()
    return reader.links


def signals_of(
    *,
    name: str,
    body: str,
    html: str,
    circumstances: Circumstances,
    repeated: bool,
    crowded: bool,
    upper_level: int | None = None,
) -> list[dict[str, str | int]]:
    """Every sign found, heaviest first, as stored with the reply.

    `repeated`: the same text was sent before; `crowded`: unusually many replies came in within the hour;
    `upper_level`: the lowest that the catalog has for adults, in mg a day.
    """
    links = links_in(html)
    found = [
        *_from_circumstances(circumstances, crowded=crowded),
        *_from_links(links),
        *_from_text(name=name, body=body, repeated=repeated),
        *_from_words(lint.plain(f"{name}\n{body}"), upper_level=upper_level),
    ]
    return [signal.as_dict() for signal in sorted(found, key=lambda signal: -signal.weight)]


OF_TEXT = {"links", "disguised link", "confusable link", "capitals", "mixed scripts"}
OF_TEXT |= {"listed word", "high dose", "stopping a medicine", "kidneys", "lithium"}
"""Signs that lie in the words themselves."""


def signals_of_text(
    former: list[dict[str, str | int]], *, name: str, body: str, html: str, upper_level: int | None = None
) -> list[dict[str, str | int]]:
    """The signs of a reply whose words have changed: those of how it was sent stay, those of its words are new."""
    words = lint.plain(f"{name}\n{body}")
    found = [
        *_from_links(links_in(html)),
        *_from_text(name=name, body=body, repeated=False),
        *_from_words(words, upper_level=upper_level),
    ]
    kept = [signal for signal in former if signal["name"] not in OF_TEXT]
    return sorted([*kept, *(signal.as_dict() for signal in found)], key=lambda signal: -int(signal["weight"]))


def _from_circumstances(circumstances: Circumstances, *, crowded: bool) -> Iterator[Signal]:
    if circumstances.trap_filled:
        yield Signal("honeypot", "A field that people do not see was filled in.", 3)
    if circumstances.seconds < HASTE_SECONDS:
        yield Signal("fast", f"Sent less than {HASTE_SECONDS} seconds after the form was opened.", 2)
    if circumstances.attempts > MANY_ATTEMPTS:
        detail = f"{circumstances.attempts} posts from the same network within the hour, previews included."
        yield Signal("rate", detail, 2)
    if crowded:
        yield Signal("crowded", "Sent in an hour in which unusually many replies came in from everywhere.", 1)


def _from_links(links: list[Link]) -> Iterator[Signal]:
    if len(links) >= MANY_LINKS:
        yield Signal("links", f"{len(links)} links.", 2)
    disguised = [link for link in links if link.host and link.host_shown not in {"", link.host}]
    for link in disguised[:1]:
        yield Signal("disguised link", f"A link that reads {link.host_shown} leads to {link.host}.", 3)
    confusable = [link.host for link in links if is_confusable(link.host)]
    for host in confusable[:1]:
        yield Signal("confusable link", f"The address {host} may be mistaken for another.", 3)


def _from_text(*, name: str, body: str, repeated: bool) -> Iterator[Signal]:
    if repeated:
        yield Signal("repeated", "The same text was sent before within a day.", 2)
    letters = [character for character in body if character.isupper() or character.islower()]
    capitals = sum(character.isupper() for character in letters)
    if len(letters) >= SHOUTING_LETTERS and capitals > SHOUTING_SHARE * len(letters):
        yield Signal("capitals", "Written mostly in capitals.", 1)
    if mixes_scripts(name):
        yield Signal("mixed scripts", "The name mixes alphabets within a word.", 2)


def _from_words(words: str, *, upper_level: int | None) -> Iterator[Signal]:
    """What spam sells, and what a reader could be harmed by."""
    listed = lint.blocked_word(words)
    if listed:
        yield Signal("listed word", f"“{listed}” is on the list of words that spam uses.", 2)
    if lint.STOPPING.search(words):
        yield Signal("stopping a medicine", "It speaks of stopping or replacing a medicine.", 3)
    dose = lint.highest_dose(words)
    if upper_level and dose > upper_level:
        yield Signal("high dose", f"It names {dose:,.12g} mg. An upper level for adults is {upper_level} mg a day.", 2)
    if lint.LITHIUM.search(words):
        yield Signal("lithium", "It speaks of lithium, whose level in the blood other salts can change.", 2)
    if lint.KIDNEY.search(words):
        yield Signal("kidneys", "It speaks of kidneys: without their work magnesium builds up.", 2)


def mixes_scripts(text: str) -> bool:
    """Whether one word draws on two alphabets whose letters look alike."""
    return any(len(_scripts(word) & LOOKALIKE_SCRIPTS) > 1 for word in re.findall(r"\w+", text))


def _scripts(word: str) -> set[str]:
    return {unicodedata.name(character, "").partition(" ")[0] for character in word if character.isalpha()}


def is_confusable(host: str) -> bool:
    """Whether a host is a bare number, or spelled with letters outside ASCII (punycode included)."""
    if not host:
        return False
    if not host.isascii() or any(label.startswith("xn--") for label in host.split(".")):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
