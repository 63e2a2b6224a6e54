"""Articles, their versions and readers' replies as data: what their pages show, and nothing else.

They have the shape of the catalog's own data (`forms_catalog.exports`): tables of columns that say what they mean.
"""
