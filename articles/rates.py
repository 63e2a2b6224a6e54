"""How often replies are posted, counted without keeping anyone's address.

A network (IPv4 /24, IPv6 /48) is known only by an HMAC whose key changes every day, so that yesterday's
rows say nothing about anyone. Counting is one statement; it needs no lock and cannot lose a count.

Every post counts for its network. For the whole site only replies count that are kept: whoever is
refused takes nothing from others. As the hour fills, a network's share shrinks, so that it takes
thousands of networks, and not one, to leave a reader without room.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.models import RateBucket

WINDOW = timedelta(hours=1)
MOST_PER_NETWORK = 30
"""Posts, previews and mistakes included."""
SHARES = ((600, MOST_PER_NETWORK), (2_500, 5), (5_000, 1))
"""Up to so many replies kept from everybody, each network may have so many of them. More are not stored."""
WHOLE_SITE = "site"

COUNT = """
INSERT INTO articles_ratebucket ("key", "window", "count") VALUES {rows}
ON CONFLICT ("key", "window") DO UPDATE SET "count" = articles_ratebucket."count" + 1
RETURNING "key", "count"
"""


@dataclass(frozen=True, slots=True)
class Attempts:
    """Posts from one network in the present hour, this one included."""

    network: str
    """Key of the network's counter."""
    posts: int
    seconds_left: int
    """Until the hour is over."""

    @property
    def too_many(self) -> bool:
        """Whether to ask the sender to come back later."""
        return self.posts > MOST_PER_NETWORK


class NoRoomError(Exception):
    """So many replies were kept within the hour that this network has had its share."""


def network_of(address: str) -> str:
    """The network an address belongs to. Whatever is no address counts as one network."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is None:
            return f"6-{int(parsed) >> 80:x}"
        parsed = parsed.ipv4_mapped
    return f"4-{int(parsed) >> 8:x}"


def bucket_key(address: str, *, day: datetime) -> str:
    """Name of the network's counter on this day."""
    return salted_hmac(f"articles.rates.{day:%Y-%m-%d}", network_of(address), algorithm="sha256").hexdigest()


def count_attempt(address: str) -> Attempts:
    """Count a post from an address, whatever becomes of it."""
    now = timezone.now()
    key = bucket_key(address, day=now)
    posts = _count(key, window=_window(now))[key]
    if posts == 1:  # a network's first post of the hour pays for tidying up
        forget_old_counters()
    return Attempts(network=key, posts=posts, seconds_left=int((_window(now) + WINDOW - now).total_seconds()) + 1)


def take_room(*, network: str) -> bool:
    """Count a reply that is about to be kept, and say whether the hour is crowded. Raises NoRoomError.

    Call inside the transaction that keeps it: what is refused after all takes no room.
    """
    own = f"kept-{network[:48]}"
    counts = _count(own, WHOLE_SITE, window=_window(timezone.now()))
    site = counts[WHOLE_SITE]
    share = next((share for most, share in SHARES if site <= most), 0)
    if counts[own] > share:
        raise NoRoomError
    return site > SHARES[0][0]


def forget_old_counters() -> int:
    """Remove the counters of hours before the last; how many there were."""
    return RateBucket.objects.filter(window__lt=_window(timezone.now()) - WINDOW).delete()[0]


def _window(now: datetime) -> datetime:
    """When the present hour began."""
    return now.replace(minute=0, second=0, microsecond=0)


def _count(*keys: str, window: datetime) -> dict[str, int]:
    """Add one to each counter; the new counts."""
    stored = RateBucket._meta.get_field("window").get_db_prep_value(window, connection)
    rows = ", ".join(["(%s, %s, 1)"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(rows=rows), [value for key in keys for value in (key, stored)])
        return dict(cursor.fetchall())
