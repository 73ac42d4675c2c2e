"""A field that is a plain column of the article: a yes or no, a number, a day, a choice."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models

from articles.fields.kinds import Field
from articles.models import Article

WORDS = {True: "是", False: "否"}
OTHERWISE_POSTED = (models.DateTimeField, models.ForeignKey, models.ManyToManyField, models.FileField, models.JSONField)


class Column(Field):
    """The model field of the same name reads and writes it; not for what is OTHERWISE_POSTED."""

    @property
    def column(self):
        return Article._meta.get_field(self.name)

    def default(self):
        return self._plain(self.column.get_default())

    def is_readable(self, value):
        try:
            self.column.to_python(value)
        except (ValidationError, TypeError):
            return False
        return not isinstance(value, list | dict)

    def stored(self, article):
        return self._plain(getattr(article, self.name))

    def posted(self, post):
        box = self.column.formfield()
        try:
            return self._plain(box.to_python(box.widget.value_from_datadict(post, {}, self.name)))
        except ValidationError:
            return self.default()

    def to_post(self, value):
        if isinstance(value, bool):
            return {self.name: ["on"]} if value else {}
        return {self.name: [str("" if value is None else value)]}

    def initial(self, value):
        return {self.name: self.column.to_python(value)}

    def lines(self, value, found):
        return [] if value in (None, "") else [self._word(value)]

    def show(self, article, value):
        setattr(article, self.name, self.column.to_python(value))

    def cell(self, article):
        return "".join(self.lines(self.stored(article), {}))

    def imported(self, reader):
        given = reader.front.get(self.name, "")
        if given == "":
            return self.default()
        try:
            return self._plain(self.column.to_python(self._read_word(given)))
        except ValidationError:
            reader.problems.append(f"{self.label}（{self.name}）写得不对：{given}。")
            return self.default()

    def is_named(self, reader):
        return self.name in reader.front

    def _plain(self, value):
        if isinstance(value, date):
            return value.isoformat()
        return value if value is None or isinstance(value, bool | int | str) else str(value)

    def _words(self):
        return dict(self.column.flatchoices or WORDS if self._has_words() else ())

    def _has_words(self):
        return bool(self.column.flatchoices) or self.column.get_internal_type() == "BooleanField"

    def _word(self, value):
        return str(self._words().get(value, value))

    def _read_word(self, given):
        return next((value for value, word in self._words().items() if word == given), given)
