"""Pages beside the explorer: forms side by side, people like the reader."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from forms_catalog.caching import public_page
from forms_catalog.explorer.chosen_forms import ChosenForms
from forms_catalog.explorer.compare import comparison
from forms_catalog.explorer.people import Person, forms_by_slug, likeness


@public_page
def compare_forms(request: HttpRequest) -> HttpResponse:
    """Up to four forms side by side; with fewer than two, the choice of them."""
    names = forms_by_slug()
    chosen = ChosenForms.from_params(request.GET, names=names)
    if not chosen.is_written_as(request.GET):
        return redirect(f"{request.path}?{chosen.query_string}" if chosen.slugs else request.path)
    context = {"chosen": chosen, "names": names.items()}
    if chosen.is_enough:
        context |= comparison(chosen.slugs)
    return render(request, "explorer/compare.html", context)


@public_page
def people_like_me(request: HttpRequest) -> HttpResponse:
    """How many people in the trials were like the one whom the address describes."""
    person = Person.from_params(request.GET, forms=forms_by_slug())
    if not person.notices and request.GET.urlencode() != person.query_string:
        return redirect(f"{request.path}?{person.query_string}" if person.query_string else request.path)
    return render(request, "explorer/people.html", {"person": person, "likeness": likeness(person)})
