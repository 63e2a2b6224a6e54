"""The admin of pictures: upload one, describe it, copy the Markdown that shows it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Image
from articles.uploads import (
    MOST_BYTES,
    Picture,
    UploadRefused,
    check_description,
    delete_image,
    image_markdown,
    read_upload,
    store_picture,
    uses,
)
from forms_catalog.actions import public_content_changed


class ImageForm(forms.ModelForm):
    """What is said of a picture. The picture itself never changes: its name is its content."""

    def clean(self) -> dict[str, Any]:
        """Refuse a picture that is neither described nor decorative."""
        cleaned = super().clean() or self.cleaned_data
        try:
            check_description(alt=cleaned.get("alt", ""), decorative=cleaned.get("decorative", False))
        except UploadRefused as error:
            raise ValidationError({"alt": str(error)}) from error
        return cleaned


class NewImageForm(ImageForm):
    """A new picture, and what is said of it."""

    upload = forms.FileField(
        label="Picture",
        allow_empty_file=True,  # the sentence for an empty file is ours
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=f"PNG, JPEG or WebP, up to {MOST_BYTES // 1024 // 1024} MB. It is made smaller and stored "
        "without any data about camera or place.",
    )

    reading: Picture | UploadRefused | None = None
    """What was found in the file when the request came in; see ImageAdmin.changeform_view."""

    def clean_upload(self) -> Picture:
        """The picture, or why it cannot be taken."""
        if isinstance(self.reading, Picture):
            return self.reading
        raise ValidationError(str(self.reading))

    def clean(self) -> dict[str, Any]:
        """Refuse a picture that is here already: its description is changed where it stands."""
        cleaned = super().clean()
        picture = cleaned.get("upload")
        if picture and Image.objects.filter(sha256=picture.sha256).exists():
            raise ValidationError({"upload": "This picture is here already. Find it in the list."})
        return cleaned


def _reading(upload: UploadedFile) -> Picture | UploadRefused:
    try:
        return read_upload(upload)
    except UploadRefused as refusal:
        return refusal


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    """Pictures with what is said of them."""

    form = ImageForm
    fields = ["picture", "markdown", "alt", "decorative", "caption", "credit", "licence", "size", "shown_in"]
    new_fields = ["upload", "alt", "decorative", "caption", "credit", "licence"]
    readonly_fields = ["picture", "markdown", "size", "shown_in"]
    list_display = ["picture", "description", "markdown", "size", "credit", "uploaded_at"]
    list_display_links = ["picture", "description"]
    list_filter = ["decorative", "uploaded_at"]
    list_per_page = 50
    search_fields = ["alt", "caption", "credit", "file"]
    show_full_result_count = False

    class Media:
        css = {"all": ["css/editor.css"]}

    def get_fields(self, request: HttpRequest, obj: Image | None = None) -> Any:
        """A new picture is chosen; one that is here is shown."""
        return self.fields if obj else self.new_fields

    def get_form(self, request: HttpRequest, obj: Image | None = None, change: bool = False, **kwargs: Any) -> Any:
        """A form with a file only for a new picture."""
        if obj:
            return super().get_form(request, obj, change, **kwargs)
        form = super().get_form(request, obj, change, **kwargs | {"form": NewImageForm})
        form.reading = getattr(request, "reading", None)  # type: ignore[attr-defined]  # made for this request alone
        return form

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any) -> Any:
        """Read a new picture before the admin's transaction: decoding takes long, and SQLite has one writer."""
        upload = request.FILES.get("upload") if object_id is None else None
        if upload is not None and self.has_add_permission(request):
            request.reading = _reading(upload)  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, *args, **kwargs)

    @admin.display(description="picture")
    def picture(self, image: Image) -> SafeString:
        """A small view of it. Its description stands beside it, so it has none here."""
        return format_html('<img class="thumbnail" src="{}" alt="" loading="lazy">', image.file.url)

    @admin.display(description="description", ordering="alt")
    def description(self, image: Image) -> str:
        """What people who cannot see it are told."""
        return image.alt or "(decorative)"

    @admin.display(description="Markdown")
    def markdown(self, image: Image) -> SafeString:
        """The text to paste into an article."""
        return format_html("<code>{}</code>", image_markdown(alt="", address=image.file.url))

    @admin.display(description="size")
    def size(self, image: Image) -> str:
        """Width and height in pixels."""
        return f"{image.width} × {image.height}"

    @admin.display(description="shown in")
    def shown_in(self, image: Image) -> str:
        """Titles of the articles that show it, or once did."""
        return ", ".join(uses(image)) or "no article"

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        """Keep a new picture, or what is now said of one."""
        if change:
            obj.save()
            public_content_changed()
            return
        words = {name: getattr(obj, name) for name in ("alt", "decorative", "caption", "credit", "licence")}
        stored = store_picture(picture=form.cleaned_data["upload"], by=cast(User, request.user), **words)
        # The admin goes on with the object it made: let that be the stored one.
        obj.__dict__.update(stored.__dict__)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Protect pictures that an article shows."""
        deleted, counts, permissions, protected = super().get_deleted_objects(objs, request)
        for image in objs:
            protected += [f"“{image}” is shown in “{title}”." for title in uses(image)]
        return deleted, counts, permissions, protected

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        """Delete the record and its file."""
        delete_image(image=obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> None:
        """Delete several, each with its file."""
        for image in queryset:
            delete_image(image=image)
