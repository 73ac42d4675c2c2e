from django.urls import path

from articles import feeds, reference_pages, views
from articles.feedback import feedback, thanks
from articles.media import picture_file
from articles.preview import preview

app_name = "articles"
urlpatterns = [
    path("articles/", views.article_list, name="list"),
    path("articles/<slug:slug>/", views.article, name="article"),
    path("categories/<slug:slug>/", views.category, name="category"),
    path("tags/<str:slug>/", views.tag, name="tag"),
    path("areas/<slug:code>/articles/", views.area, name="area"),
    path("media/<path:path>", picture_file, name="picture_file"),
    path("preview/<str:token>/", preview, name="preview"),
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="suggest"),
    path("glossary/", reference_pages.glossary, name="glossary"),
    path("corrections/", reference_pages.corrections, name="corrections"),
    path("feedback/", feedback, name="feedback"),
    path("feedback/thanks/", thanks, name="thanks"),
    path("feeds/", reference_pages.feeds, name="feeds"),
    path("feeds/articles/", feeds.ArticleFeed(), name="feed"),
    path("feeds/categories/<slug:slug>/", feeds.CategoryFeed(), name="category_feed"),
    path("feeds/tags/<str:slug>/", feeds.TagFeed(), name="tag_feed"),
    path("feeds/areas/<slug:code>/", feeds.AreaFeed(), name="area_feed"),
]
