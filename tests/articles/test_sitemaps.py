from datetime import UTC, date, datetime
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from articles.models import Article, Category, Correction
from calculators.models import PolicyDocument, PolicyValue
from tests.articles.factories import beijing, shows

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def lastmod(client, section, path):
    """The day the sitemap tells for the page at `path`; None where it tells none."""
    tree = ElementTree.fromstring(client.get(f"/sitemap-{section}.xml").content)  # noqa: S314 - our own
    urls = {url.find("s:loc", NAMES).text: url.find("s:lastmod", NAMES) for url in tree.findall("s:url", NAMES)}
    told = urls[f"http://testserver{quote(path)}"]
    return None if told is None else told.text[:10]


def test_the_sitemap_names_public_pages(client, publish):
    article = publish(tags=["门诊"])

    assert shows(client, "/sitemap.xml", "http://testserver/sitemap-articles.xml")
    assert shows(client, "/sitemap-articles.xml", article.get_absolute_url())
    assert shows(client, "/sitemap-tags.xml", quote("/tags/门诊/"))
    assert shows(client, "/sitemap-areas.xml", "/areas/110000/")


def test_a_list_changed_when_the_newest_of_its_public_articles_did(client, publish):
    for title, fields, edited in [
        ("旧的", {}, 3),
        ("新的", {}, 5),
        ("草稿", {"status": Article.Status.DRAFT}, 7),
    ]:
        article = publish(title, tags=["门诊"], published_at=datetime(2026, 3, 1, tzinfo=UTC), **fields)
        Article.objects.filter(pk=article.pk).update(updated_at=datetime(2026, 3, edited, tzinfo=UTC))
    Category.objects.create(name="空的", slug="empty")

    for section, path in [
        ("categories", "/categories/daiyu-baoxiao/"),
        ("tags", "/tags/门诊/"),
        ("pages", "/articles/"),
        ("pages", "/"),
    ]:
        assert lastmod(client, section, path) == "2026-03-05"
    assert lastmod(client, "categories", "/categories/empty/") is None
    assert lastmod(client, "pages", "/about/") is None


def test_the_list_of_corrections_changed_with_the_last_public_one(client, publish):
    Correction.objects.create(article=publish(), day=date(2026, 3, 2), text="改了。")
    Correction.objects.create(article=publish(status=Article.Status.DRAFT), day=date(2026, 3, 9), text="还没公开。")

    assert lastmod(client, "pages", "/corrections/") == "2026-03-02"


@pytest.mark.parametrize(
    ("edited", "first_day", "told"),
    [
        (date(2026, 3, 2), date(2024, 1, 1), "2026-03-02"),
        (date(2024, 3, 2), date(2026, 1, 1), "2026-01-01"),
        (date(2024, 3, 2), date(9999, 1, 1), "2024-03-02"),
    ],
)
def test_an_area_changed_when_a_value_was_edited_or_began(client, edited, first_day, told):
    PolicyValue.objects.filter(effective_from__isnull=False).delete()
    PolicyValue.history.all().delete()
    value = beijing().policy_values.first()
    value.effective_from = first_day
    value.save()
    PolicyValue.history.update(history_date=datetime(edited.year, edited.month, edited.day, 12, tzinfo=UTC))

    assert lastmod(client, "areas", "/areas/110000/") == told


def test_a_document_changed_when_it_was_edited(client):
    document = PolicyDocument.objects.filter(values=None).first() or PolicyDocument.objects.create(
        slug="new", title="新文件", grade="A"
    )
    document.title = "改过的标题"
    document.save()

    assert lastmod(client, "documents", document.get_absolute_url()) == timezone.localdate().isoformat()


def test_the_index_tells_of_each_part_when_it_changed_last(client, publish):
    article = publish(tags=["门诊"])
    index = client.get("/sitemap.xml").content.decode()

    told = timezone.localdate(article.updated_at).isoformat()
    assert index.count(f"<lastmod>{told}") >= 2
