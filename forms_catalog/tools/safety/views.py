"""The safety check's page and its data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from forms_catalog.caching import public_page
from forms_catalog.exports.answers import json_answer
from forms_catalog.linked_data.safety import safety_page
from forms_catalog.models import CrisisLine
from forms_catalog.tools.safety.document import document
from forms_catalog.tools.safety.series import safety_list
from forms_catalog.views.data import open_data


@public_page
def safety_check(request: HttpRequest) -> HttpResponse:
    """Every rule on file. It reads nothing from the address: there is nothing to ask."""
    found = safety_list()
    context = {
        "found": found,
        "crisis_lines": CrisisLine.objects.all(),
        "linked_data": safety_page(review=found.review),
    }
    return render(request, "tools/safety.html", context)


@open_data
def safety_data(request: HttpRequest) -> HttpResponse:
    """The same for the reader's browser, and for anybody else's."""
    said = document(safety_list(), path=reverse("tools:safety-json"))
    return json_answer(said, name="safety.json")
