"""Official ways below an article: hotline, site and mini-programme of the reader's place, else of the article's own.

Beside them the days to come of the deadlines that the article names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from articles.figures.references import Read, ReferenceInArea
from articles.models import Article
from calculators.library.places import OfficialWay, official_programme, official_site
from calculators.models.area import NATION_CODE
from calculators.policies.notices import KEY_OF_CODE, Notice, deadlines_of
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


def named_deadlines(named: Mapping[str, Read], answers: Mapping, choice: VisitorChoice, on: date) -> list[Notice]:
    """Of the reader's own place where one is chosen, else of the places named. One query where the article names a deadline."""
    areas, keys = {}, set()
    for text, one in named.items():
        code = getattr(answers.get(text), "code", "")
        if isinstance(one, ReferenceInArea) and code in KEY_OF_CODE:
            areas[one.area.code] = one.area
            keys.add(KEY_OF_CODE[code])
    if not areas:
        return []
    own = choice.pooling_area
    return [one for one in deadlines_of([own] if own else areas.values(), on) if one.key in keys]


def _own_place(article: Article) -> Place | None:
    if article.area is None or article.area.code == NATION_CODE:
        return None
    return lookups.place(article.area.code)
