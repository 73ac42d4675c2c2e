"""Areas that a calculator's form offers: where it gives a result on the day, and elsewhere by what holds nationally."""

from datetime import date
from functools import cached_property

from calculators.definition import Definition
from calculators.models import PoolingArea
from calculators.models.area import NATION_CODE
from calculators.policies.in_force import ValuesInForce
from calculators.publishing.availability import availability
from calculators.worksheet.answers import Answers
from calculators.worksheet.rates import EmptyRates

ELSEWHERE_LABEL = "其他地方（按全国规定，自己填当地的数）"


class OfferedAreas:
    """Mixin of a form with a definition, a day and answers."""

    definition: Definition
    on: date
    answers: Answers
    rates: ValuesInForce | EmptyRates

    def _areas(self):
        """What the list of areas offers. An area without an answer on this day stays in it once chosen."""
        chosen, offered = self.answers.area, [*self.places]
        if chosen and chosen != NATION_CODE and chosen not in dict(self.places):
            offered.append((chosen, self.area_name or chosen))
        if self._availability.is_national() or chosen == NATION_CODE:
            offered.append((NATION_CODE, ELSEWHERE_LABEL))
        return offered

    @cached_property
    def places(self):
        """Where the calculator gives an answer on that day."""
        return self._availability.places()

    @cached_property
    def places_for_person(self):
        """The same for the 身份 that is answered."""
        return self._availability.places(self.answers.codes.get(self._person_name) or "")

    @property
    def is_doubtful_here(self) -> bool:
        """Whether no worked case gives a result for this 身份 in this place: said before everything else is asked."""
        area, person = self.answers.area, self.answers.codes.get(self._person_name)
        return bool(area and person and area != NATION_CODE and area not in dict(self.places_for_person))

    @property
    def _person_name(self):
        question = self.definition.person_question
        return question.name if question else ""

    @cached_property
    def _availability(self):
        return availability.of(self.definition, self.on)

    @cached_property
    def area_name(self):
        """The chosen area's name, also where the calculator has no answer for it."""
        code = self.answers.area
        if not code or code != self.rates.area:
            return ""
        return (
            self.rates.area_name
            or PoolingArea.objects.filter(code=code).values_list("short_name", flat=True).first()
            or ""
        )
