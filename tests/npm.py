"""Tools that only npm carries: fetched once, at a pinned version, into .tools/."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path

TOOLS = Path(__file__).parent.parent / ".tools"
VNU = "vnu-jar@26.9.27"  # the Nu HTML checker, as validator.w3.org runs it
LIGHTHOUSE = "lighthouse@13.5.0"
PATIENCE = 300  # seconds


class NoTool(Exception):
    """The tool cannot be had here. The message is one sentence."""


def nu_checker() -> Path:
    """The checker's jar. Raises NoTool without Java or npm, or when npm does not answer."""
    if shutil.which("java") is None:
        raise NoTool("The Nu HTML checker needs Java (on Debian: apt-get install default-jre-headless).")
    return _fetched(VNU) / "build" / "dist" / "vnu.jar"


def lighthouse() -> Path:
    """Lighthouse's command. Raises NoTool without npm, or when npm does not answer."""
    folder = TOOLS / LIGHTHOUSE
    command = folder / "node_modules" / ".bin" / "lighthouse"
    if not command.exists():
        _npm("install", "--no-audit", "--no-fund", "--no-save", "--prefix", str(folder), LIGHTHOUSE)
    return command


def _fetched(package: str) -> Path:
    """The unpacked package, without what its install scripts would download."""
    folder = TOOLS / package
    if not folder.exists():
        TOOLS.mkdir(exist_ok=True)
        archive = TOOLS / _npm("pack", "--silent", "--pack-destination", str(TOOLS), package).splitlines()[-1]
        with tarfile.open(archive) as packed:
            packed.extractall(TOOLS / f"{package}.partly", filter="data")
        (TOOLS / f"{package}.partly" / "package").rename(folder)
        shutil.rmtree(TOOLS / f"{package}.partly")
        archive.unlink()
    return folder


def _npm(*arguments: str) -> str:
    if shutil.which("npm") is None:
        raise NoTool("This tool comes from npm, which is not here (on Debian: apt-get install npm).")
    try:
        done = subprocess.run(["npm", *arguments], capture_output=True, text=True, timeout=PATIENCE, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NoTool(f"npm could not run '{' '.join(arguments)}': {error}") from error
    return done.stdout.strip()
