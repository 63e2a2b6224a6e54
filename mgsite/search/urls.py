"""Addresses of the search."""

from django.urls import path

from mgsite.search import views

app_name = "search"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("search.json", views.search_json, name="json"),
    path("search/suggest.json", views.suggestions, name="suggest"),
]
