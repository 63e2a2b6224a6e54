"""Editions: the catalog as files, one record per file. Load one, or export the catalog as one."""

from forms_catalog.edition.errors import EditionError
from forms_catalog.edition.exporting import export_edition
from forms_catalog.edition.loading import Report, load_edition

__all__ = ["EditionError", "Report", "export_edition", "load_edition"]
