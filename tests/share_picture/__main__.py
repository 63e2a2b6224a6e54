"""`make share-picture`: the picture that a shared link shows, from picture.html into static/img/share.png."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser import browsers

SOURCE = Path(__file__).parent / "picture.html"
PICTURE = Path(__file__).parents[2] / "static" / "img" / "share.png"
SIZE = {"width": 1200, "height": 630}
COLOURS = 64
"""Enough for type in four colours with its smooth edges."""


def main() -> None:
    """Open the source in a browser, wait for its type, take it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browsers.required(), args=list(browsers.ARGUMENTS))
        page = chromium.new_page(viewport=SIZE)
        page.goto(SOURCE.as_uri(), wait_until="networkidle")
        page.evaluate("document.fonts.ready.then(() => null)")
        page.screenshot(path=PICTURE)
        chromium.close()
    with Image.open(PICTURE) as taken:
        taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURE, optimize=True)
    print(f"{PICTURE}, {PICTURE.stat().st_size / 1000:.1f} kB")


if __name__ == "__main__":
    try:
        main()
    except browsers.NoBrowser as error:
        sys.exit(str(error))
