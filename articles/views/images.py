"""Uploaded images, as files: only the names we give, only files with a record, and inert whatever they hold."""

import re

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models import Image
from articles.uploads import CONTENT_TYPES, FOLDER

NAME = re.compile(r"[0-9a-f]{32}\.(png|jpg|webp)")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Opened on its own, the file may neither run nor load anything.
    "Content-Security-Policy": "sandbox; default-src 'none'",
    # Feed readers that are web pages show an article's pictures too.
    "Cross-Origin-Resource-Policy": "cross-origin",
    # The name is the content's fingerprint: what it names can never change.
    "Cache-Control": "public, max-age=31536000, immutable",
    # Pictures are compressed already; this keeps the gzip middleware from trying again.
    "Content-Encoding": "identity",
}


@require_safe
def image_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """One picture. 404 for any name that is not a picture of ours."""
    match = NAME.fullmatch(name)
    if match is None:
        raise Http404("No such picture.")
    image = get_object_or_404(Image.objects.only("file"), file=f"{FOLDER}/{name}")
    try:
        stream = image.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("No such picture.") from error
    return FileResponse(stream, content_type=CONTENT_TYPES[match[1]], headers=HEADERS)
