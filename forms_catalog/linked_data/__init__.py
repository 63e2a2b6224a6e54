"""What a page is about, for machines: schema.org's terms as JSON-LD, made from the very records that the page shows.

`nodes.py` knows JSON-LD and no record; each kind of page has a module of its own (`forms.py`). A page hands a node to
the tag `{% linked_data node %}`, which writes it. Nothing is said here that a reader cannot find on the site.
"""

from forms_catalog.linked_data.nodes import Node, absolute, node, written

__all__ = ["Node", "absolute", "node", "written"]
