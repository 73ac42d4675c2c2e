"""The site's name comes from one source: under another name no page, feed, API answer, card or error page says the shipped one."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.import_export.demo import load_demo_articles, load_demo_glossary, load_demo_pages
from articles.models import Article
from calculators.common import site_identity
from calculators.library.loading import load_calculators
from tests.page_addresses import PAGES, TAKEN_DOWN
from yibao_site.site_settings import reading

pytestmark = pytest.mark.django_db
SHIPPED, NAME = site_identity.SiteIdentity().name, "江城医保通"
OTHERS = {
    "feed": "/feeds/articles/",
    "feed of a category": "/feeds/categories/daiyu-baoxiao/",
    "feed of an area": "/feeds/areas/110000/",
    "feed of policies": "/feeds/policies/",
    "feed of a place's policies": "/feeds/policies/110000/",
    "description of the API": "/api/v1/openapi.json",
    "calculators in the API": "/api/v1/calculators/",
    "sitemap": "/sitemap.xml",
    "robots": "/robots.txt",
    "sign-in": "/admin/login/",
    "report": "/calculators/employee_outpatient/report/",
    "wish": "/areas/430100/wished/",
    "embedded calculator": "/embed/employee_outpatient/",
}
WITHOUT_A_NAME = {"calculators in the API", "sitemap", "robots"}


ACCENT = "#b22222"


def rename(**more):
    site_identity.memory.keep(replace(reading.shipped_identity(), name=NAME, **more))


@pytest.fixture
def renamed():
    rename()


def test_no_page_feed_or_api_answer_says_the_shipped_name_under_another(client):
    load_calculators()
    load_demo_glossary()
    load_demo_articles()
    load_demo_pages()
    Article.objects.filter(slug=TAKEN_DOWN).update(status=Article.Status.ARCHIVED)
    rename(accent=ACCENT)  # what was loaded has pages, and a page that is saved makes the process forget the name
    pages = {name: client.get(address).content.decode() for name, address in (PAGES | OTHERS).items()}

    assert [name for name, page in pages.items() if SHIPPED in page] == []
    escaped = NAME.encode("unicode_escape").decode()
    named = [name for name, page in pages.items() if NAME in page or escaped in page]
    assert pages.keys() - set(named) == WITHOUT_A_NAME

    of_visitors = {name: page for name, page in pages.items() if "<html" in page and name != "sign-in"}
    assert len(of_visitors) > len(PAGES) / 2
    assert [name for name, page in of_visitors.items() if "/palette/1-b22222.css" not in page] == []
    icon = f"rx=%227%22%20fill=%22{ACCENT.replace('#', '%23')}%22"
    assert [name for name in (*of_visitors, "sign-in") if icon not in pages[name]] == []


@pytest.mark.parametrize("error", [RuntimeError, OperationalError])
def test_error_pages_say_the_name_without_a_query(renamed, monkeypatch, django_assert_num_queries, error):
    def broken(*args, **kwargs):
        raise error

    monkeypatch.setattr("yibao_site.views.read_choice", broken)
    with monkeypatch.context() as patch:
        patch.setattr("yibao_site.views.has_pending_migrations", lambda: False)
        page = Client(raise_request_exception=False).get("/").content.decode()

    assert f" - {NAME}</title>" in page
    assert SHIPPED not in page


def test_a_refused_request_is_answered_under_the_name_of_the_site(renamed, client):
    page = client.get("/", headers={"host": "elsewhere.example"})

    assert page.status_code == 400
    assert f" - {NAME}</title>" in page.content.decode()


def test_the_second_factor_is_issued_under_the_name_of_the_site(renamed):
    device = TOTPDevice.objects.create(user=User.objects.create_user("editor"), name="手机")

    assert parse_qs(urlsplit(device.config_url).query)["issuer"] == [NAME]
