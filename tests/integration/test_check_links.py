"""Every link of the first edition's public pages leads to something, and the command notices one that does not."""

from __future__ import annotations

import contextlib
import io
import re

import pytest
from django.core.management import CommandError, call_command

from forms_catalog.models import PublicState
from mgsite.links.outside import Finding, Outside
from tests import factories as make
from tests.pages import KINDS, one_of

# Not inside one transaction: what is worked out from the whole catalog is kept only outside of one.
pytestmark = pytest.mark.django_db(transaction=True)


def said(*paths: str, **options: object) -> str:
    """What the command says, whether it fails or not."""
    out = io.StringIO()
    with contextlib.suppress(CommandError):
        call_command("check_links", *paths, stdout=out, **options)
    return out.getvalue()


def test_no_link_of_the_first_edition_is_dead(searchable_edition: None, settings) -> None:
    settings.REMEMBER_CATALOG = True
    # A number for which no other test can have had anything remembered in this process.
    PublicState.objects.update_or_create(pk=PublicState.ONLY, defaults={"version": 1_000_000})
    report = said(*(one_of(kind) for kind in KINDS), few_files=3)
    assert re.fullmatch(r"[\d,]+ addresses were asked for; [\d,]+ were left out\.\n", report), report
    assert int(report.split()[0].replace(",", "")) > 1_000


def test_a_dead_link_is_named_with_its_page_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    make.make_published_article(slug="a", body="See [that](/forms/gone/) and [this](https://elsewhere.example/x).")
    found = [Finding("https://elsewhere.example/x", "gone", "answers 404")]
    monkeypatch.setattr(Outside, "look_at", lambda self, urls: (each for each in found if each.url in urls))
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"links of this site are dead"):
        call_command("check_links", stdout=out, external=True)
    assert re.search(r"^Dead: .*/articles/a/.* → /forms/gone/: answers 404\.$", out.getvalue(), re.MULTILINE)
    assert re.search(r"^Gone: /\S+ → https://elsewhere.example/x: answers 404\.$", out.getvalue(), re.MULTILINE)


def test_dead_places_and_dead_links_of_readers_are_named(db: None) -> None:
    body = "[Up](#nowhere), [there](/about/contact/#nothing), [fine](#s-b).\n\n## B\n\nText."
    article = make.make_published_article(slug="a", body=body)
    make.make_sent_reply(article=article, status="approved", body="I read [this](/forms/lost/).")
    with pytest.raises(CommandError):
        call_command("check_links", stdout=(out := io.StringIO()))
    for wrong in (
        "/articles/a/#nowhere: there is no",
        "/about/contact/#nothing: there is no",
        "/forms/lost/: answers 404",
    ):
        assert re.search(rf"^Dead: .*/articles/a/.* → {wrong}", out.getvalue(), re.MULTILINE)
    assert "#s-b" not in out.getvalue()
