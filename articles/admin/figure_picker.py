"""Picker of references: what can be put into a text as 〔…〕, with what it is today and where that stands.

FINDERS are the kinds of references it offers: each is given what was typed and the day, and returns rows with `reference`,
`value`, `source` and `kind`. Another kind of reference is a function more. A query that names a kind finds that kind alone.
"""

from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from articles.admin.writing import figure_search
from articles.figures.grammar import EXAMPLE, TABLE, find
from articles.figures.resolving import in_plain_words, resolve
from calculators.policies.matrices import Matrix
from calculators.question_answering import lookups
from calculators.values.units import show

VALUE = "数值"
MAX_FOUND_FIGURES = 30
MAX_FOUND_TABLES, MAX_FOUND_EXAMPLES = 6, 6
MAX_SHOWN_FIGURES = 200
MAX_REFERENCE_CHARACTERS = 200


@staff_member_required
@permission_required("calculators.view_policyvalue", raise_exception=True)
@require_GET
def find_figures(request):
    """The references that answer to everything that was typed."""
    query, on = request.GET.get("q", ""), timezone.localdate()
    named = [kind for kind in (EXAMPLE, TABLE) if query.strip("〔 ").startswith(kind)]
    query = query.strip("〔 ").removeprefix(named[0]).lstrip("·") if named else query
    kinds = named or list(FINDERS)
    return JsonResponse({"figures": [row for kind in kinds for row in FINDERS[kind](query, on)]})


@require_GET
def show_figures(request):
    """What stands on the page today for each `reference` of a text, or the sentence that says why there is nothing."""
    asked = dict.fromkeys(request.GET.getlist("reference")[:MAX_SHOWN_FIGURES])
    texts = [text for text in asked if len(text) <= MAX_REFERENCE_CHARACTERS and find(f"〔{text}〕") == [text]]
    answers = resolve(texts, timezone.localdate())
    return JsonResponse({"figures": {text: _shown(text, answer) for text, answer in answers.items()}})


def _shown(text, answer):
    if isinstance(answer, Exception):
        return {"problem": str(answer)}
    if isinstance(answer, Matrix):
        return {"value": _size(answer, text)}
    return {"value": in_plain_words(text, answer) or f"（{text}）"}


def _size(table, text):
    return f"{text.split('·', 1)[1].replace('·', ' ')}：{len(table.rows)} 行的表"


def _found(texts, on):
    """Those of these references that stand for something today."""
    answers = resolve(list(dict.fromkeys(texts)), on)
    return [(text, answer) for text, answer in answers.items() if not isinstance(answer, Exception)]


def _row(kind, text, value, source=""):
    return {"kind": kind, "reference": f"〔{text}〕", "value": value, "source": source}


def values(query, on):
    """Policy values, one reference for each choice of their conditions."""
    rows = figure_search.find(query, on)[: MAX_FOUND_FIGURES * 4]
    texts = list(dict.fromkeys(text for value in rows for text in _references(value)))[: MAX_FOUND_FIGURES * 2]
    found = _found(texts, on)[:MAX_FOUND_FIGURES]
    return [_row(VALUE, text, show(figure.value, figure.unit), _source(figure.citation)) for text, figure in found]


def _references(value):
    """One reference for each choice of its conditions; 三级、二级 is two of them."""
    texts = [f"{value.parameter.name}·{value.area.short_name}"]
    for condition in filter(None, value.conditions_text.split("·")):
        texts = [f"{text}·{choice}" for text in texts for choice in condition.split("、")]
    return texts[:8]


def _source(citation):
    since = f"{citation.effective_from}起" if citation.effective_from else "起始日未核"
    return f"{citation.number or citation.title}，{since}"


def tables(query, on):
    """All values of one parameter in one place as a table, where they are more than one."""
    rows = figure_search.find(query, on)[: MAX_FOUND_FIGURES * 4]
    texts = dict.fromkeys(f"{TABLE}·{value.parameter.name}·{value.area.short_name}" for value in rows)
    found = _found(list(texts)[: MAX_FOUND_TABLES * 2], on) if query.strip() else []
    wide = [(text, table) for text, table in found if len(table.rows) > 1][:MAX_FOUND_TABLES]
    return [_row(TABLE, text, _size(table, text), "单独成一段，页面上是一张表") for text, table in wide]


def examples(query, on):
    """Worked cases of the calculators that are named, computed with the values of the day."""
    words = query.replace("·", " ").split()
    if not words:
        return []
    cases = [
        (calculator, case)
        for calculator in lookups.calculators()
        for case in calculator.published().cases
        if all(word in f"{calculator.name}{case.name}" for word in words)
    ]
    texts = [f"{EXAMPLE}·{calculator.name}·{case.name}" for calculator, case in cases[: MAX_FOUND_EXAMPLES * 2]]
    return [_row(EXAMPLE, text, example.line) for text, example in _found(texts, on)[:MAX_FOUND_EXAMPLES]]


FINDERS = {VALUE: values, TABLE: tables, EXAMPLE: examples}
