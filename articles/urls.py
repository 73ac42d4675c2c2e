"""Addresses of visitors' pages, feeds and search."""

from django.urls import path

from articles import feeds
from articles.views import articles, reference
from articles.views.feedback import feedback, thanks
from articles.views.media import picture_file
from articles.views.preview import preview

app_name = "articles"
urlpatterns = [
    path("articles/", articles.article_list, name="list"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("categories/<slug:slug>/", articles.category, name="category"),
    path("tags/<str:slug>/", articles.tag, name="tag"),
    path("areas/<slug:code>/articles/", articles.area, name="area"),
    path("media/<path:path>", picture_file, name="picture_file"),
    path("preview/<str:token>/", preview, name="preview"),
    path("search/", articles.search, name="search"),
    path("search/suggest/", articles.suggest, name="suggest"),
    path("glossary/", reference.glossary, name="glossary"),
    path("corrections/", reference.corrections, name="corrections"),
    path("feedback/", feedback, name="feedback"),
    path("feedback/thanks/", thanks, name="thanks"),
    path("feeds/", reference.feeds, name="feeds"),
    path("feeds/articles/", feeds.ArticleFeed(), name="feed"),
    path("feeds/categories/<slug:slug>/", feeds.CategoryFeed(), name="category_feed"),
    path("feeds/tags/<str:slug>/", feeds.TagFeed(), name="tag_feed"),
    path("feeds/areas/<slug:code>/", feeds.AreaFeed(), name="area_feed"),
]
