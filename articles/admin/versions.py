"""History of an article: every version and step, two of them side by side, and the way back to one."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles.admin import workflow_buttons
from articles.models import Article, Version
from articles.signals import collected
from articles.views import preview
from articles.workflow import diff, permissions, snapshot, steps

DECISIONS = ("_step_publish", "_step_send_back", "_step_submit")  # what the page of a comparison offers
COMPUTED = {"slug": "", "summary": ""}


class PreviewForm(forms.Form):
    on = forms.DateField(label="按哪一天的政策显示", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class VersionsMixin:
    """Needs the wrapped admin's permissions; adds history/, compare/ and restore/ below an article."""

    def get_urls(self):
        return [
            path("<int:pk>/compare/", self.admin_site.admin_view(self.compare_view), name="articles_article_compare"),
            path("<int:pk>/preview/", self.admin_site.admin_view(self.preview_view), name="articles_article_preview"),
            path(
                "<int:pk>/restore/<int:number>/",
                self.admin_site.admin_view(require_POST(self.restore_view)),
                name="articles_article_restore",
            ),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        article = self._readable(request, object_id)
        context = {
            "versions": article.versions.select_related("by").defer("content"),
            "events": article.events.select_related("by", "version"),
            "live": steps.live(article),
            "may_edit": self.has_change_permission(request, article),
        }
        return self._page(request, article, "history", "历史", context)

    def compare_view(self, request, pk):
        """Any two versions; without numbers what is live with what is newest, and there what comes next is decided."""
        article = self._readable(request, pk)
        asked = request.GET.get("from"), request.GET.get("to")
        decides = not any(asked) and workflow_buttons.has_news(article)
        if request.method == "POST":
            return self._decide(request, pk)
        before = self._version(article, asked[0]) or steps.live(article)
        after = self._version(article, asked[1]) or steps.newest(article)
        old = snapshot.content_of(before, article) if before else self._before_first(article)
        context = {
            "before": before,
            "after": after,
            "parts": diff.parts(old, snapshot.content_of(after, article)),
            "unread": [sentence for version in (before, after) if (sentence := snapshot.unread_parts(version))],
            "decisions": self._decisions(request, article) if decides else {},
        }
        return self._page(request, article, "compare", "对照", context)

    @staticmethod
    def _before_first(article):
        """What a text is compared with that was never published: nothing, so nothing of it is shown as deleted."""
        return snapshot.take(article) if article.is_approved else snapshot.blank() | COMPUTED

    def _decisions(self, request, article):
        if not self.has_change_permission(request, article):
            return {}
        steps_offered = workflow_buttons.offered(request.user, article)
        return {name: step for name, step in steps_offered.items() if name in DECISIONS}

    def _decide(self, request, pk):
        with collected(), transaction.atomic():
            article = get_object_or_404(Article.objects.select_for_update(), pk=pk)
            name = next((name for name in self._decisions(request, article) if name in request.POST), None)
            if name is None:
                raise PermissionDenied
            try:
                event = workflow_buttons.take(
                    name, article, by=request.user, note=request.POST.get("note", ""), when=None
                )
            except permissions.NotAllowed as refusal:
                messages.warning(request, str(refusal))
                return redirect(request.path)
        messages.success(request, f"《{article}》{workflow_buttons.done(name, event)}")
        return redirect(f"{reverse('admin:articles_article_changelist')}?work=waiting")

    def preview_view(self, request, pk):
        """A link to the newest text as of a day, to open or to send to somebody outside."""
        article = self._readable(request, pk)
        form = PreviewForm(request.GET if "on" in request.GET else {"on": timezone.localdate()})
        url = request.build_absolute_uri(preview.link(article, form.cleaned_data["on"])) if form.is_valid() else ""
        return self._page(
            request, article, "preview", "预览", {"form": form, "url": url, "days": preview.LINK_LIFETIME.days}
        )

    def restore_view(self, request, pk, number):
        article = self._readable(request, pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        with collected():
            article = Article.objects.select_for_update().get(pk=pk)
            version = get_object_or_404(Version, article=article, number=number)
            steps.restore(article, version, by=request.user, reason=request.POST.get("reason", "")[:200])
        messages.success(request, f"已恢复第 {number} 版的文字、标签、来源和相关选择；之后的版本都还在历史里。")
        if unread := snapshot.unread_parts(version):
            messages.warning(request, unread)
        return redirect(reverse("admin:articles_article_change", args=[pk]))

    def _readable(self, request, pk):
        article = get_object_or_404(Article, pk=pk) if str(pk).isdecimal() else None
        if article is None:
            raise Http404
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        return article

    @staticmethod
    def _version(article, number):
        return get_object_or_404(Version, article=article, number=int(number)) if str(number).isdecimal() else None

    def _page(self, request, article, template, title, context):
        common = {"opts": self.opts, "original": article, "title": f"{title}：{article}", "media": self.media}
        context = self.admin_site.each_context(request) | common | context
        return render(request, f"admin/articles/article/{template}.html", context)
