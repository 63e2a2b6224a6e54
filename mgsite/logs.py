"""Log lines without what people wrote: replies may speak of illness, and logs travel further than databases."""

import logging
import re

# PostgreSQL quotes the refused row under these words.
QUOTED_ROW = re.compile(r"^(DETAIL|CONTEXT|PARAMETERS|STATEMENT):.*$", re.MULTILINE)


class ScrubbedFormatter(logging.Formatter):
    """Formats a line, then takes out the parts of a traceback that quote rows."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with any quoted row replaced by a note."""
        return QUOTED_ROW.sub(r"\1: (left out)", super().format(record))
