"""List filter of articles by worklist entry."""

from django.contrib import admin
from django.utils import timezone

from articles.workflow import worklist


class WorkFilter(admin.SimpleListFilter):
    """The entries of the worklist, as filters of the list they lead to."""

    title = "待办"
    parameter_name = "work"

    def __init__(self, request, *args, **kwargs):
        self.user = request.user
        super().__init__(request, *args, **kwargs)

    def lookups(self, request, model_admin):
        return [(name, worklist.WORK[name].title) for name in worklist.names_for(request.user)]

    def queryset(self, request, queryset):
        if self.value() not in worklist.names_for(self.user):
            return queryset
        return queryset.filter(pk__in=worklist.find(self.value(), self.user, timezone.now()).values("pk"))
