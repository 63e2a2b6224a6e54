"""Pictures from editors: decoded, turned upright, stripped of all metadata, made small enough, written anew.

The bytes that were sent are never kept, and neither their name nor their declared type is believed. What
Pillow finds inside decides, and the file we store is Pillow's own writing of the pixels alone: whatever
else hid in the upload (a script, a second format, a position on the map) is not in it.
"""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from PIL import Image as Pillow
from PIL import ImageOps

from articles.models import Article, Image, Revision
from forms_catalog.actions import public_content_changed

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600  # pixels
FOLDER = "images"
CONTENT_TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
# Pillow's own guard, for anything it opens on our behalf before we can ask for the size.
Pillow.MAX_IMAGE_PIXELS = MOST_PIXELS

# MPO is how phones store a JPEG with a second picture (depth, preview) behind it; the first is the photograph.
EXTENSIONS = {"PNG": "png", "JPEG": "jpg", "MPO": "jpg", "WEBP": "webp"}
WRITING: dict[str, dict[str, Any]] = {
    "png": {"format": "PNG", "optimize": True},
    "jpg": {"format": "JPEG", "quality": 85, "optimize": True, "progressive": True},
    "webp": {"format": "WEBP", "quality": 85, "method": 4},
}

EMPTY = "The file is empty. Choose it again."
TOO_HEAVY = f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Make it smaller and send it again."
TOO_LARGE = f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels. Make it smaller and send it again."
NOT_A_PICTURE = "This is not a PNG, JPEG or WebP picture. Save it as one of these and send it again."
DAMAGED = "The picture is damaged and cannot be read to its end. Save it again and send the new file."
MOVING = "Moving pictures are not taken. Send a still one."
UNDESCRIBED = "Describe the picture in a few words, or say that it is decorative."
DECORATIVE_DESCRIBED = "A decorative picture has no description. Empty it, or untick “decorative”."
LONG_DESCRIPTION = "The description is longer than 300 characters. Say the rest in the caption or in the text."


class UploadRefused(ValueError):
    """The picture cannot be taken. The message is a sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as we store it."""

    content: bytes
    extension: str
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """Fingerprint of the stored bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def path(self) -> str:
        """Where it is kept, below the media folder. The name comes from the content, never from the sender."""
        return f"{FOLDER}/{self.sha256[:32]}.{self.extension}"


def _opened(content: bytes) -> Pillow.Image:
    """The picture inside, not decoded yet. Raises UploadRefused for what is none, moves or is too large."""
    try:
        picture = Pillow.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP"))
    except Pillow.DecompressionBombError as error:
        raise UploadRefused(TOO_LARGE) from error
    # Decoders meet hostile bytes here and raise whatever their parsing trips over.
    except Exception as error:
        raise UploadRefused(NOT_A_PICTURE) from error
    if picture.width * picture.height > MOST_PIXELS:
        raise UploadRefused(TOO_LARGE)
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        raise UploadRefused(MOVING)
    return picture


def _plain(picture: Pillow.Image) -> Pillow.Image:
    """The pixels in a mode that every format here can hold: grey, RGB, or RGB with transparency."""
    if picture.mode.startswith("I"):  # 16 bits of grey; converting alone would clip them to white
        picture = picture.point(lambda value: value / 257).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode in ("1", "L") else "RGB")


def decode(content: bytes) -> Picture:
    """Read a picture and write it anew. Raises UploadRefused."""
    original = _opened(content)
    extension = EXTENSIONS[str(original.format)]
    try:
        original.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG decodes at a smaller scale, which saves memory
        ImageOps.exif_transpose(original, in_place=True)
        upright = _plain(original)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        upright.info.clear()  # profile, position, comments: savers would write some of it back
        written = io.BytesIO()
        upright.save(written, **WRITING[extension])
    except Exception as error:  # as above: a truncated or hostile file fails in many ways
        raise UploadRefused(DAMAGED) from error
    return Picture(content=written.getvalue(), extension=extension, width=upright.width, height=upright.height)


def _keep(picture: Picture) -> None:
    """Put the file in its place in one step, so that a crash never leaves half of it under its final name."""
    place = Path(default_storage.path(picture.path))
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as unfinished:
        unfinished.write(picture.content)
    Path(unfinished.name).chmod(0o644)
    os.replace(unfinished.name, place)


def check_description(*, alt: str, decorative: bool) -> None:
    """Raise UploadRefused unless the picture is described, or is said to be decorative and is not."""
    if decorative and alt.strip():
        raise UploadRefused(DECORATIVE_DESCRIBED)
    if not decorative and not alt.strip():
        raise UploadRefused(UNDESCRIBED)
    if len(alt.strip()) > 300:
        raise UploadRefused(LONG_DESCRIPTION)


def read_upload(upload: UploadedFile) -> Picture:
    """The picture in an uploaded file. Raises UploadRefused."""
    if not upload.size:
        raise UploadRefused(EMPTY)
    if upload.size > MOST_BYTES:
        raise UploadRefused(TOO_HEAVY)
    return decode(upload.read())


@transaction.atomic
def store_picture(
    *,
    picture: Picture,
    by: User | None,
    alt: str,
    decorative: bool = False,
    **words: Any,
) -> Image:
    """Keep a picture and its record. The same picture again gives the record that exists, as it was described then.

    A record without a description, because the picture was decorative, takes the one that comes now.
    `words` may hold caption, credit and licence. Raises UploadRefused.
    """
    check_description(alt=alt, decorative=decorative)
    _keep(picture)
    image, _ = Image.objects.get_or_create(
        sha256=picture.sha256,
        defaults={
            "file": picture.path,
            "width": picture.width,
            "height": picture.height,
            "alt": alt.strip(),
            "decorative": decorative,
            "uploaded_by": by,
            **words,
        },
    )
    if image.decorative and not decorative:
        image.alt, image.decorative = alt.strip(), False
        image.save(update_fields=["alt", "decorative"])
        public_content_changed()
    return image


def store_image(*, upload: UploadedFile, by: User | None, alt: str, decorative: bool = False) -> Image:
    """Read an uploaded file, and keep the picture in it. Raises UploadRefused."""
    check_description(alt=alt, decorative=decorative)
    return store_picture(picture=read_upload(upload), by=by, alt=alt, decorative=decorative)


def image_markdown(*, alt: str, address: str) -> str:
    """The Markdown that shows a picture; without words of its own it is described as its record says.

    Brackets and line ends in the description cannot break out of it.
    """
    words = " ".join(alt.split())
    for character in "\\[]`*_<>":
        words = words.replace(character, f"\\{character}")
    return f"![{words}]({address})"


def uses(image: Image) -> list[str]:
    """Titles of the articles that show a picture, in their working copy or in any version readers have seen."""
    name = Path(str(image.file.name)).name
    drafts = Article.objects.filter(body__contains=name).values_list("title", flat=True)
    versions = Revision.objects.filter(body__contains=name).values_list("article__title", flat=True)
    return sorted({*drafts, *versions})


@transaction.atomic
def delete_image(*, image: Image) -> None:
    """Delete a picture's record, and its file once that is certain."""
    name = str(image.file.name)
    image.delete()
    public_content_changed()
    transaction.on_commit(lambda: default_storage.delete(name))
