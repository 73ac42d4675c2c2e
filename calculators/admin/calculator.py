from django.contrib import admin

from calculators.admin.history import HistoryAdmin
from calculators.models import Calculator


@admin.register(Calculator)
class CalculatorAdmin(HistoryAdmin):
    list_display = ["name", "code", "is_live", "live_since", "updated_at", "order"]
    list_filter = [("live_since", admin.EmptyFieldListFilter)]
    search_fields = ["name", "code", "summary"]

    @admin.display(description="已发布", boolean=True)
    def is_live(self, calculator):
        return calculator.live is not None
