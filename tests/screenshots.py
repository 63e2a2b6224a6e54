"""`make screenshots`: every kind of page as readers meet it, into docs/screenshots/. A handful of them is committed.

The site is the real one: first edition, collected static files, DEBUG off, in a scratch directory.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from tests.browser import browsers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mgsite.settings")

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
WIDTHS = (360, 768, 1280)
THEMES = ("light", "dark")
ARTICLE = "/articles/magnesium-for-depression-anxiety-and-your-memory/"


def as_it_is(page: Page) -> None:
    """Nothing is done to the page."""


def open_a_mark(page: Page) -> None:
    """An opened claim in the flow of the text."""
    mark = page.locator(".mark[data-card=card-c08]")
    mark.click()
    mark.scroll_into_view_if_needed()


def go_to(selector: str) -> Callable[[Page], None]:
    """Bring a part of the page to the top of the window."""
    return lambda page: page.locator(selector).first.evaluate("element => element.scrollIntoView()")


@dataclass(frozen=True)
class Shot:
    """A view worth looking at. What is `whole` goes on below the first screen."""

    name: str
    path: str
    prepare: Callable[[Page], None] = as_it_is
    whole: bool = False


SHOTS = (
    Shot("home", "/"),
    Shot("article", ARTICLE),
    Shot("article-mark", ARTICLE, open_a_mark),
    Shot("article-end", ARTICLE, go_to("#references")),
    Shot("reply-form", f"{ARTICLE}replies/?kind=correction", whole=True),
    Shot("form", "/forms/glycinate/", whole=True),
    Shot("mechanism", "/mechanisms/gaba-a/", whole=True),
    Shot("study", "/studies/tarleton2017/", whole=True),
    Shot("claim", "/claims/c08/"),
    Shot("outcome", "/outcomes/sleep/", whole=True),
    Shot("forms", "/forms/", whole=True),
    Shot("claims", "/claims/"),
    Shot("explore", "/explore/"),
    Shot("pathways", "/explore/pathways/", whole=True),
)


def main() -> None:
    """Start the site, take the pictures, print the article; say where they are."""
    from playwright.sync_api import sync_playwright

    from tests.serving import running_site

    browser = browsers.required()
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="mgsite-shots-") as scratch,
        running_site(Path(scratch)) as site,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path=browser, args=list(browsers.ARGUMENTS))
        address = f"http://127.0.0.1:{site.port}"
        for width in WIDTHS:
            for theme in THEMES:
                take(chromium, address, width=width, theme=theme)
        print_article(chromium, address)
        chromium.close()
    print(f"{len(SHOTS) * len(WIDTHS) * len(THEMES)} pictures and article.pdf are in {FOLDER}.")


def take(browser: Browser, address: str, *, width: int, theme: str) -> None:
    """Every shot at one width in one theme."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce")
    page = context.new_page()
    for shot in SHOTS:
        page.goto(address + shot.path, wait_until="networkidle")
        shot.prepare(page)
        picture = FOLDER / f"{shot.name}-{width}-{theme}.png"
        page.screenshot(path=picture, full_page=shot.whole)
        shrink(picture)
    context.close()


def shrink(picture: Path) -> None:
    """Keep 96 colours: pages of few colours lose nothing that an eye can see, and most of their bytes."""
    with Image.open(picture) as opened:
        opened.convert("RGB").quantize(96).save(picture, optimize=True)


def print_article(browser: Browser, address: str) -> None:
    """The first article as it comes out of a printer."""
    page = browser.new_page()
    page.goto(address + ARTICLE, wait_until="networkidle")
    page.pdf(path=FOLDER / "article.pdf", format="A4")
    page.close()


if __name__ == "__main__":
    import django

    django.setup()
    try:
        main()
    except browsers.NoBrowser as error:
        sys.exit(str(error))
