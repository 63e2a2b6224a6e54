"""Addresses of the explorer."""

from django.urls import path

from forms_catalog.explorer import downloads, views
from forms_catalog.explorer.files import TABLES

app_name = "explorer"

urlpatterns = [
    path("explore/", views.explore, name="explore"),
    *(path(f"explore.{suffix}", downloads.table_file, {"suffix": suffix}, name=suffix) for suffix in TABLES),
    *(
        path(f"explore.{each.suffix}", downloads.citations_file, {"suffix": each.suffix}, name=each.name)
        for each in downloads.CITATIONS
    ),
]
