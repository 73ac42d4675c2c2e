"""Lists follow the 参保地 a visitor chose: its articles and those for everywhere, unless `?areas=all` asks for all.

Nothing is hidden in silence: the page says which area it shows and leads to the rest.
"""

from dataclasses import dataclass

from django.db.models import Q

from calculators.common import page_keys
from calculators.models import PoolingArea
from calculators.preferences import read_choice
from calculators.question_answering import lookups
from calculators.typed_questions.places import Place

ALL_AREAS = {"areas": "all"}


@dataclass(frozen=True)
class Nearby:
    """`code` is the chosen area's, "" where none was chosen; `is_off` where this visitor asked for all areas."""

    code: str
    is_off: bool = False

    def narrow(self, articles):
        if not self.code or self.is_off:
            return articles
        return articles.filter(Q(area=None) | Q(area__code=self.code))

    def place(self, articles) -> PoolingArea | Place | None:
        """The chosen area: it came along with an article of its own, and is looked up only where none is shown."""
        if not self.code:
            return None
        own = (article.area for article in articles if article.area and article.area.code == self.code)
        area = next(own, None) or PoolingArea.objects.filter(code=self.code).first()
        page_keys.depends_on(page_keys.area(area.pk) if area else page_keys.ALL_AREAS)
        return area or lookups.place(self.code)


def nearby(request) -> Nearby:
    page_keys.depends_on(page_keys.AREA_FILTER)
    return Nearby(read_choice(request).area, request.GET.get("areas") == ALL_AREAS["areas"])
