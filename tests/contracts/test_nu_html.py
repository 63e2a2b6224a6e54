"""Every kind of page is clean to the Nu HTML checker, the one behind validator.w3.org. Needs Java."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client

from articles.mail_links import confirm_link, stop_link
from articles.models import ReplyKind
from articles.places import Place
from articles.writers import digest_of
from forms_catalog.models import Claim
from tests.factories import make_sent_reply
from tests.npm import NoTool, nu_checker
from tests.pages import KINDS, one_of

SECRET = "Tq-hKzn5kbuoEVvuvjsDJTzzeNJf9emuWoV_atqH4Xw"
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


def one_of_each_standing(about: Claim) -> None:
    """A thread with a public reply of each kind, answers at both levels, and what is left of the others."""
    parent = None
    for level, kind in zip((0, 1, 2, 0, 0), ReplyKind.values, strict=True):
        place = Place(parent=parent.pk, level=level) if parent and level else Place()
        words = {"sentence": "It <calms>.", "source": "https://doi.org/10.1000/1?a&b"}
        parent = make_sent_reply(about=about, status="approved", kind=kind, place=place, **words)
    for status in ("hidden", "withdrawn", "erased"):
        make_sent_reply(about=about, status=status)


def test_every_kind_of_page_is_clean(client: Client, first_edition: None, tmp_path: Path) -> None:
    for kind in KINDS:
        (tmp_path / f"{kind}.html").write_bytes(client.get(one_of(kind)).content)
    (tmp_path / "not found.html").write_bytes(client.get("/nowhere/").content)
    one_of_each_standing(Claim.objects.all()[0])
    (tmp_path / "replies.html").write_bytes(client.get(f"{Claim.objects.all()[0].get_absolute_url()}replies/").content)
    (tmp_path / "reply form.html").write_bytes(client.post(f"{one_of('article')}replies/", {"body": "<&"}).content)
    reply = make_sent_reply(writer=digest_of(SECRET), email="anna@example.org", kind="question")
    own, asked = f"/replies/passport/{SECRET}/", {"do": "erase", "reply": reply.public_id}
    (tmp_path / "own page.html").write_bytes(client.get(own).content)
    (tmp_path / "own page, refused.html").write_bytes(client.post(own, asked | {"do": "appeal", "body": "<&"}).content)
    (tmp_path / "erase.html").write_bytes(client.post(own, asked).content)
    for name, link in {"confirm": confirm_link, "stop": stop_link}.items():
        path = urlsplit(link(reply.contact)).path
        (tmp_path / f"{name}.html").write_bytes(client.get(path).content)

    assert found_in(tmp_path) == []
