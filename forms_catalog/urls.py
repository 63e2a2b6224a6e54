"""Addresses of the catalog."""

from django.urls import path

from forms_catalog import views
from forms_catalog.bibliography import DOWNLOADS
from forms_catalog.data_urls import urlpatterns as data_addresses
from forms_catalog.views import cards

app_name = "catalog"

urlpatterns = [
    path("forms/", views.form_list, name="form-list"),
    path("forms/<slug:slug>/", views.form_detail, name="form"),
    path("mechanisms/", views.mechanism_list, name="mechanism-list"),
    path("mechanisms/<slug:slug>/", views.mechanism_detail, name="mechanism"),
    path("outcomes/", views.outcome_list, name="outcome-list"),
    path("outcomes/<slug:slug>/", views.outcome_detail, name="outcome"),
    path("outcomes/<slug:slug>/forest.csv", views.outcome_forest, name="outcome-forest"),
    path("studies/", views.study_list, name="study-list"),
    path("studies/<slug:slug>/", views.study_detail, name="study"),
    *(
        path(f"studies/<slug:slug>.{suffix}", views.study_citation, {"suffix": suffix}, name=f"study-{each.name}")
        for suffix, each in DOWNLOADS.items()
    ),
    path("claims/", views.claim_list, name="claim-list"),
    path("claims/<slug:slug>/", views.claim_detail, name="claim"),
    path("glossary/", views.glossary, name="term-list"),
    path("glossary/<slug:slug>/", views.term_detail, name="term"),
    path("claims/<slug:slug>/card/", cards.claim_card, name="claim-card"),
    path("outcomes/<slug:slug>/card/", cards.outcome_card, name="outcome-card"),
    path("feeds/verdicts.atom", views.verdicts_feed, name="feed-verdicts"),
    path("feeds/studies.atom", views.studies_feed, name="feed-studies"),
    *data_addresses,
]
