"""The moderation queue. A moderator decides about replies and never edits a reader's words.

Decisions are the actions of articles.actions.replies; the database keeps each with who took it and when.
Text of readers reaches the page through template autoescaping only.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ShowFacets
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern

from articles.actions.replies import moderate
from articles.admin.deciding import DONE
from articles.admin.log import log_of
from articles.admin.queue import queue_urls
from articles.admin.queue_cards import NAMED, WHY_NOT_MADE, cards_of, with_surroundings
from articles.models import SUBJECTS, Article, Contact, ModerationAction, Reason, Reply, ReplyStatus, Triage
from articles.policies import MODERATE, allowed_actions
from articles.waiting import time_since

EXCERPT_CHARACTERS = 140
EVERYTHING = "all"


def shown_state(value: str | None) -> str:
    """The state a list shows for `?status=`; whatever is unknown means waiting."""
    return value if value in {*ReplyStatus.values, EVERYTHING} else ReplyStatus.PENDING.value


class StatusFilter(admin.SimpleListFilter):
    """One state at a time, waiting unless asked otherwise: so a bulk decision knows what the moderator saw."""

    title = "state"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The states, and everything."""
        return [*ReplyStatus.choices, (EVERYTHING, "All")]

    def choices(self, changelist: Any) -> Any:
        """Without Django's own 'All', which would stand for waiting here."""
        for value, label in self.lookup_choices:
            yield {
                "selected": str(value) == shown_state(self.value()),
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Reply]) -> QuerySet[Reply]:
        """Replies in the chosen state."""
        state = shown_state(self.value())
        return queryset if state == EVERYTHING else queryset.filter(status=state)


class SignalFilter(admin.SimpleListFilter):
    """Replies with something to look at twice, or without."""

    title = "signals"
    parameter_name = "signals"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Some or none."""
        return [("none", "None"), ("some", "Some")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Reply]) -> QuerySet[Reply]:
        """Replies with or without signals."""
        if self.value() == "none":
            return queryset.filter(signals=[])
        return queryset.exclude(signals=[]) if self.value() == "some" else queryset


@admin.register(Reply)
class ReplyAdmin(admin.ModelAdmin):
    """The queue, and one reply with everything known about it."""

    list_display = ("excerpt", "name", "article_title", "signal_names", "when", "status")
    list_filter = (StatusFilter, SignalFilter)
    search_fields = ("name", "contact__address", "body", "thread__article__title", "public_id__exact")
    search_help_text = "Name, e-mail, words, article, or the last part of a reply's address. Searches the state shown."
    ordering = ("rank", "created_at", "pk")
    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    actions = ("approve", "reject", "mark_spam", "hide", "reopen")
    fields = ("name",)

    class Media:
        css = {"all": ("css/moderation.css",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Replies come from readers."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Reply | None = None) -> bool:
        """Nobody edits a reader's words."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Reply | None = None) -> bool:
        """A decision can be taken back; a deletion could not."""
        return False

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        """For the actions: they ask again themselves."""
        return request.user.has_perm(MODERATE)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reply]:
        """With what is replied to, and of an article without its text, which may be a draft."""
        unnamed = [field.name for field in Article._meta.concrete_fields if field.name not in NAMED]
        found = super().get_queryset(request).select_related(*(f"thread__{name}" for name in SUBJECTS))
        return found.defer(*(f"thread__article__{name}" for name in unnamed))

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Who waits longest comes first; of decided replies the newest."""
        return self.ordering if shown_state(request.GET.get("status")) == "pending" else ("-created_at", "-pk")

    @admin.display(description="Reply")
    def excerpt(self, reply: Reply) -> str:
        """The first words."""
        words = " ".join(reply.body[: 2 * EXCERPT_CHARACTERS].split())
        return words if len(words) <= EXCERPT_CHARACTERS else f"{words[:EXCERPT_CHARACTERS]}…"

    @admin.display(description="To")
    def article_title(self, reply: Reply) -> str:
        """Where it would appear."""
        return str(reply.about)

    @admin.display(description="Signals")
    def signal_names(self, reply: Reply) -> str:
        """Why to look twice, heaviest first."""
        return ", ".join(signal["name"] for signal in reply.signals)

    @admin.display(description="Sent", ordering="created_at")
    def when(self, reply: Reply) -> str:
        """How long ago."""
        return f"{time_since(reply.created_at, depth=1)} ago"

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The decisions open in the state the list shows; none for a list of mixed states."""
        found = super().get_actions(request)
        state = shown_state(request.GET.get("status"))
        allowed = [] if state == EVERYTHING else allowed_actions(ReplyStatus(state))
        return {name: action for name, action in found.items() if name in allowed}

    @admin.action(description="Approve", permissions=["moderate"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Reply]) -> None:
        """Publish the selected replies."""
        self._decide_all(request, queryset, ModerationAction.APPROVE)

    @admin.action(description="Reject", permissions=["moderate"])
    def reject(self, request: HttpRequest, queryset: QuerySet[Reply]) -> None:
        """Decide against the selected replies."""
        self._decide_all(request, queryset, ModerationAction.REJECT)

    @admin.action(description="Mark as spam", permissions=["moderate"])
    def mark_spam(self, request: HttpRequest, queryset: QuerySet[Reply]) -> None:
        """Put the selected replies among the spam."""
        self._decide_all(request, queryset, ModerationAction.MARK_SPAM)

    @admin.action(description="Hide", permissions=["moderate"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Reply]) -> None:
        """Take the selected replies down for now."""
        self._decide_all(request, queryset, ModerationAction.HIDE)

    @admin.action(description="Put back to waiting", permissions=["moderate"])
    def reopen(self, request: HttpRequest, queryset: QuerySet[Reply]) -> None:
        """Take the decisions about the selected replies back."""
        self._decide_all(request, queryset, ModerationAction.REOPEN)

    def _decide_all(self, request: HttpRequest, queryset: QuerySet[Reply], action: ModerationAction) -> None:
        """Decide about what the list still shows of the selection, and say what became of the rest."""
        ids = list(queryset.order_by().values_list("pk", flat=True))
        seen = ReplyStatus(shown_state(request.GET.get("status")))
        outcome = moderate(ids=ids, action=action, by=request.user, seen=seen)
        asked = len(ids) if request.POST.get("select_across") == "1" else len(request.POST.getlist("_selected_action"))
        noun = "reply" if outcome.decided == 1 else "replies"
        self.message_user(request, f"{outcome.decided} {noun} {DONE[action]}. The log can undo it.", messages.SUCCESS)
        if outcome.urgent:
            text = f"{outcome.urgent} of the selection are urgent: decide about these one by one, on their own pages."
            self.message_user(request, text, messages.WARNING)
        left = asked - outcome.decided - outcome.urgent
        if left > 0:
            self.message_user(
                request, f"{left} of the selection had been decided meanwhile and stayed so.", messages.WARNING
            )

    def get_urls(self) -> list[URLPattern]:
        """Also the moderators' desk: queue, log, and where their buttons lead."""
        return [*queue_urls(self.admin_site), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Everything known about the reply, and the decisions open to this person."""
        reply = context["original"]
        moderator = self.has_moderate_permission(request)
        stored = with_surroundings(Reply.objects.filter(pk=reply.pk)).get()
        context |= {
            "title": f"Reply by {reply.name}",
            "subtitle": None,
            "is_moderator": moderator,
            "card": cards_of([stored])[0],
            "decisions": allowed_actions(ReplyStatus(reply.status)) if moderator else [],
            "reasons": Reason.choices,
            "why_not_made": WHY_NOT_MADE,
            "levels": Triage.choices,
            "contact": Contact.objects.filter(reply=reply).first(),
            "lines": log_of(reply),
            "next_waiting": Reply.objects.waiting().exclude(pk=reply.pk).only("pk").first(),
        }
        return super().render_change_form(request, context, *args, **kwargs)
