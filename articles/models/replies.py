"""Replies from readers, and the counters that keep floods out."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse

from articles.models.articles import Article, Reference, Revision
from articles.models.threads import Thread, public_threads
from forms_catalog.models.fields import choice_field, known


class ReplyStatus(models.TextChoices):
    """Where a reply stands. Only approved replies are public."""

    PENDING = "pending", "Waiting"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    SPAM = "spam", "Spam"
    HIDDEN = "hidden", "Hidden"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ERASED = "erased", "Erased"


class ReplyKind(models.TextChoices):
    """What a reply is, as its writer says. Blank: sent before there were kinds."""

    QUESTION = "question", "Question"
    EXPERIENCE = "experience", "Experience"
    EVIDENCE = "evidence", "Evidence"
    CORRECTION = "correction", "Correction"
    TYPO = "typo", "Typo"


class Triage(models.TextChoices):
    """How soon somebody has to look. A reply with any of these is decided by itself, never among others."""

    NOW = "now", "Now: somebody may be in danger"
    SOON = "soon", "Soon: within the hour"
    TODAY = "today", "Today"


QUOTING = (ReplyKind.CORRECTION, ReplyKind.TYPO)
"""Kinds that name the sentence they mend. A closed thread still takes them."""
SOURCED = (ReplyKind.EVIDENCE, ReplyKind.CORRECTION)
"""Kinds that name a source."""
GONE = (ReplyStatus.HIDDEN, ReplyStatus.WITHDRAWN, ReplyStatus.ERASED)
"""States in which a reply that was once public keeps its place, as a line without its words."""
MOST_LEVELS = 2
"""Of indentation under a reply that answers nobody."""
NOT_FOR_READERS = ("body", "signals", "appeal", "held_body", "held_html", "writer")

# The order of the queue, lower first: the urgent, then what readers would be misled by longest.
TRIAGE_RANKS = {Triage.NOW: 0, Triage.SOON: 10, Triage.TODAY: 20}
KIND_RANKS = {kind: rank for rank, kind in enumerate(("correction", "evidence", "question", "typo", "experience"))}
CALM, UNTYPED = 30, len(KIND_RANKS)


def queue_rank() -> Any:
    """A reply's place in the queue before its age counts."""
    triage = Case(*(When(triage=name, then=Value(rank)) for name, rank in TRIAGE_RANKS.items()), default=Value(CALM))
    kind = Case(*(When(kind=name, then=Value(rank)) for name, rank in KIND_RANKS.items()), default=Value(UNTYPED))
    return triage + kind


class ComesAfter(models.Func):
    """Condition: a reply's `(rank, created_at, pk)` come after another's.

    Both databases find that in an index. Django's own spelling for SQLite, with OR, reads the index from its start.
    """

    output_field = models.BooleanField()

    def __init__(self, reply: Reply) -> None:
        values = (
            Value(reply.rank, output_field=models.IntegerField()),
            Value(reply.created_at, output_field=models.DateTimeField()),
            Value(reply.pk, output_field=models.BigIntegerField()),
        )
        super().__init__(*map(F, ("rank", "created_at", "pk")), *values)

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        """Two rows, compared."""
        parts = [compiler.compile(expression) for expression in self.get_source_expressions()]
        names = [sql for sql, _ in parts]
        values = tuple(value for _, found in parts for value in found)
        return f"({', '.join(names[:3])}) > ({', '.join(names[3:])})", values


def new_public_id() -> str:
    """An address part that cannot be guessed or counted. No hyphen comes first: commands take that for an option."""
    return secrets.token_urlsafe(12).lstrip("-")[:12]


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Vocabulary for reading replies."""

    def visible(self) -> ReplyQuerySet:
        """What readers may see: the one door to public replies. Loads nothing that is not for them."""
        # That approved replies have a date is a constraint; saying so lets the thread's index serve.
        approved = self.filter(public_threads(), status=ReplyStatus.APPROVED, published_at__isnull=False)
        return approved.defer(*NOT_FOR_READERS)

    def placed(self) -> ReplyQuerySet:
        """What stands in threads: visible replies, and lines for those that were there and are gone.

        Show `shown_html` and `shown_name`, which are empty for what is gone; the columns behind them are not loaded.
        """
        places = self.filter(public_threads(), status__in=[ReplyStatus.APPROVED, *GONE], published_at__isnull=False)
        approved = Q(status=ReplyStatus.APPROVED)
        shown = {
            f"shown_{name}": Case(When(approved, then=F(name)), default=Value(""), output_field=models.TextField())
            for name in ("html", "name", "sentence", "source")
        }
        return places.annotate(**shown).defer("html", "name", "sentence", "source", *NOT_FOR_READERS)

    def to(self, about: models.Model) -> ReplyQuerySet:
        """Those to an article, claim, form, mechanism or study."""
        return self.filter(**{f"thread__{about._meta.model_name}": about})

    def before(self, reply: Reply) -> ReplyQuerySet:
        """Those that stand above a reply in its thread."""
        return self.filter(thread=reply.thread_id, number__lt=reply.number)

    def waiting(self) -> ReplyQuerySet:
        """What moderators have still to decide: the urgent first, then by kind, then oldest first."""
        return self.filter(status=ReplyStatus.PENDING).order_by("rank", "created_at", "pk")

    def following(self, reply: Reply) -> ReplyQuerySet:
        """Of what waits, that which comes after a reply: the next page, at the same cost however far on."""
        return self.filter(ComesAfter(reply))

    def edits_waiting(self) -> ReplyQuerySet:
        """Approved replies whose writer's new words wait to be read, oldest first."""
        return self.filter(held_at__isnull=False).order_by("held_at", "pk")

    def by_writer(self, writer: str) -> ReplyQuerySet:
        """What was sent under one capability (`articles.writers`), newest first. Nothing for a blank one."""
        return self.filter(writer=writer).exclude(writer="").order_by("-created_at", "-pk")

    def about_earlier_version(self, article: Article) -> ReplyQuerySet:
        """Replies about a marked sentence that the article no longer has."""
        marked = Reference.objects.filter(article=article, claim__isnull=False).values("claim")
        return self.filter(thread__article=article, claim__isnull=False).exclude(claim__in=marked)


class Reply(models.Model):
    """A reader's reply. Neither an address of the network nor an e-mail address is kept with it (see Contact)."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="replies")
    number = models.PositiveIntegerField(help_text="In its thread: the 7 of “#7”.")
    kind = choice_field(ReplyKind, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="answers", help_text="In answer to."
    )
    level = models.PositiveSmallIntegerField(default=0, help_text="Of indentation.")
    claim = models.ForeignKey(
        "forms_catalog.Claim",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replies_to_sentence",
        help_text="The marked sentence of the article that it speaks of.",
    )
    revision = models.ForeignKey(
        Revision,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The version of the article that its writer had read.",
    )
    sentence = models.TextField(blank=True, help_text="The words it mends, as quoted.")
    source = models.CharField(max_length=500, blank=True, help_text="As articles.sources writes it. Never fetched.")
    name = models.CharField(max_length=80)
    body = models.TextField(help_text="As typed.")
    html = models.TextField(editable=False, help_text="Rendered and sanitised when it was sent.")
    text_version = models.PositiveIntegerField(
        default=1, help_text="Counts changes of the text, so that nobody decides about words they have not seen."
    )
    held_body = models.TextField(blank=True, help_text="While held: new words. Else the former ones, for a day.")
    held_html = models.TextField(blank=True, editable=False)
    held_at = models.DateTimeField(null=True, blank=True, help_text="Since when new words wait to be read.")
    writer = models.CharField(
        max_length=64, blank=True, help_text="Digest of the writer's capability; see articles.writers."
    )
    status = choice_field(ReplyStatus, default=ReplyStatus.PENDING)
    triage = choice_field(Triage, blank=True)
    triage_since = models.DateTimeField(null=True, blank=True)
    rank = models.GeneratedField(
        expression=queue_rank(), output_field=models.PositiveSmallIntegerField(), db_persist=True
    )
    signals: models.JSONField[Any, Any] = models.JSONField(
        default=list, blank=True, help_text="Why a moderator may want to look twice; never a verdict."
    )
    appeal = models.TextField(blank=True, help_text="What the writer said against a decision.")
    appealed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, help_text="When readers first saw it.")

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "replies"
        ordering = ["thread", "number"]
        permissions = [("moderate_reply", "Can moderate replies")]
        indexes = [
            models.Index(fields=["thread", "number"], condition=Q(published_at__isnull=False), name="reply_thread"),
            models.Index(fields=["status", "rank", "created_at", "id"], name="reply_queue"),
            models.Index(fields=["status", "created_at"], name="reply_by_age"),
            models.Index(fields=["writer", "created_at"], name="reply_writer"),
            models.Index(fields=["held_at"], condition=Q(held_at__isnull=False), name="reply_held"),
            models.Index(fields=["status", "-published_at", "-id"], name="reply_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="%(app_label)s_%(class)s_numbered_once"),
            known("status", ReplyStatus),
            known("kind", ReplyKind, blank=True),
            known("triage", Triage, blank=True),
            models.CheckConstraint(
                condition=Q(triage="", triage_since__isnull=True) | (~Q(triage="") & Q(triage_since__isnull=False)),
                name="%(app_label)s_%(class)s_triage_has_a_clock",
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(published_at__isnull=False),
                name="%(app_label)s_%(class)s_approved_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(status="erased")
                | Q(
                    name="", body="", html="", held_body="", held_html="", appeal="", sentence="", source="", writer=""
                ),
                name="%(app_label)s_%(class)s_erased_is_empty",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=QUOTING) | ~Q(sentence="") | Q(status="erased"),
                name="%(app_label)s_%(class)s_quotes_what_it_mends",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=SOURCED) | ~Q(source="") | Q(status="erased"),
                name="%(app_label)s_%(class)s_names_its_source",
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | (~Q(held_body="") & ~Q(held_html="")),
                name="%(app_label)s_%(class)s_held_words_are_there",
            ),
            models.CheckConstraint(condition=Q(level__lte=MOST_LEVELS), name="%(app_label)s_%(class)s_level_is_small"),
        ]

    def __str__(self) -> str:
        return f"Reply {self.pk} by {self.name}"

    def get_absolute_url(self) -> str:
        """The reply's permanent address."""
        return reverse("articles:reply", args=[self.public_id])

    @property
    def about(self) -> Any:
        """The article or record replied to."""
        return self.thread.about

    @property
    def article(self) -> Article | None:
        """The article replied to, if it is one."""
        return self.thread.article


class RateBucket(models.Model):
    """How many replies came from one keyed bucket in one window. The key is an HMAC with a key of the day."""

    key = models.CharField(max_length=64)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "window"], name="%(app_label)s_%(class)s_one_per_window"),
        ]

    def __str__(self) -> str:
        return f"{self.count} since {self.window}"
