"""Structures drawn from their SMILES. Drawing needs RDKit and happens once; reading needs nothing (docs/adr/0008)."""

from forms_catalog.structures.cleaning import DrawingRefused, clean_drawing
from forms_catalog.structures.describing import Parts, describe, parts_of
from forms_catalog.structures.showing import drawing_for_page

__all__ = ["DrawingRefused", "Parts", "clean_drawing", "describe", "drawing_for_page", "parts_of"]
