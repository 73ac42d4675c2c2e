"""Views of the project: home page, about page, robots.txt and error pages."""

import sys
from types import NoneType

from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, reverse
from django.utils import timezone

from articles.models import Article, Category
from articles.pages.area_filter import nearby
from articles.pages.most_helpful import most_useful
from calculators.api import api
from calculators.common import page_keys
from calculators.models import Calculator, PoolingArea
from calculators.policies.evidence import count_evidence
from calculators.policies.listings import figures_for_person
from calculators.preferences import ChoiceForm, read_choice
from calculators.views.chosen_calculators import marked_calculators


def home(request):
    page_keys.depends_on(page_keys.NEWEST_ARTICLES, page_keys.ALL_CALCULATORS, page_keys.ALL_CATEGORIES)
    page_keys.depends_on(page_keys.ALL_AREAS, page_keys.AREAS_WITH_VALUES)
    areas = list(PoolingArea.objects.local().with_values().with_ancestors())
    choice, on = read_choice(request), timezone.localdate()
    form = ChoiceForm(initial={"area": choice.place.short_name if choice.place else "", "person": choice.person})
    area = next((area for area in areas if area.code == choice.area), None)
    person = choice.person_name
    context = {
        "choice": choice,
        "choice_form": form,
        "chosen_area": area or choice.place,
        "person": person,
        "figures": figures_for_person(area, person, on) if area and person else [],
        "calculators": marked_calculators(Calculator.objects.live(), choice, on),
        "categories": Category.objects.all(),
        "areas": areas,
        "newest": nearby(request).narrow(Article.objects.published()).for_list().newest()[:8],
        "useful": most_useful(),
        "on": on,
    }
    return render(request, "home.html", context)


def about(request):
    page_keys.depends_on(page_keys.ABOUT)
    return render(request, "about.html", {"evidence": count_evidence()})


def robots(request):
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


def not_found(request, exception=None):
    """404 page. It shows the message of an Http404 raised by a view; under /api/v1/ the response is the API's JSON."""
    if request.path.startswith(reverse("api:api-root")):
        return api.on_exception(request, Http404())
    sentence = "" if type(exception) in {Http404, Resolver404, NoneType} else str(exception)
    return render(request, "404.html", {"sentence": sentence}, status=404)


def server_error(request):
    """500 page, rendered without the request, so that nothing fails again; 503 if the database does not respond or lacks tables."""
    is_away = isinstance(sys.exception(), OperationalError | InterfaceError)
    is_pending = isinstance(sys.exception(), OperationalError | ProgrammingError) and has_pending_migrations()
    if not (is_away or is_pending):
        return HttpResponseServerError(render_to_string("500.html"))
    page = render_to_string("500.html", {"is_away": is_away, "is_pending": is_pending})
    return HttpResponse(page, status=503, headers={"Retry-After": "10"})


def has_pending_migrations():
    """Whether the code is newer than the tables; not asked of a database that does not answer."""
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return False
