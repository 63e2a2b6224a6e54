"""Addresses of the explorer."""

from django.urls import path

from forms_catalog.explorer import views

app_name = "explorer"

urlpatterns = [path("explore/", views.explore, name="explore")]
