"""WSGI programs to compare: a constant, the article page as plain Django would do it, and the site without its page cache.

The plain page has no figures, glossary or page cache, under Django's two most common middlewares, with a small template.
PLAIN says where its related list comes from: `taggit` looks for shared tags when it is read, by similar_objects, `counted`
in one query, as Django's books do it; `stored` is the lean page, which reads the list that is stored. It reads the same rows.
"""

import importlib
import json
import os
from pathlib import Path

from django.core.wsgi import get_wsgi_application
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template import Context, Engine
from django.urls import path

TEMPLATE = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{{ article.title }}</title></head>
<body><h1>{{ article.title }}</h1><p>{{ article.category.name }} {{ article.published_at|date:"Y-m-d" }}</p>
{{ article.body|safe }}<p>{% for tag in tags %}<a href="/tags/{{ tag.slug }}/">{{ tag.name }}</a> {% endfor %}</p>
<ul>{% for other in related %}<li><a href="/articles/{{ other.slug }}/">{{ other.title }}</a></li>{% endfor %}</ul></body></html>"""


def constant(environ, start_response):
    """The same headers and bytes, from nothing but memory."""
    start_response("200 OK", constant.headers)
    return [constant.body]


if kept := os.environ.get("CONSTANT"):
    constant.body = Path(kept).read_bytes()
    constant.headers = [tuple(pair) for pair in json.loads(Path(f"{kept}.headers").read_text(encoding="utf-8"))]


def plain_article(request, slug):
    from articles.models import Article  # noqa: PLC0415 - models exist only when the application runs

    public = Article.objects.published()
    article = get_object_or_404(public.select_related("category"), slug=slug)
    tags = list(article.tags.all())
    if os.environ["PLAIN"] == "stored":
        related = [row.related for row in article.related.select_related("related").order_by("rank")[:10]]
    elif os.environ["PLAIN"] == "taggit":
        related = article.tags.similar_objects()[:10]
    else:
        sharing = public.filter(tags__in=tags).exclude(pk=article.pk).annotate(shared=Count("pk"))
        related = sharing.order_by("-shared", "-published_at").values("title", "slug")[:10]
    context = {"article": article, "tags": tags, "related": related}
    return HttpResponse(template.render(Context(context)))


template = Engine().from_string(TEMPLATE)
urlpatterns = [path("articles/<slug:slug>/", plain_article)]


def plain(environ, start_response):
    return plain.application(environ, start_response)


if os.environ.get("PLAIN"):
    plain.application = get_wsgi_application()


def cold(environ, start_response):
    """The site as behind its page cache: it hears of changes, and every page is made when it is asked for."""
    if not hasattr(cold, "application"):
        cold.application = get_wsgi_application()
        cold.follower = importlib.import_module("yibao_site.page_cache.instance").follower
    cold.follower.start()
    return cold.application(environ, start_response)
