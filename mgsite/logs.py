"""Log lines without what people wrote: replies may speak of illness, and logs travel further than databases."""

import logging
import re

# PostgreSQL quotes the refused row under these words.
QUOTED_ROW = re.compile(r"^(DETAIL|CONTEXT|PARAMETERS|STATEMENT):.*$", re.MULTILINE)

# Addresses whose last part is a key to somebody's replies. Django names the address of every answer of 400 and above.
KEYS = re.compile(r"(/replies/(?:passport|mail/\w+)/)[^/\s'\"]+")


class ScrubbedFormatter(logging.Formatter):
    """Formats a line, then takes out the parts of a traceback that quote rows, and keys."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with any quoted row and any key replaced by a note."""
        return KEYS.sub(r"\1(left out)", QUOTED_ROW.sub(r"\1: (left out)", super().format(record)))
