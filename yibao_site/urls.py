"""URL configuration of the project."""

from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path, re_path

from articles.api import router as articles
from articles.sitemaps import SITEMAPS
from articles.views.articles import page
from calculators.api import api
from yibao_site import views
from yibao_site.monitoring import health, metrics
from yibao_site.search_engines.views import indexnow_key

api.add_router("/articles", articles)
urlpatterns = [
    path("", views.home, name="home"),
    path("", include("articles.urls")),
    path("", include("calculators.urls")),
    path("api/v1/", api.urls),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"}, name="sitemap"),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
    path("about/", views.about, name="about"),
    path("text-size/", views.text_size, name="text_size"),
    re_path(r"^palette/1-(?P<digits>[0-9a-f]{6})\.css$", views.palette, name="palette"),
    path("robots.txt", views.robots, name="robots"),
    re_path(r"^(?P<key>[A-Za-z0-9-]{8,128})\.txt$", indexnow_key, name="indexnow_key"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("admin/", admin.site.urls),
    path("<slug:slug>/", page, name="page"),  # last: every other address comes first
]
handler400 = "yibao_site.views.bad_request"
handler404 = "yibao_site.views.not_found"
handler500 = "yibao_site.views.server_error"
