"""URL configuration of calculators, areas, documents and the policy feed."""

from django.urls import path

from calculators.api.docs import docs
from calculators.feeds import PolicyChangeFeed
from calculators.views import calculators, place
from calculators.views.result_card import card
from calculators.views.result_report import report

app_name = "calculators"
urlpatterns = [
    path("api/v1/", docs, name="api"),
    path("calculators/", calculators.calculator_list, name="list"),
    path("calculators/<slug:code>/", calculators.calculator, name="calculator"),
    path("calculators/<slug:code>/report/", report, name="report"),
    path("calculators/<slug:code>/card.png", card, name="card"),
    path("choice/", calculators.choose, name="choose"),
    path("areas/", calculators.areas, name="areas"),
    path("areas/<slug:code>/", calculators.area, name="area"),
    path("areas/<slug:code>/wish/", place.wish, name="wish"),
    path("areas/<slug:code>/wished/", place.wished, name="wished"),
    path("feeds/policies/", PolicyChangeFeed(), name="feed"),
    path("documents/<slug:slug>/", calculators.document, name="document"),
]
