"""What a browser would post from a page's form, and what it never would: fields of the row that the form does not offer."""

from datetime import date, datetime
from html.parser import HTMLParser

from django.db import models
from django.utils import timezone

DAY = date(2001, 2, 3)
TICKED = {"checkbox", "radio"}
ODD = {
    models.BooleanField: lambda now: not now,
    models.DateTimeField: lambda now: timezone.make_aware(datetime.combine(DAY, datetime.min.time())),
    models.DateField: lambda now: DAY,
    models.JSONField: lambda now: {"smuggled": True},
    models.IntegerField: lambda now: 4242,
    models.DecimalField: lambda now: 4242,
    models.CharField: lambda now: "smuggled",
    models.TextField: lambda now: "smuggled",
}


class Form(HTMLParser):
    """The form with this id: which fields it offers, and name → values of those that a browser would post as they stand."""

    def __init__(self, html, form_id):
        super().__init__()
        self.form_id, self.inside, self.select, self.textarea = form_id, False, "", ""
        self.offered, self.fields = set(), {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name, kind = given.get("name"), given.get("type", "text")
        if tag == "form":
            self.inside = given.get("id") == self.form_id
        if not self.inside or (not name and tag != "option") or "disabled" in given:
            return
        self.offered.add(name)
        if tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given:
            self.fields.setdefault(self.select, []).append(given.get("value", ""))
        elif tag == "textarea":
            self.textarea, self.fields[name] = name, [""]
        elif tag == "input" and kind not in {"submit", "file", "button"} and (kind not in TICKED or "checked" in given):
            self.fields.setdefault(name, []).append(given.get("value") or ("on" if kind in TICKED else ""))

    def handle_data(self, data):
        if self.textarea:
            self.fields[self.textarea][0] += data

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "form"
        if tag == "textarea" and self.textarea:  # a browser drops the line end after the opening tag
            self.fields[self.textarea] = [self.fields[self.textarea][0].removeprefix("\n")]
        self.textarea = "" if tag == "textarea" else self.textarea


def smuggled(row, offered=()):
    """Field's attribute → a value nobody may give it here, for each field of the row but its number and those offered."""
    found = {}
    for field in row._meta.concrete_fields:
        if not field.primary_key and not {field.name, f"{field.name}_0"} & set(offered):
            value = _odd(field, getattr(row, field.attname))
            if value is not None:
                found[field.attname] = value
    return found


def _odd(field, now):
    if field.choices:
        return next((value for value, _ in field.flatchoices if value not in {now, ""}), None)
    if isinstance(field, models.ForeignKey):
        others = field.related_model._default_manager.exclude(pk=now)
        return others.values_list("pk", flat=True).first()
    make = next((make for kind, make in ODD.items() if isinstance(field, kind)), None)
    return make and make(now)


def as_posted(row, values):
    """Under every name a form could have for it."""
    names = {field.attname: field.name for field in row._meta.concrete_fields}
    written = {name: _written(value) for name, value in values.items()}
    return written | {names[name]: value for name, value in written.items()}


def _written(value):
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
    return str(value)


def taken(row, values):
    """The fields that now hold what was smuggled in."""
    row.refresh_from_db()
    return [name for name, value in values.items() if getattr(row, name) == value]
