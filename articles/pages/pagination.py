"""A list cut into pages whose cost does not grow with the list.

The newest MAX_COUNTED_ROWS articles have numbered pages: counting them and skipping them is bounded. What is older
follows article by article, `?before=<id>`: the next page before that one, an address that keeps its articles.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import EmptyPage, InvalidPage, Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property

from articles.models import Article
from articles.pages.list_entries import listed
from calculators.common import page_keys
from calculators.process_cache import RowCache

A_PAGE = 50  # rows of one line each
MAX_COUNTED_ROWS = 1000
MAX_ID = 2**63 - 1
MAX_LONG_LISTS = 500  # of each process
Narrow = Callable[[QuerySet], QuerySet]
# Lists of more than MAX_COUNTED_ROWS: to count as many rows again costs a third of the page.
long_lists: RowCache[Hashable, bool] = RowCache(lambda name, is_long: [page_keys.NEWEST_ARTICLES], MAX_LONG_LISTS)


class NoSuchPage(Http404):
    """The message is a sentence for the reader."""


class BoundedPaginator(Paginator):
    """Counts no further than MAX_COUNTED_ROWS; `is_longer` where there is more. `name` is the list's, "" where it has none."""

    def __init__(self, found: Sequence, size: int, name: Hashable = ""):
        super().__init__(found, size)
        self._name = name

    @cached_property
    def _counted(self):
        if not isinstance(self.object_list, QuerySet):
            return len(self.object_list)
        if self._name and long_lists.get_many([self._name], self._long):
            return MAX_COUNTED_ROWS + 1
        return self._rows

    @cached_property
    def _rows(self):
        return self.object_list.order_by()[: MAX_COUNTED_ROWS + 1].values("pk").count()

    @property
    def count(self):
        return min(self._counted, MAX_COUNTED_ROWS)

    @property
    def is_longer(self):
        return self._counted > MAX_COUNTED_ROWS

    def _long(self, names):
        return dict.fromkeys(names, True) if self._rows > MAX_COUNTED_ROWS else {}


@dataclass(frozen=True)
class OlderPage:
    """A page of articles of a list before one of its articles; `older` is the last of them where the list goes on."""

    object_list: list[Article]
    before: int
    older: int | None

    number = None


def cut(narrow: Narrow, asked: Mapping, walk: Narrow | None = None, name: Hashable = "") -> Page | OlderPage:
    """The page that `asked`, a query string, names, of the public articles that `narrow` leaves. Raises NoSuchPage.

    Lists of one `name` are the same list; one that is long is not counted again until an article is published or taken down.
    `walk` leaves the same, found from the newest on until there are enough of them. A long list is cut from it, so
    that it is not sorted whole; a short one would be searched for through all articles.
    """
    page_keys.depends_on(page_keys.PAGE_NUMBER)
    if "before" in asked:
        return _older(walk or narrow, asked["before"])
    page = numbered(narrow(_public()), asked, name=name)
    if walk and page.paginator.is_longer:
        page.object_list = walk(_public())[page.start_index() - 1 : page.end_index()]
    page.object_list = listed(page.object_list) if page.paginator.count else []
    return page


def _public(upto=None):
    return Article.objects.published(upto=upto).for_list().newest()


def numbered(found: Sequence, asked: Mapping, size: int = 0, name: Hashable = "") -> Page:
    """The page of what was found, in a list or a search, of so many. Raises NoSuchPage."""
    paginator, number = BoundedPaginator(found, size or A_PAGE, name), asked.get("page", "1")
    try:
        return paginator.page(number)
    except EmptyPage as error:
        raise NoSuchPage(f"这个列表一共 {paginator.num_pages} 页，没有第 {number} 页。") from error
    except InvalidPage as error:
        raise NoSuchPage("页码应该是一个整数。") from error


def _older(narrow, text):
    before = int(text) if text.isascii() and text.isdecimal() and int(text) <= MAX_ID else 0
    begun = Article.objects.filter(pk=before, published_at__lte=timezone.now())
    moment = begun.values_list("published_at", flat=True).first()
    older = Q(published_at__lt=moment) | Q(pk__lt=before)
    found = listed(narrow(_public(upto=moment)).filter(older)[: A_PAGE + 1]) if moment else []
    if not found:
        raise NoSuchPage("没有更早的文章了。")
    shown = found[:A_PAGE]
    return OlderPage(shown, before, shown[-1].pk if len(found) > A_PAGE else None)
