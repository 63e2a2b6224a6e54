"""Which SQLite the site runs on, and whether write-ahead logging is safe with it.

SQLite 3.7.0 to 3.51.2 can corrupt a database in WAL mode when connections write and checkpoint
together (https://sqlite.org/wal.html#walresetbug). Most systems ship such a version, so the
wheel from PyPI takes the place of the standard library's module wherever it is installed.
See docs/adr/0001-sqlite.md.
"""

import sqlite3
import sys

FIXED_IN = (3, 51, 3)
BACKPORTED_TO = {(3, 44): 6, (3, 50): 7}


def install() -> None:
    """Let `import sqlite3` give the wheel's newer SQLite. Must run before Django's backend loads."""
    try:
        import pysqlite3  # type: ignore[import-untyped]
        import pysqlite3.dbapi2  # type: ignore[import-untyped]
    except ImportError:  # no wheel for this platform: the system's own copy, without WAL if it is affected
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def version() -> tuple[int, int, int]:
    """Version of the SQLite library in use, whichever module provides it."""
    module = sys.modules.get("sqlite3", sqlite3)
    major, minor, patch = module.sqlite_version_info[:3]
    return major, minor, patch


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite version has the WAL-reset fix, in the main line or as a backport."""
    if version >= FIXED_IN:
        return True
    major, minor, patch = version
    backport = BACKPORTED_TO.get((major, minor))
    return backport is not None and patch >= backport
