"""Addresses: the app's own first, for the site's last one takes every single word. Handlers are read here alone."""

from django.urls import path

from tests.example_app.views import audiences
from yibao_site.urls import handler400, handler404, handler500, urlpatterns as site_addresses

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("audiences/", audiences, name="audiences"), *site_addresses]
