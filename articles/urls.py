"""Addresses of articles and replies."""

from django.urls import path

from articles import views
from forms_catalog.bibliography import DOWNLOADS
from mgsite.preferences import MARKS, THEME

app_name = "articles"

urlpatterns = [
    path("articles/", views.article_list, name="article-list"),
    path("articles/<slug:slug>/", views.article_detail, name="article"),
    *(
        path(f"articles/<slug:slug>.{suffix}", views.article_citation, {"suffix": suffix}, name=f"article-{each.name}")
        for suffix, each in DOWNLOADS.items()
    ),
    path("articles/<slug:slug>/history/", views.article_history, name="history"),
    path("articles/<slug:slug>/replies/", views.reply_form, name="reply-form"),
    path("preferences/marks/", views.preference, {"name": MARKS}, name="marks"),
    path("preferences/theme/", views.preference, {"name": THEME}, name="theme"),
    path("replies/<str:public_id>/", views.reply_detail, name="reply"),
    path("media/images/<str:name>", views.image_file, name="image"),
]
