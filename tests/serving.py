"""Starting the site as an operator does, in a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import psycopg
from django.conf import settings
from django.db import connection

PATIENCE = 90  # seconds; a slow machine is not a fault


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def environment(data_dir: Path, **variables: object) -> dict[str, str]:
    """What an operator's shell would hold: nothing of the test run's own settings."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("MGSITE_") and name not in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "HOST", "PORT"}
    }
    return {**inherited, "MGSITE_DATA_DIR": str(data_dir), **{name: str(value) for name, value in variables.items()}}


def manage(*arguments: str, data_dir: Path, **variables: object) -> subprocess.CompletedProcess[str]:
    """Run manage.py to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(data_dir, **variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class RunningSite:
    """A site that answers."""

    process: subprocess.Popen[str]
    port: int
    said: str

    def get(self, path: str, **headers: str) -> Answer:
        request = Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with build_opener(_NoRedirects).open(request, timeout=PATIENCE) as response:
                return Answer(response.status, {k.lower(): v for k, v in response.headers.items()}, response.read())
        except HTTPError as error:
            return Answer(error.code, {k.lower(): v for k, v in error.headers.items()}, error.read())

    def stop(self) -> int:
        """Press Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE)


def _wait_until_it_answers(process: subprocess.Popen[str], port: int, log: Path) -> None:
    pause = threading.Event()
    for _ in range(PATIENCE * 20):
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with {process.returncode}: {log.read_text()}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            pause.wait(0.05)
    raise RuntimeError("The server does not answer.")


@contextmanager
def running_site(data_dir: Path, **variables: object) -> Iterator[RunningSite]:
    """`manage.py serve` on a free port, until the end of the block."""
    port = free_port()
    errors = (data_dir / "errors.log").open("a")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=settings.BASE_DIR,
        env=environment(data_dir, PORT=port, MGSITE_WORKERS=1, **variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=errors,  # a file: nobody reads along, and a full pipe would stop the server
        text=True,
    )
    assert process.stdout is not None
    try:
        said = ""
        for line in process.stdout:
            said += line
            if " is at http" in line:
                break
        _wait_until_it_answers(process, port, data_dir / "errors.log")
        yield RunningSite(process, port, said)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=PATIENCE)
        process.stdout.close()
        errors.close()


@contextmanager
def database_of_its_own() -> Iterator[str]:
    """DATABASE_URL of an empty database on the engine under test; empty for SQLite, whose file is in the data dir."""
    if connection.vendor != "postgresql":
        yield ""
        return
    url, name = os.environ["DATABASE_URL"], f"mgsite_serve_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        yield re.sub(r"^(\w+://[^/]*/)[^?]*", rf"\g<1>{name}", url)
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
