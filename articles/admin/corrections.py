"""Readers' corrections that moderators passed on: the editors' tasks, and who is credited with a new version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.actions.corrections import CorrectionDone, resolve_correction
from articles.models import SUBJECTS, Article, Correction, CorrectionOutcome, Reason, Reply, ReplyStatus
from articles.policies import REASONS
from articles.subjects import title_of
from forms_catalog.admin.alerts import StateFilter

CREDITS = "credits"
"""Name of the boxes on an article's page, and in the address that ticks one."""
MOST_OFFERED = 100
ENDING = ("outcome", "reason", "message")
NOT_PUBLIC = "The reply is not public at present."
NOT_AGREED = (Reason.NOT_SHOWN, Reason.STANDS, Reason.SAID_ALREADY, Reason.UNREADABLE, Reason.OTHER)
"""Reasons that editors have; the others are moderators'."""
BY_PUBLISHING = "Mend the article, tick this correction beside the change note, and publish: that credits its writer."
IN_THE_RECORD = "Mend the record first, then choose “Corrected” here and say what was done."


class ResolveForm(forms.ModelForm):
    """How a task ends: corrected in a record, or declined with a reason that readers see."""

    class Meta:
        model = Correction
        fields = ENDING

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "outcome" not in self.fields:
            return
        made = [] if self.instance.reply.article else [CorrectionOutcome.MADE]
        shown = [("", "Still open"), *((each.value, each.label) for each in (*made, CorrectionOutcome.DECLINED))]
        self.fields["outcome"].choices = shown  # type: ignore[attr-defined]
        reasons = [("", "---------"), *((each.value, REASONS[each]) for each in NOT_AGREED)]
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A correction that is declined says why; one that is made says what was done."""
        cleaned = super().clean() or self.cleaned_data
        outcome, reason, message = (cleaned.get(name, "") for name in ENDING)
        if outcome == CorrectionOutcome.DECLINED and not reason and not self.errors:
            raise ValidationError({"reason": "Say why: readers see the reason."})
        if outcome == CorrectionOutcome.MADE and not message and not self.errors:
            raise ValidationError({"message": "Say what was done: readers see it."})
        if outcome != CorrectionOutcome.DECLINED:
            cleaned["reason"] = ""
        return cleaned


@admin.register(Correction)
class CorrectionAdmin(admin.ModelAdmin):
    """What readers want mended. Nobody adds a task here, or deletes one: moderators open them, and each ends once."""

    form = ResolveForm
    list_display = ("__str__", "kind", "where", "opened_at", "outcome")
    list_filter = (StateFilter,)
    list_per_page = 50
    show_full_result_count = False
    ordering = ("opened_at", "pk")
    shown = ("where", "public_reply", "sentence", "source", "words", "opened_at", "opened_by", "way")
    ended = ("resolved_at", "resolved_by", "revision")

    class Media:
        css = {"all": ["css/gate.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Moderators open tasks."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Correction | None = None) -> bool:
        """What became of a correction stays on record."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Correction]:
        """With what it is about, in the same query."""
        things = ("reply__thread__article__live", *(f"reply__thread__{name}" for name in SUBJECTS))
        return super().get_queryset(request).select_related(*things)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A task that has ended also says when and by whom."""
        ended = self.ended if obj is not None and obj.resolved_at else ()
        return [*self.shown, *ENDING, *ended]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Only how it ends is chosen, once."""
        done = ENDING if obj is not None and obj.resolved_at else ()
        return [*self.shown, *self.ended, *done]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """One button, for a task that is open."""
        obj = kwargs.get("obj")
        context["show_save"] = obj is not None and not obj.resolved_at and self.has_change_permission(request, obj)
        context["show_save_and_continue"] = context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Correction, form: Any, change: bool) -> None:
        """Saving ends the task, where an end was chosen."""
        chosen = {name: form.cleaned_data.get(name, "") for name in ENDING}
        if not chosen["outcome"]:
            return
        outcome = CorrectionOutcome(chosen.pop("outcome"))
        try:
            resolve_correction(correction=obj, by=cast(User, request.user), outcome=outcome, **chosen)
        except CorrectionDone as done:
            messages.warning(request, str(done))

    # What the pages show; words of readers only while they are public

    @admin.display(description="kind")
    def kind(self, correction: Correction) -> str:
        """A correction or a typo."""
        return correction.reply.get_kind_display()

    @admin.display(description="to be mended")
    def where(self, correction: Correction) -> SafeString:
        """The article's editing page with this correction ticked, or the record's."""
        about = correction.reply.thread.about
        address = reverse(f"admin:{about._meta.app_label}_{about._meta.model_name}_change", args=[about.pk])
        query = f"?{CREDITS}={correction.pk}" if isinstance(about, Article) and not correction.resolved_at else ""
        return format_html('<a href="{}{}">{}</a>', address, query, title_of(about))

    @admin.display(description="reply")
    def public_reply(self, correction: Correction) -> SafeString | str:
        """A link to it among the others."""
        reply = _public(correction)
        if reply is None:
            return NOT_PUBLIC
        return format_html('<a href="{}">#{} by {}</a>', reply.get_absolute_url(), reply.number, reply.name)

    @admin.display(description="sentence")
    def sentence(self, correction: Correction) -> str:
        """What it mends."""
        reply = _public(correction)
        return f"“{reply.sentence}”" if reply else NOT_PUBLIC

    @admin.display(description="source")
    def source(self, correction: Correction) -> str:
        """What it leans on, as text: nobody has looked where it leads."""
        reply = _public(correction)
        return reply.source or "–" if reply else NOT_PUBLIC

    @admin.display(description="what the reader says")
    def words(self, correction: Correction) -> str:
        """The reply as typed."""
        reply = _public(correction)
        return reply.body if reply else NOT_PUBLIC

    @admin.display(description="how to end it")
    def way(self, correction: Correction) -> str:
        """What an editor does next."""
        return BY_PUBLISHING if correction.reply.article else IN_THE_RECORD


def _public(correction: Correction) -> Reply | None:
    return correction.reply if correction.reply.status == ReplyStatus.APPROVED else None


# On the article's own page


@dataclass(frozen=True, slots=True)
class Offer:
    """An open correction that a new version may make, and whether it is ticked."""

    correction: Correction
    ticked: bool


def offers_for(article: Article, *, ticked: Iterable[int]) -> list[Offer]:
    """Open corrections of an article whose replies are public, oldest first. One query."""
    chosen = set(ticked)
    rows = Correction.objects.filter(reply__thread__article=article, outcome="", reply__status=ReplyStatus.APPROVED)
    rows = rows.select_related("reply").order_by("opened_at", "pk")
    return [Offer(each, each.pk in chosen) for each in rows[:MOST_OFFERED]]


def chosen_credits(data: Any) -> list[int]:
    """The corrections that were ticked, from a form or an address. Whatever is no row number is left out."""
    return [int(value) for value in data.getlist(CREDITS) if value.isascii() and value.isdigit() and len(value) <= 18]
