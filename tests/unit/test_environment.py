import os
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from mgsite import environment


@pytest.mark.parametrize("value", ["1", "true", "YES", " on "])
def test_flag_reads_words_for_yes(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MGSITE_DEBUG", value)
    assert environment.flag("MGSITE_DEBUG", default=False) is True


@pytest.mark.parametrize("value", ["0", "False", "no", "off"])
def test_flag_reads_words_for_no(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MGSITE_DEBUG", value)
    assert environment.flag("MGSITE_DEBUG", default=True) is False


@pytest.mark.parametrize("value", ["", "  "])
def test_flag_left_empty_is_its_default(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MGSITE_DEBUG", value)
    assert environment.flag("MGSITE_DEBUG", default=True) is True


def test_flag_with_another_word_is_refused_by_name_and_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MGSITE_DEBUG", "maybe")
    with pytest.raises(ImproperlyConfigured, match="MGSITE_DEBUG is 'maybe'; it must be 1 or 0"):
        environment.flag("MGSITE_DEBUG", default=False)


def test_whole_number_reads_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", " 8080 ")
    assert environment.whole_number("PORT", default=8000) == 8080


@pytest.mark.parametrize("value", ["abc", "-1", "0", "65536", "80.5", "1e3", "٨٠", "0x50"])
def test_whole_number_out_of_bounds_or_not_a_number_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", value)
    with pytest.raises(ImproperlyConfigured, match="must be a whole number from 1 to 65535"):
        environment.whole_number("PORT", default=8000, least=1, most=65535)


def test_words_drops_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MGSITE_ALLOWED_HOSTS", " example.org, ,www.example.org,")
    assert environment.words("MGSITE_ALLOWED_HOSTS") == ["example.org", "www.example.org"]


@pytest.mark.parametrize(
    "value", ["example.org", ".example.org", "*", "127.0.0.1", "[::1]", "xn--exmple-cua.org", "web"]
)
def test_host_name_that_a_request_may_have_is_taken(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MGSITE_ALLOWED_HOSTS", value)
    assert environment.host_names("MGSITE_ALLOWED_HOSTS") == [value]


@pytest.mark.parametrize(
    "value", ["https://a.org", "a.org:8000", "a b", "cafe.de:80", "::1", "exämple.org", "*.a.org", "."]
)
def test_host_name_that_no_request_can_have_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MGSITE_ALLOWED_HOSTS", f"example.org,{value}")
    with pytest.raises(ImproperlyConfigured, match="each entry must be a host name") as refusal:
        environment.host_names("MGSITE_ALLOWED_HOSTS")
    assert repr(value) in str(refusal.value)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("https://example.org", "https://example.org"),
        ("https://example.org/", "https://example.org"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("HTTPS://Example.Org", "https://example.org"),
    ],
)
def test_site_url_loses_its_trailing_slash(value: str, read: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MGSITE_URL", value)
    assert environment.site_url("MGSITE_URL", default="") == read


@pytest.mark.parametrize(
    "value",
    [
        "//example.org",
        "foo",
        "ftp://example.org",
        "http://[::1",
        "http://h:0",
        "http://h:99999",
        "http://user@example.org",
        "https://",
        "https://example.org/site",
        "https://example.org?x",
        "https://two words",
        "https://exämple.org",
        "https://a,b",
    ],
)
def test_site_url_that_is_no_address_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MGSITE_URL", value)
    with pytest.raises(ImproperlyConfigured, match=r"it must look like https://example\.org"):
        environment.site_url("MGSITE_URL", default="")


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://example.org:8443", "example.org"), ("http://[2001:db8::1]:8000", "[2001:db8::1]")],
)
def test_host_of_an_address_is_what_a_request_names(url: str, host: str) -> None:
    assert environment.host_of(url) == host


def test_data_dir_is_made_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MGSITE_DATA_DIR", str(tmp_path / "a" / "b"))
    made = environment.data_dir("MGSITE_DATA_DIR", default=tmp_path)
    assert stat.S_IMODE(made.stat().st_mode) == 0o700


def test_data_dir_that_is_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MGSITE_DATA_DIR", str(tmp_path / "file"))
    with pytest.raises(ImproperlyConfigured, match="is a file; set MGSITE_DATA_DIR to a folder"):
        environment.data_dir("MGSITE_DATA_DIR", default=tmp_path)


@pytest.mark.parametrize("value", ["file/below", "with\0null", "~nobodyatall/data"])
def test_data_dir_that_cannot_be_made_is_refused(value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "environ", {**os.environ, "MGSITE_DATA_DIR": value})
    with pytest.raises(ImproperlyConfigured, match="data directory"):
        environment.data_dir("MGSITE_DATA_DIR", default=tmp_path)


def test_data_dir_that_cannot_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *args: False)  # root may write anywhere, so the answer is given
    with pytest.raises(ImproperlyConfigured, match="is not writable; set MGSITE_DATA_DIR"):
        environment.data_dir("MGSITE_DATA_DIR", default=tmp_path)


def test_secret_key_is_made_once_and_kept_for_its_owner(tmp_path: Path) -> None:
    first = environment.secret_key("MGSITE_SECRET_KEY", directory=tmp_path)
    second = environment.secret_key("MGSITE_SECRET_KEY", directory=tmp_path)
    assert first == second
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_secret_key_of_the_second_of_two_starts_is_the_first_ones(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("k" * 50)
    environment._write_once(tmp_path / "secret_key", "another")
    assert (tmp_path / "secret_key").read_text() == "k" * 50


def test_secret_key_from_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MGSITE_SECRET_KEY", "e" * 50)
    assert environment.secret_key("MGSITE_SECRET_KEY", directory=tmp_path) == "e" * 50
    assert not list(tmp_path.iterdir())


def test_secret_key_that_is_short_is_refused_and_not_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MGSITE_SECRET_KEY", "hunter2")
    with pytest.raises(ImproperlyConfigured, match="too short") as refusal:
        environment.secret_key("MGSITE_SECRET_KEY", directory=tmp_path)
    assert "hunter2" not in str(refusal.value)


def test_secret_key_that_cannot_sign_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MGSITE_SECRET_KEY", os.fsdecode(b"\xff" * 50))
    with pytest.raises(ImproperlyConfigured, match="cannot be printed"):
        environment.secret_key("MGSITE_SECRET_KEY", directory=tmp_path)


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe"])
def test_secret_key_file_that_is_damaged_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_bytes(content)
    with pytest.raises(ImproperlyConfigured, match="The secret key"):
        environment.secret_key("MGSITE_SECRET_KEY", directory=tmp_path)


def test_database_unset_is_sqlite_that_waits_for_its_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings = environment.database("DATABASE_URL", directory=tmp_path)
    assert settings["NAME"] == str(tmp_path / "site.sqlite3")
    assert settings["OPTIONS"] == environment.SQLITE_OPTIONS
    assert environment.SQLITE_OPTIONS["transaction_mode"] == "IMMEDIATE"


def test_database_never_maps_the_file_into_memory() -> None:
    assert "mmap_size" not in str(environment.SQLITE_OPTIONS)


def test_database_url_cannot_switch_the_waiting_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/x.sqlite3?transaction_mode=DEFERRED")
    settings = environment.database("DATABASE_URL", directory=tmp_path)
    assert settings["OPTIONS"] == environment.SQLITE_OPTIONS


def test_database_url_of_postgresql_keeps_its_options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p@db.example.org:5433/site?sslmode=require")
    settings = environment.database("DATABASE_URL", directory=tmp_path)
    assert (settings["ENGINE"], settings["PORT"]) == ("django.db.backends.postgresql", 5433)
    assert settings["OPTIONS"] == {"connect_timeout": 10, "sslmode": "require"}


@pytest.mark.parametrize(
    "value",
    [
        "foo",
        "foo://",
        "http://x",
        "mysql://u:hunter2@h/x",
        "oracle://h/x",
        "postgres:hunter2",
        "postgres://",
        "postgres://h:abc/db",
        "postgres://u:hunter2@[::1/db",
        "postgres://u:hunter2@h:99999/x",
        "sqlite:///",
        "sqlite://:memory:",
        "sqlite:////srv/site.sqlite3?cache=shared",
        "sqlite:///file::memory:?uri=true",
    ],
)
def test_database_url_that_cannot_be_used_is_refused_without_its_password(
    value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", value)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as refusal:
        environment.database("DATABASE_URL", directory=tmp_path)
    assert "hunter2" not in str(refusal.value)


def test_mail_server_is_read_from_one_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://me%40example.org:p%3Ass@mail.example.org")
    found = environment.mail("EMAIL_URL")
    assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("me@example.org", "p:ss")
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (True, False)


@pytest.mark.parametrize(
    ("value", "port", "ssl"), [("smtps://h", 465, True), ("smtp://h:2525", 2525, False), ("smtp://h/", 25, False)]
)
def test_mail_servers_scheme_says_port_and_encryption(value, port, ssl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", value)
    found = environment.mail("EMAIL_URL")
    assert (found["EMAIL_PORT"], found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (port, ssl, False)


def test_without_a_mail_server_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EMAIL_URL", raising=False)
    assert environment.mail("EMAIL_URL")["EMAIL_BACKEND"] == "django.core.mail.backends.dummy.EmailBackend"


@pytest.mark.parametrize(
    "value",
    [
        "mail.example.org",
        "http://h",
        "smtp://",
        "smtp://u:hunter2@h:99999",
        "smtp://u:hunter2@[::1",
        "smtp://h/x?tls=1",
    ],
)
def test_mail_server_that_cannot_be_used_is_refused_without_its_password(value, monkeypatch) -> None:
    monkeypatch.setenv("EMAIL_URL", value)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL cannot be read") as refusal:
        environment.mail("EMAIL_URL")
    assert "hunter2" not in str(refusal.value)


def test_sender_of_mail_is_one_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MGSITE_MAIL_FROM", "Anna <anna@example.org>")
    with pytest.raises(ImproperlyConfigured, match="one e-mail address"):
        environment.mail_address("MGSITE_MAIL_FROM", default="x")
    monkeypatch.setenv("MGSITE_MAIL_FROM", "anna@example.org")
    assert environment.mail_address("MGSITE_MAIL_FROM", default="x") == "anna@example.org"
