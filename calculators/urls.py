"""URL configuration of calculators, areas, documents and the policy feed."""

from django.urls import path, re_path

from calculators.api.docs import docs
from calculators.feeds import PlaceChangeFeed, PolicyChangeFeed
from calculators.views import calculators, embed, open_data, place
from calculators.views.calendar import area_calendar
from calculators.views.result_card import card
from calculators.views.result_report import report

app_name = "calculators"
urlpatterns = [
    path("api/v1/", docs, name="api"),
    path("calculators/", calculators.calculator_list, name="list"),
    path("calculators/<slug:code>/", calculators.calculator, name="calculator"),
    path("calculators/<slug:code>/report/", report, name="report"),
    path("calculators/<slug:code>/card.png", card, name="card"),
    path("embed/<slug:code>/", embed.embedded_calculator, name="embed"),
    path("data/", open_data.index, name="data"),
    re_path(r"^data/values\.(?P<suffix>csv|json)$", open_data.values, name="data_file"),
    re_path(r"^data/(?P<code>\w+)/values\.(?P<suffix>csv|json)$", open_data.values, name="area_data_file"),
    path("choice/", calculators.choose, name="choose"),
    path("areas/", calculators.areas, name="areas"),
    path("areas/<slug:code>/", calculators.area, name="area"),
    path("areas/<slug:code>/calendar/", area_calendar, name="calendar"),
    path("areas/<slug:code>/calendar/<slug:key>/", area_calendar, name="deadline"),
    path("areas/<slug:code>/wish/", place.wish, name="wish"),
    path("areas/<slug:code>/wished/", place.wished, name="wished"),
    path("feeds/policies/", PolicyChangeFeed(), name="feed"),
    path("feeds/policies/<slug:code>/", PlaceChangeFeed(), name="place_feed"),
    path("feeds/policies/<slug:code>/<slug:person>/", PlaceChangeFeed(), name="place_feed"),
    path("documents/<slug:slug>/", calculators.document, name="document"),
]
