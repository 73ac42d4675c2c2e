"""Rich text that cannot be stored dirty: the field sanitises on every way into the database."""

import re
from urllib.parse import unquote

import nh3
from django.conf import settings
from django.urls import reverse_lazy
from django_prose_editor.config import allowlist_from_extensions
from django_prose_editor.fields import ProseEditorField

from calculators.common.characters import clean

CALLOUTS = {"tip": "提示", "warning": "注意"}
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Figure": {"pickerUrl": reverse_lazy("admin:articles_picture_pick")},
    "Caption": True,
    "Image": True,
    "NodeClass": {
        "cssClasses": {
            "blockquote": {
                "title": "引用",
                "cssClasses": [{"className": name, "title": title} for name, title in CALLOUTS.items()],
            }
        }
    },
}
_EMPTY = re.compile(r"(<p>\s*</p>\s*)+")
_SOURCELESS = re.compile(r"<img(?![^>]*\ssrc=)[^>]*>")
_BARE_FIGURE = re.compile(r"<figure[^>]*>\s*(<figcaption>[^<]*</figcaption>)?\s*</figure>")
_UNDESCRIBED = re.compile(r'<img(?![^>]*\salt="\s*[^"\s])[^>]*>')


def _own_picture(url):
    path = unquote(url)
    return path.startswith(settings.MEDIA_URL) and ".." not in path and "\\" not in path


def _attribute(tag, name, value):
    """Pictures come from our own library only."""
    return None if (tag, name) == ("img", "src") and not _own_picture(value) else value


def _cleaner():
    allowed = allowlist_from_extensions(EXTENSIONS)
    allowed["attributes"]["blockquote"].discard("class")
    allowed["attributes"]["figure"].discard("class")
    allowed["allowed_classes"] = {"blockquote": set(CALLOUTS)}
    return nh3.Cleaner(**allowed, attribute_filter=_attribute)


_clean = _cleaner().clean


def sanitise(html: str) -> str:
    """HTML of the elements above only, its pictures from our own library; empty where nothing but blank lines is left.

    `sanitise(sanitise(html))` is `sanitise(html)`.
    """
    html = _BARE_FIGURE.sub("", _SOURCELESS.sub("", clean(_clean(html))))
    return "" if _EMPTY.fullmatch(html) else html


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
