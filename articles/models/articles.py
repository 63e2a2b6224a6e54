"""Articles: the Markdown an editor writes, what it refers to, and each version readers have seen."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from markdownx.models import MarkdownxField

from forms_catalog.models.fields import choice_field, known, validate_key

WORDS_PER_MINUTE = 220


class Status(models.TextChoices):
    """An article's way from draft to archive."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    SCHEDULED = "scheduled", "Scheduled"
    PUBLISHED = "published", "Published"
    ARCHIVED = "archived", "Archived"


class ArticleQuerySet(models.QuerySet["Article"]):
    """Vocabulary for reading articles."""

    def published(self) -> ArticleQuerySet:
        """What readers may see: the one door to public articles."""
        return self.filter(status=Status.PUBLISHED)

    def linking_to(self, article: Article) -> ArticleQuerySet:
        """Other articles whose published text leads readers to this one."""
        return self.published().filter(references__target_article=article).exclude(pk=article.pk)


class Article(models.Model):
    """An article. `body`, `title` and `standfirst` are the editor's working copy.

    Readers never see it: they see `live`, the newest published `Revision`.
    """

    slug = models.CharField(
        max_length=120,
        unique=True,
        validators=[validate_key],
        help_text="The article's address. A change leaves a redirect behind.",
    )
    title = models.CharField(max_length=200)
    standfirst = models.TextField(max_length=600, help_text="One or two sentences under the title. No Markdown.")
    byline = models.CharField(max_length=200, default="The editors")
    reviewer = models.CharField(
        max_length=200, blank=True, help_text="Clinician who reviewed it, with credentials. Empty: the page says so."
    )
    credentials = models.CharField(
        max_length=200, blank=True, help_text="Training and role of those in the byline. Empty: “not stated”."
    )
    funding = models.TextField(
        max_length=600, blank=True, help_text="Who paid for the work, in a sentence. Empty: “none is recorded”."
    )
    conflicts = models.TextField(
        "conflicts of interest",
        max_length=600,
        blank=True,
        help_text="Of those in the byline and the reviewer, in a sentence; also when there are none. "
        "Empty: “not stated”.",
    )
    body = MarkdownxField(help_text="Markdown, with links into the catalog.")
    about_mood = models.BooleanField(
        "about mood", default=True, help_text="Shows where to turn in a crisis, above the article and under it."
    )
    replies_open = models.BooleanField(default=True, help_text="Readers may reply.")
    status = choice_field(Status, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(null=True, blank=True, help_text="When readers last saw a change.")
    evidence_checked_on = models.DateField(null=True, blank=True)
    next_check_on = models.DateField(
        "next check due on", null=True, blank=True, help_text="Promise only what will be done. Empty: no date is set."
    )
    live = models.OneToOneField(
        "Revision", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=0, help_text="Counts saves, so that no editor overwrites another.")
    saved_at = models.DateTimeField(auto_now=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "title"]
        indexes = [models.Index(fields=["status", "-published_at"], name="article_list")]
        permissions = [("publish_article", "Can publish articles")]
        constraints = [
            known("status", Status),
            models.CheckConstraint(
                condition=~models.Q(status="published") | models.Q(published_at__isnull=False, live__isnull=False),
                name="%(app_label)s_%(class)s_published_is_dated",
            ),
            models.CheckConstraint(
                condition=models.Q(evidence_checked_on__isnull=True)
                | models.Q(next_check_on__isnull=True)
                | models.Q(next_check_on__gt=models.F("evidence_checked_on")),
                name="%(app_label)s_%(class)s_next_check_follows",
                violation_error_message="The next check comes after the last one.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The article's page."""
        return reverse("articles:article", args=[self.slug])


class Revision(models.Model):
    """A version of an article that was published, with its rendering. Its words never change.

    The rendering is a cache: rebuilt when the renderer or the public content it quotes has changed.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    standfirst = models.TextField()
    byline = models.CharField(max_length=200)
    credentials = models.CharField(max_length=200, blank=True)
    reviewer = models.CharField(max_length=200, blank=True)
    funding = models.TextField(blank=True)
    conflicts = models.TextField(blank=True)
    body = models.TextField()
    change_note = models.CharField(max_length=300, help_text="What changed and why, for readers.")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    rendering: models.JSONField[Any, Any] = models.JSONField(
        null=True, blank=True, editable=False, help_text="Cache of the rendered body; see articles.rendering."
    )
    rendered_for = models.CharField(max_length=80, blank=True, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="%(app_label)s_%(class)s_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.article}, version {self.number}"


TARGETS = ("study", "form", "mechanism", "outcome", "claim", "target_article", "term")


def exactly_one(names: tuple[str, ...]) -> models.Q:
    """Condition: one of the named relations is set and the others are not."""
    condition = models.Q()
    for chosen in names:
        condition |= models.Q(**{f"{name}__isnull": name != chosen for name in names})
    return condition


class Reference(models.Model):
    """A link from the published text of an article to exactly one catalog record or article."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="references")
    study = models.ForeignKey(
        "forms_catalog.Study", null=True, blank=True, on_delete=models.CASCADE, related_name="article_references"
    )
    form = models.ForeignKey(
        "forms_catalog.Form", null=True, blank=True, on_delete=models.CASCADE, related_name="article_references"
    )
    mechanism = models.ForeignKey(
        "forms_catalog.Mechanism", null=True, blank=True, on_delete=models.CASCADE, related_name="article_references"
    )
    outcome = models.ForeignKey(
        "forms_catalog.Outcome", null=True, blank=True, on_delete=models.CASCADE, related_name="article_references"
    )
    claim = models.ForeignKey(
        "forms_catalog.Claim", null=True, blank=True, on_delete=models.CASCADE, related_name="article_references"
    )
    target_article = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.CASCADE, related_name="article_references"
    )
    # Not article_references: a term that texts mark by themselves may go without their leave.
    term = models.ForeignKey(
        "forms_catalog.GlossaryTerm", null=True, blank=True, on_delete=models.CASCADE, related_name="term_references"
    )
    count = models.PositiveSmallIntegerField(default=1, help_text="How often the text refers to it.")
    phrase = models.TextField(blank=True, help_text="For a claim: the words that carry its mark.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(TARGETS),
                name="%(app_label)s_%(class)s_exactly_one_target",
            ),
            *(
                models.UniqueConstraint(
                    fields=["article", target],
                    condition=models.Q(**{f"{target}__isnull": False}),
                    name=f"%(app_label)s_%(class)s_{target}_once",
                )
                for target in TARGETS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} → {self.target}"

    @property
    def target(self) -> models.Model:
        """The one record referred to."""
        return next(record for record in (getattr(self, name) for name in TARGETS) if record is not None)


class SlugRedirect(models.Model):
    """An address an article once had."""

    slug = models.CharField(max_length=120, unique=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return f"{self.slug} → {self.article.slug}"
