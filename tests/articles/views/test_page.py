"""Pages (单页): articles of a category that holds pages stand at their own address and in no list, with the same workflow."""

from datetime import date

import pytest
from django.utils import timezone

from articles.models import Article, Category
from articles.views import preview
from articles.workflow import snapshot, steps
from calculators.common import page_keys
from tests.articles.factories import EARLIER
from tests.office_page import open_form
from yibao_site.site_settings.models import stored_settings

ADD = "/admin/articles/article/add/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    return Category.objects.create(name="单页", slug="pages", holds_pages=True)


@pytest.fixture
def privacy(pages):
    fields = {"title": "隐私说明", "slug": "privacy", "status": "published", "published_at": EARLIER}
    return Article.objects.create(
        category=pages, body="<p>不记录你填的内容。</p><h2>反馈</h2><p>不留名。</p>", **fields
    )


def test_a_page_stands_at_its_own_address_with_nothing_beside_it(client, privacy):
    html = client.get("/privacy/").content.decode()

    assert privacy.get_absolute_url() == "/privacy/"
    for shown in ("<h1>隐私说明</h1>", "不记录你填的内容。", '<h2 id="section-1">反馈</h2>'):
        assert shown in html
    for absent in ("有没有帮助", "大家还在看", "标签", "分钟", "单页"):
        assert absent not in html
    assert client.get("/articles/privacy/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/articles/",
        "/feeds/articles/",
        "/feeds/",
        "/search/?q=隐私说明",
        "/sitemap-articles.xml",
        "/sitemap-categories.xml",
    ],
)
def test_a_page_and_its_category_are_in_no_list_feed_search_or_sitemap_of_articles(client, privacy, address):
    html = client.get(address).content.decode().replace("隐私说明”的搜索结果", "").replace('value="隐私说明"', "")

    assert "/privacy/" not in html
    assert "单页" not in html


def test_a_page_is_in_the_sitemap_of_pages_and_may_stand_in_the_footer(client, privacy):
    stored_settings().navigation.create(place="footer", order=9, text=privacy)

    assert "/privacy/</loc>" in client.get("/sitemap-pages.xml").content.decode()
    assert '<a href="/privacy/">隐私说明</a>' in client.get("/articles/").content.decode()
    privacy.status = "archived"
    privacy.save()
    assert "/privacy/" not in client.get("/articles/").content.decode()


def test_a_draft_page_is_not_found_and_a_withdrawn_one_is_gone(client, privacy):
    Article.objects.filter(pk=privacy.pk).update(status="draft", published_at=None)
    assert client.get("/privacy/").status_code == 404
    Article.objects.filter(pk=privacy.pk).update(status="archived", published_at=EARLIER)
    assert client.get("/privacy/").status_code == 410


def test_the_old_address_of_a_page_leads_to_the_new_one(client, privacy):
    privacy.slug = "yinsi"
    privacy.save()

    assert client.get("/privacy/")["Location"] == "/yinsi/"


def test_an_edit_of_a_page_waits_for_its_publication_and_is_previewed_as_a_page(client, privacy, admin_user):
    steps.save(privacy, snapshot.take(privacy) | {"title": "新的隐私说明"}, by=admin_user, at=timezone.now())
    shown = client.get(preview.link(privacy, date(2026, 1, 1))).content.decode()

    assert "<h1>新的隐私说明</h1>" in shown
    assert "这是预览" in shown
    assert "有没有帮助" not in shown
    assert "新的隐私说明" not in client.get("/privacy/").content.decode()
    steps.publish(privacy, by=admin_user, at=timezone.now())
    assert "<h1>新的隐私说明</h1>" in client.get("/privacy/").content.decode()


def test_a_page_is_made_anew_after_a_save_of_its_article(client, privacy):
    with page_keys.collecting() as keys:
        client.get("/privacy/")

    assert page_keys.article(privacy.pk) in keys


@pytest.mark.parametrize("has_text", [True, False])
def test_about_shows_the_editors_text_beside_what_is_counted(client, pages, has_text):
    if has_text:
        Article.objects.create(
            category=pages,
            title="关于我们",
            slug="about",
            body="<p>我们的话。</p>",
            status="published",
            published_at=EARLIER,
        )
    html = client.get("/about/").content.decode()

    assert "个数值里，已核实" in html
    assert ("<h1>关于我们</h1>" in html, "我们的话。" in html) == (has_text, has_text)


@pytest.mark.parametrize(("slug", "status"), [("articles", 200), ("yinsi", 302)])
def test_the_form_refuses_an_address_at_which_the_site_has_a_page(admin_client, pages, slug, status):
    typed = {"title": "题", "slug": slug, "body": "<p>文</p>", "category": str(pages.pk)}
    page = admin_client.post(ADD, open_form(admin_client, ADD) | typed | {"_save": "1"})

    assert page.status_code == status
    assert ("已经是网站自己的页面" in page.content.decode()) == (status == 200)
