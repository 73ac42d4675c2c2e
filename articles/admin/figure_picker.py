"""Finding a policy value to refer to: 〔职工门诊起付线·北京·在职〕 with what it is today and where that stands."""

from django.contrib.admin.views.decorators import staff_member_required
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from articles.figures.resolving import resolve
from calculators.models import PolicyValue
from calculators.values.units import show

MAX_FOUND_FIGURES = 30


@staff_member_required
@require_GET
def find_figures(request):
    """The references whose parameter, area or condition contains every word that was typed."""
    return JsonResponse({"figures": matches(request.GET.get("q", ""), timezone.localdate())})


def matches(query, on):
    values = PolicyValue.objects.begun(on).select_related("parameter", "area")
    for word in query.replace("·", " ").split()[:6]:
        values = (
            values.filter(parameter__name__icontains=word)
            | values.filter(area__short_name__icontains=word)
            | (values.filter(conditions_text__icontains=word))
        )
    texts = dict.fromkeys(
        text for value in values.newest_first()[: MAX_FOUND_FIGURES * 4] for text in _references(value)
    )
    found = resolve(list(texts)[: MAX_FOUND_FIGURES * 2], on)
    known = [(text, figure) for text, figure in found.items() if not isinstance(figure, Exception)]
    return [_row(text, figure) for text, figure in known[:MAX_FOUND_FIGURES]]


def _references(value):
    """One reference for each choice of its conditions; 三级、二级 is two of them."""
    texts = [f"{value.parameter.name}·{value.area.short_name}"]
    for condition in filter(None, value.conditions_text.split("·")):
        texts = [f"{text}·{choice}" for text in texts for choice in condition.split("、")]
    return texts[:8]


def _row(text, figure):
    citation = figure.citation
    since = f"{citation.effective_from}起" if citation.effective_from else "起始日未核"
    return {
        "reference": f"〔{text}〕",
        "value": show(figure.value, figure.unit),
        "source": f"{citation.number or citation.title}，{since}",
    }
