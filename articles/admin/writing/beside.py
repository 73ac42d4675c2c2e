"""Beside the text while it is written: the page it will be, what it lacks, and what it would have beside it. Nothing is stored."""

import re

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from articles.figures.resolving import problems
from articles.models import Article
from articles.pages.parts import minutes
from articles.related.rules import MAX_SHOWN_ENTRIES
from articles.rich_text import picture_problems
from articles.text import plain_text
from articles.views import draft_related, preview
from articles.workflow import snapshot, style_guide

SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL | re.IGNORECASE)
NAMED_PLACE = re.compile(r"“([^”]+)”|(〔[^〕]+〕)")
UNCLOSED = re.compile(r"〔[^〕]*$", re.MULTILINE)


@method_decorator(never_cache, name="preview_beside")
@method_decorator(never_cache, name="checks_beside")
class BesideMixin:
    """Adds beside/preview/ and beside/checks/ (POST: the form as it stands) and beside/related/<id>/; needs AutosaveMixin."""

    def get_urls(self):
        views = {
            "beside/preview/": ("preview", require_POST(self.preview_beside)),
            "beside/checks/": ("checks", require_POST(self.checks_beside)),
            "beside/related/<slug:result>/": ("related", require_GET(self.related_beside)),
        }
        own = [
            path(address, self.admin_site.admin_view(view), name=f"articles_article_beside_{name}")
            for address, (name, view) in views.items()
        ]
        return [*own, *super().get_urls()]

    def preview_beside(self, request):
        """The page as readers would see it today, without its scripts."""
        article = self._allowed_object(request) or Article(author=request.user)
        page = preview.page_of(article, snapshot.from_post(request.POST), timezone.localdate())
        html = render_to_string("articles/preview.html", page, request)
        return JsonResponse({"html": SCRIPT.sub("", html)})

    def checks_beside(self, request):
        article = self._allowed_object(request)
        content, on = snapshot.from_post(request.POST), timezone.localdate()
        missing, hints = lacking(content, on), style_guide.hints(content, on)
        words = {"characters": style_guide.length(plain_text(content["body"])), "minutes": minutes(content["body"])}
        context = words | {"missing": missing, "hints": [(hint, places(hint)) for hint in hints]}
        return JsonResponse(
            {
                "html": render_to_string("admin/articles/article/_checks.html", context, request),
                "count": len(missing) + len(hints),
                "findings": [{"sentence": said, "places": places(said)} for said in [*missing, *hints]],
                "related": draft_related.ask(content, article.pk if article else None) if content["title"] else None,
            }
        )

    def related_beside(self, request, result):
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        entries = draft_related.answer(result)
        if entries is None:
            return JsonResponse({"waits": True}, status=202)
        context = {"entries": entries[:MAX_SHOWN_ENTRIES]}
        return JsonResponse({"html": render_to_string("admin/articles/article/_draft_related.html", context, request)})


def lacking(content: dict, on) -> list[str]:
    """What stands between a text and its submission, each in one sentence."""
    body = content["body"]
    named = [(content["title"], "标题"), (plain_text(body).strip(), "正文"), (content["category"], "栏目")]
    return [
        *(f"还没有{label}。" for value, label in named if not value),
        *problems(content["summary"] + body, on),
        *picture_problems(body),
        *(f"“{half}”没有写完，引用要以 〕 结束。" for half in UNCLOSED.findall(plain_text(body))),
    ]


def places(sentence: str) -> list[str]:
    """The words of the text that a sentence about it names."""
    found = [quoted or reference for quoted, reference in NAMED_PLACE.findall(sentence)]
    return ["！"] if "感叹号" in sentence else found
