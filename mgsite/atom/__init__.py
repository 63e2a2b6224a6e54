"""Atom feeds (RFC 4287): one shape for all of them, and HTML that reads well in a feed reader. Knows no tables.

Ids, dates and what an entry holds are docs/adr/0016's.
"""

from mgsite.atom.content import for_readers
from mgsite.atom.feed import NEVER, TYPE, Entry, Feed

__all__ = ["NEVER", "TYPE", "Entry", "Feed", "for_readers"]
