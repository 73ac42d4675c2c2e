"""What is being typed, kept on the server every few seconds until it is saved."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles.admin.editing import autosaves
from articles.models import Article
from articles.workflow import snapshot, steps


class AutosaveMixin:
    def get_urls(self):
        def view(function):
            return self.admin_site.admin_view(require_POST(function))

        return [
            path("autosave/", view(self.autosave_new), name="articles_article_autosave_new"),
            path("<int:pk>/autosave/", view(self.autosave), name="articles_article_autosave"),
            path("autosave/forget/", view(self.forget_new), name="articles_article_forget_new"),
            path("<int:pk>/autosave/forget/", view(self.forget), name="articles_article_forget"),
            *super().get_urls(),
        ]

    def autosave_new(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return _keep(request, None, snapshot.blank())

    def autosave(self, request, pk):
        article = get_object_or_404(Article, pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        newest = steps.newest(article)
        return _keep(request, article, newest.content if newest else snapshot.take(article))

    def forget_new(self, request):
        autosaves(request.user, None).delete()
        return redirect(reverse("admin:articles_article_add"))

    def forget(self, request, pk):
        autosaves(request.user, get_object_or_404(Article, pk=pk)).delete()
        return redirect(reverse("admin:articles_article_change", args=[pk]))


def _keep(request, article, saved):
    """Remember what was typed; what is saved already need not be remembered."""
    typed = snapshot.from_post(request.POST)
    mine = autosaves(request.user, article)
    if snapshot.same(typed, saved):
        mine.delete()
    else:
        base = request.POST.get("base", "")
        given = {"content": typed, "base": int(base) if base.isdecimal() else 0}
        mine.update_or_create(user=request.user, article=article, defaults=given)
    return JsonResponse({"at": f"{timezone.localtime():%H:%M:%S}"})
