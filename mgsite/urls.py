"""All addresses of the site."""

from django.contrib import admin
from django.urls import include, path

from articles.views import editing
from mgsite.pages import errors, home, status
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
    path("about/", include("mgsite.pages.about.urls")),
    path("healthz/", status.healthz, name="healthz"),
    path("readyz/", status.readyz, name="readyz"),
    path("favicon.ico", status.favicon, name="favicon"),
    path("robots.txt", status.robots, name="robots"),
    path("admin/articles/preview/", editing.preview, name="markdownx_markdownify"),
    path("admin/articles/upload/", editing.upload, name="markdownx_upload"),
    path("admin/", admin.site.urls),
]
