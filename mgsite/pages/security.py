"""`/.well-known/security.txt` (RFC 9116): where to report a weakness of the site."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from articles.models.owner import SiteOwner, site_owner
from forms_catalog.caching import public_page


@public_page
def security_txt(request: HttpRequest) -> HttpResponse:
    """What the owner has said. The standard knows no such file without a contact, so there is none until they have."""
    owner = site_owner()
    if not owner.mail_address:
        raise Http404
    lines = [f"{name}: {value}" for name, value in _fields(owner, timezone.now())]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _fields(owner: SiteOwner, now: datetime) -> list[tuple[str, str]]:
    """In the order of preference. The standard takes no addresses of the web but secure ones."""
    fields = [("Contact", f"mailto:{quote(owner.mail_address, safe='@+')}")]
    if settings.HTTPS:
        fields += [("Contact", f"{settings.SITE_URL}{reverse('about:contact')}")]
    fields += [("Expires", expires(now).isoformat()), ("Preferred-Languages", "en")]
    if settings.HTTPS:
        fields += [("Canonical", f"{settings.SITE_URL}{reverse('security')}")]
    return fields


def expires(now: datetime) -> datetime:
    """A year after the quarter began: for nine months at least it holds, and nobody has to renew it.

    What it says comes from the owner's entry of today, so it cannot go out of date while the site runs.
    """
    now = now.astimezone(UTC)
    return datetime(now.year + 1, 3 * ((now.month - 1) // 3) + 1, 1, tzinfo=UTC)
