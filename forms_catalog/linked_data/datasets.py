"""What can be taken away as data, as schema.org's Dataset. No licence is named while the owner has stated none."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from forms_catalog.actions import AsOf
from forms_catalog.explorer.files import TABLES
from forms_catalog.explorer.state import VIEWS, ExplorerState
from forms_catalog.exports.about import CAUTION, LICENCE
from forms_catalog.exports.columns import Table
from forms_catalog.exports.readme import NAME, TITLE
from forms_catalog.grading.words import lower_first
from forms_catalog.linked_data.nodes import LANGUAGE, Node, absolute, node, this_site

FORMATS = {"csv": "text/csv", "json": "application/json", "zip": "application/zip"}
WHOLE = (
    "Forms of magnesium, proposed mechanisms, outcomes, studies and checked claims, on magnesium for depression, "
    f"anxiety, sleep and memory. A row that was read somewhere keeps that address. {CAUTION}"
)


def catalog(*, state: AsOf, tables: Iterable[Table], packed: bool) -> Node:
    """The whole catalog: each list as a file, and where there is room for it all of them in one."""
    zipped = [download("zip", name=f"{NAME}.zip", address=reverse("data-edition"))] if packed else []
    files = ((table, suffix) for table in tables for suffix in TABLES)
    lists = [download(suffix, name=table.title, address=f"/{table.name}.{suffix}") for table, suffix in files]
    return dataset(
        name=TITLE,
        description=WHOLE,
        address=reverse("data"),
        distribution=[*zipped, *lists],
        version=str(state.version),
        date_modified=state.changed_on.isoformat() if state.changed_on else "",
    )


def view_of(*, state: ExplorerState, query: str, said: str, version: int) -> Node:
    """What one view of the explorer shows. `query`: of the view without its page; `said`: what was found, in words."""
    asked = f"?{query}" if query else ""
    page = reverse("explorer:explore")
    addresses = {suffix: f"{page[:-1]}.{suffix}{asked}" for suffix in TABLES}
    narrowed = f", studies{state.narrowed}" if state.narrowed else ""
    return dataset(
        name=f"Evidence on magnesium: {lower_first(VIEWS[state.view])}{narrowed}",
        description=f"{said} {CAUTION}",
        address=f"{page}{asked}",
        distribution=[download(each, name="This view", address=addresses[each]) for each in TABLES],
        version=str(version),
        part_of=absolute(reverse("data")),
    )


def dataset(
    *,
    name: str,
    description: str,
    address: str,
    distribution: list[Node],
    version: str,
    date_modified: str = "",
    part_of: str = "",
) -> Node:
    """Data with its files."""
    return node(
        "Dataset",
        {
            "url": absolute(address),
            "name": name,
            "description": description,
            "creator": this_site(),
            "license": LICENCE if LICENCE.startswith("https://") else "",
            "isAccessibleForFree": True,
            "inLanguage": LANGUAGE,
            "version": version,
            "dateModified": date_modified,
            "isPartOf": part_of,
            "distribution": distribution,
        },
    )


def download(suffix: str, *, name: str, address: str) -> Node:
    """One file."""
    return node("DataDownload", {"name": name, "contentUrl": absolute(address), "encodingFormat": FORMATS[suffix]})
