"""List filters of the admin of policy values: review, first day, second reading, kind."""

from django.contrib import admin
from django.utils import timezone

from calculators.models import PolicyValue
from calculators.policies.coverage_grid import EXPIRING_WITHIN


class ReviewFilter(admin.SimpleListFilter):
    title = "复核"
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [
            ("late", "已过复核日"),
            ("soon", f"{EXPIRING_WITHIN.days} 天内到期"),
            ("none", "没有定复核日"),
            ("unsucceeded", "之后的标准没查到"),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "late":
            return queryset.current(today).due_for_review(today)
        if self.value() == "soon":
            return queryset.current(today).filter(review_by__range=(today, today + EXPIRING_WITHIN))
        if self.value() == "unsucceeded":
            return queryset.unsucceeded(today + EXPIRING_WITHIN)
        return queryset.filter(review_by__isnull=True) if self.value() == "none" else queryset


class FirstDayFilter(admin.SimpleListFilter):
    title = "首日"
    parameter_name = "begun"

    def lookups(self, request, model_admin):
        return [("future", "还没开始"), ("unknown", "起始日未核")]

    def queryset(self, request, queryset):
        if self.value() == "future":
            return queryset.filter(effective_from__gt=timezone.localdate())
        return queryset.filter(effective_from__isnull=True) if self.value() == "unknown" else queryset


class ReadingFilter(admin.SimpleListFilter):
    title = "核对"
    parameter_name = "reading"

    def lookups(self, request, model_admin):
        return [("waits", "等我核对")]

    def queryset(self, request, queryset):
        return queryset.waiting_for(request.user) if self.value() == "waits" else queryset


class ValueKindFilter(admin.SimpleListFilter):
    """Filter by kind. It excludes rows whose figure is hidden from the user: 不设限额 and 停止执行 are figures too."""

    title = "类型"
    parameter_name = "is"

    def lookups(self, request, model_admin):
        return PolicyValue.Kind.choices

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.filter(kind=self.value()).exclude(pk__in=PolicyValue.objects.waiting_for(request.user))
