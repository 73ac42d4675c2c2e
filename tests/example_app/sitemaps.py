"""The page in sitemap.xml."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse


class AudienceSitemap(Sitemap):
    def items(self):
        return ["audiences"]

    def location(self, item):
        return reverse(item)
