"""Every kind of page is clean to the Nu HTML checker, the one behind validator.w3.org. Needs Java."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from tests.npm import NoTool, nu_checker
from tests.pages import KINDS, one_of

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("serve")]


def found_in(folder: Path) -> list[str]:
    """What the checker says about the pages of a folder, errors and warnings alike."""
    try:
        jar = nu_checker()
    except NoTool as error:
        pytest.skip(str(error))
    command = ["java", "-jar", str(jar), "--format", "json", *map(str, sorted(folder.glob("*.html")))]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300).stderr
    return [
        f"{Path(one['url']).stem}: {one['message']} {one.get('extract', '')}" for one in json.loads(said)["messages"]
    ]


def test_checker_sees_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<!doctype html><html lang=en><title>Bad</title><p><ul></p>", encoding="utf-8")
    assert found_in(tmp_path)


def test_every_kind_of_page_is_clean(client: Client, first_edition: None, tmp_path: Path) -> None:
    for kind in KINDS:
        (tmp_path / f"{kind}.html").write_bytes(client.get(one_of(kind)).content)
    (tmp_path / "not found.html").write_bytes(client.get("/nowhere/").content)
    (tmp_path / "reply form.html").write_bytes(client.post(f"{one_of('article')}replies/", {"body": "<&"}).content)

    assert found_in(tmp_path) == []
