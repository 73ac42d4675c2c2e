from types import NoneType

from django.http import Http404, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404
from django.utils import timezone

from articles.models import Article, Category
from calculators.choice import ChoiceForm, chosen
from calculators.made_of import note
from calculators.models import Calculator, PoolingArea


def home(request):
    note("articles", "all:calculator", "all:category", "all:area")
    areas = list(PoolingArea.objects.local().with_values())
    choice = chosen(request)
    context = {
        "choice": choice,
        "choice_form": ChoiceForm(initial={"area": choice.area, "person": choice.person}, areas=areas),
        "chosen_area": next((area for area in areas if area.code == choice.area), None),
        "calculators": Calculator.objects.live(),
        "categories": Category.objects.all(),
        "areas": areas,
        "newest": Article.objects.published().for_list().newest()[:8],
        "on": timezone.localdate(),
    }
    return render(request, "home.html", context)


def about(request):
    note("about")
    return render(request, "about.html")


def robots(request):
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


def not_found(request, exception=None):
    """An Http404 of our own kind says in its message, to the reader, what is not there."""
    sentence = "" if type(exception) in {Http404, Resolver404, NoneType} else str(exception)
    return render(request, "404.html", {"sentence": sentence}, status=404)


def server_error(request):
    """Without the request: whatever failed must not fail again here."""
    return HttpResponseServerError(render_to_string("500.html"))
