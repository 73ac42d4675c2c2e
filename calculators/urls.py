from django.urls import path

from calculators import views
from calculators.api.docs import docs
from calculators.feeds import PolicyChangeFeed
from calculators.reporting import report

app_name = "calculators"
urlpatterns = [
    path("api/v1/", docs, name="api"),
    path("calculators/", views.calculator_list, name="list"),
    path("calculators/<slug:code>/", views.calculator, name="calculator"),
    path("calculators/<slug:code>/report/", report, name="report"),
    path("choice/", views.choose, name="choose"),
    path("areas/", views.areas, name="areas"),
    path("areas/<slug:code>/", views.area, name="area"),
    path("feeds/policies/", PolicyChangeFeed(), name="feed"),
    path("documents/<slug:slug>/", views.document, name="document"),
]
