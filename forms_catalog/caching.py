"""Public pages as caches may keep them: one validator, no cookie, nothing personal.

A page is named by its address, the number of the public content (`actions.public_version`) and the
code that renders it. A browser asks again each time and mostly gets an empty 304, so that a correction
or an approved reply is seen at once; a shared cache may answer for a minute on its own.

A page looks different when its reader has chosen light or dark, and an article when the evidence marks are switched
off. Of all that cookies may hold only those choices, each one of a few words, have a part in a page's name.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from forms_catalog.actions import AsOf, public_state, public_version
from forms_catalog.remembered import of_state
from mgsite.preferences import MARKS, THEME, choice_of

CACHE_CONTROL = "public, max-age=0, s-maxage=60"
VARY = ("Accept-Encoding", "Cookie")
SOURCES = ("articles", "forms_catalog", "mgsite", "templates")
VERSION = "mgsite.public_version"  # where a request keeps it; no header can have this name
SOURCE_SUFFIXES = {".py", ".html", ".txt", ".xml", ".svg", ".yaml"}  # the style guide shows records from their files

logger = logging.getLogger(__name__)
Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]


class PersonalPageError(RuntimeError):
    """A page that is meant for everybody has looked at who is asking."""


def public_page(view: View[Arguments]) -> View[Arguments]:
    """Make a view's page cacheable: GET and HEAD only, answered with 304 before anything is rendered."""
    return _cacheable(view, choices=(THEME,))


def public_page_with_marks(view: View[Arguments]) -> View[Arguments]:
    """The same for a page with evidence marks: there is one with them and one without, for everybody."""
    return _cacheable(view, choices=(THEME, MARKS))


def public_page_as_of(stamp: Callable[[], str]) -> Callable[[View[Arguments]], View[Arguments]]:
    """The same for a page that shows what changes without a new number: `stamp` says how that stands."""

    def cacheable(view: View[Arguments]) -> View[Arguments]:
        return _cacheable(view, choices=(THEME,), stamp=stamp)

    return cacheable


def _cacheable(
    view: View[Arguments], *, choices: tuple[str, ...], stamp: Callable[[], str] | None = None
) -> View[Arguments]:
    @wraps(view)
    def cacheable(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        # A malformed token in the admin's cookie would be replaced with this answer; that is for the admin to do.
        request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
        state = public_state()
        request.META[VERSION] = state.version
        chosen = " ".join(choice_of(request, name) for name in choices)
        etag = page_etag(request, choice=f"{chosen} {stamp()}" if stamp else chosen, version=state.version)
        response: HttpResponse
        if _has_it(request, etag):
            response = HttpResponseNotModified()
        else:
            response = _made(view, request, state, *args, **kwargs)
            if response.status_code != 200:
                return response
            # More keys than the settings allow are a 400 on every page, also on one that asks for none. Only now: a
            # view may refuse them in words of its own.
            _ = request.GET
            personal = personal_traces(request, response)
            if personal:
                return _not_for_everybody(request, response, personal)
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = CACHE_CONTROL
        patch_vary_headers(response, VARY)
        return response

    return require_safe(cacheable)


def _made(
    view: View[Arguments], request: HttpRequest, state: AsOf, *args: Arguments.args, **kwargs: Arguments.kwargs
) -> HttpResponse:
    try:
        with of_state(state):
            return view(request, *args, **kwargs)
    except Exception:
        del request.META[VERSION]  # what is shown instead is an error page
        raise


def _has_it(request: HttpRequest, etag: str) -> bool:
    """Whether the reader names this very page.

    Other conditions are passed over: `*` may ask for a page that is not there, and an answer to one reader's
    `If-Match` would be kept for all.
    """
    return etag in parse_etags(request.headers.get("If-None-Match", ""))


def version_shown(request: HttpRequest) -> int:
    """Number of the public content that a cacheable page is being made from."""
    return int(request.META[VERSION])


def is_for_everybody(request: HttpRequest) -> bool:
    """Whether the page being made is a public one: not an error page, not anybody's own."""
    return VERSION in request.META


def page_etag(request: HttpRequest, *, choice: str = "", version: int | None = None) -> str:
    """Weak validator of the page at this address; weak because compressed and plain bodies share it.

    `choice`: what the reader has chosen about such pages, in words of closed lists. `version`: of the public
    content, where it is known already.
    """
    if settings.DEBUG:  # templates change without a restart
        code_version.cache_clear()
    # The day, because a page may carry a form whose token ages.
    today = timezone.now().date()
    version = public_version() if version is None else version
    name = f"{code_version()} {version} {today} {choice} {request.get_full_path()}"
    return f'W/"{hashlib.sha256(name.encode()).hexdigest()[:32]}"'


def personal_traces(request: HttpRequest, response: HttpResponse) -> list[str]:
    """Signs that the page depends on the person: a cookie set, the session read, a form token made."""
    session = getattr(request, "session", None)
    signs = {
        "it sets a cookie": bool(response.cookies),
        "it read the session": bool(getattr(session, "accessed", False)),
        "it made a CSRF token": bool(request.META.get("CSRF_COOKIE_NEEDS_UPDATE")),
        "it varies by cookie": "cookie" in response.get("Vary", "").lower(),
    }
    return [sign for sign, found in signs.items() if found]


def _not_for_everybody(request: HttpRequest, response: HttpResponse, personal: list[str]) -> HttpResponse:
    """Raise where someone can mend it; in production keep the page out of every cache."""
    message = f"{request.path} is meant for everybody, but {', '.join(personal)}."
    if settings.PUBLIC_PAGES_STRICT:
        raise PersonalPageError(message)
    logger.error(message)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@lru_cache(maxsize=1)
def code_version() -> str:
    """Fingerprint of everything but the database that decides what a page looks like; the same in every worker."""
    digest = hashlib.sha256(f"{django.__version__} {settings.SITE_URL} {settings.SITE_NAME}".encode())
    for path in _source_files():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _source_files() -> Iterator[Path]:
    """Code and templates, and the list of hashed static files where they have been collected."""
    for folder in SOURCES:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in SOURCE_SUFFIXES and path.is_file():
                yield path
    manifest = Path(settings.STATIC_ROOT or settings.BASE_DIR) / "staticfiles.json"
    if manifest.is_file():
        yield manifest
