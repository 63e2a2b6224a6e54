"""Which translator Zotero's button uses."""

from __future__ import annotations

from tests.zotero.coins import coins
from tests.zotero.embedded import embedded
from tests.zotero.page import Page
from tests.zotero.saving import Item, saved


def offered(page: Page) -> list[Item]:
    """The items behind the button, as they would be saved. COinS go before the page itself (priority 310, then 320)."""
    found = coins(page) or list(filter(None, [embedded(page)]))
    return [saved(item) for item in found]
