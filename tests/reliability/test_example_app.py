"""An app of one's own in a real site, by a settings module of its own: its field, worklist entries, public page and calculator."""

import json

import pytest

from tests.reliability.site_processes import DJANGO

pytestmark = pytest.mark.django_db

USE = """
import json, sys
from django.contrib.auth.models import User
from django.test import Client
from articles.import_export import files
from articles.models import Article
from tests.office_page import open_form
from yibao_site import demo

stored = sum(demo.load_app_content().values())
article = Article.objects.published().filter(category__holds_pages=False).order_by("pk").first()
office, visitor = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
office.force_login(User.objects.get(username="admin"))
form = f"/admin/articles/article/{article.pk}/change/"
worklist_before = office.get("/admin/").content.decode()
saved = office.post(form, open_form(office, form) | {"audience": "刚退休的人", "_step_publish": "1"}, follow=True)
pages = {
    "worklist before": worklist_before,
    "saved": saved.content.decode(),
    "form": office.get(form).content.decode(),
    "worklist entry": office.get("/admin/articles/article/?work=without_audience").content.decode(),
    "article": visitor.get(article.get_absolute_url()).content.decode(),
    "page": visitor.get("/audiences/").content.decode(),
    "missing": visitor.get("/no-such-page/").content.decode(),
    "sitemap": visitor.get("/sitemap-audiences.xml").content.decode(),
    "calculator": visitor.get("/calculators/travel_costs/?fare=12.5&trips=4").content.decode(),
    "title": article.title,
    "version": article.versions.latest("number").content.get("audience"),
    "exported": [row["写给谁"] for row in files.exported(Article.objects.filter(pk=article.pk))],
    "stored": stored,
}
article.refresh_from_db()
article.status = "archived"
article.save()
pages["worklist after"] = office.get("/admin/").content.decode()
json.dump(pages, sys.stdout)
"""


@pytest.fixture
def pages(site):
    site.variables["DJANGO_SETTINGS_MODULE"] = "tests.example_app.settings"
    site.manage("migrate", "--verbosity", "0")
    site.manage("makemigrations", "--check", "example_app")
    done = site.run("-c", DJANGO + USE)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_an_app_of_ones_own_adds_a_field_a_worklist_entry_a_page_and_a_calculator(pages):
    assert pages["version"] == "刚退休的人"
    assert 'value="刚退休的人"' in pages["form"]
    assert pages["exported"] == ["刚退休的人"]
    assert '<p class="note">写给：刚退休的人</p>' in pages["article"]

    assert "没说写给谁" in pages["worklist before"]
    assert "没说写给谁" in pages["worklist entry"]
    assert pages["title"] not in pages["worklist entry"]
    assert "写给谁已填、文章没上线" not in pages["worklist before"]
    assert '<span class="count">1</span> 写给谁已填、文章没上线</a>' in pages["worklist after"]

    assert f"{pages['title']}</a>：刚退休的人" in pages["page"]
    assert "/audiences/</loc>" in pages["sitemap"]
    assert "没有这个页面" in pages["missing"]

    assert pages["stored"] == 1
    assert "50 元" in pages["calculator"]
