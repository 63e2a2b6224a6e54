"""Finding a browser for the browser tests, or getting one; and a tab that notices what goes wrong in it.

`python -m tests.browser.browsers` makes sure there is one, and says in a line what it did.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OUTCOME = pytest.StashKey[pytest.TestReport]()
FAILURES = Path(__file__).parent / "failures"
NONE_FOUND = (
    "The browser tests need Chromium or Chrome: install one (on Debian: apt-get install chromium), "
    "or name one with MGSITE_BROWSER=/path/to/chrome."
)


class NoBrowser(Exception):
    """There is no browser, and none could be got. The message is one sentence."""


def named() -> str | None:
    """The browser that MGSITE_BROWSER names. Raises NoBrowser when it names none that runs."""
    name = os.environ.get("MGSITE_BROWSER", "").strip()
    if not name:
        return None
    path = shutil.which(name)
    if path is None:
        raise NoBrowser(f"MGSITE_BROWSER is {name!r}, and there is no such program.")
    return path


def installed() -> str | None:
    """A browser on the PATH."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def playwrights_own() -> str | None:
    """The browser Playwright keeps for itself, where it has one and this system can run it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() and _runs(path) else None


def required() -> str:
    """The browser to use. Raises NoBrowser."""
    path = named() or installed() or playwrights_own_apart()
    if path is None:
        raise NoBrowser(NONE_FOUND)
    return path


def playwrights_own_apart() -> str | None:
    """As `playwrights_own`, from a process of its own: Playwright cannot start twice in one thread."""
    answer = subprocess.run(
        [sys.executable, "-c", "from tests.browser import browsers; print(browsers.playwrights_own() or '')"],
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.strip() or None


def _runs(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def download() -> str | None:
    """Let Playwright fetch a Chromium."""
    _quietly([sys.executable, "-m", "playwright", "install", "chromium"])
    return playwrights_own_apart()


def apt() -> str | None:
    """Let apt install Chromium; only root may."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _quietly(["apt-get", "update"], environment)
    _quietly(["apt-get", "install", "-y", "--no-install-recommends", "chromium"], environment)
    return installed()


def _quietly(command: list[str], environment: dict[str, str] | None = None) -> None:
    try:
        subprocess.run(
            command, capture_output=True, timeout=900, check=False, env=environment, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return


WAYS: tuple[tuple[str, Callable[[], str | None]], ...] = (
    ("named by MGSITE_BROWSER", named),
    ("already installed", installed),
    ("Playwright's own, already there", playwrights_own_apart),
    ("downloaded by Playwright just now", download),
    ("installed by apt just now", apt),
)


def ensure() -> tuple[str, str]:
    """A browser's path and how it was come by, trying the cheapest way first. Raises NoBrowser."""
    for how, way in WAYS:
        path = way()
        if path:
            return path, how
    raise NoBrowser(NONE_FOUND)


def _grievance(tab: Page, site: str) -> list[str]:
    """A list that fills up with what went wrong in the tab."""
    found: list[str] = []
    tab.on("pageerror", lambda error: found.append(f"script error: {error}"))
    tab.on("console", lambda line: found.append(line.text) if "Content Security Policy" in line.text else None)
    tab.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((site, "data:", "blob:", "about:"))
            else found.append(f"request to a third party: {request.url}")
        ),
    )
    return found


@contextmanager
def tab(browser: Browser, site: str, test: pytest.Item, *, scripts: bool) -> Iterator[Page]:
    """A tab in a context of its own. A failed test leaves a screenshot in tests/browser/failures."""
    context = browser.new_context(
        base_url=site, java_script_enabled=scripts, viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    grievances = _grievance(page, site)
    yield page
    report = test.stash.get(OUTCOME, None)
    if report is not None and report.failed:
        FAILURES.mkdir(exist_ok=True)
        page.screenshot(path=FAILURES / f"{test.name}.png", full_page=True)
    context.close()
    assert not grievances, grievances


if __name__ == "__main__":
    try:
        where, how = ensure()
    except NoBrowser as error:
        sys.exit(str(error))
    print(f"Browser for the tests: {where} ({how}).")
