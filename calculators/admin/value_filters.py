"""What an editor narrows the list of values by: what is due, and what is in force on a day."""

from datetime import timedelta

from django.contrib import admin
from django.utils import timezone

SOON = timedelta(days=60)


class ReviewFilter(admin.SimpleListFilter):
    title = "复核"
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [("late", "已过复核日"), ("soon", "60 天内到期"), ("none", "没有定复核日")]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "late":
            return queryset.due_for_review(today)
        if self.value() == "soon":
            return queryset.filter(review_by__range=(today, today + SOON))
        return queryset.filter(review_by__isnull=True) if self.value() == "none" else queryset


class BegunFilter(admin.SimpleListFilter):
    title = "首日"
    parameter_name = "begun"

    def lookups(self, request, model_admin):
        return [("future", "还没开始"), ("unknown", "起始日未核")]

    def queryset(self, request, queryset):
        if self.value() == "future":
            return queryset.filter(effective_from__gt=timezone.localdate())
        return queryset.filter(effective_from__isnull=True) if self.value() == "unknown" else queryset
