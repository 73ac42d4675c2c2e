"""The editor's extensions: what a text may consist of. The sanitiser's list of elements is made from the same."""

from django.conf import settings
from django.urls import reverse_lazy

CALLOUTS = {"tip": "提示", "warning": "注意"}
MENU_GROUPS = [
    {"group": "blockType -lists", "type": "dropdown", "minItems": 2},
    *(
        {"group": group}
        for group in ("references", "marks", "lists", "nodes -blockType -lists", "callout", "table", "history")
    ),
]
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
    "Figure": True,
    "Caption": True,
    "Image": True,
    "PastedHtml": {"media": settings.MEDIA_URL},
    "FigureWriting": True,
    "WritingTools": {
        "figures": reverse_lazy("admin:articles_article_figures"),
        "links": reverse_lazy("admin:articles_article_links"),
    },
    "Pictures": {
        "library": reverse_lazy("admin:articles_picture_library"),
        "upload": reverse_lazy("admin:articles_picture_upload"),
    },
    "FigureChips": {"shown": reverse_lazy("admin:articles_article_figures_shown")},
    "Findings": True,
    "Menu": {"groups": MENU_GROUPS},
    "NodeClass": {
        "cssClasses": {
            "blockquote": {
                "title": "引用",
                "cssClasses": [{"className": name, "title": title} for name, title in CALLOUTS.items()],
            }
        }
    },
}
