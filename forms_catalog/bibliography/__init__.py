"""Citations out: one neutral record, and one writer for each format. A format knows the record, never a table."""

from forms_catalog.bibliography.formats import DOWNLOADS, SHOWN, Download, Shown, citations_of
from forms_catalog.bibliography.names import Name, read_name
from forms_catalog.bibliography.work import Medium, Work

__all__ = ["DOWNLOADS", "SHOWN", "Download", "Medium", "Name", "Shown", "Work", "citations_of", "read_name"]
