"""Pages of studies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from forms_catalog.caching import public_page
from forms_catalog.index.pages import page_of_found
from forms_catalog.models import Study
from forms_catalog.queries.alerts import with_open_alert
from forms_catalog.queries.studies import study_page
from forms_catalog.queries.study_counts import studies_found
from forms_catalog.queries.study_list import StudyFilter, listed


@public_page
def study_list(request: HttpRequest) -> HttpResponse:
    """All public studies, filtered by what the address says."""
    filters = StudyFilter.from_params(request.GET)
    keys, listing = studies_found(filters)
    page = page_of_found(keys, listed(Study.objects.all()), request.GET.get("page", ""))
    return render(request, "catalog/study_list.html", {"listing": listing, "page": page})


@public_page
def study_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One study with everything that leans on it."""
    studies = Study.objects.published().select_related("form", "named_by", "trial")
    study = get_object_or_404(with_open_alert(studies), slug=slug)
    return render(request, "catalog/study.html", study_page(study=study))
