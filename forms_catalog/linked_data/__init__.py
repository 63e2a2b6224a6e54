"""What a page is about, for machines: schema.org's terms as JSON-LD, made from the very records that the page shows.

`nodes.py` knows JSON-LD and no record; each kind of page has a module of its own (`forms.py`). What a view's context
calls `linked_data` the base template puts into the head. Nothing is said here that a reader cannot find on the site.
"""

from forms_catalog.linked_data.nodes import Node, absolute, node, written

__all__ = ["Node", "absolute", "node", "written"]
