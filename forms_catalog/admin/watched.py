"""Studies and claims as the admin watches them: what leans on a record, and what a change of it opens."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from forms_catalog.admin.base import CatalogAdmin
from forms_catalog.alerts import evidence_changed, stored_value
from forms_catalog.leaning import leaning_on
from forms_catalog.models import Claim, Study
from forms_catalog.models.alerts import TASK_TARGETS


def admin_page(record: Model) -> str:
    """Where a record is edited."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


class WatchedAdmin(CatalogAdmin):
    """A study or a claim: it shows what leans on it, and saving a change of the evidence opens an alert."""

    LEANING = ("What leans on it", {"fields": ("leaning",)})

    class Media:
        css = {"all": ["css/gate.css"]}

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """With what leans on the record, once it is there."""
        fieldsets = list(super().get_fieldsets(request, obj))
        return [*fieldsets, self.LEANING] if obj is not None else fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """What leans on it is shown, not typed."""
        return [*super().get_readonly_fields(request, obj), "leaning"]

    @admin.display(description="to look at again when it changes")
    def leaning(self, record: Study | Claim) -> SafeString:
        """Claims, forms, mechanisms and sentences that lean on the record, and the alerts so far with their tasks."""
        leaning = leaning_on(record)
        groups = [("Claims", leaning.claims), ("Forms", leaning.forms), ("Mechanisms", leaning.mechanisms)]
        context = {
            "groups": [(name, [(row, admin_page(row)) for row in rows]) for name, rows in groups if rows],
            "record": record,
            "alerts": [(alert, _tasks(alert)) for alert in record.alerts.all()],
        }
        return render_to_string("admin/forms_catalog/_leaning.html", context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Remember what the database says before the change, and lock it."""
        form.former = stored_value(obj) if change else None
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """When all of the record is saved, open or close alerts in the same transaction."""
        super().save_related(request, form, formsets, change)
        if form.former is not None:
            alert = evidence_changed(record=form.instance, former=form.former, by=cast(User, request.user))
            if alert is not None:
                messages.warning(
                    request, f"{alert}. Tasks are open for everything that leans on it, and readers see a notice."
                )


def _tasks(alert: Any) -> list[tuple[Any, Model, str]]:
    """Tasks of an alert with what to look at and their page here; those of the app above by relation alone."""
    tasks = [(task, task.target) for task in alert.tasks.select_related(*TASK_TARGETS)]
    tasks += [(task, task.article) for task in alert.article_tasks.select_related("article")]
    return [(task, target, admin_page(task)) for task, target in tasks]
