"""Any text of Unicode: every page, feed, card and list stands, and what goes out in a file comes back as it was."""

from contextlib import contextmanager
from io import BytesIO
from urllib.parse import quote, urlencode
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.db import connection, transaction
from django.urls import reverse
from hypothesis import given, strategies as st
from taggit.models import Tag

from articles.fields.kinds import bare
from articles.import_export import files
from articles.import_export.importer import Incoming, import_articles
from articles.models import Article, Category, Feedback, Picture
from articles.pages.social_cards import draw
from articles.rich_text import clean as clean_body
from calculators.common.characters import TAKEN_OUT, clean
from tests.attacks.any_text import bodies, few, texts
from tests.attacks.hostile_rows import MODELS, texts_of

pytestmark = pytest.mark.django_db
PLACE_NAMES, FILE_NAMES = "short_name", "stem"  # keys, not texts
WALKS, QUESTIONS, ROUND_TRIPS = 3, 12, 15
LISTS = ["articles/article", "articles/category", "articles/glossaryterm", "taggit/tag", "articles/picture"]
LISTS += ["articles/feedback", "calculators/policydocument", "calculators/policyvalue", "calculators/poolingarea"]
PATHS = [
    "/",
    "/articles/",
    "/articles/a/",
    "/categories/menzhen/",
    "/areas/110000/articles/",
    "/areas/",
    "/areas/110000/",
]
PATHS += ["/documents/bj_op_2023/", "/calculators/", "/calculators/over_deductible/", "/glossary/", "/corrections/"]
PATHS += ["/feeds/", "/feeds/articles/", "/feeds/categories/menzhen/", "/feeds/areas/110000/", "/feeds/policies/"]
PATHS += [f"/sitemap-{name}.xml" for name in ("articles", "tags", "categories", "areas", "documents", "calculators")]
PATHS += ["/calculators/over_deductible/?region=110000&person_type=in_service&hospital_level=community&bill=5000"]
PATHS += ["/api/v1/calculators/", "/api/v1/calculators/over_deductible/?region=110000"]
ASKED = [
    "/search/?q=",
    "/search/suggest/?q=",
    "/calculators/over_deductible/?region=110000&bill=",
    "/feedback/?about=/",
]
ASKED_IN_THE_OFFICE = ["figures/?q=", "tags/?q="]


@contextmanager
def undone():
    """What one example stores is gone before the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def fill(text):
    """Write the text, each time from another place on, into every text of every public row, as old rows may hold it."""
    text = "医" + (text if connection.vendor != "postgresql" else text.replace("\x00", ""))
    place = 0
    for model in [*MODELS, Picture, Feedback]:
        for field in texts_of(model):
            if field.name in {PLACE_NAMES, FILE_NAMES}:
                continue
            rows = model.objects.order_by("pk")
            rows = rows.filter(pk=rows.first().pk) if field.unique else rows
            said = f"{text[place % len(text) :]}{text}"[: field.max_length]
            model.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:500])).update(**{field.name: said})
            place += 7


def stands(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    text = answer.content.decode()
    if "xml" in answer["Content-Type"]:
        ElementTree.fromstring(text)  # noqa: S314 - our own
    return text


@pytest.fixture
def whole_site(site):
    Picture.objects.create(stem="x", title="图", alt="图", width=1, height=1)
    Feedback.objects.create(kind="report", path="/areas/", text="看不懂")


def test_pages_feeds_sitemaps_cards_exports_and_lists_stand_with_any_text_in_every_row(
    whole_site, client, admin_client, tried
):
    @few(WALKS)
    @given(texts(60, at_least=30))
    def walk(text):
        with undone():
            fill(text)
            for path in (*PATHS, f"/tags/{Tag.objects.get().slug}/", f"/feeds/tags/{Tag.objects.get().slug}/"):
                stands(client, path)
            for name in LISTS:
                stands(admin_client, f"/admin/{name}/")
            article = Article.objects.get()
            for name in ("change", "history", "compare", "preview"):
                stands(admin_client, f"/admin/articles/article/{article.pk}/{name}/")
            assert draw(article.title)
            for action in ("export_csv", "export_xlsx", "export_markdown"):
                assert exported(admin_client, article, action).front["slug"] == "a"

    walk()
    count = len(PATHS) + 2 + len(LISTS) + len(("form", "history", "compare", "preview"))
    tried(
        "随便什么字：所有文字字段，看网页、订阅、地图、卡片、导出和编辑部",
        f"{WALKS} 份 × {count} 页",
        "都是 200，XML 都合规",
    )


def exported(client, article, action):
    """The article in the file, read again."""
    chosen = {"action": action, "_selected_action": [article.pk]}
    content = client.post(reverse("admin:articles_article_changelist"), chosen).content
    suffix = action.removeprefix("export_")
    if suffix == "markdown":
        [content] = [archive.read(name) for archive in [ZipFile(BytesIO(content))] for name in archive.namelist()]
    [incoming] = files.read(f"a.{suffix}", content)
    return incoming


def test_whatever_is_typed_has_an_answer(whole_site, client, admin_client, tried):
    @few(QUESTIONS)
    @given(texts(surrogates=True, at_least=1))
    def ask(text):
        typed = quote(text, errors="surrogatepass")
        for address in ASKED:
            stands(client, f"{address}{typed}")
        assert client.get(f"/api/v1/ask?q={typed}").status_code in {200, 422}
        for address in ASKED_IN_THE_OFFICE:
            stands(admin_client, f"/admin/articles/article/{address}{typed}")
        stands(admin_client, f"/admin/articles/article/?q={typed}")
        told = urlencode({"about": "/areas/", "reason": "other", "text": text}, errors="surrogatepass")
        assert client.post("/feedback/", told, "application/x-www-form-urlencoded").status_code in {302, 422}

    ask()
    tried("随便什么字：搜索、联想、提问、填表、反馈，编辑部的查找", f"{QUESTIONS} 种 × 9 处", "都有回答")


def test_an_article_written_in_any_text_goes_public(whole_site, client, admin_client, category_form, tried):
    @few(WALKS)
    @given(texts(6), texts(12), st.lists(texts(2), max_size=3), bodies())
    def write(title, summary, tags, body):
        with undone():
            typed = {"title": f"门诊{title}"[:80], "summary": summary[:200], "tags": "、".join(tags)[:60], "body": body}
            page = admin_client.post(reverse("admin:articles_article_add"), category_form | typed, follow=True)
            assert page.status_code == 200
            article = Article.objects.exclude(slug="a").first()
            assert article, page.context["errors"]
            admin_client.post(
                reverse("admin:articles_article_change", args=[article.pk]),
                category_form | typed | {"base": "1", "_step_publish": "1"},
            )
            html = stands(client, Article.objects.exclude(slug="a").get().get_absolute_url())
            assert not TAKEN_OUT.search(html)
            for path in ("/", "/articles/", "/feeds/articles/"):
                stands(client, path)

    write()


@pytest.fixture
def category_form(site):
    """What the form of an article posts beside its texts."""
    inlines = ("sources", "related_choices", "corrections")
    counts = {f"{name}-{which}_FORMS": "0" for name in inlines for which in ("TOTAL", "INITIAL")}
    moments = {"unpublish_at_0": "", "unpublish_at_1": ""}
    return counts | moments | {"category": str(site.pk), "_continue": "1", "area": "", "slug": ""}


def rows(articles):
    return [row | {"正文": bare(row["正文"])} for row in files.exported(articles)]


def written(articles):
    """The articles as each kind of file."""
    tables = {f"a.{suffix}": files.to_table(articles, suffix) for suffix in ("csv", "xlsx")}
    return tables | {"a.md": files.to_markdown(next(files.exported(articles))).encode()}


def test_what_is_exported_comes_back_without_a_loss(tried):
    @few(ROUND_TRIPS)
    @given(texts(), texts(), st.lists(texts(2), max_size=3), bodies())
    def go_and_come(title, summary, tags, body):
        with undone():
            lines = {"title": f"门诊{clean(title)}"[:80], "summary": clean(summary)[:200]}
            short = [clean(tag)[:20] for tag in tags]
            front = lines | {"tags": short, "category": str(Category.objects.create(name="待遇报销"))}
            report = import_articles([Incoming("a", front, clean_body(body).html)])
            assert report.is_clean, report.rows
            before, all_articles = rows(Article.objects.all()), Article.objects.all()
            for name, content in written(all_articles).items():
                again = import_articles(files.read(name, content)).rows
                assert [(row.done, row.problems, row.notes) for row in again] == [("未变", [], [])], name
                with undone():
                    Article.objects.all().delete()
                    assert import_articles(files.read(name, content)).is_clean
                    assert rows(Article.objects.all()) == before, name

    go_and_come()
    tried("随便什么字：导出再导入", f"{ROUND_TRIPS} 篇 × CSV、XLSX、Markdown", "一个字也没有少")
