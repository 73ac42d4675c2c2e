"""Addresses of pages: the same as Django's, for every prefix and set of paths."""

from django.urls import path, reverse, set_script_prefix, set_urlconf

from calculators.addresses import path_to

urlpatterns = [path("elsewhere/<slug>/", lambda request, slug: None, name="page")]


def test_a_remembered_address_is_that_of_the_prefix_and_of_the_paths_in_use():
    assert [path_to("articles:article", "ka") for _ in "12"] == [reverse("articles:article", args=["ka"])] * 2
    set_script_prefix("/below/")
    assert path_to("articles:list") == "/below/articles/"
    set_script_prefix("/")
    assert path_to("articles:list") == "/articles/"
    set_urlconf(__name__)
    assert path_to("page", "x") == "/elsewhere/x/"
    set_urlconf(None)
    assert path_to("page", "x") == "/x/"
