"""Addresses of the safety check, of the namespace `tools`."""

from django.urls import path

from forms_catalog.tools.safety import views

urlpatterns = [
    path("tools/safety/", views.safety_check, name="safety"),
    path("tools/safety.json", views.safety_data, name="safety-json"),
]
