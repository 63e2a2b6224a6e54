"""The one door to HTML that templates trust. Two sanitisers in series, with one allow-list each way.

nh3 goes first: it is maintained, fast, and drops what stands inside <script>. bleach 6.4.0 follows; it gets no more
fixes, so it is never the only layer. Our renderer writes nothing that either would change.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import bleach
import nh3

from mgsite.markup.addresses import SCHEMES

_ID = re.compile(r"(?:[a-z0-9]+-)*(?:s|card|cite|ref|claim|note|noteref)-[a-z0-9_-]+")
_SITE_ADDRESS = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")
_WEB_ADDRESS = re.compile(rf"(?:{'|'.join(sorted(SCHEMES))}):[^\x00-\x20\\]+", re.IGNORECASE)
_FRAGMENT = re.compile(r"#[^\x00-\x20]*")
_PICTURE = re.compile(r"/media/images/[A-Za-z0-9_-][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Policy:
    """What may stay: attributes by element, and class names."""

    attributes: Mapping[str, frozenset[str]]
    classes: frozenset[str]

    def allows(self, tag: str, name: str, value: str) -> bool:
        """Whether an element may carry this attribute with this value."""
        if name not in self.attributes.get(tag, frozenset()):
            return False
        match name:
            case "class":
                return set(value.split()) <= self.classes
            case "id":
                return _ID.fullmatch(value) is not None
            case "href":
                return any(pattern.fullmatch(value) for pattern in (_FRAGMENT, _SITE_ADDRESS, _WEB_ADDRESS))
            case "src":
                return _PICTURE.fullmatch(value) is not None
            case _:
                return True


def _elements(plain: str, **with_attributes: str) -> Mapping[str, frozenset[str]]:
    return {tag: frozenset() for tag in plain.split()} | {
        tag: frozenset(names.split()) for tag, names in with_attributes.items()
    }


VERDICTS = ("supported", "partly_supported", "overstated", "unsupported", "contradicted", "uncertain")
KINDS = ("form", "mechanism", "outcome", "study", "claim", "article")

ARTICLE = Policy(
    attributes=_elements(
        "p em strong code pre li blockquote hr br table thead tbody tr figcaption figure",
        a="href rel id class title aria-label data-verdict data-card data-note",
        aside="class role",
        details="class id",
        div="class id role tabindex aria-label",
        figure="class",
        h2="id",
        h3="id",
        h4="id",
        h5="id",
        h6="id",
        img="src alt width height loading decoding",
        ol="start",
        span="class id data-verdict aria-hidden",
        summary="data-note",
        sup="class",
        td="class",
        th="class scope",
        ul="class",
    ),
    classes=frozenset(
        {
            "align-center",
            "align-left",
            "align-right",
            "back",
            "chart-block",
            "cite",
            "claim",
            "claim-card",
            "credit",
            "ledger",
            "ledger-note",
            "ledger-verdict",
            "mark",
            "mark-gap",
            "mark-word",
            "note",
            "passage",
            "passage-text",
            "permalink",
            "picture",
            "safety",
            "shape",
            "side-note",
            "side-note-label",
            "side-notes",
            "table-scroll",
            "term",
            "unresolved",
            "visually-hidden",
            *(f"shape-{verdict}" for verdict in VERDICTS),
            *(f"to-{kind}" for kind in KINDS),
        }
    ),
)
REPLY = Policy(
    attributes=_elements("p br em strong ul li blockquote pre code", a="href rel", ol="start", span="class"),
    classes=frozenset({"link-host"}),
)


def sanitize_html(html: str, *, policy: Policy) -> str:
    """The HTML with everything left out that the policy does not name."""

    def checked(tag: str, name: str, value: str) -> str | None:
        return value if policy.allows(tag, name, value) else None

    html = nh3.clean(
        html,
        tags=set(policy.attributes),
        attributes={tag: set(names) for tag, names in policy.attributes.items()},
        attribute_filter=checked,
        clean_content_tags={"script", "style"},
        url_schemes=set(SCHEMES),
        link_rel=None,  # our renderer sets rel; nh3 refuses to do both
    )
    return str(
        bleach.clean(
            html,
            tags=frozenset(policy.attributes),
            attributes=policy.allows,
            # Without the list, tel:+1... would be cut from helplines and javascript:1 would pass for a host and port.
            protocols=SCHEMES,
            strip=True,
        )
    )
