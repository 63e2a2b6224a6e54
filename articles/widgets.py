"""The Markdown editor's widget: django-markdownx's, with our template, our script and our two views."""

from typing import Any

from django.forms import Script
from django.urls import reverse
from markdownx.widgets import AdminMarkdownxWidget

from articles.publication import MOST_CHARACTERS
from articles.uploads import MOST_BYTES


class MarkdownEditor(AdminMarkdownxWidget):
    """A plain text area that a script makes an editor of. Everything works without it but the live preview."""

    template_name = "markdownx/editor.html"

    class Media:
        extend = False  # none of markdownx's own scripts and styles
        css = {"all": ["css/editor.css"]}
        js = [Script("js/markdown-editor.js", type="module")]

    @staticmethod
    def add_markdownx_attrs(attrs: dict[str, Any]) -> dict[str, Any]:
        """Attributes of the text area; the addresses stand on the element around it."""
        return {**attrs, "maxlength": MOST_CHARACTERS, "spellcheck": "true", "data-markdown-source": True}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The widget's context, with what its script needs to know."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["editor"] = {
            "preview_url": reverse("markdownx_markdownify"),
            "upload_url": reverse("markdownx_upload"),
            "most_bytes": MOST_BYTES,
        }
        return context
