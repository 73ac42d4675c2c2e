"""Views of the project: home page, about page, size of text, robots.txt, the palette of an accent colour, and error pages."""

import sys
from types import NoneType
from urllib.parse import urlencode

from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from articles.models import Article, Category
from articles.pages.area_filter import nearby
from articles.pages.most_helpful import often_asked
from articles.pages.page import page_context
from calculators.api import api
from calculators.colours import contrast_problem, palette_sheet
from calculators.common import page_keys
from calculators.common.site_identity import last_known_identity
from calculators.models import PoolingArea
from calculators.policies.changes import changes_of
from calculators.policies.evidence import count_evidence
from calculators.policies.glance import glance
from calculators.policies.notices import notices
from calculators.preferences import LARGE_TEXT, ChoiceForm, own_address, read_choice, store_text_size
from calculators.question_answering import lookups
from calculators.views.chosen_calculators import marked_calculators
from calculators.views.visitor_tasks import visitor_tasks

MAX_NEWEST_ARTICLES, MAX_QUESTIONS_ASKED = 6, 8
MAX_QUERY_CHARACTERS = 6_000  # of a form's answers; servers refuse an address of 8,000
EXAMPLE_QUESTIONS = ("断缴三个月有影响吗", "新生儿怎么参保")


def home(request):
    page_keys.depends_on(page_keys.NEWEST_ARTICLES, page_keys.ALL_CALCULATORS, page_keys.ALL_CATEGORIES)
    page_keys.depends_on(page_keys.ALL_AREAS, page_keys.AREAS_WITH_VALUES)
    areas = list(PoolingArea.objects.local().with_values().with_ancestors())
    choice, near, on = read_choice(request), nearby(request), timezone.localdate()
    form = ChoiceForm(initial={"area": choice.place.short_name if choice.place else "", "person": choice.person})
    area = next((area for area in areas if area.code == choice.area), None)
    calculators = marked_calculators(lookups.calculators(), choice, on)
    categories = list(Category.objects.of_articles())
    is_empty = not categories and not calculators
    context = {
        "choice": choice,
        "choice_form": form,
        "chosen_area": area or choice.place,
        "person": choice.person_name,
        "is_empty": is_empty,
        "examples": [] if is_empty else example_questions(choice),
        "tasks": [] if is_empty else visitor_tasks(calculators, choice),
        "glance": glance(area, choice.person, on) if area and choice.person else None,
        "changes": changes_of(area, choice.person, on) if area else [],
        "notices": notices([area] if area else areas, on, choice.person),
        "calculators": calculators,
        "categories": categories,
        "areas": areas,
        "newest": near.narrow(Article.objects.published()).for_list().newest()[:MAX_NEWEST_ARTICLES],
        "asked": often_asked(near.narrow)[:MAX_QUESTIONS_ASKED],
        "on": on,
    }
    return render(request, "home.html", context)


def example_questions(choice):
    """Questions that the search box answers, the first of the visitor's own place where values are held for it."""
    place = choice.place.short_name if choice.place and choice.is_covered else "北京"
    person = choice.person_name if choice.person in {"in_service", "retired"} else "在职"
    return [f"{place}{person}门诊花3000报多少", *EXAMPLE_QUESTIONS]


def about(request):
    """关于本站: the editors' text, and beside it what is counted. Without a text the counts alone."""
    page_keys.depends_on(page_keys.ABOUT)
    article = Article.objects.pages().filter(slug="about").first()
    if article is None:
        page_keys.depends_on(page_keys.NEWEST_ARTICLES)
    context = page_context(article) if article else {}
    return render(request, "about.html", context | {"evidence": count_evidence()})


@csrf_exempt  # it changes nothing but the visitor's own cookie, and a page with a token could not be kept
@require_POST
def text_size(request):
    """Remember 大字版 or 标准版 on this device, and go back to the page where it was pressed.

    Pressed beside a form, whose page `back` in the address names, it takes what was typed so far along.
    """
    beside_form = request.GET.get("back")
    back = (
        own_address(request.POST.get("back", "/"))
        if beside_form is None
        else address_with_answers(beside_form, request.POST)
    )
    response = HttpResponseRedirect(back)
    store_text_size(response, is_large=request.POST.get("size") == LARGE_TEXT)
    response["Cache-Control"] = "no-store"
    return response


def address_with_answers(back, typed):
    """The page with what was typed in its address, as its own form sends it; a box left blank is not wrong yet."""
    answers = [(name, text) for name, texts in typed.lists() if name != "size" for text in texts if text]
    query = urlencode(answers)
    return own_address(back) + (f"?{query}" if 0 < len(query) <= MAX_QUERY_CHARACTERS else "")


def robots(request):
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


def not_found(request, exception=None):
    """404 page. It shows the message of an Http404 raised by a view; under /api/v1/ the response is the API's JSON."""
    if request.path.startswith(reverse("api:api-root")):
        return api.on_exception(request, Http404())
    sentence = "" if type(exception) in {Http404, Resolver404, NoneType} else str(exception)
    return render(request, "404.html", {"sentence": sentence}, status=404)


def palette(request, digits):
    """Style sheet of an accent colour; its address says all that is in it. What would be too pale to read is no sheet."""
    if contrast_problem(f"#{digits}"):
        raise Http404
    response = HttpResponse(palette_sheet(f"#{digits}"), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def bad_request(request, exception=None):
    """400 page, rendered without the request that was refused."""
    return HttpResponseBadRequest(render_to_string("400.html", {"site": last_known_identity()}))


def server_error(request):
    """500 page, rendered without the request, so that nothing fails again; 503 if the database does not respond or lacks tables."""
    is_away = isinstance(sys.exception(), OperationalError | InterfaceError)
    is_pending = isinstance(sys.exception(), OperationalError | ProgrammingError) and has_pending_migrations()
    if not (is_away or is_pending):
        return HttpResponseServerError(render_to_string("500.html", {"site": last_known_identity()}))
    context = {"site": last_known_identity(), "is_away": is_away, "is_pending": is_pending}
    page = render_to_string("500.html", context)
    return HttpResponse(page, status=503, headers={"Retry-After": "10"})


def has_pending_migrations():
    """Whether the code is newer than the tables; not asked of a database that does not answer."""
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return False
