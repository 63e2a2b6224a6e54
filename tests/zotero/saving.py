"""What of an item a library keeps."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.zotero.names import Creator, words

TYPES = words("""
    artwork audioRecording bill blogPost book bookSection case computerProgram conferencePaper dataset dictionaryEntry
    document email encyclopediaArticle film forumPost hearing instantMessage interview journalArticle letter
    magazineArticle manuscript map newspaperArticle note patent podcast preprint presentation radioBroadcast report
    standard statute thesis tvBroadcast videoRecording webpage
""")
COMMON = words("title abstractNote date language shortTitle url accessDate rights extra")
FIELDS = {
    "journalArticle": COMMON | words("publicationTitle volume issue pages series DOI ISSN libraryCatalog"),
    "webpage": COMMON | words("websiteTitle websiteType"),
    "document": COMMON | words("publisher libraryCatalog"),
}
"""Of the types that our pages may become; anything else is a KeyError, and a failed test."""
OWN_NAMES = {"webpage": {"publicationTitle": "websiteTitle"}}


@dataclass(slots=True)
class Item:
    """What a translator fills in, field by field."""

    type: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    creators: list[Creator] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")


def saved(item: Item) -> Item:
    """The item with the fields that its type has, under the names it has for them."""
    named = OWN_NAMES.get(item.type, {})
    fields = {named.get(name, name): value for name, value in item.fields.items() if value}
    return Item(item.type, {name: value for name, value in fields.items() if name in FIELDS[item.type]}, item.creators)
