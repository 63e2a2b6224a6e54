"""Lighthouse on the first article and a form page, with the installed browser, over the real server."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from tests.bench.table import Table
from tests.browser import browsers
from tests.npm import NoTool, lighthouse
from tests.pages import one_of
from tests.serving import running_site

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
BUDGET = 99


def measure(data_dir: Path) -> Table:
    """Scores as Lighthouse's own phone and desktop profiles give them; a sentence where it cannot run."""
    table = Table(f"Lighthouse (budget: {BUDGET} in each; layout shift 0)", ("page", "on", *CATEGORIES, "shift"))
    try:
        command, browser = lighthouse(), browsers.required()
    except (NoTool, browsers.NoBrowser) as error:
        table.add(str(error), *[""] * (len(table.columns) - 1))
        return table
    with running_site(data_dir) as site:
        for kind in ("article", "form"):
            for profile in ("phone", "desktop"):
                report = run(command, browser, f"http://127.0.0.1:{site.port}{one_of(kind)}", profile)
                scores = [round(report["categories"][category]["score"] * 100) for category in CATEGORIES]
                shift = report["audits"]["cumulative-layout-shift"]["numericValue"]
                table.add(kind, profile, *scores, f"{shift:.4f}")
                for fault in faults(report):
                    table.add(f"  {fault}", *[""] * (len(table.columns) - 1))
    return table


def run(command: Path, browser: str, address: str, profile: str) -> dict[str, Any]:
    """Lighthouse's report on one page."""
    arguments = ["--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"]
    arguments += ["--preset=desktop"] if profile == "desktop" else []
    arguments += [f"--chrome-flags=--headless=new {' '.join(browsers.ARGUMENTS)}"]
    environment = {**os.environ, "CHROME_PATH": browser}
    done = subprocess.run(
        [str(command), address, *arguments], capture_output=True, text=True, check=True, env=environment, timeout=300
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def faults(report: dict[str, Any]) -> list[str]:
    """What cost points, by Lighthouse's own titles."""
    weighted = {
        reference["id"]
        for category in report["categories"].values()
        for reference in category["auditRefs"]
        if reference["weight"]
    }
    return [
        f"{audit['title']}: {audit.get('displayValue', '')}".rstrip(": ")
        for name, audit in report["audits"].items()
        if name in weighted and audit["score"] is not None and audit["score"] < 0.9
    ]
