"""Addresses of what stands beside the explorer. They come before the catalog's: /forms/compare/ is no form."""

from django.urls import path

from forms_catalog.explorer import downloads_beside, views_compare
from forms_catalog.explorer.files import TABLES

app_name = "compare"

urlpatterns = [
    path("forms/compare/", views_compare.compare_forms, name="forms"),
    path("explore/people/", views_compare.people_like_me, name="people"),
    path("explore/pathways/", views_compare.pathways_page, name="pathways"),
    *(
        path(f"forms/compare.{each}", downloads_beside.compare_file, {"suffix": each}, name=f"forms-{each}")
        for each in TABLES
    ),
    *(
        path(f"explore/people.{each}", downloads_beside.people_file, {"suffix": each}, name=f"people-{each}")
        for each in TABLES
    ),
    *(
        path(f"explore/pathways.{each}", downloads_beside.pathways_file, {"suffix": each}, name=f"pathways-{each}")
        for each in TABLES
    ),
]
