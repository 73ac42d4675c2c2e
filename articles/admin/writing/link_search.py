"""Search for what a text can link to: our articles, calculators, documents and areas, by words of their titles."""

from django.http import JsonResponse
from django.views.decorators.http import require_GET

from articles.models import Article
from calculators.models import Calculator, PolicyDocument, PoolingArea

MAX_OF_A_KIND = 6
MAX_WORDS = 6


@require_GET
def find_links(request):
    return JsonResponse({"links": matches(request.GET.get("q", ""))})


def matches(query: str) -> list[dict]:
    """Public pages whose titles contain every word; a few of each kind."""
    found = query.split()[:MAX_WORDS]
    if not found:
        return []
    documents = _titled(PolicyDocument.objects.accepted().order_by("-issued", "-pk"), ["title", "number"], found)
    return [
        *_rows("文章", _titled(Article.objects.published(), ["title"], found), "title"),
        *_rows("计算器", _titled(Calculator.objects.live(), ["name"], found), "name"),
        *_rows("政策文件", documents, "title", "number"),
        *_rows("地区", _titled(PoolingArea.objects.local(), ["short_name"], found), "short_name"),
    ]


def _titled(rows, names, words):
    for word in words:
        condition = {f"{names[0]}__icontains": word}
        matching = rows.filter(**condition)
        for name in names[1:]:
            matching = matching | rows.filter(**{f"{name}__icontains": word})
        rows = matching
    return rows[:MAX_OF_A_KIND]


def _rows(kind, rows, title, note=""):
    for row in rows:
        yield {
            "kind": kind,
            "title": getattr(row, title),
            "note": getattr(row, note) if note else "",
            "url": row.get_absolute_url(),
        }
