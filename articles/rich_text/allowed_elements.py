"""The editor's extensions: what a text may consist of. The sanitiser's list of elements is made from the same."""

from django.conf import settings
from django.urls import reverse_lazy

CALLOUTS = {"tip": "提示", "warning": "注意"}
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Superscript": True,
    "Subscript": True,
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
    "PastedHtml": {"media": settings.MEDIA_URL},
    "FigureWriting": True,
    "NodeClass": {
        "cssClasses": {
            "blockquote": {
                "title": "引用",
                "cssClasses": [{"className": name, "title": title} for name, title in CALLOUTS.items()],
            }
        }
    },
}
