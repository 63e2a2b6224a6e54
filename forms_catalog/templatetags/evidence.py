"""What templates need to show evidence in words."""

from urllib.parse import quote

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from forms_catalog.models import Study, Support
from forms_catalog.models.vocabulary import PublicationStatus
from forms_catalog.queries import claims
from forms_catalog.queries.facets import Filters
from forms_catalog.queries.study_parts import Part
from mgsite.templatetags.ui import source_label

register = template.Library()

# Where an identifier leads, by kind; an address leads where it says.
ADDRESSES = {"pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/", "doi": "https://doi.org/{}"}


@register.simple_tag
def fit_in_words(support: Support) -> list[tuple[str, str]]:
    """How directly a source bears on a claim: dimension and word, where there is something to say."""
    return claims.fit_in_words(support)


@register.simple_tag
def study_link(study: Study) -> SafeString:
    """A study's name as a link, and beside it what its journal has said since."""
    link = format_html('<a href="{}">{}</a>', study.get_absolute_url(), study)
    if study.publication_status == PublicationStatus.AS_PUBLISHED:
        return link
    return format_html("{} <strong>{}</strong>", link, study.get_publication_status_display())


@register.simple_tag
def list_order(filters: Filters, order: str) -> str:
    """The rest of a list's address, question mark included, for the same list in another order; may be empty."""
    query = filters.ordered_by(order)
    return f"?{query}" if query else ""


@register.simple_tag
def citation_links(study: Study) -> list[str]:
    """Where the source can be read: DOI, PubMed, PMC and the page that was read, each once."""
    links = [
        study.doi and f"https://doi.org/{quote(study.doi, safe='/:;()')}",
        study.pmid and f"https://pubmed.ncbi.nlm.nih.gov/{study.pmid}/",
        study.pmcid and f"https://pmc.ncbi.nlm.nih.gov/articles/{study.pmcid}/",
        study.source_url,
    ]
    by_label = {source_label(url).lower(): url for url in reversed(links) if url}
    return [url for url in links if url and by_label[source_label(url).lower()] == url]


@register.simple_tag
def other_identifiers(study: Study, identifiers: list[Part] | str | None) -> list[Part]:
    """Identifiers that lead to the record, without those its citation already shows; each once."""
    shown = {source_label(url).lower() for url in citation_links(study)}
    others: dict[str, Part] = {}
    for part in identifiers or []:
        if isinstance(part, Part):
            others.setdefault(source_label(ADDRESSES.get(part.slug, "{}").format(part.text)).lower(), part)
    return [part for label, part in others.items() if label not in shown]
