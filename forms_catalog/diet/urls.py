"""Addresses of the page on diet, and of the same as data."""

from django.urls import path

from forms_catalog.diet import downloads
from forms_catalog.diet.page import diet

app_name = "diet"

urlpatterns = [
    path("diet/", diet, name="page"),
    path("diet.csv", downloads.foods_csv, name="csv"),
    path("diet.json", downloads.diet_json, name="json"),
    *(path(f"diet/{name}.csv", downloads.table_csv, {"name": name}, name=name) for name in downloads.FILES),
]
