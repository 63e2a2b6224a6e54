"""The page that sets forms side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from forms_catalog.caching import public_page
from forms_catalog.explorer.chosen_forms import ChosenForms
from forms_catalog.explorer.compare import comparison
from forms_catalog.models import Form


@public_page
def compare_forms(request: HttpRequest) -> HttpResponse:
    """Up to four forms side by side; with fewer than two, the choice of them."""
    names = dict(Form.objects.order_by("name").values_list("slug", "name"))
    chosen = ChosenForms.from_params(request.GET, names=names)
    if not chosen.is_written_as(request.GET):
        return redirect(f"{request.path}?{chosen.query_string}" if chosen.slugs else request.path)
    context = {"chosen": chosen, "names": names.items()}
    if chosen.is_enough:
        context |= comparison(chosen.slugs)
    return render(request, "explorer/compare.html", context)
