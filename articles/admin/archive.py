"""Taking an article down, and deleting one: a page of its own asks first and tells what readers lose."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone

from articles.admin import workflow_buttons
from articles.models import Article
from articles.workflow import steps

STEP = "_step_archive"


class ArchiveMixin:
    """Adds archive/ below an article, and to the pages that delete which of the articles are public."""

    delete_selected_confirmation_template = "admin/articles/article/delete_selected_confirmation.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.archive_view)
        return [path("<int:pk>/archive/", view, name="articles_article_archive"), *super().get_urls()]

    @transaction.atomic
    def archive_view(self, request, pk):
        article = get_object_or_404(Article.objects.select_for_update(), pk=pk)
        may_change = self.has_change_permission(request, article)
        if not may_change or STEP not in workflow_buttons.offered(request.user, article):
            raise PermissionDenied
        if request.method == "POST":
            steps.archive(article, by=request.user, note=request.POST.get("note", ""))
            messages.success(request, workflow_buttons.STEPS[STEP].done)
            return redirect(reverse("admin:articles_article_change", args=[pk]))
        context = {"opts": self.opts, "original": article, "title": f"归档下线：{article}"}
        context |= {"is_public": article.is_public(timezone.now()), "recommending": recommending(article)}
        return render(request, "admin/articles/article/archive.html", self.admin_site.each_context(request) | context)

    def delete_view(self, request, object_id, extra_context=None):
        public = Article.objects.published().filter(pk=object_id) if object_id.isdecimal() else []
        return super().delete_view(request, object_id, (extra_context or {}) | {"public": public})


def recommending(article):
    """How many articles lead their readers to this one."""
    return Article.objects.published().filter(related__related=article).distinct().count()
