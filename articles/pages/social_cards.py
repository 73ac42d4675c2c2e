"""The picture that stands beside a passed-on link: the article's title on the site's colour, drawn when it is published.

The queue draws: `connect` wakes it when a public title changes, and it looks by itself for what came in another way, and for
cards whose files are gone. Until then the article is passed on with the site's own card. A card is named after what is on it.
"""

import hashlib
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from articles.models import Article, ArticlePage
from articles.pictures import names_in
from articles.signals import articles_changed
from articles.text import cut
from calculators.common import page_keys
from calculators.common.canvas import (
    LINE_HEIGHT,
    WHITE,
    Image,
    ImageDraw,
    break_evenly,
    break_lines,
    draw_mark,
    encode_png,
    font,
    ground_colour,
    quiet_colour,
)
from calculators.common.characters import clean
from calculators.common.site_identity import SiteIdentity, fresh_identity, site_identity

CARD_FOLDER = "cards"
DESIGN = 1  # another look is drawn anew
CARD_SIZE_PIXELS = (1200, 630)
MARGIN = 88
TITLE_SIZES = (92, 80, 68, 56)
MAX_TITLE_LINES = 3
AT_ONCE = 200


def name_of(title: str, site: SiteIdentity | None = None) -> str:
    """A name for this title under the site's name and in its colour."""
    site, shipped = site or site_identity(), SiteIdentity()
    is_shipped = (site.name, site.accent) == (shipped.name, shipped.accent)
    look = str(DESIGN) if is_shipped else f"{DESIGN} {site.name} {site.accent}"
    return f"{CARD_FOLDER}/{hashlib.sha256(f'{look} {title}'.encode()).hexdigest()[:32]}.png"


def draw(title: str, site: SiteIdentity | None = None) -> bytes:
    """A PNG of CARD_SIZE_PIXELS."""
    site = site or site_identity()
    image = Image.new("RGB", CARD_SIZE_PIXELS, ground_colour(site))
    pen = ImageDraw.Draw(image)
    size, lines = _set(" ".join(clean(title).split()))
    top = (CARD_SIZE_PIXELS[1] - 120 - len(lines) * size * LINE_HEIGHT) / 2
    for place, line in enumerate(lines):
        spot = (MARGIN, top + place * size * LINE_HEIGHT)
        pen.text(spot, line, WHITE, font(size), stroke_width=size / 60)
    middle = CARD_SIZE_PIXELS[1] - 88
    draw_mark(pen, MARGIN, middle, site)
    pale = quiet_colour(site)
    pen.text((CARD_SIZE_PIXELS[0] - MARGIN, middle), "按地区、按日期、有出处", pale, font(30), anchor="rm")
    return encode_png(image)


def _set(title):
    """The largest size in which the title fits, and its lines: as even as they can be."""
    room, words = CARD_SIZE_PIXELS[0] - 2 * MARGIN, list(cut(title))
    size = next((size for size in TITLE_SIZES if len(break_lines(words, size, room)) <= MAX_TITLE_LINES), None)
    if size:
        return size, break_evenly(words, size, room)
    lines = break_lines(words, TITLE_SIZES[-1], room)[:MAX_TITLE_LINES]
    return TITLE_SIZES[-1], [*lines[:-1], f"{lines[-1][:-1]}…"]


def forget_lost() -> int:
    """Take the names of cards whose files are gone from their articles, so that they are drawn anew; returns how many."""
    there = set(names_in(CARD_FOLDER))
    named = ArticlePage.objects.exclude(card="").values_list("pk", "card")
    lost = [pk for pk, card in named if card not in there]
    for start in range(0, len(lost), AT_ONCE):
        ArticlePage.objects.filter(pk__in=lost[start : start + AT_ONCE]).update(card="")
    page_keys.invalidate(*map(page_keys.article, lost))
    return len(lost)


def draw_missing(most: int = AT_ONCE) -> int:
    """The cards of public articles without one, the newest first; returns how many were drawn."""
    without = Article.objects.published().filter(Q(page=None) | Q(page__card="")).newest()[:most]
    titles, site = dict(without.values_list("pk", "title")), fresh_identity()
    for title in titles.values():
        if not default_storage.exists(name := name_of(title, site)):
            default_storage.save(name, ContentFile(draw(title, site)))
    return _store(titles, site)


@transaction.atomic
def _store(titles, site):
    """The names of the cards that were drawn of these titles; an article that has another title by now waits its turn.

    So do all where the site has another name by now.
    """
    if fresh_identity() != site:
        return 0
    now = Article.objects.filter(pk__in=titles).values_list("pk", "title")
    pages = [ArticlePage(article_id=pk, card=name_of(title, site)) for pk, title in now if title == titles[pk]]
    ArticlePage.objects.bulk_create(pages, update_conflicts=True, unique_fields=["article"], update_fields=["card"])
    page_keys.invalidate(*(page_keys.article(page.pk) for page in pages))
    return len(pages)


def outdate_all() -> int:
    """After the site's name or colour changed: every card is drawn anew, and until then the site's own is passed on."""
    return ArticlePage.objects.exclude(card="").update(card="")


def connect(enqueue: Callable[[], object]) -> None:
    """`enqueue` is called after a transaction in which a public article got another title, or its first."""

    def articles_were_changed(sender, changes, **kwargs):
        saved = (article for pk, article in changes.articles.items() if pk in changes.saved and article.is_approved)
        cards = {article.pk: _card(article) for article in saved}
        wanting = {pk: card for pk, card in cards.items() if card != name_of(changes.articles[pk].title)}
        if others := [pk for pk, card in wanting.items() if card]:
            ArticlePage.objects.filter(article__in=others).update(card="")
        if wanting:
            transaction.on_commit(enqueue, robust=True)

    articles_changed.connect(articles_were_changed, weak=False)


def _card(article):
    """The name of the card it has, "" also for an article whose page was not stored yet."""
    page = getattr(article, "page", None)
    return page.card if page else ""


def card_url(article: Article) -> str:
    """Where the article's card is, "" while it is not drawn."""
    return default_storage.url(article.page.card) if article.page.card else ""


def orphans() -> list[str]:
    """Cards of titles no article has any more."""
    used = set(ArticlePage.objects.exclude(card="").values_list("card", flat=True))
    return [name for name in names_in(CARD_FOLDER) if name not in used]
