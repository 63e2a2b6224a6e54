"""Records to look at again because evidence changed: lists of tasks, each ended with a word on what was done."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from forms_catalog.admin.watched import admin_page
from forms_catalog.alerts import TaskDone, resolve_review_task
from forms_catalog.models import ReviewTask
from forms_catalog.models.alerts import TASK_TARGETS

LONGEST_RESOLUTION = 300
SAY_WHAT = "Say what was done: type it beside the action."


class DoneForm(ActionForm):
    """The list's actions, with a place to say what was done."""

    resolution = forms.CharField(max_length=LONGEST_RESOLUTION, required=False, label="What was done:")


class StateFilter(admin.SimpleListFilter):
    """Open tasks, unless asked otherwise."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Done, or all; open is what the list shows anyway."""
        return [("done", "Done"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        """Call the first choice what it is."""
        for place, choice in enumerate(super().choices(changelist)):
            yield choice | ({"display": "Open"} if place == 0 else {})

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Tasks in the chosen state."""
        if self.value() == "all":
            return queryset
        return queryset.filter(resolved_at__isnull=self.value() != "done")


class TaskAdmin(admin.ModelAdmin):
    """Tasks are opened by alerts and ended with a word on what was done; nobody adds or deletes one."""

    list_display = ("record", "public_page", "alert", "opened", "resolution")
    list_filter = (StateFilter, ("alert__kind", admin.ChoicesFieldListFilter))
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-alert__opened_at", "pk")
    action_form = DoneForm
    actions = ("mark_done",)
    shown: tuple[str, ...] = ("record_page", "public_page", "alert", "note", "opened")
    ended: tuple[str, ...] = ("resolved_at", "resolved_by")

    class Media:
        css = {"all": ["css/gate.css"]}

    def target(self, task: Any) -> Model:
        """The record to look at."""
        raise NotImplementedError

    def resolve(self, *, task: Any, by: User, resolution: str) -> None:
        """End a task. Raises TaskDone."""
        raise NotImplementedError

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Alerts open tasks."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """What was done stays on record."""
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A task that is done also says when and by whom."""
        return [*self.shown, "resolution", *(self.ended if obj is not None and obj.resolved_at else ())]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Only the resolution is typed, once."""
        done = obj is not None and obj.resolved_at
        return [*self.shown, *self.ended, *(["resolution"] if done else [])]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A task is not done without a word."""
        form = super().get_form(request, obj, change, **kwargs)
        if "resolution" in form.base_fields:
            form.base_fields["resolution"].required = True
        return form

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """One button, for a task that is open."""
        obj = kwargs.get("obj")
        context["show_save"] = obj is not None and obj.resolved_at is None and self.has_change_permission(request, obj)
        context["show_save_and_continue"] = context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Saving ends the task."""
        if "resolution" not in form.cleaned_data:
            return
        try:
            self.resolve(task=obj, by=cast(User, request.user), resolution=form.cleaned_data["resolution"])
        except TaskDone as done:
            messages.warning(request, str(done))

    @admin.action(description="Mark as done", permissions=["change"])
    def mark_done(self, request: HttpRequest, queryset: QuerySet) -> None:
        """End the chosen tasks with one word on what was done."""
        resolution = request.POST.get("resolution", "").strip()[:LONGEST_RESOLUTION]
        if not resolution:
            messages.error(request, SAY_WHAT)
            return
        done = 0
        for task in queryset.filter(resolved_at__isnull=True):
            try:
                self.resolve(task=task, by=cast(User, request.user), resolution=resolution)
                done += 1
            except TaskDone:
                continue
        messages.success(request, f"{done} task{'' if done == 1 else 's'} marked as done.")

    # What the list and the page show

    @admin.display(description="record")
    def record(self, task: Any) -> str:
        """The record to look at; in the list it leads to the task."""
        target = self.target(task)
        return f"{str(target._meta.verbose_name).capitalize()}: {target}"

    @admin.display(description="record")
    def record_page(self, task: Any) -> SafeString:
        """A link to where the record is edited."""
        return format_html('<a href="{}">{}</a>', admin_page(self.target(task)), self.record(task))

    @admin.display(description="public page")
    def public_page(self, task: Any) -> SafeString:
        """A link to what readers see."""
        target = self.target(task)
        address = target.get_absolute_url()  # type: ignore[attr-defined]  # every target has a page
        return format_html('<a href="{}">Read<span class="visually-hidden"> “{}”</span></a>', address, target)

    @admin.display(description="opened", ordering="alert__opened_at")
    def opened(self, task: Any) -> str:
        """When the change was noticed."""
        return date_format(timezone.localtime(task.alert.opened_at))

    @admin.display(description="what was noticed")
    def note(self, task: Any) -> str:
        """The alert's note, as readers see it."""
        return str(task.alert.note)


@admin.register(ReviewTask)
class ReviewTaskAdmin(TaskAdmin):
    """Catalog records to look at again."""

    list_select_related = ("alert__study", "alert__claim", *TASK_TARGETS)
    search_fields = ("claim__slug", "form__name", "mechanism__name", "alert__study__slug", "alert__claim__slug")

    def target(self, task: ReviewTask) -> Model:
        """A claim, form or mechanism."""
        return task.target

    def resolve(self, *, task: ReviewTask, by: User, resolution: str) -> None:
        """End a task of the catalog."""
        resolve_review_task(task=task, by=by, resolution=resolution)
