"""Text that an XML document can hold."""

import re

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold, however they are written."""


def legal(text: str) -> str:
    """The text with a sign in place of each character that would make the whole file unreadable."""
    return NOT_XML.sub("\ufffd", str(text))
