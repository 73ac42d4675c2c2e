from django.urls import path

from calculators import views

app_name = "calculators"
urlpatterns = [
    path("calculators/", views.calculator_list, name="list"),
    path("calculators/<slug:code>/", views.calculator, name="calculator"),
    path("areas/", views.areas, name="areas"),
    path("areas/<slug:code>/", views.area, name="area"),
    path("documents/<slug:slug>/", views.document, name="document"),
]
