from django.contrib import admin
from django.urls import include, path

from yibao_site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("articles.urls")),
    path("", include("calculators.urls")),
    path("admin/", admin.site.urls),
]
handler404 = "yibao_site.views.not_found"
handler500 = "yibao_site.views.server_error"
