"""What the buttons of the queue, of a reply's page and of the log lead to.

Each view asks for itself who is asking, takes POST only (mail scanners and prefetchers follow links), and answers the
queue's script in JSON and everybody else with a redirection and a message.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from articles.actions.corrections import accept_correction, decline_correction
from articles.actions.replies import Decided, decide, moderate, moderate_writer
from articles.actions.rewording import accept_edit, decline_edit, redact, set_triage
from articles.actions.undoing import undo, undo_batch
from articles.admin.queue_state import QueueState
from articles.models import Actor, ModerationAction, ModerationEvent, Reason, Reply, ReplyStatus, Triage
from articles.policies import DECISIONS, UNDOABLE, ModerationRefused, check_may_moderate
from mgsite.markup import REPLY_LIMIT

DONE = {
    ModerationAction.APPROVE: "approved",
    ModerationAction.REJECT: "rejected",
    ModerationAction.MARK_SPAM: "marked as spam",
    ModerationAction.HIDE: "hidden",
    ModerationAction.REOPEN: "put back to waiting",
    ModerationAction.REDACT: "redacted",
    ModerationAction.SET_TRIAGE: "sorted by how urgent it is",
    ModerationAction.ACCEPT_EDIT: "given its writer’s new words",
    ModerationAction.DECLINE_EDIT: "left with its former words",
    ModerationAction.ACCEPT_CORRECTION: "passed on to the editors",
    ModerationAction.DECLINE_CORRECTION: "declined as a correction",
}
IN_BULK = (ModerationAction.APPROVE, ModerationAction.REJECT, ModerationAction.MARK_SPAM)
MOST_AT_ONCE = 5_000
"""Replies that one decision about everything a choice takes in reaches; the oldest first."""
NOTHING_TICKED = "Nothing was ticked, so nothing was changed."
UNSEEN = "Replies are approved one by one, or those you have ticked: nobody has read them all."

View = Callable[..., HttpResponse]


class WordsForm(forms.Form):
    """What goes with every decision, and with its button: `reject` or `reject:off_topic`."""

    action = forms.ChoiceField(choices=[(action.value, action.label) for action in DONE])
    reason = forms.ChoiceField(choices=Reason.choices, required=False)
    message = forms.CharField(max_length=300, required=False)
    note = forms.CharField(max_length=300, required=False)

    def __init__(self, data: QueryDict) -> None:
        action, colon, reason = data.get("action", "").partition(":")
        super().__init__(data.dict() | {"action": action} | ({"reason": reason} if colon else {}))

    @property
    def chosen(self) -> ModerationAction:
        """What to do."""
        return ModerationAction(self.cleaned_data["action"])

    @property
    def words(self) -> dict[str, Any]:
        """For the action."""
        return {name: self.cleaned_data[name] for name in ("reason", "message", "note")}

    @property
    def mistakes(self) -> str:
        """What is wrong with it, in sentences."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


class DecisionForm(WordsForm):
    """What a moderator sends about one reply."""

    seen = forms.ChoiceField(choices=ReplyStatus.choices)
    text_version = forms.IntegerField(min_value=1, max_value=10**6, required=False)
    level = forms.ChoiceField(choices=[("", "Not urgent"), *Triage.choices], required=False)
    passage = forms.CharField(max_length=REPLY_LIMIT, required=False, strip=False)


def moderators_post(view: View) -> View:
    """Only moderators, and only by POST."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        check_may_moderate(request.user)
        return view(request, *args, **kwargs)

    return checked


@moderators_post
def decide_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Do one thing about one reply, seen in a state and with a text that the form names."""
    reply = get_object_or_404(Reply, pk=pk)
    here = _keeping_filters(request, reverse("admin:articles_reply_change", args=[pk]))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return refuse(request, f"Nothing was changed. {form.mistakes}", back=here, status=400)
    try:
        event = _do(form, reply=reply, by=request.user)
    except ModerationRefused as refusal:
        return refuse(request, str(refusal), back=here, status=409)
    done = f"The reply by {reply.name} was {DONE[form.chosen]}."
    on = _keeping_filters(request, reverse("admin:articles_reply_changelist"))
    return tell(request, done, back=on if form.chosen in DECISIONS else here, event=event)


def _do(form: DecisionForm, *, reply: Reply, by: Any) -> ModerationEvent:
    """Raises ModerationRefused, and PermissionDenied."""
    sent = form.cleaned_data
    # Without its number, the text that was seen is the text as it was sent.
    reply.status, reply.text_version = ReplyStatus(sent["seen"]), sent["text_version"] or 1
    if form.chosen == ModerationAction.REDACT:
        return redact(reply=reply, passage=sent["passage"].replace("\r\n", "\n"), by=by, **form.words)
    if form.chosen == ModerationAction.SET_TRIAGE:
        return set_triage(reply=reply, level=sent["level"], by=by, **form.words)
    if form.chosen in OTHERS:
        return OTHERS[form.chosen](reply=reply, by=by, **form.words)
    return decide(reply=reply, action=form.chosen, by=by, **form.words)


OTHERS: dict[ModerationAction, Callable[..., ModerationEvent]] = {
    ModerationAction.ACCEPT_EDIT: accept_edit,
    ModerationAction.DECLINE_EDIT: decline_edit,
    ModerationAction.ACCEPT_CORRECTION: accept_correction,
    ModerationAction.DECLINE_CORRECTION: decline_correction,
}


@moderators_post
def bulk_view(request: HttpRequest) -> HttpResponse:
    """Take one decision about the ticked replies, or about all that wait and are in the choice."""
    here, form = _queue(request), WordsForm(request.POST)
    if not form.is_valid() or form.chosen not in IN_BULK:
        return refuse(request, "Nothing was changed. Choose what to do.", back=here, status=400)
    everything = request.POST.get("scope") == "all"
    if everything and form.chosen == ModerationAction.APPROVE:
        return refuse(request, UNSEEN, back=here, status=400)
    texts = _all_of_choice(request) if everything else _ticked(request)
    if not texts:
        return refuse(request, NOTHING_TICKED, back=here, status=400)
    decision: dict[str, Any] = {"action": form.chosen, "by": request.user, "seen": ReplyStatus.PENDING}
    return _told(request, moderate(ids=texts, texts=texts, **decision, **form.words), done=DONE[form.chosen], back=here)


def _ticked(request: HttpRequest) -> dict[int, int]:
    """Row and version of each reply that was ticked: `12-1`. One field may hold many, with commas."""
    picks = (pick.split("-") for each in request.POST.getlist("pick") for pick in each.split(","))
    return {int(pick[0]): int(pick[1]) for pick in picks if len(pick) == 2 and all(map(_is_number, pick))}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


def _all_of_choice(request: HttpRequest) -> dict[int, int]:
    """What waits in the choice, and came in before the moderator saw the page."""
    state = QueueState.from_params(QueryDict(request.POST.get("queue", "")))
    newest = request.POST.get("newest", "")
    if state.show or not _is_number(newest):
        return {}
    rows = state.replies().filter(pk__lte=int(newest))
    return dict(rows.values_list("pk", "text_version")[:MOST_AT_ONCE])


@moderators_post
def hold_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Take down for now whatever is public of a reply's writer."""
    writer = get_object_or_404(Reply, pk=pk).writer
    held: dict[str, Any] = {"action": ModerationAction.HIDE, "seen": ReplyStatus.APPROVED, "reason": Reason.CHECKING}
    outcome = moderate_writer(writer=writer, by=request.user, **held)
    if not outcome.decided and not outcome.urgent:
        return refuse(request, "Nothing of this writer is public, so there was nothing to hold.", back=_queue(request))
    return _told(request, outcome, done="hidden while we check", back=_queue(request))


@moderators_post
def undo_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo one thing, or with `whole` everything that was decided at once with it."""
    event = get_object_or_404(ModerationEvent.objects.filter(pk=pk))
    here = _back_from_undo(request, event)
    try:
        if request.POST.get("whole") and event.batch:
            return _told(request, undo_batch(batch=event.batch, by=request.user), done="put back as before", back=here)
        undo(event=event, by=request.user)
    except ModerationRefused as refusal:
        return refuse(request, str(refusal), back=here, status=409)
    return tell(request, f"Undone: {event.get_action_display().lower()}.", back=here, event=None)


def _back_from_undo(request: HttpRequest, event: ModerationEvent) -> str:
    where = request.POST.get("back")
    if where == "log":
        return reverse("admin:articles_reply_log")
    return reverse("admin:articles_reply_change", args=[event.reply_id]) if where == "reply" else _queue(request)


def last_undoable(by: Any) -> ModerationEvent | None:
    """The last thing this moderator did, while it can still be undone; with how many were decided at once."""
    later = ModerationEvent.objects.filter(reply=OuterRef("reply"), pk__gt=OuterRef("pk"))
    own = ModerationEvent.objects.filter(by=by, actor=Actor.MODERATOR).select_related("reply").order_by("-pk")
    last = own.annotate(overtaken=Exists(later)).first()
    if last is None or last.action not in UNDOABLE or last.overtaken:
        return None
    return last


# Answers


def tell(request: HttpRequest, done: str, *, back: str, event: ModerationEvent | None) -> HttpResponse:
    """Say what was done, with how to undo it."""
    if _is_script(request):
        undo_at = reverse("admin:articles_reply_undo", args=[event.pk]) if event and event.action in UNDOABLE else ""
        return JsonResponse({"message": done, "undo": undo_at})
    messages.success(request, done)
    return HttpResponseRedirect(_queue(request) if "queue" in request.POST else back)


def refuse(request: HttpRequest, why: str, *, back: str, status: int = 409) -> HttpResponse:
    """Say why nothing was changed."""
    if _is_script(request):
        return JsonResponse({"error": why}, status=status)
    messages.warning(request, why)
    return HttpResponseRedirect(_queue(request) if "queue" in request.POST else back)


def _told(request: HttpRequest, outcome: Decided, *, done: str, back: str) -> HttpResponse:
    """Say what became of a decision about several."""
    noun = "reply" if outcome.decided == 1 else "replies"
    sentences = [f"{outcome.decided:,} {noun} {done}."]
    if outcome.urgent:
        sentences.append(f"{outcome.urgent:,} urgent left as they were: decide about these one by one.")
    left = outcome.skipped - outcome.urgent
    if left > 0:
        sentences.append(f"{left:,} had been decided or changed meanwhile, and stayed so.")
    return tell(request, " ".join(sentences), back=back, event=None)


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _queue(request: HttpRequest) -> str:
    """The page of the queue that the form stood on."""
    state = QueueState.from_params(QueryDict(request.POST.get("queue", "")))
    query = urlencode(state.to_params())
    return reverse("admin:articles_reply_queue") + (f"?{query}" if query else "")


def _keeping_filters(request: HttpRequest, url: str) -> str:
    """The address with the list's filters, as the admin's own pages keep them."""
    filters = request.GET.get("_changelist_filters")
    kept = urlencode({"_changelist_filters": filters}) if filters else ""
    return add_preserved_filters({"preserved_filters": kept, "opts": Reply._meta}, url)
