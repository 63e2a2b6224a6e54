"""A first visit to the first article in a real browser, over the real server: requests and bytes on the wire."""

from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.bench.table import Table
from tests.browser import browsers
from tests.pages import one_of
from tests.serving import running_site

BYTES_BUDGET, REQUEST_BUDGET, SCRIPT_BUDGET = 150_000, 8, 10_000


def measure(data_dir: Path) -> Table:
    """Bytes by kind, against the budgets; a sentence instead where there is no browser."""
    table = Table(
        f"First visit to the first article (budgets: {REQUEST_BUDGET} requests, {BYTES_BUDGET / 1000:.0f} kB in all, "
        f"{SCRIPT_BUDGET / 1000:.0f} kB of scripts)",
        ("what", "requests", "kB on the wire"),
    )
    try:
        browser = browsers.required()
    except browsers.NoBrowser as error:
        table.add(str(error), "", "")
        return table
    path = one_of("article")
    with running_site(data_dir) as site:
        received = visit(browser, f"http://127.0.0.1:{site.port}{path}")
    for kind in sorted({kind for kind, _ in received}):
        sizes = [size for each, size in received if each == kind]
        table.add(kind.lower(), len(sizes), f"{sum(sizes) / 1000:.1f}")
    table.add("in all", len(received), f"{sum(size for _, size in received) / 1000:.1f}")
    return table


def visit(browser: str, address: str) -> list[tuple[str, int]]:
    """Kind and size of everything the browser fetches for a page, headers included."""
    kinds: dict[str, str] = {}
    received: list[tuple[str, int]] = []

    def answered(event: dict[str, Any]) -> None:
        if not event["response"]["url"].startswith("data:"):  # part of the style sheet, already counted
            kinds[event["requestId"]] = event["type"]

    def finished(event: dict[str, Any]) -> None:
        if event["requestId"] in kinds:
            received.append((kinds[event["requestId"]], int(event["encodedDataLength"])))

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=list(browsers.ARGUMENTS))
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        wire = page.context.new_cdp_session(page)
        wire.on("Network.responseReceived", answered)
        wire.on("Network.loadingFinished", finished)
        wire.send("Network.enable")
        page.goto(address, wait_until="networkidle")
        chromium.close()
    return received
