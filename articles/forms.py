"""What an article must satisfy before it is stored, said in sentences."""

from django import forms
from django.utils import timezone
from taggit.forms import TagField, TagWidget

from articles import figures
from articles.models import Article
from articles.rich_text import picture_problems

LONGEST_TAG = 30


class ArticleTagField(TagField):
    """Names separated by ，、；, ; or new lines; spaces inside a name stay."""

    widget = TagWidget(attrs={"class": "vLargeTextField", "autocomplete": "off", "data-tags": ""})

    def clean(self, value):
        names = super().clean(value)
        too_long = [name for name in names if len(name) > LONGEST_TAG]
        if too_long:
            raise forms.ValidationError(f"标签最多 {LONGEST_TAG} 个字：“{too_long[0][:LONGEST_TAG]}…”。漏了顿号吗？")
        return names


class ArticleForm(forms.ModelForm):
    class Meta:
        model = Article
        fields = "__all__"  # noqa: DJ007 - the admin's fieldsets choose
        field_classes = {"tags": ArticleTagField}
        widgets = {"tags": ArticleTagField.widget}

    def clean_summary(self):
        return self._without_unknown_figures("summary")

    def clean_body(self):
        body = self._without_unknown_figures("body")
        problems = picture_problems(body)
        if problems:
            raise forms.ValidationError(problems)
        return body

    def _without_unknown_figures(self, name):
        text = self.cleaned_data[name]
        problems = figures.problems(text, timezone.localdate())
        if problems:
            raise forms.ValidationError(problems)
        return text
