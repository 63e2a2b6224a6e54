"""System checks of our own: what would be unsafe is an error, what the owner still has to do is a warning."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connection, connections

from mgsite import sqlite


@register(Tags.database)
def sqlite_is_safe(
    *, app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse write-ahead logging on a SQLite that can corrupt it."""
    return [
        Error(
            f"SQLite {'.'.join(map(str, sqlite.version()))} can corrupt a database in WAL mode.",
            hint="Install the pinned requirements (pysqlite3 brings a fixed SQLite), or use PostgreSQL.",
            id="mgsite.E001",
        )
        for alias in databases or []
        if _uses_wal(alias) and not sqlite.wal_is_safe(sqlite.version())
    ]


def _uses_wal(alias: str) -> bool:
    """Whether this database is SQLite in WAL mode, as the file itself says."""
    if connections[alias].vendor != "sqlite":
        return False
    with connections[alias].cursor() as cursor:
        return bool(cursor.execute("PRAGMA journal_mode").fetchone()[0] == "wal")


@register(Tags.security)
def address_fits_server(*, app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse settings under which an https site would leak its internals or redirect for ever."""
    found: list[CheckMessage] = []
    if settings.HTTPS and settings.DEBUG:
        found.append(
            Error(
                "MGSITE_DEBUG is on for an https site; every error would show its settings to strangers.",
                hint="Unset MGSITE_DEBUG.",
                id="mgsite.E002",
            )
        )
    if settings.HTTPS and not settings.PROXY_COUNT:
        found.append(
            Error(
                "MGSITE_URL is https but MGSITE_PROXY_COUNT is 0: each request would be redirected to itself.",
                hint="The server speaks plain HTTP; say how many proxies of yours stand before it, usually 1.",
                id="mgsite.E003",
            )
        )
    return found


@register()
def crisis_lines_are_confirmed(*, app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Remind the owner of crisis lines that nobody has rung, for as long as there are any."""
    waiting = _unconfirmed_crisis_lines()
    if not waiting:
        return []
    return [
        Warning(
            f"Crisis lines not confirmed by the owner: {', '.join(waiting)}.",
            hint="Check that each one works, add your own country's, and set 'confirmed on' in the admin.",
            id="mgsite.W001",
        )
    ]


@register()
def owner_is_named(*, app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Remind the owner that readers cannot see who runs the site and who pays, for as long as something is missing."""
    unsaid = _unsaid_of_the_owner()
    if not unsaid:
        return []
    return [
        Warning(
            f"Readers are not told of this site: {', '.join(unsaid)}.",
            hint="Fill in 'Site owner' in the admin; /about/us/ shows it, and says plainly what is still empty.",
            id="mgsite.W002",
        )
    ]


@register()
def weaknesses_can_be_reported(*, app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Remind the owner that whoever finds a weakness is not told whom to write to."""
    owner = _owner()
    if owner is None or owner.mail_address:
        return []
    return [
        Warning(
            "There is no /.well-known/security.txt: it must name a contact, and none is known.",
            hint="Give a contact e-mail under 'Site owner' in the admin.",
            id="mgsite.W003",
        )
    ]


def _unsaid_of_the_owner() -> list[str]:
    """What the owner has not filled in; nothing while there is no database to ask."""
    owner = _owner()
    return list(owner.unsaid()) if owner else []


def _owner() -> Any:
    """What the owner has said, which may be nothing; None while there is no database to ask."""
    owners = apps.get_model("articles", "SiteOwner")
    try:
        if owners._meta.db_table not in connection.introspection.table_names():
            return None
        return owners._default_manager.first() or owners()
    except DatabaseError:
        return None


def _unconfirmed_crisis_lines() -> list[str]:
    """Their names; none while there is no database to ask, for which other checks have better words."""
    lines = apps.get_model("forms_catalog", "CrisisLine")
    try:
        if lines._meta.db_table not in connection.introspection.table_names():
            return []
        return [str(line) for line in lines._default_manager.filter(confirmed_on=None)]
    except DatabaseError:
        return []
