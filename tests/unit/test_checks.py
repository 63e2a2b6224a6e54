from datetime import date

import pytest
from django.db import DatabaseError, connection
from django.test import override_settings

from forms_catalog.models import CrisisLine
from mgsite import checks, sqlite


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
@pytest.mark.django_db
def test_wal_on_an_affected_sqlite_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "version", lambda: (3, 40, 1))
    assert [found.id for found in checks.sqlite_is_safe(databases=["default"])] == ["mgsite.E001"]


@pytest.mark.django_db
def test_the_database_in_use_is_safe() -> None:
    assert checks.sqlite_is_safe(databases=["default"]) == []


def test_without_a_database_to_check_nothing_is_opened() -> None:
    assert checks.sqlite_is_safe(databases=None) == []


@override_settings(HTTPS=True, DEBUG=True, PROXY_COUNT=1)
def test_debug_on_an_https_site_is_an_error() -> None:
    assert [found.id for found in checks.address_fits_server()] == ["mgsite.E002"]


@override_settings(HTTPS=True, PROXY_COUNT=0)
def test_https_without_a_proxy_is_an_error_because_it_would_redirect_for_ever() -> None:
    assert [found.id for found in checks.address_fits_server()] == ["mgsite.E003"]


@pytest.mark.parametrize(("https", "proxies"), [(True, 1), (False, 0), (False, 1)])
def test_sensible_addresses_pass(https: bool, proxies: int) -> None:
    with override_settings(HTTPS=https, PROXY_COUNT=proxies):
        assert checks.address_fits_server() == []


@pytest.mark.django_db
def test_a_crisis_line_nobody_has_rung_is_a_warning_that_names_it() -> None:
    CrisisLine.objects.create(slug="a", region="Ireland", service="Samaritans", contact="116 123")
    CrisisLine.objects.create(slug="b", region="US", service="988", contact="988", confirmed_on=date(2026, 1, 2))
    (found,) = checks.crisis_lines_are_confirmed()
    assert (found.id, found.is_serious()) == ("mgsite.W001", False)
    assert "Samaritans (Ireland)" in found.msg
    assert "988" not in found.msg


@pytest.mark.django_db
def test_without_crisis_lines_there_is_nothing_to_warn_of() -> None:
    assert checks.crisis_lines_are_confirmed() == []


@pytest.mark.django_db
def test_before_the_first_migration_there_is_nothing_to_warn_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CrisisLine._meta, "db_table", "not_there_yet")
    assert checks.crisis_lines_are_confirmed() == []


@pytest.mark.django_db
def test_while_the_database_cannot_be_asked_other_checks_have_the_word(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable() -> None:
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(connection.introspection, "table_names", unreachable)
        assert checks.crisis_lines_are_confirmed() == []
