"""Addresses of the catalog as data: each is a page's address with a suffix."""

from django.urls import path

from forms_catalog.bibliography import DOWNLOADS
from forms_catalog.exports.lists import LISTS
from forms_catalog.exports.records import RECORDS
from forms_catalog.views import data

NAMES = {
    "forms": "form",
    "mechanisms": "mechanism",
    "outcomes": "outcome",
    "studies": "study",
    "claims": "claim",
    "glossary": "term",
}

urlpatterns = [
    *(path(f"{kind}.csv", data.list_csv, {"kind": kind}, name=f"{NAMES[kind]}-list-csv") for kind in LISTS),
    *(path(f"{kind}.json", data.list_json, {"kind": kind}, name=f"{NAMES[kind]}-list-json") for kind in LISTS),
    *(
        path(f"studies.{suffix}", data.study_citations, {"suffix": suffix}, name=f"study-list-{each.name}")
        for suffix, each in DOWNLOADS.items()
    ),
    *(
        path(f"{kind}/<slug:slug>.json", data.record_json, {"kind": kind}, name=f"{NAMES[kind]}-json")
        for kind in RECORDS
    ),
]
