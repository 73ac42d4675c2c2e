"""Official ways below an article: hotline, site and mini-programme of the reader's place, else of the article's own."""

from dataclasses import dataclass

from articles.models import Article
from calculators.library.places import OfficialWay, official_programme, official_site
from calculators.models.area import NATION_CODE
from calculators.preferences import VisitorChoice
from calculators.question_answering import lookups
from calculators.typed_questions.places import HOTLINE, Place


@dataclass(frozen=True)
class WhereToGo:
    """`place` is None where neither reader nor article has one: then the nation's ways are shown."""

    place: Place | None
    hotline: str
    site: OfficialWay | None
    programme: str


def where_to_go(article: Article, choice: VisitorChoice) -> WhereToGo:
    """No query: places are a shipped table."""
    place = choice.place or _own_place(article)
    return WhereToGo(place, place.hotline if place else HOTLINE, official_site(place), official_programme(place))


def _own_place(article: Article) -> Place | None:
    if article.area is None or article.area.code == NATION_CODE:
        return None
    return lookups.place(article.area.code)
