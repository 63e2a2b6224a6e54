"""The walk: from a few addresses along every link inside the site, each address asked for once.

A query string can be joined with every other, so there is no end of addresses with one. They are asked for where a page
without a query names them; what they name in their turn is followed only `depth` such steps far.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import unquote, urldefrag, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from mgsite.links.asking import Answer, ask
from mgsite.links.reading import Link, read

MOST_REDIRECTS = 5
NO_PLACE = "there is no such place on the page"
MOST_PAGES = 5
"""Pages named for one dead address; the rest are counted."""
STAFF = "/admin/"
"""Asked for, and never read: a stranger sees its door alone."""
OF_PROGRAMS = ("mailto:", "tel:", "sms:", "data:")
ALWAYS_THERE = {"", "top"}


@dataclass(frozen=True, slots=True)
class Fault:
    """A link that leads nowhere, or not straight."""

    url: str
    reason: str
    pages: tuple[str, ...]
    """Addresses that name it, the first ones."""
    others: int = 0
    """How many more do."""


@dataclass(slots=True)
class Target:
    """An address inside the site, and what is known of it."""

    depth: int
    pages: list[str] = field(default_factory=list)
    """The first that name it."""
    named: int = 0
    """How many do."""
    last: str | None = None
    posted: bool = True
    """Whether nothing but forms sent by POST names it."""
    reason: str = ""
    leads_to: str = ""
    """Where a redirect sends on."""
    places: frozenset[str] = frozenset()
    wanted: dict[str, list[str]] = field(default_factory=dict)
    """Places on it that are named, with the pages that do."""
    listed: bool = False
    """Whether the sitemap names it."""
    canonical: str = ""
    unlisted: bool = False

    def note(self, page: str, *, posted: bool = False) -> None:
        """Another page names it."""
        self.posted = self.posted and posted
        if page == self.last:
            return
        self.last, self.named = page, self.named + 1
        if len(self.pages) < MOST_PAGES:
            self.pages.append(page)


class Walk:
    """One walk. Its results are there when `go` has ended."""

    def __init__(self, *, depth: int = 1, most_files: int | None = None) -> None:
        self.depth, self.most_files = depth, most_files
        self.targets: dict[str, Target] = {}
        self.outside: dict[str, Target] = {}
        self.left_out = 0
        """Addresses that were not asked for."""
        self._files: Counter[str] = Counter()
        self._waiting: deque[str] = deque()
        self._left_out: set[str] = set()

    def go(self, start: Iterable[str]) -> None:
        """Follow everything from these addresses on."""
        for address in start:
            self._meet(Link(address), page="", depth=0)
        while self._waiting:
            address = self._waiting.popleft()
            self._visit(address, self.targets[address])
        self.left_out = len(self._left_out - self.targets.keys())

    def _visit(self, address: str, target: Target) -> None:
        answer = ask(address)
        target.reason = _what_is_wrong(answer, posted=target.posted)
        if answer.location:
            self._send_on(target, urldefrag(answer.location).url)
        elif not (target.reason or urlsplit(address).path.startswith(STAFF)):
            reading = read(answer, address=address)
            target.places = frozenset(reading.places)
            target.canonical, target.unlisted = reading.canonical, reading.unlisted
            for link in reading.links:
                self._meet(link, page=address, depth=target.depth)

    def _send_on(self, target: Target, address: str) -> None:
        """Queue where a redirect leads: as deep as what led there, for it is the same page."""
        target.leads_to = address
        if _is_inside(address) and address not in self.targets:
            self.targets[address] = Target(target.depth)
            self._waiting.append(address)

    def _meet(self, link: Link, *, page: str, depth: int) -> None:
        """Note a link, and queue its target where nobody has met it yet."""
        address, _, place = link.url.partition("#")
        if not _is_inside(address):
            self._note_outside(link, address, page)
            return
        deeper = depth + bool(urlsplit(address).query)
        if address not in self.targets:
            if deeper > self.depth or self._is_one_too_many(address):
                self._left_out.add(address)
                return
            self.targets[address] = Target(deeper)
            self._waiting.append(address)
        target = self.targets[address]
        target.note(page, posted=link.posted)
        target.listed = target.listed or link.listed
        if place not in ALWAYS_THERE and not place.startswith(":~:"):
            target.wanted.setdefault(unquote(place), []).append(page)

    def _is_one_too_many(self, address: str) -> bool:
        """Whether enough files of its kind were asked for: what one entry of the list of addresses answers."""
        path = unquote(urlsplit(address).path)
        if self.most_files is None or "." not in path.rpartition("/")[2] or path.startswith(settings.STATIC_URL):
            return False
        with suppress(Resolver404):
            kind = resolve(path).view_name
            self._files[kind] += 1
            return self._files[kind] > self.most_files
        return False

    def _note_outside(self, link: Link, address: str, page: str) -> None:
        if link.of_readers or address.startswith(OF_PROGRAMS):
            return
        if not _has_host(address):
            self.targets.setdefault(address, Target(0, reason="is no address")).note(page)
        else:
            self.outside.setdefault(address, Target(0)).note(page)

    def dead(self) -> Iterator[Fault]:
        """Links inside the site that lead nowhere."""
        for address, target in sorted(self.targets.items()):
            final = self._final(target)
            if (final is None or final.reason) and target.pages:
                yield _fault(address, target, final.reason if final else "is sent round in a circle")
            elif wrong := _should_not_be_listed(address, target):
                yield _fault(address, target, wrong)
            for place, pages in sorted(target.wanted.items()):
                if final and not final.reason and place not in final.places:
                    shown = tuple(dict.fromkeys(pages))
                    yield Fault(f"{address}#{place}", NO_PLACE, shown[:MOST_PAGES], len(shown[MOST_PAGES:]))

    def detours(self) -> Iterator[Fault]:
        """Links that lead on only by a redirect."""
        for address, target in sorted(self.targets.items()):
            if target.leads_to and any(target.pages):
                yield _fault(address, target, f"leads on to {target.leads_to}")

    def _final(self, target: Target) -> Target | None:
        """Where it led in the end, itself or where redirects lead; None for a circle. Other sites are believed."""
        for _ in range(MOST_REDIRECTS):
            if not target.leads_to:
                return target
            target = self.targets.get(target.leads_to) or Target(0, places=frozenset(target.wanted))
        return None


def _fault(address: str, target: Target, reason: str) -> Fault:
    return Fault(address, reason, tuple(target.pages), target.named - len(target.pages))


def _should_not_be_listed(address: str, target: Target) -> str:
    """What is wrong with an address of the sitemap, beyond that it leads somewhere."""
    if not target.listed:
        return ""
    if target.leads_to:
        return "is in the sitemap, and only leads on"
    if target.unlisted:
        return "is in the sitemap, and asks not to be listed"
    return "" if target.canonical == address else f"is in the sitemap, and says that its address is {target.canonical}"


def _is_inside(address: str) -> bool:
    return address == settings.SITE_URL or address.startswith(f"{settings.SITE_URL}/")


def _has_host(address: str) -> bool:
    """Whether it is an address of the web at all."""
    try:
        return urlsplit(address).scheme in {"http", "https"} and bool(urlsplit(address).hostname)
    except ValueError:
        return False


def _what_is_wrong(answer: Answer, *, posted: bool) -> str:
    if answer.status < 400 or (answer.status == 405 and posted):
        return ""
    return f"answers {answer.status}"
