"""Model admin of glossary terms (名词解释)."""

from django.contrib import admin, messages
from django.utils.text import Truncator

from articles.models import GlossaryTerm
from calculators.admin.history import HistoryAdmin, ReasonForm
from calculators.admin_forms import OfficeForm

MAX_LISTED_CHARACTERS = 40


class GlossaryTermForm(ReasonForm):
    class Meta:
        error_messages = {
            "term": {"required": "写上要解释的词。", "unique": "这个词已经有解释了。"},
            "explanation": {"required": "写一两句解释：没有解释的词读者点开是空的。"},
        }


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(OfficeForm, HistoryAdmin):
    """A saved term shows at once on 名词解释 and in every article that uses its words."""

    form = GlossaryTermForm
    list_display = ["term", "also", "beginning", "order"]
    list_editable = ["order"]
    search_fields = ["term", "also", "explanation", "slug"]
    search_help_text = "按名词、其他说法或解释查找"
    fieldsets = [
        (None, {"fields": ["term", "also", "explanation"]}),
        ("在名词解释页上", {"fields": ["order", "slug"]}),
        (None, {"fields": ["change_reason"]}),
    ]

    @admin.display(description="解释", ordering="explanation")
    def beginning(self, term):
        return Truncator(term.explanation).chars(MAX_LISTED_CHARACTERS)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        for part, whole in obj.overlaps():
            messages.info(request, f"“{part}”是“{whole}”的一部分：文章里写着“{whole}”的地方，标的是“{whole}”。")
