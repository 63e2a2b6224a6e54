"""What the Markdown editor asks of the server: a preview, and a place for a picture.

They answer in JSON whatever happens, so that an expired session never shows a login page inside the
preview. Without scripts the editor's "Preview in a new tab" posts the form here and gets the page itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render as render_page
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache

from articles.publication import MOST_CHARACTERS, describe
from articles.rendering import Rendered, render
from articles.uploads import UploadRefused, image_markdown, store_image
from mgsite.markup import MarkupError
from mgsite.markup.cleaning import clean_readers_text

View = Callable[[HttpRequest], HttpResponse]
SIGNED_OUT = "You are signed out. Your text is kept in this browser; sign in again in another tab and go on."
NOT_ALLOWED = "Your account may not do this. Ask someone who manages the accounts."
POST_ONLY = "Send this with POST."
NO_TEXT = "No text came with the request."
TOO_LONG = f"The text is longer than {MOST_CHARACTERS:,} characters. Split the article."
NO_FILE = "No picture came with the request. Choose a file and send it again."


def _refusal(message: str, *, status: int, **headers: str) -> JsonResponse:
    return JsonResponse({"error": message}, status=status, headers=headers)


def staff_with(*permissions: str) -> Callable[[View], View]:
    """For staff who hold one of the permissions, and for POST only; everybody else gets a sentence in JSON."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            user = request.user
            if not (user.is_active and user.is_staff):
                return _refused(request, SIGNED_OUT)
            if not any(user.has_perm(permission) for permission in permissions):
                return _refused(request, NOT_ALLOWED)
            if request.method != "POST":
                return _refusal(POST_ONLY, status=405, Allow="POST")
            return view(request)

        return never_cache(guarded)

    return guard


def _refused(request: HttpRequest, message: str) -> JsonResponse:
    if _wants_page(request):
        raise PermissionDenied(message)
    return _refusal(message, status=403)


def _wants_page(request: HttpRequest) -> bool:
    """Whether a form sent this by its own button, in a browser without scripts."""
    return "_check" in request.POST


def _unreadable(request: HttpRequest, message: str) -> HttpResponse:
    """Why a text cannot be shown at all."""
    if _wants_page(request):
        return render_page(request, "articles/preview.html", {"problems": [message], "checked": True}, status=400)
    return _refusal(message, status=400)


def preview_document(rendered: Rendered, **context: object) -> str:
    """A whole HTML document with the text exactly as readers will get it."""
    return render_to_string("articles/preview.html", {"rendering": rendered, **context})


@staff_with("articles.change_article", "articles.add_article")
def preview(request: HttpRequest) -> HttpResponse:
    """The text as readers will see it, its problems by line, and its number of words."""
    content = request.POST.get("content", request.POST.get("body"))
    if content is None:
        return _refusal(NO_TEXT, status=400)
    if len(content) > MOST_CHARACTERS:
        return _unreadable(request, TOO_LONG)
    try:
        rendered = render(content, preview=True)
    except MarkupError as error:
        return _unreadable(request, str(error))
    if _wants_page(request):
        problems = [describe(problem) for problem in rendered.problems]
        context = {"rendering": rendered, "problems": problems, "checked": True}
        return render_page(request, "articles/preview.html", context)
    found = [asdict(problem) for problem in rendered.problems]
    return JsonResponse({"html": preview_document(rendered), "problems": found, "words": rendered.words})


@staff_with("articles.add_image")
def upload(request: HttpRequest) -> HttpResponse:
    """Keep a picture, and answer with the Markdown that shows it.

    The description stays in the picture's record, where it can be bettered for every article at once. Only where
    the picture was here before, described otherwise, do the editor's new words go into the text.
    """
    file = request.FILES.get("image")
    if file is None:
        return _refusal(NO_FILE, status=400)
    # Where nothing can be seen nothing is described, and PostgreSQL keeps no NUL.
    alt, decorative = clean_readers_text(request.POST.get("alt", "")), "decorative" in request.POST
    try:
        image = store_image(upload=file, by=cast(User, request.user), alt=alt, decorative=decorative)
    except UploadRefused as error:
        return _refusal(str(error), status=400)
    own_words = "" if alt.strip() == image.alt else alt
    return JsonResponse({"markdown": image_markdown(alt=own_words, address=image.file.url), "address": image.file.url})
