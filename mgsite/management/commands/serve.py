"""Prepares everything the site needs and becomes the production server. Safe to run again and again."""

import errno
import fcntl
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from articles.edition import ArticleEditionError, load_articles
from articles.models import Article
from forms_catalog.edition import load_edition
from forms_catalog.edition.errors import EditionError
from forms_catalog.models import Form
from mgsite import environment, staticfiles
from mgsite.index.keeping import make_ready

THREADS_PER_WORKER = 4
MOST_WORKERS = 64
START_LOCK = 7_260_001  # any number that nothing else on the same PostgreSQL uses


class Command(BaseCommand):
    """Every obstacle is a CommandError of one sentence."""

    help = "Prepare the database and the static files, then serve the site (HOST, PORT, MGSITE_WORKERS)."
    requires_system_checks: list[str] = []  # they run below, once there is a database to check

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, then hand the process over to granian; does not return."""
        workers = environment.whole_number("MGSITE_WORKERS", default=default_workers(), least=1, most=MOST_WORKERS)
        host = address_to_bind(os.environ.get("HOST", "").strip() or "127.0.0.1", settings.PORT)
        with one_start_at_a_time():
            self.prepare_database()
            self.prepare_static_files()
        self.check(databases=["default"])
        connection.close()
        self.stdout.write(f"{settings.SITE_NAME} is at {shown_address(host, settings.PORT)} (Ctrl-C stops it).")
        self.stdout.flush()
        os.chdir(settings.BASE_DIR)
        os.execv(sys.executable, server_command(host, settings.PORT, workers=workers))  # noqa: S606

    def prepare_database(self) -> None:
        """Migrate, and load the first edition when there is nothing yet."""
        with database_errors_in_a_sentence():
            waiting = pending_migrations()
            if waiting:
                call_command("migrate", interactive=False, verbosity=0)
                self.stdout.write(f"Database: {waiting} migrations applied.")
            if not Form.objects.exists() and not Article.objects.exists():
                self.load_first_edition()
            make_ready(using="default")  # a newer version of the code may say other things of the same rows
            call_command("forget", verbosity=0)

    def load_first_edition(self) -> None:
        """Fill an empty database from the files of the repository."""
        self.stdout.write("Loading the first edition.")
        try:
            with transaction.atomic():
                catalog, articles = load_edition(), load_articles()
        except (EditionError, ArticleEditionError) as error:
            raise CommandError(f"The first edition cannot be loaded. {error}") from error
        self.stdout.write(f"Catalog: {catalog}.\nArticles: {articles}.")

    def prepare_static_files(self) -> None:
        """Collect, hash and compress, unless that was done for exactly these sources."""
        digest = staticfiles.sources_digest()
        note = settings.DATA_DIR / "static.digest"
        manifest = settings.STATIC_ROOT / "staticfiles.json"
        if manifest.exists() and note.exists() and note.read_text(encoding="ascii") == digest:
            return
        self.stdout.write("Collecting static files.")
        try:
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            note.write_text(digest, encoding="ascii")
        except (OSError, ValueError) as error:
            raise CommandError(f"The static files cannot be collected: {one_line(error)}") from error


def default_workers() -> int:
    """One per core this process may use, at most four: memory grows with each."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 4)


def address_to_bind(host: str, port: int) -> str:
    """The numeric address to listen on, after trying it. Raises CommandError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise CommandError(f"HOST is {host!r}, which is not an address of this machine.") from error
    with socket.socket(family, kind, protocol) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(address)
        except PermissionError as error:
            raise CommandError(f"Port {port} is not open to this user; choose one above 1023 with PORT.") from error
        except OSError as error:
            raise CommandError(refusal(host, port, error)) from error
    return str(address[0])


def refusal(host: str, port: int, error: OSError) -> str:
    """Why this machine does not let us listen there."""
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is taken; stop what uses it, or choose another: PORT={port % 65535 + 1} make run."
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return f"HOST is {host!r}, which is not an address of this machine."
    return f"The server cannot listen on {host}, port {port}: {error.strerror}."


def shown_address(host: str, port: int) -> str:
    """The address to open in a browser on this machine."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104  (compared, not bound)
        host = "127.0.0.1"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def server_command(host: str, port: int, *, workers: int) -> list[str]:
    """Granian's command line."""
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": port,
        "--workers": workers,
        "--blocking-threads": THREADS_PER_WORKER,
        "--workers-kill-timeout": 10,
        "--log-level": "warning",
    }
    flags = ["--no-ws", "--no-access-log", "--respawn-failed-workers"]
    pairs = [str(part) for option in options.items() for part in option]
    return [sys.executable, "-m", "granian", *pairs, *flags, "mgsite.wsgi:application"]


@contextmanager
def one_start_at_a_time() -> Iterator[None]:
    """Two starts at once would migrate and load twice: the second waits, here or on another machine."""
    with database_errors_in_a_sentence():
        connection.ensure_connection()
    try:
        lock = (settings.DATA_DIR / "start.lock").open("w")
    except OSError as error:
        raise CommandError(f"The data directory {settings.DATA_DIR} cannot be written: {error.strerror}.") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:  # let go when the connection closes
                cursor.execute("SELECT pg_advisory_lock(%s)", [START_LOCK])
        yield


@contextmanager
def database_errors_in_a_sentence() -> Iterator[None]:
    """Turn what the driver says into a CommandError that never repeats the password."""
    try:
        yield
    except DatabaseError as error:
        where = connection.settings_dict["HOST"] or connection.settings_dict["NAME"]
        raise CommandError(f"The database {where} cannot be used: {one_line(error)}") from error


def one_line(error: Exception) -> str:
    """An error's first line, as a sentence, without the database password."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    text = lines[0] if lines else type(error).__name__
    password = connection.settings_dict.get("PASSWORD")
    if password:
        text = text.replace(password, "***")
    return text if text.endswith(".") else f"{text}."


def pending_migrations() -> int:
    """How many migrations this database has still to see."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
