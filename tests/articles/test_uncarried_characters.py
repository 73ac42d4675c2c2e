"""Control characters and noncharacters by every way in, and in rows that were stored before: no feed or export breaks."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from openpyxl import Workbook
from taggit.models import Tag

from articles.import_export.files import read
from articles.models import Article, Category, Feedback
from articles.pages.social_cards import draw
from calculators.models import PolicyDocument, PolicyValue
from tests.articles.factories import beijing

pytestmark = pytest.mark.django_db
UNCARRIED = ["\x0b", "\x00", "\x1b", "\x85", "\ufffe", "\uffff", "\U0002fffe"]
# What a database may hold from before: PostgreSQL has refused NUL all along.
STORABLE = [character for character in UNCARRIED if connection.vendor != "postgresql" or character != "\x00"]
OLD = "".join(STORABLE)
IMPORT = reverse("admin:articles_article_import")
FEEDS = ["/feeds/articles/", "/feeds/categories/daiyu-baoxiao/", "/feeds/areas/110000/", "/feeds/policies/"]
SITEMAPS = [f"/sitemap-{name}.xml" for name in ("articles", "tags", "categories", "areas", "documents", "calculators")]


def well_formed(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content)  # noqa: S314 - our own


def import_file(client, name, content):
    page = client.post(IMPORT, {"files": SimpleUploadedFile(name, content)}).content.decode()
    client.post(IMPORT, {"files": SimpleUploadedFile(name, content), "really": "on"})
    return page


def xlsx(*rows):
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_feeds_sitemaps_pages_and_cards_stand_with_such_characters_in_an_old_row(client, publish):
    odd = f"门诊{OLD}报销"
    article = publish(tags=["门诊"], area=beijing())
    Article.objects.update(title=odd, summary=odd)
    Tag.objects.update(name=odd)
    Category.objects.update(name=odd)
    PolicyDocument.objects.update(title=odd)

    for address in [*FEEDS, f"/feeds/tags/{Tag.objects.get().slug}/", *SITEMAPS]:
        well_formed(client, address)
    for address in ("/", article.get_absolute_url(), "/articles/"):
        assert client.get(address).status_code == 200
    assert draw(odd)


@pytest.mark.parametrize("characters", ["\n", OLD], ids=ascii)
def test_an_export_of_an_old_row_comes_back_in(admin_client, publish, characters):
    article = publish()
    Article.objects.update(title=f"门诊{characters}报销")
    exported = {}
    for action in ("export_csv", "export_xlsx", "export_markdown"):
        chosen = {"action": action, "_selected_action": [article.pk]}
        exported[action] = admin_client.post(reverse("admin:articles_article_changelist"), chosen).content
    text = zipfile.ZipFile(BytesIO(exported["export_markdown"])).read(f"{article.slug}.md")

    for name, content in {"a.csv": exported["export_csv"], "a.xlsx": exported["export_xlsx"], "a.md": text}.items():
        [incoming] = read(name, content)
        assert "".join(incoming.front["title"].split()) == "门诊报销"


@pytest.mark.parametrize("character", UNCARRIED, ids=ascii)
def test_each_kind_of_file_comes_in_without_such_characters_and_says_so(admin_client, category, client, character):
    odd = f"门诊{character}报销"
    files = {
        "a.csv": f"标题,栏目,发布时间,正文\n{odd},{category},2024-01-01,<p>{odd}甲</p>\n".encode(),
        "a.md": f'+++\ntitle = "{odd}"\ncategory = "{category}"\npublished = 2024-01-01\n+++\n\n{odd}乙\n'.encode(),
        "a.xml": f"<rss><channel><item><title>{odd}</title><category domain='category'>{category}</category>"
        f"<c:encoded xmlns:c='http://purl.org/rss/1.0/modules/content/'>{odd}丙</c:encoded><post_type>post</post_type><status>publish</status><post_date>2024-01-01 09:00:00</post_date></item></channel></rss>".encode(),
    }
    for name, content in files.items():
        assert "看不见的字符" in import_file(admin_client, name, content), name
    titles = [(article.title, article.body.strip()) for article in Article.objects.all()]

    assert len(titles) == len(files)
    assert not [text for pair in titles for text in pair if character in text]
    well_formed(client, "/feeds/articles/")


def test_the_number_of_a_control_character_in_wxr_or_html_brings_none(admin_client, category):
    content = f"""<rss><channel><item><title>门诊&#11;报销&#x41;</title><category domain="category">{category}</category>
<c:encoded xmlns:c="http://purl.org/rss/1.0/modules/content/">甲&amp;#1;乙</c:encoded><post_type>post</post_type><status>publish</status><post_date>2024-01-01 09:00:00</post_date></item></channel></rss>"""
    import_file(admin_client, "a.xml", content.encode())

    assert Article.objects.get().title == "门诊 报销A"
    assert Article.objects.get().body == "<p>甲乙</p>"


@pytest.mark.parametrize(
    "front",
    [
        '+++\ntitle = "门\\u0001诊"\ncategory = "待遇报销"\ntags = ["北\\u0007京", "\\u0001"]\n+++\n\n文\n',
        '---\ntitle: "门\\ud800诊"\ncategories: 待遇报销\ntags: ["北\\udc00京", "\\0"]\n---\n\n文\n',
    ],
    ids=["TOML", "YAML"],
)
def test_characters_that_front_matter_spells_in_quotes_come_in_without_and_are_told(admin_client, publish, front):
    publish(tags=["北京"])
    assert "看不见的字符" in import_file(admin_client, "a.md", front.encode())

    assert Article.objects.latest("pk").title == "门诊"
    assert [tag.name for tag in Article.objects.latest("pk").tags.all()] == ["北京"]


def test_a_title_in_a_cell_of_two_lines_is_one_line(admin_client, category):
    rows = [["标题", "栏目", "正文"], ["门诊\n怎么报", str(category), "<p>文</p>"]]
    import_file(admin_client, "a.xlsx", xlsx(*rows))

    assert Article.objects.get().title == "门诊 怎么报"


def test_values_come_in_without_such_characters_and_say_so_in_the_dry_run(admin_client):
    value = PolicyValue.objects.with_source().exclude(clause="").first()
    exported = admin_client.get(reverse("admin:calculators_policyvalue_export", args=["csv"])).content.decode(
        "utf-8-sig"
    )
    clause = value.clause
    table = exported.replace(clause, f"{clause[:1]}\x01{clause[1:]}", 1)
    page = admin_client.post(
        reverse("admin:calculators_policyvalue_import"), {"file": SimpleUploadedFile("a.csv", table.encode())}
    ).content.decode()

    assert "看不见的字符" in page
    assert "\x01" not in page


def test_what_an_editor_types_into_any_form_is_stored_without_such_characters(admin_client, client):
    fields = {"name": "门诊", "slug": "menzhen", "description": "怎么报\x1b，\ufffe报多少。", "order": 0}
    admin_client.post(reverse("admin:articles_category_add"), fields)

    assert Category.objects.get().description == "怎么报，报多少。"
    well_formed(client, "/feeds/categories/menzhen/")


def test_a_row_that_code_stores_is_stored_without_such_characters():
    Category.objects.create(name="门诊", description="怎么报\x1b，\ufffe报多少。")

    assert Category.objects.get().description == "怎么报，报多少。"


def test_what_a_reader_writes_is_stored_without_such_characters(client):
    client.post("/feedback/", {"about": "/areas/", "reason": "other", "text": "起付线\x0b不对\ufffe"})

    assert Feedback.objects.get().text == "起付线 不对"
