"""A field of an article that another app stores: a column of a row beside it, of a model with a one-to-one key `article`.

    class ReaderNote(models.Model):
        article = models.OneToOneField(Article, models.CASCADE, related_name="reader_note")
        audience = models.CharField("写给谁", max_length=40, blank=True)

    articles.fields.register(RelatedColumn("audience", "写给谁", ReaderNote))     # in AppConfig.ready

A template reads it as {{ article.reader_note.audience }}; an article of which nothing was stored has no row.
"""

from dataclasses import dataclass

from django.db import models

from articles.fields.columns import Column


@dataclass(frozen=True)
class RelatedColumn(Column):
    """The column `name` of the model `to`."""

    to: type[models.Model]

    @property
    def column(self):
        return self.to._meta.get_field(self.name)

    @property
    def accessor(self):
        return self.to._meta.get_field("article").remote_field.get_accessor_name()

    def form_field(self):
        return self.column.formfield(label=self.label)

    def stored(self, article):
        return self._value_of(self.to.objects.filter(article=article.pk).first())

    def _value_of(self, row):
        return self.default() if row is None else self._plain(getattr(row, self.name))

    def show(self, article, value):
        row = getattr(article, self.accessor, None) or self.to(article=article)
        setattr(row, self.name, self.column.to_python(value))

    def put(self, article, value):
        if value != self.stored(article):
            self.to.objects.update_or_create(article=article, defaults={self.name: self.column.to_python(value)})

    def cell(self, article):
        return "".join(self.lines(self._value_of(getattr(article, self.accessor, None)), {}))

    def related(self):
        return [self.accessor], []
