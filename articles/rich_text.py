"""Rich text that cannot be stored dirty: the field sanitises on every way into the database."""

from django_prose_editor.fields import ProseEditorField

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
    "NodeClass": {"cssClasses": {"blockquote": ["tip", "warning"]}},
}


class RichTextField(ProseEditorField):
    """HTML of the elements above only; anything else is dropped in forms, save(), update() and bulk_create()."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, extensions=EXTENSIONS, sanitize=True, **kwargs)

    def pre_save(self, model_instance, add):
        html = self.sanitize(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, html)
        return html

    def get_prep_value(self, value):
        html = super().get_prep_value(value)
        return html if html is None else self.sanitize(html)
