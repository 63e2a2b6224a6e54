import gzip
import io
import os
import re
import socket
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management.base import CommandError
from django.db import OperationalError, connection
from django.test import override_settings

from articles.edition import load_articles
from forms_catalog.models import Form
from mgsite.management.commands import serve
from tests.serving import RunningSite, database_of_its_own, environment, free_port, manage, running_site

pytestmark = pytest.mark.xdist_group("serve")
FIRST_ARTICLE = "/articles/magnesium-for-depression-anxiety-and-your-memory/"
NO_SERVER = "postgres://someone:hunter2@127.0.0.1:1/site"


def refusal(result: subprocess.CompletedProcess[str]) -> str:
    """The one sentence the command ended with."""
    assert result.returncode not in {0, None}
    assert "Traceback" not in result.stderr
    (sentence,) = result.stderr.strip().splitlines()
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "abc", "PORT is 'abc'"),
        ("PORT", "99999", "from 1 to 65535"),
        ("HOST", "a..b", "HOST is 'a..b', which is not an address of this machine"),
        ("HOST", "192.0.2.1", "which is not an address of this machine"),
        ("MGSITE_DEBUG", "maybe", "MGSITE_DEBUG is 'maybe'"),
        ("MGSITE_URL", "foo", "MGSITE_URL is 'foo'"),
        ("MGSITE_WORKERS", "0", "MGSITE_WORKERS is '0'"),
        ("DATABASE_URL", "postgres:hunter2", "DATABASE_URL cannot be read"),
        ("DATABASE_URL", NO_SERVER, "The database 127.0.0.1 cannot be used"),
        ("DATABASE_URL", f"{NO_SERVER}?nonsense=1", "nonsense"),
        ("DATABASE_URL", "sqlite:////nowhere/at/all.sqlite3", "unable to open database file"),
        ("MGSITE_DATA_DIR", "/proc/nowhere", "data directory"),
    ],
)
def test_what_cannot_be_used_ends_the_start_with_one_sentence(
    name: str, value: str, words: str, tmp_path: Path
) -> None:
    variables: dict[str, object] = {"PORT": free_port(), name: value}
    data_dir = Path(str(variables.pop("MGSITE_DATA_DIR", tmp_path)))
    sentence = refusal(manage("serve", data_dir=data_dir, **variables))
    assert words in sentence
    assert "hunter2" not in sentence


def test_any_command_names_a_database_that_is_away_in_one_sentence(tmp_path: Path) -> None:
    sentence = refusal(manage("migrate", "--skip-checks", data_dir=tmp_path, DATABASE_URL=NO_SERVER))
    assert sentence.startswith("The database cannot be used: ")
    assert "hunter2" not in sentence


def test_traceback_of_a_database_that_is_away_is_there_for_who_asks(tmp_path: Path) -> None:
    result = manage("migrate", "--skip-checks", "--traceback", data_dir=tmp_path, DATABASE_URL=NO_SERVER)
    assert "Traceback" in result.stderr


def test_a_taken_port_is_named_with_a_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sentence = refusal(manage("serve", data_dir=tmp_path, PORT=port))
    assert f"Port {port} on 127.0.0.1 is taken" in sentence
    assert f"PORT={port + 1}" in sentence


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "site.sqlite3").write_bytes(b"words" * 1000)
    assert "file is not a database" in refusal(manage("serve", data_dir=tmp_path, PORT=free_port()))


def test_a_data_directory_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert f"{tmp_path}/file is a file" in refusal(manage("serve", data_dir=tmp_path / "file"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_data_directory_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "is not writable" in refusal(manage("serve", data_dir=tmp_path))


def test_an_error_of_the_driver_never_repeats_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "hunter2")
    with pytest.raises(CommandError, match=r"bad connection string \*\*\*\.$"), serve.database_errors_in_a_sentence():
        raise OperationalError("bad connection string hunter2\nsecond line")


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::", "http://127.0.0.1:8000/"),
        ("::1", "http://[::1]:8000/"),
    ],
)
def test_the_address_shown_can_be_opened_on_this_machine(host: str, shown: str) -> None:
    assert serve.shown_address(host, 8000) == shown


def test_a_host_by_name_is_bound_by_number() -> None:
    assert serve.address_to_bind("localhost", free_port()) in {"127.0.0.1", "::1"}


def test_a_low_port_is_refused_with_its_reason() -> None:
    assert "cannot listen on h, port 80: Out of luck" in serve.refusal("h", 80, OSError(5, "Out of luck"))


def test_a_low_port_without_the_right_to_it_is_refused_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*args: object) -> None:
        raise PermissionError

    monkeypatch.setattr(socket.socket, "bind", forbidden)  # the kernel's answer depends on who runs the tests
    with pytest.raises(CommandError, match="Port 80 is not open to this user"):
        serve.address_to_bind("127.0.0.1", 80)


@pytest.mark.django_db
def test_a_first_edition_with_a_fault_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    (broken := Path(settings.DATA_DIR) / "broken").mkdir(exist_ok=True)
    (broken / "x.md").write_text("no front matter")
    monkeypatch.setattr(serve, "load_articles", partial(load_articles, directory=broken))
    with pytest.raises(CommandError, match=r"The first edition cannot be loaded\. x\.md"):
        serve.Command(stdout=io.StringIO()).load_first_edition()
    assert not Form.objects.exists()


def test_static_files_with_a_fault_are_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "css/site.css").write_text('@import url("gone.css");')
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": "mgsite.staticfiles.SiteStaticFilesStorage"}}
    collected = tmp_path / "collected"
    finders.get_finder.cache_clear()
    with override_settings(STATICFILES_DIRS=[tmp_path], STATIC_ROOT=collected, DATA_DIR=tmp_path, STORAGES=storages):
        command = serve.Command(stdout=io.StringIO())
        with pytest.raises(CommandError, match=r"css/site\.css imports css/gone\.css, which does not exist\."):
            command.prepare_static_files()
    finders.get_finder.cache_clear()


# From here on: one site, started for real.


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    with database_of_its_own() as url:
        yield url


@pytest.fixture(scope="module")
def served(data_dir: Path, database_url: str) -> Iterator[RunningSite]:
    with running_site(data_dir, DATABASE_URL=database_url) as site:
        yield site


def links(html: str, *suffixes: str) -> list[str]:
    """Addresses on this site that a page refers to."""
    found = re.findall(r'(?:href|src)="(/[^"#?]*)', html)
    return sorted({address for address in found if not suffixes or address.endswith(suffixes)})


def test_a_first_start_says_what_it_did(served: RunningSite) -> None:
    assert re.search(r"Database: \d+ migrations applied\.", served.said)
    assert "Loading the first edition." in served.said
    assert "Collecting static files." in served.said
    assert f"is at http://127.0.0.1:{served.port}/ (Ctrl-C stops it)." in served.said


def test_the_site_is_well_and_ready(served: RunningSite) -> None:
    assert served.get("/healthz/").text == "ok\n"
    assert served.get("/readyz/").status == 200


def test_debug_is_off(served: RunningSite) -> None:
    answer = served.get("/nowhere/")
    assert answer.status == 404
    assert "DEBUG" not in answer.text
    assert "urlpatterns" not in answer.text.lower()


@pytest.mark.parametrize("path", ["/", FIRST_ARTICLE, "/forms/", "/mechanisms/", "/outcomes/", "/studies/", "/claims/"])
def test_pages_come_compressed_with_policy_and_without_cookie(path: str, served: RunningSite) -> None:
    answer = served.get(path, **{"Accept-Encoding": "gzip"})
    assert answer.status == 200
    assert "set-cookie" not in answer.headers
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body).startswith(b"<!doctype html>")


def test_a_page_seen_before_costs_no_body(served: RunningSite) -> None:
    etag = served.get("/forms/", **{"Accept-Encoding": "gzip"}).headers["etag"]
    again = served.get("/forms/", **{"Accept-Encoding": "gzip", "If-None-Match": etag})
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("path", ["/", FIRST_ARTICLE, "/admin/login/"])
def test_static_files_are_hashed_and_kept_for_ever(path: str, served: RunningSite) -> None:
    files = [address for address in links(served.get(path).text) if address.startswith("/static/")]
    assert any(address.endswith(".css") for address in files)
    for address in files:
        answer = served.get(address)
        assert answer.status == 200, address
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", address), address
        assert "immutable" in answer.headers["cache-control"], address


def test_the_style_sheet_is_one_file_whose_fonts_exist(served: RunningSite) -> None:
    (sheet,) = links(served.get("/").text, ".css")
    css = served.get(sheet).text
    assert "@import" not in css
    for address in re.findall(r"""url\(["']?([^"')]+)""", css):
        if not address.startswith("data:"):
            assert served.get(urljoin(sheet, address)).status == 200, address


def test_every_page_linked_from_the_lists_answers(served: RunningSite) -> None:
    pages = {
        page for start in ("/", "/articles/", "/forms/", "/studies/") for page in links(served.get(start).text, "/")
    }
    assert len(pages) > 20
    assert {page: served.get(page).status for page in pages if served.get(page).status != 200} == {}


def test_another_host_is_refused_politely(served: RunningSite) -> None:
    assert served.get("/", Host="evil.example").status == 400


def test_a_second_start_is_short_and_changes_no_data(
    served: RunningSite, data_dir: Path, database_url: str, tmp_path: Path
) -> None:
    before = manage("dumpdata", "articles", "forms_catalog", data_dir=data_dir, DATABASE_URL=database_url).stdout
    with running_site(data_dir, DATABASE_URL=database_url) as second:
        assert second.said.splitlines() == [
            f"Magnesium & Mind is at http://127.0.0.1:{second.port}/ (Ctrl-C stops it)."
        ]
        assert second.get("/").status == 200
        assert second.stop() in {0, 130}
    assert len(before) > 100_000
    assert (
        manage("dumpdata", "articles", "forms_catalog", data_dir=data_dir, DATABASE_URL=database_url).stdout == before
    )


def test_the_owner_is_reminded_of_crisis_lines(served: RunningSite, data_dir: Path, database_url: str) -> None:
    result = manage("check", data_dir=data_dir, DATABASE_URL=database_url)
    assert result.returncode == 0
    assert "mgsite.W001" in result.stderr


def test_a_first_account_can_be_made_without_questions(served: RunningSite, data_dir: Path, database_url: str) -> None:
    result = manage(
        "createsuperuser",
        "--no-input",
        data_dir=data_dir,
        DATABASE_URL=database_url,
        DJANGO_SUPERUSER_USERNAME="editor",
        DJANGO_SUPERUSER_EMAIL="",
        DJANGO_SUPERUSER_PASSWORD="a long enough phrase",
    )
    assert result.returncode == 0, result.stderr


def test_settings_come_from_the_environment_alone(tmp_path: Path) -> None:
    assert "DJANGO_SETTINGS_MODULE" not in environment(tmp_path)
