"""Names of feeds and entries that outlive everything an editor or an operator may change: docs/adr/0016."""

from __future__ import annotations

from collections.abc import Callable
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings

from forms_catalog.models import PublicState


def feed_ids() -> Callable[[str, object], str]:
    """A function from kind and primary key to an id. One query.

    Each database has a UUID of its own, made once and backed up with it; ids are made from that, the kind and the
    key, which never change. Addresses would not do: slugs change, and so may MGSITE_URL.
    """
    own = PublicState.objects.filter(pk=PublicState.ONLY).values_list("feeds", flat=True).first()
    # Before the first public word there is no row, and nothing yet that could keep its id.
    namespace = own or uuid5(NAMESPACE_URL, settings.SITE_URL)
    return lambda kind, key: uuid5(namespace, f"{kind}/{key}").urn
