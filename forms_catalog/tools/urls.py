"""Addresses of the tools."""

from django.urls import path

from forms_catalog.tools import views
from forms_catalog.tools.dose import views as dose
from forms_catalog.tools.safety.urls import urlpatterns as safety

app_name = "tools"

urlpatterns = [
    path("tools/", views.tools, name="index"),
    path("tools/dose/", dose.dose_bridge, name="dose"),
    path("tools/dose.json", dose.dose_json, name="dose-json"),
    path("tools/dose/rules.json", dose.dose_rules, name="dose-rules"),
    *safety,
]
