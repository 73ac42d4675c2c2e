"""A re-tune of related reading: written down, tried by the worker, looked at side by side, then put to use."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from articles import workflow
from articles.models import RelatedTuning
from articles.related import trial
from articles.related.release import FACTORS
from articles.tasks import refresh_related, try_tuning


@admin.register(RelatedTuning)
class RelatedTuningAdmin(admin.ModelAdmin):
    list_display = ["note", *FACTORS, "by", "created_at", "tried_at", "live_from"]
    list_select_related = ["by"]
    fields = [*FACTORS, "note"]
    change_form_template = "admin/articles/relatedtuning/change_form.html"

    class Media:
        css = {"all": ["articles/office.css"]}

    def get_urls(self):
        steps = {"use": self.use_view, "decline": self.decline_view}
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"articles_relatedtuning_{name}",
            )
            for name, view in steps.items()
        ]
        return own + super().get_urls()

    def has_add_permission(self, request):
        return super().has_add_permission(request) and workflow.may_publish(request.user)

    def has_change_permission(self, request, obj=None):
        """What was tried is what goes live: nobody changes it in between."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request, obj=None):
        """Each stays as the record of what lists were made with; the way back is to put an older one to use again."""
        return False

    def save_model(self, request, obj, form, change):
        obj.by = request.user
        if used := RelatedTuning.objects.in_use():
            obj.learned = used.learned  # the factors are all that changes
        super().save_model(request, obj, form, change)
        try_tuning.enqueue(obj.pk)

    def response_add(self, request, obj, post_url_continue=None):
        messages.success(request, "已记下，正在试算。还没有启用，读者看到的列表没有变。")
        return redirect(self._page(obj))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        tuning = self.get_object(request, object_id)
        extra = {"changes": trial.side_by_side(tuning), "may_use": self._may_use(request, tuning)} if tuning else {}
        return super().change_view(request, object_id, form_url, (extra_context or {}) | extra)

    def use_view(self, request, pk):
        with transaction.atomic():
            tuning = get_object_or_404(RelatedTuning.objects.select_for_update(), pk=pk)
            if not self._may_use(request, tuning):
                raise PermissionDenied
            trial.go_live(tuning)
            refresh_related.enqueue()
        messages.success(request, "已启用，所有列表正在后台重算。")
        return redirect(self._page(tuning))

    def decline_view(self, request, pk):
        tuning = get_object_or_404(RelatedTuning, pk=pk)
        if not self._may_use(request, tuning):
            raise PermissionDenied
        RelatedTuning.objects.filter(pk=pk).update(awaits=False)
        messages.success(request, "先不启用，列表照旧。以后想启用，还在这一页。")
        return redirect(self._page(tuning))

    @staticmethod
    def _may_use(request, tuning):
        return tuning.trial is not None and workflow.may_publish(request.user)

    @staticmethod
    def _page(tuning):
        return reverse("admin:articles_relatedtuning_change", args=[tuning.pk])
