"""Addresses of articles and replies."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from articles import views
from articles.subjects import RECORDS
from articles.views import data
from forms_catalog.bibliography import DOWNLOADS
from mgsite.preferences import MARKS, THEME

app_name = "articles"


class RecordsConverter(StringConverter):
    """The first part of the addresses of records that readers reply to."""

    regex = "|".join(RECORDS)


register_converter(RecordsConverter, "records")

urlpatterns = [
    path("articles/", views.article_list, name="article-list"),
    path("articles/<slug:slug>/", views.article_detail, name="article"),
    *(
        path(f"articles/<slug:slug>.{suffix}", views.article_citation, {"suffix": suffix}, name=f"article-{each.name}")
        for suffix, each in DOWNLOADS.items()
    ),
    path("articles.json", data.article_list_json, name="article-list-json"),
    path("articles.csv", data.article_list_csv, name="article-list-csv"),
    path("articles/<slug:slug>.json", data.article_json, name="article-json"),
    path("articles/<slug:slug>/history.json", data.history_json, name="history-json"),
    path("articles/<slug:slug>/replies.json", data.replies_json, name="replies-json"),
    path("<records:section>/<slug:slug>/replies.json", data.replies_json, name="replies-json-about"),
    path("replies/<str:public_id>.json", data.reply_json, name="reply-json"),
    path("articles/<slug:slug>/history/", views.article_history, name="history"),
    path("articles/<slug:slug>/replies/", views.reply_form, name="reply-form"),
    path("<records:section>/<slug:slug>/replies/", views.reply_form, name="reply-form-about"),
    path("articles/<slug:slug>/replies.atom", views.thread_feed, name="feed-article-replies"),
    path("<records:section>/<slug:slug>/replies.atom", views.thread_feed, name="feed-replies-about"),
    path("feeds/articles.atom", views.articles_feed, name="feed-articles"),
    path("feeds/replies.atom", views.site_feed, name="feed-replies"),
    path("preferences/marks/", views.preference, {"name": MARKS}, name="marks"),
    path("preferences/theme/", views.preference, {"name": THEME}, name="theme"),
    path("replies/<str:public_id>/", views.reply_detail, name="reply"),
    path("replies/passport/<str:key>/", views.passport, name="passport"),
    path("replies/passport/<str:key>/replies.json", views.passport_export, name="passport-export"),
    path("replies/mail/confirm/<str:token>/", views.contact_confirm, name="contact-confirm"),
    path("replies/mail/stop/<str:token>/", views.contact_unsubscribe, name="contact-unsubscribe"),
    path("media/images/<str:name>", views.image_file, name="image"),
]
