"""The catalog as data: the same lists and records as the pages show, as CSV, JSON and citations, and as one edition.

Every download is made from the query that makes the page; what a column means is said once, in the modules named after
kinds of records, and from there reaches files, `/data/` and the database in the edition's zip.
"""
