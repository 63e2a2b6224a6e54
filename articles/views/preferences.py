"""The switches for what a reader wants remembered. Plain forms: they work without scripts."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from articles.origin import CrossOriginRefused, check_same_origin
from mgsite.preferences import CHOICES, remember

LONGEST_ADDRESS = 500


# Exempt from Django's CSRF check because public pages set no cookie to check against;
# check_same_origin stands in for it.
@csrf_exempt
@require_POST
@never_cache
def preference(request: HttpRequest, name: str) -> HttpResponse:
    """Remember a choice about one of CHOICES, and lead back to the page its switch stands on."""
    try:
        check_same_origin(request)
    except CrossOriginRefused as refusal:
        raise PermissionDenied from refusal
    choice = request.POST.get(name, "")
    if choice not in CHOICES[name]:
        raise BadRequest
    response = HttpResponseRedirect(page_of_this_site(request.POST.get("next", "")), status=303)
    remember(response, name=name, choice=choice)
    return response


def page_of_this_site(address: str) -> str:
    """The address if it is a path of this site; anything else becomes the home page."""
    inside = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if inside and len(address) <= LONGEST_ADDRESS and address.isprintable() else "/"
