"""What Zotero makes of a page: its own reading rules, written anew.

Zotero's translators are under the AGPL and on no package registry, so neither copied nor fetched. Mirrored, in the
order in which Zotero applies them, are the published rules of

- "COinS" (2015-06-04) with `parseContextObject` of zotero/utilities: `coins.py`
- "Embedded Metadata" (2024-06-13): `embedded.py`, with the parts of "RDF" (2019-09-08) that one page's <meta> can
  reach, which are those about a single node whose values are all text: `rdf.py`
- `cleanAuthor`, `capitalizeTitle`, `cleanDOI` of zotero/utilities: `names.py`
- `itemToAPIJSON` of the same, which decides what of it is saved: `saving.py`

Their oddities are kept on purpose, each with a word on it: the tags have to be right in spite of them. JSON-LD is not
read by these rules. Left out: tags, attachments, and guessing an author from a byline, which raises instead.
"""

from tests.zotero.page import Page
from tests.zotero.saving import Item, saved
from tests.zotero.translators import offered

__all__ = ["Item", "Page", "offered", "saved"]
