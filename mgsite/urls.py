"""All addresses of the site."""

from django.contrib import admin
from django.urls import include, path

from articles.views import editing
from forms_catalog.exports.readme import NAME
from forms_catalog.views.data_page import data_page, edition_zip
from mgsite.pages import errors, feeds, home, status
from mgsite.pages.style.view import style_guide

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [
    path("", home.home, name="home"),
    path("about/style/", style_guide, name="style-guide"),
    path("", include("articles.urls")),
    path("", include("forms_catalog.explorer.urls_compare")),
    path("", include("forms_catalog.urls")),
    path("", include("forms_catalog.explorer.urls")),
    path("", include("mgsite.search.urls")),
    path("", include("forms_catalog.diet.urls")),
    path("", include("forms_catalog.tools.urls")),
    path("about/", include("mgsite.pages.about.urls")),
    path("feeds/", feeds.feed_list, name="feeds"),
    path("data/", data_page, name="data"),
    path(f"data/{NAME}.zip", edition_zip, name="data-edition"),
    path("healthz/", status.healthz, name="healthz"),
    path("readyz/", status.readyz, name="readyz"),
    path("favicon.ico", status.favicon, name="favicon"),
    path("robots.txt", status.robots, name="robots"),
    path("admin/articles/preview/", editing.preview, name="markdownx_markdownify"),
    path("admin/articles/upload/", editing.upload, name="markdownx_upload"),
    path("admin/", admin.site.urls),
]
