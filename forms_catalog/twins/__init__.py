"""Every page of records and lists as JSON: which there are, and what is in them.

One list makes `/data/` for people and the contract that keeps names of fields as they are (ADR 20). The apps above
hand in theirs when they are ready, as they do for the search.
"""


def hand_in() -> None:
    """Let `/data/` know the catalog's own, once all models are there."""
    from forms_catalog.twins import beside, catalog
    from forms_catalog.twins.twin import contribute

    contribute(*catalog.twins(), *beside.TWINS, samples=catalog.samples)
