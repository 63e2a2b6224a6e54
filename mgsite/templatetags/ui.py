"""Tags and filters every template may use. Small, pure, and free of queries."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django import template
from django.template.defaultfilters import date as format_date
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

SECTIONS = (
    ("Articles", "articles:article-list"),
    ("Forms", "catalog:form-list"),
    ("Mechanisms", "catalog:mechanism-list"),
    ("Outcomes", "catalog:outcome-list"),
    ("Studies", "catalog:study-list"),
    ("Claims", "catalog:claim-list"),
    ("Diet", "diet:page"),
    ("Explore", "explorer:explore"),
)
# What a common claim about a form is worth, drawn with the shapes of the verdicts.
SHAPES = {
    "partly": "partly_supported",
    "preliminary": "partly_supported",
    "mixed": "uncertain",
    "animal_only": "unsupported",
    "unverified": "unsupported",
    "not_supported": "unsupported",
    "misattributed": "contradicted",
    "dangerous_claim": "contradicted",
    "unsafe_use": "contradicted",
}
# Addresses whose identifier says more than their host.
SOURCES = (
    (re.compile(r"https?://(?:www\.)?pubmed\.ncbi\.nlm\.nih\.gov/(\d+)"), "PubMed {}"),
    (re.compile(r"https?://(?:dx\.)?doi\.org/(10\.\S+)"), "doi:{}"),
    (re.compile(r"https?://(?:www\.|pmc\.)?ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/(PMC\d+)"), "{}"),
)
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Section:
    """One of the site's sections, as the masthead shows it."""

    label: str
    url: str
    current: str
    """ARIA's word: 'page' on the section's own page, 'true' on a page inside it, else empty."""


@register.simple_tag
def sections(path: str) -> list[Section]:
    """The sections, with the one that holds `path` marked."""
    return [
        Section(label, url, "page" if path == url else "true" if path and path.startswith(url) else "")
        for label, url in ((label, reverse(name)) for label, name in SECTIONS)
    ]


@register.filter
def verdict_shape(word: str) -> str:
    """The verdict whose shape stands for a word; a verdict stands for itself."""
    return SHAPES.get(word, word)


@register.filter
def figure(value: float | None) -> str:
    """A number as people print it: a real minus sign, at most three decimals, no trailing zeros. None: empty."""
    if value is None or value == "":
        return ""
    text = f"{float(value):,.3f}".rstrip("0").rstrip(".")
    return text.replace("-", MINUS) if text != "-0" else "0"


@register.filter
def decimals(value: float, places: int) -> str:
    """A number with a fixed number of decimals and a real minus sign."""
    return f"{float(value):,.{int(places)}f}".replace("-", MINUS)


@register.simple_tag
def estimate(value: float | None, low: float | None, high: float | None) -> str:
    """An effect with its interval: '−0.31 (95 % interval −0.6 to −0.02)'. An unknown end is said, never guessed."""
    if value is None and low is None and high is None:
        return ""
    shown = figure(value) or "estimate not seen"
    if low is None and high is None:
        return f"{shown} (interval not seen)"
    return f"{shown} (95\u00a0% interval {figure(low) or 'not seen'} to {figure(high) or 'not seen'})"


@register.filter
def duration(days: float | None) -> str:
    """Days as people say them: '8 weeks', '10 days'. None: empty."""
    if days is None:
        return ""
    weeks, rest = divmod(days, 7)
    number, unit = (weeks, "week") if weeks >= 2 and not rest else (days, "day")
    return f"{figure(number)} {unit}{'' if number == 1 else 's'}"


@register.filter
def or_unseen(value: object, words: str = "not seen") -> str | SafeString:
    """The value, or words that say that it was not seen in what was read."""
    return format_html('<span class="unseen">{}</span>', words) if value is None or value == "" else str(value)


@register.filter
def opening(text: str, sentences: int = 2) -> str:
    """The first sentences of a text."""
    return " ".join(re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)[:sentences])


@register.filter
def clipped(text: str, most: int) -> str:
    """At most so many characters of a text, cut between two words."""
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0].rstrip(' ,;:')}…"


@register.filter
def chemical(formula: str) -> SafeString:
    """A formula with its counts set low: MgCl2·6H2O keeps the 6 on the line, the 2s go under it."""
    parts = re.split(r"(?<=[A-Za-z)\]])(\d+)", formula)
    return format_html_join(
        "", "{}", ((format_html("<sub>{}</sub>", part) if at % 2 else part,) for at, part in enumerate(parts))
    )


@register.filter
def host(url: str) -> str:
    """Where an address leads, without 'www.': 'ods.od.nih.gov'."""
    try:
        return (urlsplit(url).hostname or url).removeprefix("www.")
    except ValueError:
        return url


@register.filter
def source_label(url: str) -> str:
    """What to call an address: 'PubMed 18799816', 'doi:10.1000/182', 'PMC5487054', else its host."""
    for pattern, label in SOURCES:
        if found := pattern.match(url):
            return label.format(found[1])
    return host(url)


@register.filter
def source_link(url: str) -> SafeString:
    """A short link to where something was read. No address: empty."""
    return format_html('<a href="{}" rel="noopener">{}</a>', url, source_label(url)) if url else SafeString()


@register.filter
def day(value: date | None) -> str:
    """A date in full: '23 November 2026'. None: empty."""
    return str(format_date(value, "j F Y")) if value else ""


@register.filter
def names(authors: list[str], most: int = 6) -> str:
    """Authors in reading order, 'Barragán-Rodríguez L, Rodríguez-Morán M and 3 others'."""
    shown = [" ".join(part.strip() for part in author.split(",", 1)) for author in authors[:most]]
    if len(authors) > most:
        return f"{', '.join(shown)} and {len(authors) - most} others"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


@register.filter
def in_series(words: list[str]) -> str:
    """Words as a sentence lists them: 'risk of bias, inconsistency and imprecision'."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
