"""A script written into any text of the site stays text, on every page that shows it."""

import pytest
from django.urls import reverse
from taggit.models import Tag

from articles.models import Article, Category
from tests.articles.test_rich_text import WAYS, is_harmless
from tests.attacks.hostile_rows import poison
from tests.attacks.hostile_text import RICH, SHORT, live_in

pytestmark = pytest.mark.django_db
PREVIEW_FRAME = (
    '<iframe title="预览：读者在手机上看到的样子" sandbox="allow-same-origin"></iframe>'  # ours: runs no script
)


def pages():
    tag = Tag.objects.get().slug
    yield from ["/", "/articles/", "/articles/a/", "/categories/menzhen/", f"/tags/{tag}/", "/areas/110000/articles/"]
    yield from ["/areas/", "/areas/110000/", "/documents/bj_op_2023/", "/calculators/", "/calculators/over_deductible/"]
    yield from ["/calculators/over_deductible/?region=110000&person_type=in_service&hospital_level=community&bill=5000"]
    yield from ["/search/?q=alert", "/glossary/", "/corrections/", "/feeds/", "/feedback/?about=/articles/a/"]
    yield from ["/admin/", "/admin/articles/article/", "/admin/articles/category/", "/admin/calculators/policyvalue/"]
    yield reverse("admin:articles_article_change", args=[Article.objects.get().pk])


@pytest.mark.parametrize("payload", SHORT, ids=range(len(SHORT)))
def test_a_script_in_every_text_of_the_site_stays_text(site, client, admin_client, payload, tried):
    fields, shown = poison(payload), 0
    for page in pages():
        answer = (admin_client if page.startswith("/admin") else client).get(page)
        html = answer.content.decode()
        shown += "alert(1)" in html

        assert answer.status_code == 200, page
        assert live_in(html.replace(PREVIEW_FRAME, "")) == [], page
        assert "unsafe" not in answer["Content-Security-Policy"]
    assert fields > 20
    assert shown > 5 or "alert(1)" not in payload


def test_every_way_in_is_tried_with_every_attack(db, tried):
    assert all(is_harmless_through(way) for way in WAYS)
    tried("XSS：正文的每条入库路", f"{len(RICH)} 种 × {len(WAYS)} 条路", "没有一种留下能运行的东西")
    tried("XSS：所有文字字段，看所有页面和编辑部", f"{len(SHORT)} 种 × 20 多个字段 × 22 页", "都只是文字")


def is_harmless_through(way):
    Article.objects.all().delete()
    category, _ = Category.objects.get_or_create(name="健康新闻")
    way(category, "".join(RICH))
    return is_harmless(Article.objects.get().body)


@pytest.mark.parametrize("payload", SHORT, ids=range(len(SHORT)))
def test_what_a_visitor_types_comes_back_as_text(site, client, payload):
    for page, name in [
        ("/search/", "q"),
        ("/calculators/over_deductible/", "bill"),
        ("/calculators/over_deductible/", "region"),
        ("/feedback/", "about"),
        ("/feedback/thanks/", "about"),
        ("/articles/", "page"),
    ]:
        answer = client.get(page, {name: payload})

        assert answer.status_code in {200, 400, 404}
        assert live_in(answer.content.decode()) == [], page
    assert client.get(f"/articles/{payload.replace('/', '')}/").status_code in {200, 404}


def test_the_check_of_these_tests_sees_what_runs():
    assert all(live_in(f"<p>{payload}</p>") for payload in SHORT[:4])
