"""The search form: what is sought, and filters that all may stay empty. They are links (articles.search.facets)."""

from django import forms
from django.db.models import Q

from articles.search import lookups
from calculators.question_answering.lookups import areas_with_values

MAX_QUERY_LENGTH = 100
ARTICLES, CALCULATORS, FIGURES = "articles", "calculators", "figures"
KINDS = ((FIGURES, "数值"), (CALCULATORS, "计算器"), (ARTICLES, "文章"))


def _categories():
    return [("", "全部栏目"), *((one.slug, one.name) for one in lookups.categories().values())]


def _areas():
    return [("", "全部地区"), *((one.code, one.short_name) for one in areas_with_values())]


class SearchForm(forms.Form):
    """A filter that names nothing we have is passed over: the words still count."""

    q = forms.CharField(required=False)
    kind = forms.ChoiceField(label="种类", required=False, choices=[("", "全部"), *KINDS])
    category = forms.ChoiceField(label="栏目", required=False, choices=_categories)
    area = forms.ChoiceField(label="地区", required=False, choices=_areas)
    year = forms.IntegerField(label="年份", required=False, min_value=2000, max_value=2100)

    @property
    def text(self) -> str:
        return " ".join(self.data.get("q", "").split())[:MAX_QUERY_LENGTH]

    def chosen(self) -> Q:
        """The filters as a condition through `article__`."""
        self.is_valid()
        data = self.cleaned_data
        fields = {
            "category": "article__category__slug",
            "area": "article__area__code",
            "year": "article__published_at__year",
        }
        return Q(**{path: data[name] for name, path in fields.items() if data.get(name)})

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are set and known, by name."""
        self.is_valid()
        names = ("kind", "category", "area", "year")
        return {name: str(self.cleaned_data[name]) for name in names if self.cleaned_data.get(name)}

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in ("category", "area", "year", "kind"))

    def shows(self, kind: str) -> bool:
        return self.data.get("kind", "") in {"", kind}
