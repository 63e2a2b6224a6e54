"""Fixtures every test may use."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction

from mgsite.index.models import IndexState
from tests.browser import browsers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

# A busy machine is slow; that says nothing about the code.
hypothesis.settings.register_profile("suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("suite")

ALIKE_ON_BOTH = {"contracts", "test_theme.py", "test_headers.py", "test_preferences.py"}
"""Folders and files about the text and the headers of pages, which are the same whatever database they come from."""
APPS_OF_THE_EDITION = ("forms_catalog", "articles")
APPS_OF_THE_INDEX = ("site_index",)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Keep the outcome where a fixture can read it, for the screenshots of failures."""
    report = yield
    if call.when == "call":
        item.stash[browsers.OUTCOME] = report
    return report


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Everything in tests/browser drives a real browser, and gets one more go: a busy machine can starve it.

    Tests that ask no database, and those about pages as such, run on SQLite alone: they would say the same again.
    """
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))
    if connection.vendor == "postgresql":
        chosen = {item for item in items if asks_a_database(item) and not ALIKE_ON_BOTH & set(item.path.parts)}
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = [item for item in items if item in chosen]


def asks_a_database(item: pytest.Item) -> bool:
    """Whether a test may: pytest-django refuses the others."""
    asked = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(asked or item.get_closest_marker("django_db"))


class EditionCopy:
    """The first edition's rows, read once per process after a real load and put back table by table.

    Plain SQL, because hundreds of tests pay for it: no model is built, no default computed.
    """

    tables: dict[tuple[str, ...], dict[str, tuple[list[str], list[tuple[Any, ...]]]]] | None = None

    @classmethod
    def put_in(cls, *labels: str) -> None:
        """The rows of some apps; the index is left out where nothing is searched, as it costs as much as the rest."""
        if cls.tables is None:
            cls._load()
            cls._read_all()
        else:
            cls._write(cls.tables[labels], labels)

    @classmethod
    def _read_all(cls) -> None:
        """Keep the rows of both, and leave the index as it will be in the tests to come: empty."""
        cls.tables = {
            labels: {model._meta.db_table: cls._read(model) for model in cls._models(labels)}
            for labels in (APPS_OF_THE_EDITION, APPS_OF_THE_INDEX)
        }
        for model in cls._models(APPS_OF_THE_INDEX):
            model._default_manager.all().delete()

    @staticmethod
    def _load() -> None:
        from articles.edition import load_articles
        from forms_catalog.edition import load_edition

        load_edition()
        load_articles()

    @staticmethod
    def _models(labels: tuple[str, ...]) -> list[type[models.Model]]:
        return [
            model
            for label in labels
            for model in apps.get_app_config(label).get_models(include_auto_created=True)
            if model is not IndexState  # it stays as migrating has left it
        ]

    @staticmethod
    def _read(model: type[models.Model]) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Its own columns: what a database works out by itself cannot be put back."""
        quote = connection.ops.quote_name
        columns = [field.column for field in model._meta.concrete_fields]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(map(quote, columns))} FROM {quote(model._meta.db_table)}")
            return columns, list(cursor.fetchall())

    @classmethod
    def _write(cls, tables: dict[str, tuple[list[str], list[tuple[Any, ...]]]], labels: tuple[str, ...]) -> None:
        """Foreign keys are checked at commit on both engines, so the order of tables is free."""
        quote = connection.ops.quote_name
        with transaction.atomic(), connection.cursor() as cursor:
            if labels == APPS_OF_THE_INDEX:  # migrating has put in the pages that are no record's
                for table in tables:
                    cursor.execute(f"DELETE FROM {quote(table)}")
            for table, (columns, rows) in tables.items():
                names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
                if rows:
                    cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({places})", rows)
            for statement in connection.ops.sequence_reset_sql(no_style(), cls._models(labels)):
                cursor.execute(statement)
            if connection.vendor == "postgresql":  # its own housekeeping cannot see rows that are never committed
                cursor.execute(f"ANALYZE {', '.join(map(quote, tables))}")


@pytest.fixture
def first_edition(db: None) -> None:
    """The whole first edition in the database: catalog and articles, as a fresh start loads them; not indexed."""
    EditionCopy.put_in(*APPS_OF_THE_EDITION)


@pytest.fixture
def searchable_edition(first_edition: None) -> None:
    """The first edition with its search index."""
    EditionCopy.put_in(*APPS_OF_THE_INDEX)


@pytest.fixture
def site(live_server: LiveServer) -> Iterator[str]:
    """Address of a running server with the real middleware, over a real socket."""
    from django.test import override_settings

    with override_settings(SITE_URL=live_server.url, CSRF_TRUSTED_ORIGINS=[live_server.url]):
        yield live_server.url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole session."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=15_000)
    # Playwright's loop runs in this thread; Django would take every query here for an async mistake.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browsers.required(), args=list(browsers.ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh tab at desk size. The test fails on script errors, policy violations and third-party requests."""
    with browsers.tab(browser, site, request.node, scripts=True) as tab:
        yield tab


@pytest.fixture
def page_without_scripts(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The same with JavaScript switched off."""
    with browsers.tab(browser, site, request.node, scripts=False) as tab:
        yield tab


@pytest.fixture
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that compare pages to the letter: a reply form's token holds the second in which it was made."""
    monkeypatch.setattr("articles.tokens.time", SimpleNamespace(time=lambda: 1_800_000_000.0))


@pytest.fixture(autouse=True)
def _clean_media() -> Iterator[None]:
    """Uploads of one test are gone in the next."""
    yield
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
