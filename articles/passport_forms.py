"""What a writer types on the page of their own replies."""

from __future__ import annotations

from typing import Any

from django import forms

from articles.forms import ReplyForm, TypedText

MOST_IN_AN_APPEAL = 2_000


class EditForm(forms.Form):
    """Other words for a reply, held to what a reply's words are held to."""

    html = ""
    body = ReplyForm.base_fields["body"]

    def clean_body(self) -> str:
        """Text that Markdown makes nothing of is no reply."""
        return ReplyForm.clean_body(self)  # type: ignore[arg-type]


class AppealForm(forms.Form):
    """What a writer says against a decision."""

    body = TypedText(
        label="Why should we look again?",
        most=MOST_IN_AN_APPEAL,
        too_long="Please use at most {most:,} characters; this has {found:,}. It is all still here, to shorten.",
        error_messages={"required": "Please write why we should look again."},
        widget=forms.Textarea(attrs={"rows": 5}),
    )


FORMS: dict[str, type[Any]] = {"edit": EditForm, "appeal": AppealForm}
"""What is typed for each thing that needs words."""
