"""System check: the index has what readers may see, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError, connections

from mgsite.index.keeping import faults
from mgsite.index.models import Document


@register(Tags.database)
def index_and_rows_agree(
    *, app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Report an index that leads nowhere, or leaves something out; nothing before the first migration.

    A warning, as an error would keep `migrate` from running, and that is what mends most of it.
    """
    if "default" not in (databases or []):
        return []
    try:
        if Document._meta.db_table not in connections["default"].introspection.table_names():
            return []
        found = faults()
    except DatabaseError:
        return []
    return [Warning(fault, hint="Run manage.py rebuild_search.", id="site_index.W001") for fault in found]
