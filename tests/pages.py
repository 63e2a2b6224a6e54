"""Every kind of public page, with the addresses of all its instances in the first edition."""

from collections.abc import Iterable

from django.urls import reverse

from articles.models import Article
from forms_catalog.models import Claim, Form, GlossaryTerm, Mechanism, Outcome, Study
from mgsite.pages.about.index import PAGES

FIRST_ARTICLE = "magnesium-for-depression-anxiety-and-your-memory"
EXPLORER = ("", "?view=ladder", "?view=studies")

SINGLE_PAGES = {
    "home": lambda: reverse("home"),
    "article list": lambda: reverse("articles:article-list"),
    "form list": lambda: reverse("catalog:form-list"),
    "mechanism list": lambda: reverse("catalog:mechanism-list"),
    "outcome list": lambda: reverse("catalog:outcome-list"),
    "study list": lambda: reverse("catalog:study-list"),
    "claim list": lambda: reverse("catalog:claim-list"),
    **{f"explorer {view}": lambda view=view: f"{reverse('explorer:explore')}{view}" for view in EXPLORER},
    "about": lambda: reverse("about:index"),
    **{f"about {page.name}": lambda page=page: page.url for page in PAGES},
    "style guide": lambda: reverse("style-guide"),
    "compare forms": lambda: reverse("compare:forms"),
    "people like me": lambda: f"{reverse('compare:people')}?age=18-39&sex=women&condition=poor_sleep&magnesium=low",
    "pathways": lambda: reverse("compare:pathways"),
    "people unsaid": lambda: reverse("compare:people"),
    "diet": lambda: reverse("diet:page"),
    "safety check": lambda: reverse("tools:safety"),
    "glossary": lambda: reverse("catalog:term-list"),
    "data": lambda: reverse("data"),
    "feeds": lambda: reverse("feeds"),
    "search": lambda: f"{reverse('search:search')}?q=magnesium+glycinate+sleep",
    "search unasked": lambda: reverse("search:search"),
    "tools": lambda: reverse("tools:index"),
    "dose bridge": lambda: reverse("tools:dose"),
    "dose answered": lambda: (
        f"{reverse('tools:dose')}?form=glycinate&amount=1500&basis=compound&per_day=2&who=pregnant"
    ),
    "dose mistaken": lambda: f"{reverse('tools:dose')}?amount=%221e3%22&per_day=-1",
    "dose with kidney disease": lambda: f"{reverse('tools:dose')}?kidney=1",
}
RECORD_PAGES = {
    "article": lambda: addresses("articles:article", Article.objects.published()),
    "article history": lambda: addresses("articles:history", Article.objects.published()),
    "form": lambda: addresses("catalog:form", Form.objects.all()),
    "mechanism": lambda: addresses("catalog:mechanism", Mechanism.objects.all()),
    "outcome": lambda: addresses("catalog:outcome", Outcome.objects.all()),
    "study": lambda: addresses("catalog:study", Study.objects.published()),
    "claim": lambda: addresses("catalog:claim", Claim.objects.all()),
    "claim card": lambda: addresses("catalog:claim-card", Claim.objects.all()),
    "outcome card": lambda: addresses("catalog:outcome-card", Outcome.objects.all()),
    "comparison": lambda: [f"{reverse('compare:forms')}?form=citrate&form=glycinate&form=oxide&form=sulfate"],
    "glossary term": lambda: addresses("catalog:term", GlossaryTerm.objects.all()),
}
FRAMED = ["claim card", "outcome card"]
"""Pages that other sites may show in a frame; all others refuse."""
KINDS = [*SINGLE_PAGES, *RECORD_PAGES]


def addresses(
    name: str, records: Iterable[Article | Form | GlossaryTerm | Mechanism | Outcome | Study | Claim]
) -> list[str]:
    """The page of each record."""
    return [reverse(name, args=[record.slug]) for record in records]


def all_of(kind: str) -> list[str]:
    """Every page of a kind. Never empty: a contract over nothing would hold."""
    found = [SINGLE_PAGES[kind]()] if kind in SINGLE_PAGES else RECORD_PAGES[kind]()
    assert found, f"the first edition has no {kind}"
    return found


def one_of(kind: str) -> str:
    """One page of a kind; of articles the first one."""
    found = all_of(kind)
    return next((address for address in found if FIRST_ARTICLE in address), found[0])
