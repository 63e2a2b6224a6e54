"""Addresses of the tools."""

from forms_catalog.tools.safety.urls import urlpatterns as safety

app_name = "tools"

urlpatterns = [*safety]
