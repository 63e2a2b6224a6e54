"""Articles from Markdown to pages: the one rendering for save, preview and readers, and the cache of the last.

A stored rendering holds for one version of the renderer and one state of the public content it quotes. Raise
RENDERER_VERSION with every change of mgsite.markup, templates/charts or a claim's card that changes what texts become.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html

from articles.models import Article, Image, Reference, Revision, SlugRedirect, Status
from forms_catalog.actions import public_version
from forms_catalog.models import Claim, Form, GlossaryTerm, Mechanism, Outcome, Study
from forms_catalog.references import CatalogResolver, nearest
from mgsite.markup import MarkupError, Rendered, render_article
from mgsite.markup.references import Kind, Target

__all__ = [
    "RENDERER_VERSION",
    "Rendered",
    "preview_html",
    "render",
    "rendering_of",
    "sync_references",
]

RENDERER_VERSION = 7

# Where Reference keeps each kind, and the table that kind lives in. Images and charts are not kept.
RECORDED: dict[Kind, tuple[str, type[Model]]] = {
    Kind.STUDY: ("study", Study),
    Kind.FORM: ("form", Form),
    Kind.MECHANISM: ("mechanism", Mechanism),
    Kind.OUTCOME: ("outcome", Outcome),
    Kind.CLAIM: ("claim", Claim),
    Kind.ARTICLE: ("target_article", Article),
    Kind.TERM: ("term", GlossaryTerm),
}


class SiteResolver(CatalogResolver):
    """Resolves what the catalog resolves, published articles, and uploaded images."""

    def resolve(self, kind: Kind, keys: Collection[str]) -> Mapping[str, Target]:
        """The targets readers may see, by key; one query."""
        if kind == Kind.ARTICLE:
            return _articles(keys)
        if kind == Kind.IMAGE:
            return _images(keys)
        return super().resolve(kind, keys)

    def suggest(self, kind: Kind, key: str) -> list[str]:
        """Existing keys nearest to one that does not exist."""
        if kind == Kind.ARTICLE:
            return nearest(key, {slug: (slug,) for slug in Article.objects.published().values_list("slug", flat=True)})
        return super().suggest(kind, key)

    def explain(self, kind: Kind, key: str) -> str:
        """Why a key has no target."""
        if kind == Kind.ARTICLE and Article.objects.filter(slug=key.lower()).exists():
            return f"The article “{key}” is not published."
        return super().explain(kind, key)


def render(body: str, *, preview: bool = False) -> Rendered:
    """Render an article's Markdown. Raises MarkupError for a text that is too long."""
    resolver = SiteResolver()
    return render_article(body, resolver=resolver, glossary=resolver.glossary, preview=preview)


def rendering_of(revision: Revision, *, version: int | None = None) -> dict[str, Any]:
    """The rendering of a published version, as JSON can hold it: stored if it still holds, else made and stored.

    `version`: number of the public content, where it is known already.
    """
    wanted = f"{RENDERER_VERSION}.{public_version() if version is None else version}"
    if revision.rendered_for == wanted and revision.rendering is not None:
        return dict(revision.rendering)
    rendering = _as_json(render(revision.body))
    # Not save(): a version's words never change, and a slower reader must not undo a newer rendering.
    Revision.objects.filter(pk=revision.pk, rendered_for=revision.rendered_for).update(
        rendering=rendering, rendered_for=wanted
    )
    return rendering


def preview_html(source: str) -> str:
    """What an editor's unsaved text would look like: the published rendering, with what is missing marked."""
    try:
        return render(source, preview=True).html
    except MarkupError as error:
        return format_html("<p>{}</p>", str(error))


@transaction.atomic
def sync_references(article: Article, *, rendered: Rendered | None = None) -> None:
    """Make the article's references those of the text readers see. A reference that leads nowhere is left out.

    `rendered` saves the work where that text has just been rendered.
    """
    Reference.objects.filter(article=article).delete()
    if article.live is None:
        return
    rendered = rendered or render(article.live.body)
    phrases = {claim.key: claim.phrase for claim in reversed(rendered.claims)}
    counts = Counter((reference.kind, reference.key) for reference in rendered.references)
    rows: dict[tuple[Kind, int], Reference] = {}
    for kind, (field, _) in RECORDED.items():
        for key, pk in _ids(kind, [key for of_kind, key in counts if of_kind == kind]):
            # An article may be named by its present and by a former address.
            row = rows.setdefault((kind, pk), Reference(article=article, count=0, **{f"{field}_id": pk}))
            row.count += counts[kind, key]
            row.phrase = phrases.get(key, "") if kind == Kind.CLAIM else ""
    Reference.objects.bulk_create(rows.values())


def _ids(kind: Kind, keys: list[str]) -> list[tuple[str, int]]:
    """Keys with the primary keys of the records they lead readers to."""
    if not keys:
        return []
    model: Any = RECORDED[kind][1]
    records = model.objects.published() if kind in {Kind.STUDY, Kind.ARTICLE} else model.objects.all()
    found = records.order_by().filter(slug__in=keys).values_list("slug", "pk")
    if kind == Kind.ARTICLE:
        former = SlugRedirect.objects.filter(slug__in=keys, article__status=Status.PUBLISHED)
        found = found.union(former.values_list("slug", "article_id"))
    return list(found)


def _articles(keys: Collection[str]) -> dict[str, Target]:
    """Published articles by the address they have, or once had: a renamed article keeps its links."""
    found = Article.objects.published().order_by().filter(slug__in=keys).values_list("slug", "slug", "live__title")
    former = SlugRedirect.objects.filter(slug__in=keys, article__status=Status.PUBLISHED)
    moved = former.values_list("slug", "article__slug", "article__live__title")
    return {
        key: Target(Kind.ARTICLE, key, reverse("articles:article", args=[slug]), title)
        for key, slug, title in moved.union(found)
    }


def _images(names: Collection[str]) -> dict[str, Target]:
    found = Image.objects.filter(file__in=[f"images/{name}" for name in names])
    return {_name(image): _image_target(image) for image in found}


def _image_target(image: Image) -> Target:
    url = reverse("articles:image", args=[_name(image)])
    fields = ("width", "height", "alt", "decorative", "caption", "credit", "licence")
    return Target(Kind.IMAGE, _name(image), url, image.alt, {field: getattr(image, field) for field in fields})


def _name(image: Image) -> str:
    return PurePosixPath(str(image.file.name)).name


def _as_json(rendered: Rendered) -> dict[str, Any]:
    """Just what the database will give back, so that the first reader's page is everybody's."""
    as_stored: dict[str, Any] = json.loads(json.dumps(asdict(rendered)))
    return as_stored
