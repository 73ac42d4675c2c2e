"""Related reading of a draft: asked of the worker, read when it is there. The servers keep no index of all articles."""

from uuid import UUID

from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from articles.models import Article, Category, RelatedArticle
from articles.models.article_queryset import IN_A_LIST
from articles.tasks import list_for_draft


def ask(content: dict, pk: int | None) -> str:
    """Have the list of this content computed; returns the id to ask for it by."""
    category = Category.objects.filter(pk=content["category"]).values_list("name", flat=True).first()
    return str(list_for_draft.enqueue(content, category or "", pk).id)


def answer(result_id: str) -> list[RelatedArticle] | None:
    """The entries of a list as a page shows them, unsaved; None while it is not computed, or where it is gone."""
    try:
        result = list_for_draft.get_result(str(UUID(result_id)))
    except (ValueError, TaskResultDoesNotExist, NotImplementedError):  # the last: a queue that keeps no results
        return None
    if result.status != TaskResultStatus.SUCCESSFUL:
        return None
    reasons = dict(result.return_value)
    shown = Article.objects.published().filter(pk__in=reasons).select_related("area")
    articles = {article.pk: article for article in shown.only(*IN_A_LIST)}
    return [RelatedArticle(related=articles[pk], reason=reason) for pk, reason in reasons.items() if pk in articles]
