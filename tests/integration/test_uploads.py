"""Pictures as editors send them, and as they are stored."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow

from articles import uploads
from articles.models import Image
from forms_catalog.actions import public_version
from tests.factories import make_article, make_published_article, make_user

pytestmark = pytest.mark.django_db

ORIENTATION, SOFTWARE, GPS = 0x0112, 0x0131, 0x8825
RED, BLUE = (250, 0, 0), (0, 0, 250)


def written(picture: Pillow.Image, **options: object) -> bytes:
    content = io.BytesIO()
    picture.save(content, **options)
    return content.getvalue()


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("picture", content)


def store(content: bytes, **fields: object) -> Image:
    return uploads.store_image(upload=upload(content), by=None, **{"alt": "A chart", **fields})


def stored(image: Image) -> Pillow.Image:
    return Pillow.open(io.BytesIO(default_storage.open(image.file.name).read()))


@pytest.mark.parametrize(("kind", "extension"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")])
def test_stored_picture_keeps_its_format_and_its_size(kind: str, extension: str) -> None:
    image = store(written(Pillow.new("RGB", (40, 30)), format=kind))
    assert image.file.name == f"images/{image.sha256[:32]}.{extension}"
    assert (image.width, image.height) == stored(image).size == (40, 30)
    assert stored(image).format == kind


def test_photograph_of_a_phone_stands_upright_and_tells_no_place() -> None:
    """Left half red, right half blue; orientation 6 asks to be turned clockwise, which puts red on top."""
    photograph = Pillow.new("RGB", (64, 32), RED)
    photograph.paste(BLUE, (32, 0, 64, 32))
    exif = Pillow.Exif()
    exif[ORIENTATION], exif[SOFTWARE] = 6, "a secret camera"
    exif.get_ifd(GPS)[1] = "N"
    content = written(photograph, format="JPEG", exif=exif, comment=b"a secret comment", quality=95)
    image = store(content)
    picture = stored(image)
    assert (image.width, image.height) == (32, 64)
    assert picture.getpixel((16, 8))[0] > 200
    assert picture.getpixel((16, 56))[2] > 200
    assert not dict(picture.getexif())
    assert b"secret" not in default_storage.open(image.file.name).read()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_no_metadata_survives(kind: str) -> None:
    exif = Pillow.Exif()
    exif[SOFTWARE] = "secret"
    image = store(written(Pillow.new("RGB", (9, 9)), format=kind, exif=exif, icc_profile=b"secret profile"))
    assert not {"exif", "icc_profile", "comment", "xmp"} & set(stored(image).info)
    assert b"secret" not in default_storage.open(image.file.name).read()


@pytest.mark.parametrize(
    ("mode", "colour", "expected"),
    [
        ("1", 1, ("L", 255)),
        ("L", 99, ("L", 99)),
        ("LA", (99, 50), ("RGBA", (99, 99, 99, 50))),
        ("P", 0, ("RGB", (0, 0, 0))),
        ("RGBA", (1, 2, 3, 4), ("RGBA", (1, 2, 3, 4))),
        ("I;16", 40000, ("L", 155)),
    ],
)
def test_every_mode_of_png_is_stored_with_its_colours(mode: str, colour: object, expected: tuple) -> None:
    picture = stored(store(written(Pillow.new(mode, (5, 5), colour), format="PNG")))
    assert (picture.mode, picture.getpixel((2, 2))) == expected


def test_palette_with_a_transparent_colour_keeps_it() -> None:
    picture = stored(store(written(Pillow.new("P", (5, 5)), format="PNG", transparency=0)))
    assert picture.getpixel((2, 2))[3] == 0


def test_print_colours_become_screen_colours() -> None:
    picture = stored(store(written(Pillow.new("CMYK", (16, 16), (0, 255, 255, 0)), format="JPEG")))
    assert picture.mode == "RGB"
    assert picture.getpixel((8, 8))[0] > 200


def test_photograph_with_a_second_picture_behind_it_is_taken_as_the_first() -> None:
    front, back = Pillow.new("RGB", (16, 16), RED), Pillow.new("RGB", (16, 16), BLUE)
    picture = stored(store(written(front, format="MPO", save_all=True, append_images=[back])))
    assert picture.format == "JPEG"
    assert picture.getpixel((8, 8))[0] > 200


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_large_picture_is_made_smaller_in_proportion(kind: str) -> None:
    image = store(written(Pillow.new("RGB", (4000, 1000)), format=kind))
    assert (image.width, image.height) == (1600, 400)


def test_same_picture_twice_is_one_record_described_as_the_first_time() -> None:
    content = written(Pillow.new("RGB", (9, 9)), format="PNG")
    first, second = store(content, alt="First"), store(content, alt="Second")
    assert first == second
    assert second.alt == "First"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"alt": "  "}, uploads.UNDESCRIBED),
        ({"alt": "a" * 301}, uploads.LONG_DESCRIPTION),
        ({"alt": "words", "decorative": True}, uploads.DECORATIVE_DESCRIBED),
    ],
)
def test_picture_is_described_or_decorative(fields: dict, sentence: str) -> None:
    with pytest.raises(uploads.UploadRefused) as refused:
        store(written(Pillow.new("RGB", (9, 9)), format="PNG"), **fields)
    assert str(refused.value) == sentence
    assert not Image.objects.exists()


def test_decorative_picture_needs_no_description() -> None:
    assert store(written(Pillow.new("RGB", (9, 9)), format="PNG"), alt="", decorative=True).decorative


# The editor's view


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user(groups=("Editor",)))
    return client


def test_upload_answers_with_the_markdown_that_shows_the_picture(editor: Client) -> None:
    from articles.rendering import render

    content = written(Pillow.new("RGB", (9, 9)), format="PNG")
    answer = editor.post(reverse("markdownx_upload"), {"image": upload(content), "alt": "Dose [mg] by week"}).json()
    image = Image.objects.get()
    assert answer == {"markdown": f"![]({image.file.url})", "address": image.file.url}
    assert 'alt="Dose [mg] by week"' in render(answer["markdown"]).html
    assert image.uploaded_by is not None


def test_better_description_reaches_every_text_that_has_none_of_its_own(editor: Client) -> None:
    from articles.rendering import render

    content = written(Pillow.new("RGB", (9, 9)), format="PNG")
    answer = editor.post(reverse("markdownx_upload"), {"image": upload(content), "alt": "First words"}).json()
    Image.objects.update(alt="Better words")
    assert 'alt="Better words"' in render(answer["markdown"]).html


def test_upload_of_a_picture_that_is_here_puts_the_new_words_into_the_text(editor: Client) -> None:
    content = written(Pillow.new("RGB", (9, 9)), format="PNG")
    image = store(content, alt="First words")
    answer = editor.post(reverse("markdownx_upload"), {"image": upload(content), "alt": "Dose [mg]"}).json()
    assert answer["markdown"] == rf"![Dose \[mg\]]({image.file.url})"
    assert Image.objects.get().alt == "First words"


def test_description_of_a_picture_that_was_decorative_is_taken(editor: Client) -> None:
    content = written(Pillow.new("RGB", (9, 9)), format="PNG")
    store(content, alt="", decorative=True)
    before = public_version()
    answer = editor.post(reverse("markdownx_upload"), {"image": upload(content), "alt": "What it shows"}).json()
    image = Image.objects.get()
    assert (image.alt, image.decorative) == ("What it shows", False)
    assert answer["markdown"] == f"![]({image.file.url})"
    assert public_version() > before


# SQLite has one writer: a picture is decoded before it is asked for


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("address", "field"), [("/admin/articles/upload/", "image"), ("/admin/articles/image/add/", "upload")]
)
def test_picture_is_decoded_outside_any_transaction(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch, address: str, field: str
) -> None:
    content, inside, opened = written(Pillow.new("RGB", (9, 9)), format="PNG"), [], Pillow.open

    def watched(*args: object, **options: object) -> Pillow.Image:
        inside.append(connection.in_atomic_block)
        return opened(*args, **options)

    monkeypatch.setattr(Pillow, "open", watched)
    admin_client.post(address, admin_fields(**{field: upload(content)}))
    assert Image.objects.count() == 1
    assert inside == [False]


def test_upload_without_a_file_is_told_so(editor: Client) -> None:
    answer = editor.post(reverse("markdownx_upload"), {"alt": "words"})
    assert (answer.status_code, "No picture" in answer.json()["error"]) == (400, True)


def test_upload_that_is_no_form_is_told_so(editor: Client) -> None:
    answer = editor.post(reverse("markdownx_upload"), b"\x89PNG", content_type="image/png")
    assert (answer.status_code, "No picture" in answer.json()["error"]) == (400, True)


def test_upload_of_a_decorative_picture(editor: Client) -> None:
    content = written(Pillow.new("RGB", (9, 9)), format="PNG")
    answer = editor.post(reverse("markdownx_upload"), {"image": upload(content), "decorative": "on"})
    assert answer.json()["markdown"].startswith("![](/media/images/")


# The admin's pages


def admin_fields(**fields: object) -> dict[str, object]:
    return {"alt": "A chart", "caption": "", "credit": "", "licence": "", **fields}


def test_picture_is_added_in_the_admin(editor: Client) -> None:
    content = written(Pillow.new("RGB", (9, 9)), format="JPEG")
    editor.post("/admin/articles/image/add/", admin_fields(upload=upload(content), credit="The editors"))
    image = Image.objects.get()
    assert (image.alt, image.credit, image.width) == ("A chart", "The editors", 9)
    page = editor.get("/admin/articles/image/").content.decode()
    assert f"![]({image.file.url})" in page
    assert f'src="{image.file.url}"' in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"upload": b"<svg/>"}, uploads.NOT_A_PICTURE),
        ({"upload": b""}, uploads.EMPTY),
        ({"alt": ""}, uploads.UNDESCRIBED),
    ],
)
def test_refused_picture_keeps_the_form(editor: Client, fields: dict, sentence: str) -> None:
    content = fields.pop("upload", written(Pillow.new("RGB", (9, 9)), format="PNG"))
    answer = editor.post("/admin/articles/image/add/", admin_fields(upload=upload(content), credit="Kept", **fields))
    assert sentence.replace("“", "“") in answer.content.decode()
    assert "Kept" in answer.content.decode()
    assert not Image.objects.exists()


def test_picture_that_is_here_already_is_pointed_out(editor: Client) -> None:
    content = written(Pillow.new("RGB", (9, 9)), format="PNG")
    store(content)
    answer = editor.post("/admin/articles/image/add/", admin_fields(upload=upload(content)))
    assert "here already" in answer.content.decode()


def test_change_of_a_description_is_noted_as_public(editor: Client) -> None:
    image, before = store(written(Pillow.new("RGB", (9, 9)), format="PNG")), public_version()
    editor.post(f"/admin/articles/image/{image.pk}/change/", admin_fields(alt="Better words"))
    image.refresh_from_db()
    assert image.alt == "Better words"
    assert public_version() > before


def test_picture_that_an_article_shows_is_not_deleted(admin_client: Client) -> None:
    image = store(written(Pillow.new("RGB", (9, 9)), format="PNG"))
    make_published_article(title="The one that shows it", body=f"![A chart]({image.file.url})\n")
    answer = admin_client.post(f"/admin/articles/image/{image.pk}/delete/", {"post": "yes"})
    assert "The one that shows it" in answer.content.decode()
    assert Image.objects.exists()
    assert "The one that shows it" in admin_client.get(f"/admin/articles/image/{image.pk}/change/").content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("many", [True, False])
def test_deleted_picture_takes_its_file_along(admin_client: Client, many: bool) -> None:
    image = store(written(Pillow.new("RGB", (9, 9)), format="PNG"))
    make_article(body="Another text.")
    if many:
        chosen = {"action": "delete_selected", "_selected_action": image.pk, "post": "yes"}
        admin_client.post("/admin/articles/image/", chosen)
    else:
        admin_client.post(f"/admin/articles/image/{image.pk}/delete/", {"post": "yes"})
    assert not Image.objects.exists()
    assert not default_storage.exists(image.file.name)
