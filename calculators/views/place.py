"""Views of places without values of their own: what holds there anyway, whom to ask, and the wish to have them."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from calculators.common import page_keys
from calculators.common.rate_limit import client_address, is_within_limit
from calculators.library.places import official_site
from calculators.models import PlaceWish
from calculators.models.area import NATION_CODE
from calculators.policies.listings import figures_by_family
from calculators.preferences import VisitorChoice
from calculators.question_answering import lookups
from calculators.typed_questions.places import Place
from calculators.views.chosen_calculators import marked_calculators

MAX_WISHES_PER_HOUR, HOUR_SECONDS = 10, 3600


def place_page(request, code):
    """A place of the shipped table that is no pooling area yet. Raises Http404."""
    page_keys.depends_on(page_keys.ALL_AREAS, page_keys.AREAS_WITH_VALUES, page_keys.ALL_CALCULATORS)
    place, on = _place(code), timezone.localdate()
    above = _recorded_above(place)
    calculators = marked_calculators(lookups.calculators(), VisitorChoice.of(code), on)
    context = {
        "place": place,
        "province": lookups.place(place.parent),
        "above": above,
        "families": figures_by_family(above, on) if above else [],
        "neighbours": _neighbours(place),
        "official_site": official_site(place),
        "hotline": place.hotline,
        "calculators": [calculator for calculator in calculators if not calculator.is_unusable],
        "on": on,
        "section": "areas",
    }
    return render(request, "calculators/place.html", context)


@csrf_exempt  # it counts, and a page with a token could not be kept
@require_POST
def wish(request, code):
    """One more wish for the values of this place; nothing is kept of who wished."""
    place = _place(code)
    is_covered = any(area.code == code for area in lookups.areas_with_values())
    if not is_covered and is_within_limit(
        "wish", client_address(request), most=MAX_WISHES_PER_HOUR, seconds=HOUR_SECONDS
    ):
        PlaceWish.objects.add(place.code, place.name, timezone.localdate())
    response = HttpResponseRedirect(f"{reverse('calculators:wished', args=[code])}")
    response["Cache-Control"] = "no-store"
    return response


def wished(request, code):
    """What happens with a wish; an address of its own, so that loading it again counts nothing."""
    response = render(request, "calculators/wished.html", {"place": _place(code), "section": "areas"})
    response["Cache-Control"] = "no-store"
    return response


def _place(code) -> Place:
    place = lookups.place(code)
    if place is None:
        raise Http404
    return place


def _recorded_above(place):
    """The nearest area above the place whose values are recorded: its province, or the nation."""
    codes = [place.parent, NATION_CODE]
    return next(filter(None, map(lookups.area, codes)), None)


def _neighbours(place):
    """The other places of its province, those with values first, each with whether it has them."""
    covered = {area.code for area in lookups.areas_with_values()}
    index = lookups.place_index()
    above = place.parent if place.parent != NATION_CODE else place.code
    near = [other for other in index.by_code.values() if other.parent == above and other.code != place.code]
    return sorted(((other, other.code in covered) for other in near), key=lambda pair: (not pair[1], pair[0].code))
