"""Most helpful articles: those that the latest 有帮助 votes name most often, and what people ask while there are no votes."""

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import chain, zip_longest

from django.db.models import QuerySet

from articles.models import Article, Feedback
from calculators.common import page_keys

LATEST_VOTES = 2000  # so that the cost does not grow with the years
MIN_VOTES = 3  # one click is nobody's opinion
MAX_HELPFUL_ARTICLES = 6


def most_useful(narrow: Callable[[QuerySet], QuerySet] = lambda articles: articles) -> list[Article]:
    """Public articles, the most useful first. Two queries; one where nothing has votes enough."""
    page_keys.depends_on(page_keys.HELPFUL_VOTES)
    votes = Counter(Feedback.objects.helpful().values_list("article", flat=True)[:LATEST_VOTES])
    enough = [pk for pk, count in votes.most_common(MAX_HELPFUL_ARTICLES) if count >= MIN_VOTES]
    public = narrow(Article.objects.published()).only("title", "slug", "is_page").in_bulk(enough) if enough else {}
    return [public[pk] for pk in enough if pk in public]


MAX_OFTEN_ASKED = 10
RECENT_ARTICLES = 60


def often_asked(narrow: Callable[[QuerySet], QuerySet] = lambda articles: articles) -> list[Article]:
    """Questions for who has typed none yet: the most helpful, then the newest of each category in turn. Three queries at most.

    `narrow` leaves out what is of another place than the visitor's.
    """
    page_keys.depends_on(page_keys.NEWEST_ARTICLES)
    useful = most_useful(narrow)
    by_category = defaultdict(list)
    recent = narrow(Article.objects.published()).newest().only("title", "slug", "is_page", "category")[:RECENT_ARTICLES]
    for article in recent:
        by_category[article.category_id].append(article)
    in_turn = filter(None, chain.from_iterable(zip_longest(*by_category.values())))
    articles = {article.pk: article for article in (*useful, *in_turn)}
    return list(articles.values())[:MAX_OFTEN_ASKED]
