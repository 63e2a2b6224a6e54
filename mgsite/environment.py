"""Reading the environment: every value is checked, every refusal is one sentence an operator can act on."""

import os
import re
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management.utils import get_random_secret_key
from django.core.validators import validate_email

from mgsite import sqlite

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
SHORTEST_KEY = 32
ENGINES = {"django.db.backends.sqlite3", "django.db.backends.postgresql"}
# The names Django answers to; what it never matches would be a setting without effect.
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")

# IMMEDIATE: a transaction waits for its turn instead of failing when a read turns into a write.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        f"PRAGMA journal_mode={'WAL' if sqlite.wal_is_safe(sqlite.version()) else 'DELETE'};"
        "PRAGMA synchronous=NORMAL;PRAGMA journal_size_limit=67108864"
    ),
}
POSTGRES_OPTIONS = {"connect_timeout": 10}
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
"""Ways to hand mail to a server, plain or encrypted from the start or after it, and the port of each."""
MAIL_TIMEOUT = 20  # seconds


def flag(name: str, *, default: bool) -> bool:
    """A yes or no. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if value.lower() in TRUE | FALSE:
        return value.lower() in TRUE
    raise ImproperlyConfigured(f"{name} is {value!r}; it must be 1 or 0 (or true, false, yes, no, on, off).")


def whole_number(name: str, *, default: int, least: int = 0, most: int = 2**31 - 1) -> int:
    """A whole number within bounds. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number from {least} to {most}.")
    return int(value)


def words(name: str) -> list[str]:
    """A comma-separated list; blanks dropped."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def host_names(name: str) -> list[str]:
    """Names to answer to, each as Django takes it. Raises ImproperlyConfigured for what could match no request."""
    names = [word.lower() for word in words(name)]
    for word in names:
        if word != "*" and not HOST.fullmatch(word.removeprefix(".")):
            raise ImproperlyConfigured(
                f"{name} holds {word!r}; each entry must be a host name such as example.org, without scheme or port, "
                "and in its xn-- form if it is an international one."
            )
    return names


def site_url(name: str, *, default: str) -> str:
    """The address readers use, as browsers write it. Raises ImproperlyConfigured unless http(s)://host."""
    value = os.environ.get(name, "").strip() or default
    message = (
        f"{name} is {value!r}; it must look like https://example.org, with no path, "
        "and with the xn-- form of an international name."
    )
    try:
        parts = urlsplit(value)
        valid = parts.scheme in {"http", "https"} and HOST.fullmatch(host_of(value)) and parts.port != 0
    except ValueError as error:
        raise ImproperlyConfigured(message) from error
    if not valid or parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username:
        raise ImproperlyConfigured(message)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def host_of(url: str) -> str:
    """The host of an address as a request names it: in lower case, and in brackets where it holds colons."""
    host = urlsplit(url).hostname or ""
    return f"[{host}]" if ":" in host else host


def data_dir(name: str, *, default: Path) -> Path:
    """The folder for database, media and key; created when missing, refused when it cannot be written."""
    try:
        path = Path(os.environ.get(name, "").strip() or default).expanduser().resolve()
        # It will hold readers' e-mail addresses and the signing key: nobody else's business.
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError as error:
        raise ImproperlyConfigured(f"The data directory {path} is a file; set {name} to a folder.") from error
    except (OSError, RuntimeError, ValueError) as error:
        reason = str(getattr(error, "strerror", None) or error).rstrip(".")
        raise ImproperlyConfigured(f"The data directory of {name} cannot be made: {reason}.") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"The data directory {path} is not writable; set {name} to one that is.")
    return path


def secret_key(name: str, *, directory: Path) -> str:
    """The signing key: from the environment, else generated once and kept in the data directory."""
    value = os.environ.get(name, "").strip()
    if value:
        if len(value) < SHORTEST_KEY:
            raise ImproperlyConfigured(f"{name} is too short to sign with; use at least {SHORTEST_KEY} characters.")
        if not value.isprintable():  # bytes that are no UTF-8 arrive as lone surrogates, with which nothing is signed
            raise ImproperlyConfigured(f"{name} holds characters that cannot be printed; make another key.")
        return value
    path = directory / "secret_key"
    try:
        if not path.exists():
            _write_once(path, get_random_secret_key())
        key = path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise ImproperlyConfigured(f"The secret key {path} cannot be read or written: {reason}.") from error
    if len(key) < SHORTEST_KEY:
        raise ImproperlyConfigured(f"The secret key {path} is too short; delete the file and a new one is made.")
    return key


def _write_once(path: Path, text: str) -> None:
    """Put a complete file in place, readable by its owner only. Whoever comes second keeps the first one's."""
    handle, scratch = tempfile.mkstemp(dir=path.parent)  # made with mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
        os.link(scratch, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(scratch)


def database(name: str, *, directory: Path) -> dict[str, object]:
    """Django's database settings: SQLite in the data directory, or what the URL says.

    Raises ImproperlyConfigured, without repeating a password, when the URL cannot be used.
    """
    value = os.environ.get(name, "").strip() or f"sqlite:///{directory / 'site.sqlite3'}"
    hint = f"{name} cannot be read; it must look like postgres://user:password@host:5432/name, or be unset for SQLite."
    if "://" not in value:
        raise ImproperlyConfigured(hint)
    try:
        settings: dict[str, object] = dict(dj_database_url.parse(value, conn_max_age=60, conn_health_checks=True))
    except (ValueError, TypeError, KeyError) as error:
        raise ImproperlyConfigured(hint) from error
    if settings.get("ENGINE") not in ENGINES or not settings.get("NAME"):
        raise ImproperlyConfigured(hint)
    asked = dict(settings.get("OPTIONS") or {})  # type: ignore[call-overload]
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        if settings["NAME"] == ":memory:":
            raise ImproperlyConfigured(f"{name} asks for a database in memory, which keeps nothing; name a file.")
        if asked.keys() - SQLITE_OPTIONS.keys():
            raise ImproperlyConfigured(f"{name} names options after a “?”; an SQLite database takes none here.")
        settings["OPTIONS"] = {**asked, **SQLITE_OPTIONS}
    else:
        settings["OPTIONS"] = {**POSTGRES_OPTIONS, **asked}
    return settings


def mail(name: str) -> dict[str, object]:
    """Django's mail settings from one address; without one nothing is sent, and `EMAIL_HOST` is empty.

    Raises ImproperlyConfigured, without repeating a password, when it cannot be used.
    """
    value = os.environ.get(name, "").strip()
    backend = "django.core.mail.backends.{}.EmailBackend"
    if not value:
        return {"EMAIL_BACKEND": backend.format("dummy"), "EMAIL_HOST": ""}
    hint = f"{name} cannot be read; it must look like smtp+tls://user:password@host:587, or be unset to send no mail."
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(hint) from error
    if parts.scheme not in MAIL_PORTS or not parts.hostname or parts.path not in {"", "/"} or parts.query or port == 0:
        raise ImproperlyConfigured(hint)
    return {
        "EMAIL_BACKEND": backend.format("smtp"),
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": MAIL_TIMEOUT,
    }


def mail_address(name: str, *, default: str) -> str:
    """One e-mail address. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip()
    try:
        if value:
            validate_email(value)
    except ValidationError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be one e-mail address.") from error
    return value or default
