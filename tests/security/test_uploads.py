"""Hostile and broken uploads: each is refused with a sentence, and nothing of it is kept."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow

from articles import uploads
from articles.models import Image
from tests.factories import make_user

pytestmark = pytest.mark.django_db

SCRIPT = b"<script>alert(document.domain)</script>"


def picture(mode: str = "RGB", size: tuple[int, int] = (8, 6), **options: object) -> bytes:
    written = io.BytesIO()
    Pillow.new(mode, size).save(written, **{"format": "PNG", **options})
    return written.getvalue()


def moving(kind: str) -> bytes:
    frames = [Pillow.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, format=kind, save_all=True, append_images=frames[1:])
    return written.getvalue()


def png_announcing(width: int, height: int) -> bytes:
    """A few bytes that claim to be a huge picture."""
    chunks = (b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0), b"IDAT" + zlib.compress(b"\0" * 99))
    framed = (struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) for chunk in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)


HOSTILE = {
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', uploads.NOT_A_PICTURE),
    "svg with an xml header": (b'<?xml version="1.0"?><svg><script>alert(1)</script></svg>', uploads.NOT_A_PICTURE),
    "html": (b"<!doctype html>" + SCRIPT, uploads.NOT_A_PICTURE),
    "gif": (moving("GIF"), uploads.NOT_A_PICTURE),
    "gif and script": (b"GIF89a/*" + SCRIPT + b"*/=1;", uploads.NOT_A_PICTURE),
    "python": (b"import os\n", uploads.NOT_A_PICTURE),
    "bmp": (picture(format="BMP"), uploads.NOT_A_PICTURE),
    "tiff": (picture(format="TIFF"), uploads.NOT_A_PICTURE),
    "pdf": (b"%PDF-1.7\n", uploads.NOT_A_PICTURE),
    "a png's first bytes and a page": (b"\x89PNG\r\n\x1a\n" + SCRIPT, uploads.NOT_A_PICTURE),
    "empty": (b"", uploads.EMPTY),
    "truncated png": (picture(size=(300, 300))[:-40], uploads.DAMAGED),
    "truncated jpeg": (picture(size=(300, 300), format="JPEG")[:300], uploads.NOT_A_PICTURE),
    "jpeg cut in its pixels": (picture(size=(900, 900), format="JPEG")[:-2000], uploads.DAMAGED),
    "too heavy": (picture() + b"\0" * uploads.MOST_BYTES, uploads.TOO_HEAVY),
    "too many pixels": (png_announcing(8000, 8000), uploads.TOO_LARGE),
    "a bomb": (png_announcing(60000, 60000), uploads.TOO_LARGE),
    "moving png": (moving("PNG"), uploads.MOVING),
    "moving webp": (moving("WEBP"), uploads.MOVING),
}


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user(groups=("Editor",)))
    return client


def send(client: Client, content: bytes, *, name: str = "a.png", kind: str = "image/png", **fields: str) -> object:
    file = SimpleUploadedFile(name, content, content_type=kind)
    return client.post(reverse("markdownx_upload"), {"image": file, "alt": "A chart", **fields})


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_upload_is_refused_with_a_sentence_and_leaves_nothing(editor: Client, name: str) -> None:
    content, sentence = HOSTILE[name]
    answer = send(editor, content)
    assert (answer.status_code, answer.json()) == (400, {"error": sentence})
    assert not Image.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.*"))


@pytest.mark.parametrize("name", ["evil.html", "evil.svg", "evil.php", "../../evil.png", "\x00.png", ""])
def test_stored_name_comes_from_the_content_and_never_from_the_sender(editor: Client, name: str) -> None:
    answer = send(editor, picture(), name=name or "x", kind="text/html")
    image = Image.objects.get()
    assert answer.json()["address"] == f"/media/images/{image.sha256[:32]}.png"
    [stored] = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert stored == Path(settings.MEDIA_ROOT) / "images" / f"{image.sha256[:32]}.png"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_polyglot_loses_what_was_hidden_behind_the_pixels(editor: Client, kind: str) -> None:
    send(editor, picture(format=kind) + SCRIPT)
    stored = default_storage.open(Image.objects.get().file.name).read()
    assert b"script" not in stored


def test_png_sent_as_a_page_is_stored_by_what_it_is(editor: Client) -> None:
    send(editor, picture(format="WEBP"), name="page.html", kind="text/html")
    assert Image.objects.get().file.name.endswith(".webp")


@pytest.mark.parametrize(
    "words", ["](javascript:alert(1))", "<img src=x onerror=alert(1)>", "a\n\n# heading", "`code`", "\\]", "[[form:x]]"]
)
def test_description_cannot_break_out_of_its_brackets(editor: Client, words: str) -> None:
    from articles.rendering import render

    markdown = send(editor, picture(), alt=words).json()["markdown"]
    rendered = render(markdown)
    assert not rendered.problems
    assert rendered.html.count("<img ") == 1
    assert "<a " not in rendered.html
    assert "<h" not in rendered.html


@pytest.mark.parametrize(
    ("words", "kept"), [("A spoon\x00ful", "A spoonful"), ("A \u202espoon", "A spoon"), ("\x00\u200b", None)]
)
def test_description_keeps_only_what_can_be_seen(editor: Client, words: str, kept: str | None) -> None:
    answer = send(editor, picture(), alt=words)
    assert answer.status_code == (200 if kept else 400)
    assert list(Image.objects.values_list("alt", flat=True)) == ([kept] if kept else [])


# The address of a stored picture


def stored_image(client: Client, **options: object) -> Image:
    send(client, picture(**options))
    return Image.objects.get()


@pytest.mark.parametrize(
    "name",
    [
        "evil.html",
        "0123456789abcdef0123456789abcdef.svg",
        "0123456789abcdef0123456789abcdef.png.html",
        "0123456789ABCDEF0123456789ABCDEF.png",
        "0123456789abcdef0123456789abcdef.png",
        "..%2f..%2fsecret_key",
        "%2e%2e",
        "0123456789abcdef0123456789abcdef.png%0a",
        "..",
    ],
)
def test_any_other_name_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/media/images/{name}").status_code == 404


def test_file_without_a_record_is_not_found(editor: Client) -> None:
    image = stored_image(editor)
    address = image.file.url
    Image.objects.all().delete()
    assert editor.get(address).status_code == 404


def test_record_without_its_file_is_not_found(editor: Client) -> None:
    image = stored_image(editor)
    default_storage.delete(image.file.name)
    assert editor.get(image.file.url).status_code == 404


def test_picture_is_served_inert_and_for_ever(editor: Client, client: Client) -> None:
    image = stored_image(editor)
    client.logout()
    answer = client.get(image.file.url, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"  # feed readers show it on pages of their own
    assert "immutable" in answer["Cache-Control"]
    assert not answer.cookies
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_picture_takes_no_other_method(editor: Client, method: str) -> None:
    image = stored_image(editor)
    assert getattr(editor, method)(image.file.url).status_code == 405
