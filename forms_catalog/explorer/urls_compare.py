"""Addresses of what stands beside the explorer. They come before the catalog's: /forms/compare/ is no form."""

from django.urls import path

from forms_catalog.explorer import views_compare

app_name = "compare"

urlpatterns = [
    path("forms/compare/", views_compare.compare_forms, name="forms"),
    path("explore/people/", views_compare.people_like_me, name="people"),
    path("explore/pathways/", views_compare.pathways_page, name="pathways"),
]
