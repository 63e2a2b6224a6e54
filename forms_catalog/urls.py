"""Addresses of the catalog."""

from django.urls import path

from forms_catalog import views

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
    path("claims/", views.claim_list, name="claim-list"),
    path("claims/<slug:slug>/", views.claim_detail, name="claim"),
]
