"""Slugs of names that have no letter or digit, or the same pinyin as another: every page and sitemap stands."""

from importlib import import_module
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from taggit.models import Tag

from articles import tags
from articles.models import Article, ArticlePage, Category, GlossaryTerm
from articles.models.redirect import path_of

pytestmark = pytest.mark.django_db
migration = import_module("articles.migrations.0016_no_empty_slugs")
MARKS, MORE_MARKS = "!!!", "??"
INLINES = {f"{name}-{count}_FORMS": 0 for name in ("page",) for count in ("TOTAL", "INITIAL")}
WXR = """<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<item><title>甲</title><content:encoded>文</content:encoded><category domain="category">待遇报销</category>
<category domain="post_tag">！！！</category><category domain="post_tag">😀</category><wp:post_type>post</wp:post_type>
<wp:status>publish</wp:status><wp:post_date>2024-05-06 07:08:09</wp:post_date></item></channel></rss>"""
CSV = "标题,栏目,标签,发布时间,正文\n甲,待遇报销,！！！、😀,2024-01-01 09:00,<p>文</p>\n"


def stands(client, article):
    """Its page, the pages of its tags, and what tells search engines and readers of both."""
    addresses = [article.get_absolute_url(), "/feeds/articles/", "/sitemap.xml", "/feeds/", "/articles/"]
    addresses += [f"/sitemap-{name}.xml" for name in ("articles", "tags", "categories", "areas")]
    addresses += [path_of(tag) for tag in article.tags.all()]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        if address.endswith(".xml"):
            ElementTree.fromstring(response.content)  # noqa: S314 - our own


@pytest.fixture
def upload(admin_client):
    def upload(name, text):
        files = {"files": SimpleUploadedFile(name, text.encode()), "really": "on"}
        return admin_client.post(reverse("admin:articles_article_import"), files)

    return upload


def test_tags_of_signs_alone_have_addresses(client, publish):
    article = publish(tags=[MARKS, MORE_MARKS])

    assert sorted(article.tags.values_list("slug", flat=True)) == ["tag", "tag-2"]
    stands(client, article)


@pytest.mark.parametrize(("name", "text"), [("a.csv", CSV), ("a.xml", WXR)], ids=["CSV", "WXR"])
def test_tags_of_signs_alone_in_an_imported_file_have_addresses(client, upload, category, name, text):
    assert upload(name, text).status_code == 302
    assert Tag.objects.count() == 2
    stands(client, Article.objects.get())


def test_a_tag_of_signs_alone_has_an_address_after_the_tag_form(admin_client, client):
    for name in (MARKS, MORE_MARKS):
        admin_client.post(reverse("admin:taggit_tag_add"), {"name": name, "slug": "", **INLINES})

    assert sorted(Tag.objects.values_list("slug", flat=True)) == ["tag", "tag-2"]


def test_a_tag_renamed_to_signs_alone_keeps_its_address(admin_client, client, publish):
    article = publish(tags=["门诊"])
    tag = Tag.objects.get()
    fields = {"name": MARKS, "slug": tag.slug, **INLINES}
    admin_client.post(reverse("admin:taggit_tag_change", args=[tag.pk]), fields)

    assert Tag.objects.get().name == MARKS
    stands(client, article)


def test_a_tag_without_a_slug_from_an_old_row_breaks_no_page_and_can_be_merged(client, publish):
    article = publish(tags=[MARKS, "门诊"])
    Tag.objects.filter(name=MARKS).update(slug="")
    ArticlePage.objects.update(parts=None)

    for address in (article.get_absolute_url(), "/sitemap-tags.xml", "/feeds/"):
        assert client.get(address).status_code == 200
    tags.merge([Tag.objects.get(name=MARKS)], Tag.objects.get(name="门诊"))
    assert Tag.objects.get().name == "门诊"


def test_a_category_without_a_slug_from_an_old_row_breaks_no_page(client, publish, category):
    article = publish()
    Category.objects.filter(pk=category.pk).update(slug="")

    for address in ("/", article.get_absolute_url(), "/sitemap-categories.xml", "/feeds/", "/articles/", "/search/"):
        assert client.get(address).status_code == 200


def test_categories_of_signs_alone_or_of_one_pinyin_have_addresses_after_the_form(admin_client, client):
    for name in (MARKS, MORE_MARKS, "医保", "一保", "装" * 20):
        fields = {"name": name, "slug": "", "description": "", "order": 0}
        assert admin_client.post(reverse("admin:articles_category_add"), fields).status_code == 302, name

    slugs = list(Category.objects.order_by("pk").values_list("slug", flat=True))
    assert slugs[:4] == ["category", "category-2", "yi-bao", "yi-bao-2"]
    assert max(map(len, slugs)) <= 60
    for category in Category.objects.all():
        assert client.get(category.get_absolute_url()).status_code == 200


def test_articles_titled_with_signs_alone_have_addresses(client, publish):
    for article in (publish(MARKS), publish(MORE_MARKS)):
        stands(client, article)

    assert sorted(Article.objects.values_list("slug", flat=True)) == ["article", "article-2"]


def test_a_glossary_term_that_cannot_be_spelt_has_a_place_on_its_page(client):
    for term in ("ΩΨ", "ДМС"):
        GlossaryTerm.objects.create(term=term, explanation="一两句完整的解释。")
    page = client.get("/glossary/").content.decode()

    assert 'id="term"' in page
    assert 'id="term-2"' in page


def test_the_migration_gives_every_row_without_a_slug_one_of_its_own(publish, client):
    article = publish(tags=[MARKS])
    publish("乙", tags=[MORE_MARKS])
    GlossaryTerm.objects.create(term="起付线", explanation="一两句完整的解释。")
    for model in (Category, GlossaryTerm):
        model.objects.update(slug="")
    Tag.objects.filter(name=MARKS).update(slug="")
    Article.objects.filter(pk=article.pk).update(slug="")

    migration.fill(apps, None)

    for model in (Article, Category, GlossaryTerm, Tag):
        assert not model.objects.filter(slug="").exists()
    assert Tag.objects.get(name=MARKS).slug == "tag"
    stands(client, Article.objects.get(pk=article.pk))
