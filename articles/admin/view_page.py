"""An article for whoever may only look at it: as readers would see it, with what stands beside its text."""

from django.shortcuts import render
from django.utils import timezone

from articles.figures.rendering import Figures
from articles.views import preview
from articles.workflow import diff


class ViewPageMixin:
    """Shows a page instead of a form without boxes, in which the body would be HTML and the rows of a version missing."""

    def change_view(self, request, object_id, form_url="", extra_context=None):
        article = self.model.objects.filter(pk=object_id).first() if object_id.isdecimal() else None
        if article is None or self.has_change_permission(request, article):
            return super().change_view(request, object_id, form_url, extra_context)
        if request.method != "GET" or not self.has_view_permission(request, article):
            return super().change_view(request, object_id, form_url, extra_context)
        return self._view_page(request, article)

    def _view_page(self, request, article):
        content, on = preview.newest_content(article), timezone.localdate()
        context = {"original": article, "opts": self.opts, "title": f"查看：{content['title']}"}
        written = [(label, list(lines)) for label, lines in diff.in_words(content)]
        figures = Figures([line for _, lines in written for line in lines], on)
        fields = [(label, [figures.plain(line) for line in lines]) for label, lines in written]
        context |= {"fields": fields, "stored_title": str(article)}
        context |= {"page": preview.page_of(article, content, on)}
        return render(request, "admin/articles/article/view.html", self.admin_site.each_context(request) | context)
