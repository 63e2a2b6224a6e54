"""Pages of studies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from forms_catalog.caching import public_page
from forms_catalog.models import Study
from forms_catalog.queries.alerts import with_open_alert
from forms_catalog.queries.paging import page_of
from forms_catalog.queries.studies import study_page
from forms_catalog.queries.study_list import StudyFilter, listed


@public_page
def study_list(request: HttpRequest) -> HttpResponse:
    """All public studies, filtered by what the address says."""
    filters = StudyFilter.from_params(request.GET)
    page = page_of(listed(filters.select()), request.GET.get("page", ""))
    context = {"listing": filters.listing(count=page.paginator.count), "page": page}
    return render(request, "catalog/study_list.html", context)


@public_page
def study_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One study with everything that leans on it."""
    studies = Study.objects.published().select_related("form", "named_by", "trial")
    study = get_object_or_404(with_open_alert(studies), slug=slug)
    return render(request, "catalog/study.html", study_page(study=study))
