"""When evidence changes: tell whoever keeps what leans on it, and tell readers, until somebody has looked.

An alert is opened in the transaction that changes the record, with a task for each record that leans on it. The
apps above hear of it by one signal and add their own tasks in the same transaction; see docs/adr/0007.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.dispatch import Signal
from django.utils import timezone

from forms_catalog.actions import public_content_changed
from forms_catalog.leaning import leaning_on
from forms_catalog.models import Claim, EvidenceAlert, ReviewTask, Study
from forms_catalog.models.alerts import AlertKind
from forms_catalog.models.vocabulary import PublicationStatus, Verdict

evidence_alert_opened = Signal()
"""Sent with `alert`, inside the transaction that opens it. A receiver returns how many tasks it added."""

WATCHED: dict[type[models.Model], str] = {Study: "publication_status", Claim: "verdict"}
"""The field of each record whose change opens an alert."""
SUPERSEDED = "The status of the study changed again; a new notice was opened."
TAKEN_BACK = "The study stands as published after all."
TAKEN_BACK_VERDICT = "The verdict changed again; a new notice was opened."


class TaskDone(Exception):
    """The task was done already, perhaps by a colleague; nothing was changed."""


def stored_value(record: Study | Claim) -> str:
    """The watched field as the database has it, the row locked until the transaction ends."""
    name = WATCHED[type(record)]
    row = type(record)._default_manager.select_for_update().only(name).get(pk=record.pk)
    return str(getattr(row, name))


def evidence_changed(*, record: Study | Claim, former: str, by: User | None) -> EvidenceAlert | None:
    """Open and close what a saved change of a record calls for. `former`: its watched field before.

    Returns the alert that was opened: None when the field is as it was, or when nothing leans on the record.
    """
    now = str(getattr(record, WATCHED[type(record)]))
    if now == former:
        return None
    if isinstance(record, Claim):
        _resolve_alerts(record.alerts.open(), by=by, resolution=TAKEN_BACK_VERDICT)
        words = f"The verdict changed from “{Verdict(former).label}” to “{Verdict(now).label}”. {record.in_brief}"
        return open_alert(kind=AlertKind.VERDICT, record=record, note=words, by=by)
    taken_back = now == PublicationStatus.AS_PUBLISHED
    _resolve_alerts(record.alerts.open(), by=by, resolution=TAKEN_BACK if taken_back else SUPERSEDED)
    if taken_back:
        return None
    return open_alert(kind=AlertKind(now), record=record, note=record.publication_note, by=by)


@transaction.atomic
def open_alert(*, kind: AlertKind, record: Study | Claim, note: str, by: User | None) -> EvidenceAlert | None:
    """Open an alert with a task for everything that leans on a record, unless nothing does."""
    about: dict[str, Any] = {"claim" if isinstance(record, Claim) else "study": record}
    alert = EvidenceAlert.objects.create(kind=kind, note=note, opened_at=timezone.now(), opened_by=by, **about)
    targets: list[dict[str, Any]] = [{str(row._meta.model_name): row} for row in leaning_on(record).records()]
    tasks = [ReviewTask(alert=alert, **target) for target in targets]
    ReviewTask.objects.bulk_create(tasks)
    added = any(number for _, number in evidence_alert_opened.send(sender=EvidenceAlert, alert=alert))
    if not tasks and not added:
        alert.delete()
        return None
    public_content_changed()
    return alert


@transaction.atomic
def resolve_review_task(*, task: ReviewTask, by: User | None, resolution: str) -> None:
    """Note that a record was looked at. The last task of an alert resolves the alert. Raises TaskDone."""
    resolve_task(tasks=ReviewTask.objects.filter(pk=task.pk), alert_id=task.alert_id, by=by, resolution=resolution)


@transaction.atomic
def resolve_task(*, tasks: models.QuerySet, alert_id: int, by: User | None, resolution: str) -> None:
    """Note one task of an alert as done, whichever app keeps it. Raises TaskDone."""
    # The lock lets two editors who finish the last two tasks at once come one after the other.
    EvidenceAlert.objects.select_for_update().get(pk=alert_id)
    if not _mark_done(tasks, by=by, resolution=resolution):
        raise TaskDone("This task is done already.")
    close_finished_alerts()
    public_content_changed()


def close_finished_alerts() -> None:
    """Resolve every open alert none of whose tasks is open. Call it inside the transaction that ended one."""
    finished = EvidenceAlert.objects.open()
    for tasks in _tables_of_tasks():
        finished = finished.exclude(Exists(tasks.objects.filter(alert=OuterRef("pk"), resolved_at__isnull=True)))
    finished.update(resolved_at=timezone.now())


def _resolve_alerts(alerts: models.QuerySet[EvidenceAlert], *, by: User | None, resolution: str) -> None:
    """Resolve alerts with all their tasks."""
    keys = list(alerts.values_list("pk", flat=True))
    for tasks in _tables_of_tasks():
        _mark_done(tasks.objects.filter(alert__in=keys), by=by, resolution=resolution)
    if keys:
        EvidenceAlert.objects.filter(pk__in=keys).update(resolved_at=timezone.now())
        public_content_changed()


def _mark_done(tasks: models.QuerySet, *, by: User | None, resolution: str) -> int:
    now = timezone.now()
    return tasks.filter(resolved_at__isnull=True).update(resolved_at=now, resolved_by=by, resolution=resolution)


def _tables_of_tasks() -> list[Any]:
    """Every table that holds tasks of alerts, those of the apps above among them; known by their relation alone."""
    relations = EvidenceAlert._meta.related_objects
    return [relation.related_model for relation in relations if str(relation.related_name).endswith("tasks")]
