"""Links to other sites, asked for by their addresses: politely, one after the other, and only by hand.

What cannot be asked says nothing against a link: many publishers turn programs away whose readers they let in.
"""

from __future__ import annotations

import http.client
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

from mgsite.links.connecting import Address, Heard, RefusedError, is_public, request

REACHED, MOVED, GONE, TURNED_AWAY, BROKEN, SILENT, NOT_ASKED = (
    "reached",
    "moved for good",
    "gone",
    "turns programs away",
    "broken there",
    "no answer",
    "not asked",
)
WORTH_A_LOOK = (GONE, NOT_ASKED, BROKEN, SILENT, MOVED, TURNED_AWAY)
"""In the order of a report."""
GONE_STATUSES, AWAY_STATUSES = {404, 410}, {401, 402, 403, 405, 406, 418, 421, 429, 451, 999}
FOR_GOOD = {301, 308}
PAUSE = 1.0
"""Seconds between two requests to one host."""
TRIES = 3
MOST_REDIRECTS = 6
SAFE = "/%:;=@!$&'()*+,~?#[]"


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one address."""

    url: str
    state: str
    said: str = ""


def user_agent() -> str:
    """Who asks, and where whoever minds can complain."""
    name = "".join(char for char in settings.SITE_NAME if char.isalnum())
    return f"{name}-link-check/1 (+{settings.SITE_URL}/about/contact/)"


@dataclass
class Outside:
    """Asks other sites."""

    allowed: Callable[[Address], bool] = is_public
    pause: float = PAUSE
    _asked_at: dict[str, float] = field(default_factory=dict)

    def look_at(self, urls: Iterable[str]) -> Iterator[Finding]:
        """What became of each; hosts take turns, so that none is asked twice in a row while others wait."""
        for url in _in_turns(urls):
            yield self._finding(url)

    def _finding(self, url: str) -> Finding:
        for tried in range(1, TRIES + 1):
            finding = self._try(url)
            if finding.state not in {SILENT, BROKEN} or tried == TRIES:
                break
            time.sleep(self.pause * 2**tried)
        return finding

    def _try(self, url: str) -> Finding:
        try:
            return self._follow(url)
        except RefusedError as error:
            return Finding(url, NOT_ASKED, str(error))
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            return Finding(url, SILENT, f"{type(error).__name__}: {error}"[:200])

    def _follow(self, url: str) -> Finding:
        here, for_good = url, True
        for _ in range(MOST_REDIRECTS):
            heard = self._ask(here)
            if not (300 <= heard.status < 400 and heard.location):
                state = _state(heard.status)
                moved = state == REACHED and here != url and for_good
                return Finding(url, MOVED if moved else state, here if moved else f"answers {heard.status}")
            for_good = for_good and heard.status in FOR_GOOD
            here = urljoin(here, heard.location)
        return Finding(url, BROKEN, "is sent on without end")

    def _ask(self, url: str) -> Heard:
        """HEAD, which sends no body; GET where a server has no sensible answer to that."""
        heard = self._politely("HEAD", url)
        return heard if heard.status < 400 else self._politely("GET", url)

    def _politely(self, method: str, url: str) -> Heard:
        host = _host(url)
        since = time.monotonic() - self._asked_at.get(host, float("-inf"))
        time.sleep(max(0.0, self.pause - since))
        try:
            headers = {"User-Agent": user_agent(), "Accept": "text/html,*/*;q=0.5", "Connection": "close"}
            return request(method, quote(url, safe=SAFE), headers=headers, allowed=self.allowed)
        finally:
            self._asked_at[host] = time.monotonic()


def _state(status: int) -> str:
    if status < 400:
        return REACHED
    if status in GONE_STATUSES:
        return GONE
    return TURNED_AWAY if status in AWAY_STATUSES else BROKEN


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:  # "http://[": refused before it is asked
        return ""


def _in_turns(urls: Iterable[str]) -> Iterator[str]:
    """One of each host, then the next of each."""
    by_host: dict[str, deque[str]] = defaultdict(deque)
    for url in dict.fromkeys(urls):
        by_host[_host(url)].append(url)
    while by_host:
        for host in list(by_host):
            yield by_host[host].popleft()
            if not by_host[host]:
                del by_host[host]
