"""Citations as files, for reference managers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from forms_catalog.bibliography import DOWNLOADS, Download, Work
from forms_catalog.bibliography.studies import work_of
from forms_catalog.models import Study
from forms_catalog.views.data import open_data


def citation_file(work: Work, download: Download) -> HttpResponse:
    """The work in one format, to be saved under its key."""
    name = f"{work.key}.{download.suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(download.write(work), content_type=download.content_type, headers=headers)


@open_data
def study_citation(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    """A study's citation; `suffix` names the format."""
    study = get_object_or_404(Study.objects.published(), slug=slug)
    return citation_file(work_of(study), DOWNLOADS[suffix])
