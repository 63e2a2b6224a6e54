"""Addresses of the pages about the site."""

from django.urls import path

from mgsite.pages.about import corrections_data, views

app_name = "about"

urlpatterns = [
    path("", views.index, name="index"),
    path("evidence/", views.evidence, name="evidence"),
    path("us/", views.us, name="us"),
    path("editorial/", views.editorial, name="editorial"),
    path("corrections/", views.corrections, name="corrections"),
    path("corrections.json", corrections_data.corrections_json, name="corrections-json"),
    path("moderation/", views.moderation, name="moderation"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("contact/", views.contact, name="contact"),
]
