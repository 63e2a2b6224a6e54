"""One query of the catalog, seen in several ways, and taken away as data."""
