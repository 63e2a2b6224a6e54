"""The admin of articles: write, be told what is wrong, publish."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.utils import quote
from django.contrib.auth.models import User
from django.db.models import BooleanField, Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.forms import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.actions.articles import (
    REVISED,
    PublicationRefused,
    archive_article,
    publish_article,
    save_draft,
)
from articles.admin.corrections import chosen_credits, offers_for
from articles.admin.forms import ArticleForm
from articles.admin.gate import GateSection, chosen_set_asides, section_again, section_for, sent_set_asides
from articles.gate import Complaint
from articles.models import Article, Reply, ReplyStatus, Revision, Status
from articles.publication import describe, publication_problems
from articles.reading_grade import reading_grade

MOST_LISTED = 25
KEPT_FOR_EDITORS = ("version", "change_note")


def waiting_replies() -> Coalesce:
    """Number of an article's replies that no moderator has decided on."""
    waiting = Reply.objects.filter(thread__article=OuterRef("pk"), status=ReplyStatus.PENDING).order_by()
    counts = waiting.values("thread").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counts), 0)


def differs_from_live() -> Case:
    """Whether the working copy says something readers have not seen; unknown when they have seen nothing."""
    same = Q(**{name: F(f"live__{name}") for name in REVISED})
    return Case(
        When(live__isnull=True, then=Value(None)),
        When(same, then=Value(False)),
        default=Value(True),
        output_field=BooleanField(null=True),
    )


class UnpublishedChanges(admin.SimpleListFilter):
    """Articles whose working copy is ahead of what readers see."""

    title = "unpublished changes"
    parameter_name = "ahead"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Yes or no."""
        return [("1", "Yes"), ("0", "No")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Narrow the list."""
        if self.value() not in ("0", "1"):
            return queryset
        return queryset.filter(differs=self.value() == "1")


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    """Saving keeps a draft; publishing is a button of its own, for those who may."""

    form = ArticleForm
    fieldsets = [
        (None, {"fields": ["title", "slug", "standfirst"]}),
        ("Who stands behind it", {"fields": [("byline", "credentials"), "reviewer", "funding", "conflicts"]}),
        ("Text", {"fields": ["body", "version"]}),
        ("Publication", {"fields": ["status", "change_note", ("evidence_checked_on", "next_check_on")]}),
        ("On the page", {"fields": ["about_mood", "replies_open"]}),
    ]
    history_fieldset = ("Dates", {"fields": [("published_at", "updated_at"), ("saved_at", "saved_by"), "versions"]})
    reading_fieldset = ("How it reads", {"fields": ["grade"]})
    readonly_fields = ["grade", "published_at", "updated_at", "saved_at", "saved_by", "versions"]
    prepopulated_fields = {"slug": ["title"]}
    list_display = ["title", "status", "published_at", "ahead", "waiting", "public_page"]
    list_filter = ["status", UnpublishedChanges, "about_mood", "replies_open", "published_at"]
    list_select_related = ["live"]
    list_per_page = 50
    search_fields = ["title", "slug", "standfirst", "body"]
    show_full_result_count = False

    class Media:
        css = {"all": ["css/gate.css"]}
        js = [Script("js/editor/sent-drafts.js", type="module")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """With what the list shows, counted in the same query; the list itself needs no bodies."""
        articles = super().get_queryset(request).annotate(waiting=waiting_replies(), differs=differs_from_live())
        if request.resolver_match and request.resolver_match.url_name == "articles_article_changelist":
            return articles.defer("body", "live__body", "live__rendering")
        return articles

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """Dates only where there are some; what only a save needs only for those who may save."""
        fieldsets = [*self.fieldsets, self.reading_fieldset, self.history_fieldset] if obj else list(self.fieldsets)
        if obj and not self.has_change_permission(request, obj):
            return [(name, {"fields": _without(options["fields"])}) for name, options in fieldsets]
        return fieldsets

    # What the list shows

    @admin.display(description="unpublished changes", ordering="differs")
    def ahead(self, article: Any) -> str:
        """Whether the working copy is ahead of what readers see."""
        return {None: "never published", True: "yes", False: "–"}[article.differs]

    @admin.display(description="waiting replies", ordering="waiting")
    def waiting(self, article: Any) -> int:
        """Replies that wait for a moderator."""
        return article.waiting

    @admin.display(description="public page")
    def public_page(self, article: Article) -> SafeString | str:
        """A link to what readers see."""
        address = self.view_on_site(article)
        if address is None:
            return "–"
        return format_html('<a href="{}">Read<span class="visually-hidden"> “{}”</span></a>', address, article)

    @admin.display(description="versions")
    def versions(self, article: Article) -> SafeString | str:
        """How many versions readers have seen."""
        if article.live is None:
            return "Not published yet"
        if article.status != Status.PUBLISHED:
            return str(article.live.number)
        return format_html('<a href="{}">{}</a>', reverse("articles:history", args=[article.slug]), article.live.number)

    def view_on_site(self, obj: Article) -> str | None:
        """The public page, where there is one."""
        return obj.get_absolute_url() if obj.status == Status.PUBLISHED else None

    @admin.display(description="reading grade")
    def grade(self, article: Article) -> str:
        """How many years of school the saved text asks for. Readers never see it."""
        return str(reading_grade(article.body) or "There are no sentences to measure yet.")

    # Saving and publishing

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether the person may decide what readers see."""
        return request.user.has_perm("articles.publish_article")

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Tell the template which buttons to show."""
        obj = kwargs.get("obj")
        if obj is not None:
            # After a mistake the record holds what was typed, which may be no address at all; its links must not.
            obj.slug = context["adminform"].form.initial.get("slug", obj.slug)
        may = self.has_publish_permission(request)
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        context["show_save_and_add_another"] = False
        context["show_check"] = may_write
        context["show_publish"] = may and may_write
        context["show_archive"] = may and may_write and obj is not None and obj.status == Status.PUBLISHED
        asked = request.POST if request.method == "POST" else request.GET
        publishing = obj if may and may_write else None
        context["corrections"] = offers_for(publishing, ticked=chosen_credits(asked)) if publishing else []
        context["gate"] = _gate_section(request, publishing) if publishing else None
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Save the working copy."""
        save_draft(article=obj, by=cast(User, request.user))

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        """Go on with what the button asked for."""
        return self._decided(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """Go on with what the button asked for."""
        return self._decided(request, obj) or super().response_change(request, obj)

    def _decided(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """Carry out a decision about readers, where the button asked for one; else only say what is to mend."""
        wanted = next((name for name in ("_publish", "_archive") if name in request.POST), None)
        if wanted is None:
            problems = publication_problems(article)
            blocking = [problem for problem in problems if problem.blocks]
            self._tell(request, blocking, "To mend before publication:", messages.WARNING)
            self._tell_warnings(request, problems)
            return None
        if not self.has_publish_permission(request):
            messages.warning(request, "The draft is saved. Your account may not decide what readers see.")
        elif wanted == "_publish":
            self._publish(request, article)
        else:
            archive_article(article=article, by=cast(User, request.user))
            messages.success(request, f"“{article}” is archived: readers no longer see it, and nothing is lost.")
            self._tell_of_links(request, article)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[quote(article.pk)]))

    def _publish(self, request: HttpRequest, article: Article) -> None:
        try:
            note = request.POST.get("change_note", "")
            set_aside = chosen_set_asides(request.POST)
            credits = chosen_credits(request.POST)
            revision = publish_article(
                article=article, by=cast(User, request.user), change_note=note, set_aside=set_aside, credits=credits
            )
        except PublicationRefused as refused:
            messages.success(request, "The draft is saved.")
            opening = "It is not published yet. Mend this first, or set single points aside below the text:"
            self._tell(request, refused.problems, opening, messages.ERROR)
            return
        if revision is None:
            messages.success(request, f"“{article}” is published. Readers saw this text already: no new version.")
            if credits:
                messages.warning(request, "The corrections you ticked stay open: only a new version can make them.")
        else:
            messages.success(request, f"“{article}” is published, version {revision.number}.")
            self._tell_of_credits(request, revision)
        self._tell_warnings(request, publication_problems(article))

    def _tell_of_credits(self, request: HttpRequest, revision: Revision) -> None:
        """How many readers' corrections the new version makes."""
        made = revision.corrections.count()
        if made:
            messages.success(request, f"It credits {made} reader{pluralize(made)} with a correction.")

    def _tell_of_links(self, request: HttpRequest, article: Article) -> None:
        """Name the published articles whose links to an archived one now lead nowhere."""
        titles = [f"“{other}”" for other in Article.objects.linking_to(article).order_by("title")]
        if titles:
            messages.warning(
                request, f"These articles still link to it, and show plain words now: {', '.join(titles)}."
            )

    def _tell_warnings(self, request: HttpRequest, problems: list[Complaint]) -> None:
        """What stops nothing and is worth a second look."""
        warnings = [problem for problem in problems if not problem.blocks]
        self._tell(request, warnings, "Worth a second look; it stops nothing:", messages.INFO)

    def _tell(self, request: HttpRequest, problems: list[Complaint], opening: str, level: int) -> None:
        """List problems by line, where there are any; the first ones of very many."""
        if not problems:
            return
        messages.add_message(request, level, opening)
        for problem in problems[:MOST_LISTED]:
            messages.add_message(request, level, describe(problem))
        if len(problems) > MOST_LISTED:
            messages.add_message(request, level, f"And {len(problems) - MOST_LISTED} more.")

    # Deleting

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Protect what readers have seen: the stock page then says why and offers no button."""
        deleted, counts, permissions, protected = super().get_deleted_objects(objs, request)
        for article in objs:
            if article.live_id is not None:
                protected.append(f"“{article}” has been published. Archive it instead: its address and replies stay.")
        return deleted, counts, permissions, protected


def _gate_section(request: HttpRequest, article: Article) -> GateSection | None:
    """What the gate says of the stored text; after a mistake, what was sent."""
    if request.method == "POST":
        formset = sent_set_asides(request.POST)
        return section_again(formset) if formset is not None else None
    return section_for(article)


def _without(fields: Any) -> list[Any]:
    return [name for name in fields if name not in KEPT_FOR_EDITORS]
