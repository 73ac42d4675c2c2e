"""Rich text that cannot be stored dirty: the field sanitises on every way into the database."""

import re

from django_prose_editor.fields import ProseEditorField

from articles.rich_text.allowed_elements import CALLOUTS, EXTENSIONS
from articles.rich_text.sanitiser import Cleaned, clean, sanitise

__all__ = ["CALLOUTS", "EXTENSIONS", "Cleaned", "RichTextField", "clean", "picture_problems", "sanitise"]

_UNDESCRIBED = re.compile(r'<img(?![^>]*\salt="\s*[^"\s])[^>]*>')


def picture_problems(html: str) -> list[str]:
    """A sentence for every picture that says nothing to a reader who cannot see it."""
    count = len(_UNDESCRIBED.findall(html))
    return [f"有 {count} 张图片没有替代文字：请写一句话说明图里是什么，看不见图的读者靠它。"] if count else []


class RichTextField(ProseEditorField):
    """Anything `sanitise` does not let through is dropped in forms, save(), update() and bulk_create()."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, extensions=EXTENSIONS, sanitize=sanitise, **kwargs)

    def pre_save(self, model_instance, add):
        html = self.sanitize(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, html)
        return html

    def get_prep_value(self, value):
        html = super().get_prep_value(value)
        return html if html is None else self.sanitize(html)
