import sqlite3
import sys

import pytest

from mgsite import sqlite


@pytest.mark.parametrize(
    "version",
    [(3, 51, 3), (3, 52, 0), (4, 0, 0), (3, 50, 7), (3, 50, 9), (3, 44, 6)],
    ids=lambda v: ".".join(map(str, v)),
)
def test_wal_is_safe_where_the_fix_is_in(version: tuple[int, int, int]) -> None:
    assert sqlite.wal_is_safe(version)


@pytest.mark.parametrize(
    "version",
    [(3, 40, 1), (3, 51, 2), (3, 50, 6), (3, 44, 5), (3, 45, 9), (3, 7, 0)],
    ids=lambda v: ".".join(map(str, v)),
)
def test_wal_is_unsafe_where_the_fix_is_not(version: tuple[int, int, int]) -> None:
    assert not sqlite.wal_is_safe(version)


@pytest.mark.skipif(sys.platform != "linux", reason="the pinned wheel exists for Linux")
def test_django_uses_the_pinned_sqlite_and_not_the_systems() -> None:
    from django.db.backends.sqlite3 import base

    assert base.Database.sqlite_version_info == sys.modules["sqlite3"].sqlite_version_info == sqlite.version()
    assert sqlite.wal_is_safe(sqlite.version())
    assert sqlite3.__name__ == "pysqlite3"


def test_full_text_search_is_built_in() -> None:
    options = {row[0] for row in sys.modules["sqlite3"].connect(":memory:").execute("PRAGMA compile_options")}
    assert "ENABLE_FTS5" in options
