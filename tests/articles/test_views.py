import re
from datetime import datetime, timedelta
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from taggit.models import TaggedItem

from articles.models import Article, ArticlePage, ArticleSource, Category, RelatedArticle, TagPage
from calculators.models import Calculator, PolicyDocument, PoolingArea

pytestmark = pytest.mark.django_db
EARLIER = timezone.now() - timedelta(days=1)
FIGURE = "〔职工门诊起付线·北京·在职〕"
LATER = timezone.now() + timedelta(days=1)


@pytest.fixture
def category():
    return Category.objects.create(name="待遇报销", slug="daiyu-baoxiao", description="怎么报。")


@pytest.fixture
def publish(category):
    """Make a public article: publish("题目", tags=["门诊"])."""

    def make(title="门诊怎么报", *, tags=(), **fields):
        given = {"body": "<p>正文。</p>", "status": Article.Status.PUBLISHED, "published_at": EARLIER} | fields
        article = Article.objects.create(title=title, category=category, **given)
        article.tags.set(tags)
        return article

    return make


@pytest.fixture
def gathered(django_capture_on_commit_callbacks):
    """Everything published inside is committed, and its pages gathered."""
    return django_capture_on_commit_callbacks


def beijing():
    return PoolingArea.objects.get(code="110000")


def shows(client, address, text):
    return text in client.get(address).content.decode()


def test_an_article_shows_its_title_category_date_tags_and_body(client, publish):
    article = publish(
        tags=["门诊", "起付线"], published_at=datetime(2026, 3, 1, 9, tzinfo=timezone.get_default_timezone())
    )

    page = client.get(article.get_absolute_url()).content.decode()

    assert "<h1>门诊怎么报</h1>" in page
    for text in ["待遇报销", "2026年3月1日", "起付线</a>", "<p>正文。</p>", "读完约 1 分钟"]:
        assert text in page


def test_an_article_shows_its_figures_with_their_sources(client, publish):
    article = publish(body="<p>起付线是〔职工门诊起付线·北京·在职〕。</p>")

    page = client.get(article.get_absolute_url()).content.decode()

    assert "1,800 元" in page
    assert "数字出处" in page
    assert 'id="figure-1"' in page


def test_an_article_names_its_sources(client, publish):
    article = publish()
    document = PolicyDocument.objects.get(number="国办发〔2021〕14号")
    ArticleSource.objects.create(article=article, document=document, clause="第三条")

    page = client.get(article.get_absolute_url()).content.decode()

    for text in [document.title, "国办发〔2021〕14号", "国务院办公厅", "2021年4月13日", document.url, "第三条"]:
        assert text in page


def test_an_article_lists_its_live_calculators_only(client, publish):
    article = publish()
    live = Calculator.objects.create(code="shown", name="能用的计算器", summary="一句话", live={})
    draft = Calculator.objects.create(code="draft", name="没发布的计算器", summary="一句话")
    article.calculators.set([live, draft])

    page = client.get(article.get_absolute_url()).content.decode()

    assert "能用的计算器" in page
    assert "没发布的计算器" not in page


def test_related_reading_lists_at_most_ten_readable_articles_with_reasons(client, publish):
    article = publish()
    for rank in range(12):
        RelatedArticle.objects.create(
            article=article, related=publish(f"另一篇 {rank:02}"), rank=rank, score=1, reason="同讲门诊"
        )
    RelatedArticle.objects.filter(rank=0).update(related=publish("草稿", status=Article.Status.DRAFT))

    page = client.get(article.get_absolute_url()).content.decode()

    assert "大家还在看" in page
    assert page.count("同讲门诊") == 10
    assert "草稿" not in page


def test_without_related_articles_there_is_no_such_heading(client, publish):
    assert not shows(client, publish().get_absolute_url(), "大家还在看")


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Article.Status.DRAFT},
        {"status": Article.Status.ARCHIVED},
        {"status": Article.Status.SCHEDULED, "published_at": LATER},
        {"unpublish_at": EARLIER},
    ],
)
def test_what_is_not_public_is_nowhere(client, publish, fields):
    article = publish("藏起来的", tags=["秘密"], area=beijing(), **fields)

    assert client.get(article.get_absolute_url()).status_code in {404, 410}
    for address in ["/", "/articles/", "/categories/daiyu-baoxiao/", "/tags/秘密/", "/areas/110000/articles/"]:
        assert not shows(client, address, "藏起来的")
    for address in ["/areas/110000/", "/feeds/articles/", "/sitemap-articles.xml"]:
        assert article.slug not in client.get(address).content.decode()
    assert shows(client, "/search/?q=藏起来的", "没有找到")


def test_a_scheduled_article_appears_when_its_time_has_come(client, publish):
    publish("到点了", status=Article.Status.SCHEDULED)

    assert shows(client, "/articles/", "到点了")


def test_an_unknown_slug_is_a_404_page_with_a_way_on(client):
    response = client.get("/articles/mei-you/")

    assert response.status_code == 404
    assert "没有这个页面" in response.content.decode()
    assert 'role="search"' in response.content.decode()


def test_lists_are_cut_into_pages_with_addresses(client, publish):
    for number in range(21):
        publish(f"第 {number} 篇")

    assert client.get("/articles/").content.decode().count("<h3>") == 20
    assert client.get("/articles/?page=2").content.decode().count("<h3>") == 1


def test_each_page_of_a_list_is_its_own_canonical_address(client, publish):
    for number in range(21):
        publish(f"第 {number} 篇")

    assert shows(client, "/articles/?page=2", '<link rel="canonical" href="http://testserver/articles/?page=2">')
    assert shows(client, "/articles/?page=1", '<link rel="canonical" href="http://testserver/articles/">')


@pytest.mark.parametrize(
    ("page", "sentence"), [("2", "一共 1 页，没有第 2 页"), ("0", "没有第 0 页"), ("二月", "页码应该是一个整数")]
)
def test_a_page_that_is_not_there_says_so(client, publish, page, sentence):
    publish()
    response = client.get("/articles/", {"page": page})

    assert response.status_code == 404
    assert sentence in response.content.decode()


def test_pages_of_a_search_keep_what_was_searched_for(client, publish):
    for number in range(21):
        publish(f"门诊第 {number} 篇")

    assert shows(client, "/search/?q=门诊", f"?q={quote('门诊')}&amp;page=2")


def test_a_tag_has_a_chinese_address(client, publish):
    publish("讲起付线的", tags=["起付线"])

    assert shows(client, "/tags/起付线/", "讲起付线的")


def test_a_tag_with_a_space_has_an_address(client, publish):
    article = publish(tags=["异地 就医"])

    slug = article.tags.get().slug

    assert shows(client, f"/tags/{slug}/", "门诊怎么报")


def test_a_list_with_nothing_in_it_offers_a_way_on(client, category):
    assert shows(client, category.get_absolute_url(), "这里还没有文章")


def test_search_wants_every_word_somewhere(client, publish):
    publish("北京门诊", body="<p>讲起付线。</p>")
    publish("成都门诊")

    found = client.get("/search/?q=门诊 起付线").content.decode()

    assert "北京<mark>门诊</mark>" in found
    assert "成都<mark>" not in found


@pytest.mark.parametrize("query", ["", "   ", "<script>", "' OR 1=1 --", "长" * 500, "\x00"])
def test_search_takes_anything(client, publish, query):
    response = client.get("/search/", {"q": query})

    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_search_results_are_not_for_search_engines(client):
    assert shows(client, "/search/?q=门诊", '<meta name="robots" content="noindex">')


def test_a_reference_in_a_summary_shows_its_figure(client, publish):
    publish(summary="北京起付线 〔职工门诊起付线·北京·在职〕。")

    assert shows(client, "/articles/", "北京起付线 1,800 元。")


def test_long_articles_have_a_table_of_contents_and_short_ones_do_not(client, publish):
    heading = "<h2>小标题</h2><p>文字</p>"

    long, short = publish(body=heading * 4), publish(body=heading * 3)

    assert shows(client, long.get_absolute_url(), '<a href="#section-4">小标题</a>')
    assert not shows(client, short.get_absolute_url(), "这一篇讲什么")


def test_a_document_lists_the_articles_that_cite_it(client, publish):
    document = PolicyDocument.objects.get(number="国办发〔2021〕14号")
    ArticleSource.objects.create(article=publish("引用它的"), document=document)

    assert shows(client, document.get_absolute_url(), "引用它的</a>")


def test_an_area_lists_its_articles(client, publish):
    publish("只讲北京的", area=beijing())

    assert shows(client, "/areas/110000/", "只讲北京的")
    assert shows(client, "/areas/110000/articles/", "只讲北京的")


@pytest.mark.parametrize(
    "address",
    ["/feeds/articles/", "/feeds/categories/daiyu-baoxiao/", "/feeds/tags/门诊/", "/feeds/areas/110000/"],
)
def test_each_feed_is_atom_and_holds_its_articles(client, publish, address):
    publish(tags=["门诊"], area=beijing(), summary="起付线 〔职工门诊起付线·北京·在职〕。")

    feed = ElementTree.fromstring(client.get(address).content)  # noqa: S314 - our own

    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == 1
    assert entries[0].find("{http://www.w3.org/2005/Atom}summary").text == "起付线 1,800 元。"


def test_the_sitemap_names_public_pages(client, publish):
    article = publish(tags=["门诊"])

    assert shows(client, "/sitemap.xml", "http://testserver/sitemap-articles.xml")
    assert shows(client, "/sitemap-articles.xml", article.get_absolute_url())
    assert shows(client, "/sitemap-tags.xml", quote("/tags/门诊/"))
    assert shows(client, "/sitemap-areas.xml", "/areas/110000/")


def test_a_tag_page_opens_with_its_introduction(client, publish):
    tag = publish(tags=["起付线"]).tags.get()
    TagPage.objects.create(tag=tag, summary="先过这条线。", introduction="<p>北京 〔职工门诊起付线·北京·在职〕</p>")

    page = client.get("/tags/起付线/").content.decode()

    assert "先过这条线。" in page
    assert "1,800 元" in page


def crowd(article, count):
    """So many copies of an article, filed, tagged and gathered as it is."""
    fields = {field.attname: getattr(article, field.attname) for field in Article._meta.concrete_fields}
    copies = Article.objects.bulk_create(
        Article(**fields | {"id": None, "slug": f"copy-{number}"}) for number in range(count)
    )
    page, tags = ArticlePage.objects.get(article=article), list(article.tags.all())
    ArticlePage.objects.bulk_create(
        ArticlePage(article=copy, parts=page.parts, references=page.references) for copy in copies
    )
    kind = ContentType.objects.get_for_model(Article)
    TaggedItem.objects.bulk_create(
        TaggedItem(tag=tag, object_id=copy.pk, content_type=kind) for copy in copies for tag in tags
    )


@pytest.mark.parametrize("count", [1, 200])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/articles/", 3),
        ("/categories/daiyu-baoxiao/", 3),
        ("/tags/门诊/", 4),
        ("/areas/110000/articles/", 3),
        ("/feeds/articles/", 2),
    ],
)
def test_lists_cost_the_same_for_one_article_and_for_two_hundred(
    client, publish, gathered, django_assert_num_queries, address, queries, count
):
    with gathered(execute=True):
        article = publish("门诊", tags=["门诊", "起付线"], area=beijing(), summary=FIGURE)
    crowd(article, count - 1)
    client.get(address)

    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize("count", [1, 10])
def test_an_article_costs_the_same_with_one_related_article_and_with_ten(
    client, publish, gathered, django_assert_num_queries, count
):
    with gathered(execute=True):
        article = publish(tags=["门诊", "北京"], summary=FIGURE, body=f"<p>{FIGURE}</p>")
        for rank in range(count):
            related = publish(f"另一篇 {rank}", summary=FIGURE)
            RelatedArticle.objects.create(article=article, related=related, rank=rank, score=1)

    with django_assert_num_queries(3):
        client.get(article.get_absolute_url())


def test_a_long_list_of_a_tag_holds_what_a_short_one_does(client, publish, monkeypatch):
    """Past MOST_COUNTED it is found another way: from the newest article on."""
    monkeypatch.setattr("articles.listing.A_PAGE", 2)
    tagged = [
        publish(f"第 {number} 篇", tags=["门诊"], published_at=EARLIER - timedelta(days=number)) for number in range(5)
    ]
    publish("没有标签", published_at=EARLIER)

    def titles(query):
        return re.findall(r'<h3><a href="[^"]*">(.*?)</a>', client.get(f"/tags/门诊/{query}").content.decode())

    queries = ["", "?page=2", f"?before={tagged[1].pk}", f"?before={tagged[3].pk}"]
    short = [titles(query) for query in queries]
    monkeypatch.setattr("articles.listing.MOST_COUNTED", 4)

    assert short == [["第 0 篇", "第 1 篇"], ["第 2 篇", "第 3 篇"], ["第 2 篇", "第 3 篇"], ["第 4 篇"]]
    assert [titles(query) for query in queries] == short


def test_what_lies_behind_the_last_numbered_page_is_reached_article_by_article(client, publish, monkeypatch):
    monkeypatch.setattr("articles.listing.MOST_COUNTED", 40)
    published = [publish(f"第 {number} 篇", published_at=EARLIER - timedelta(days=number)) for number in range(65)]
    last_numbered = client.get("/articles/?page=2").content.decode()
    older = client.get(f"/articles/?before={published[39].pk}").content.decode()
    oldest = client.get(f"/articles/?before={published[59].pk}").content.decode()

    assert f'href="?before={published[39].pk}"' in last_numbered
    assert [f">第 {number} 篇</a>" in older for number in (39, 40, 59, 60)] == [False, True, True, False]
    assert f'href="?before={published[59].pk}"' in older
    assert "第 64 篇" in oldest
    assert 'rel="next"' not in oldest


def test_articles_of_the_same_moment_are_each_reached_once(client, publish, monkeypatch):
    monkeypatch.setattr("articles.listing.A_PAGE", 2)
    pks = [publish(f"第 {number} 篇", published_at=EARLIER).pk for number in range(5)]
    older = client.get(f"/articles/?before={pks[3]}").content.decode()

    assert [f">第 {number} 篇</a>" in older for number in range(5)] == [False, True, True, False, False]


@pytest.mark.parametrize("before", ["0", "x", "9" * 30, "-1", "²"])
def test_a_list_before_nothing_is_not_found(client, publish, before):
    publish()

    assert client.get("/articles/", {"before": before}).status_code == 404


def test_an_article_leads_to_its_neighbours_in_the_category(client, publish):
    first, middle, last = (publish(f"第 {number} 篇", published_at=EARLIER) for number in range(3))
    page = client.get(middle.get_absolute_url()).content.decode()

    assert f'<a href="{first.get_absolute_url()}" rel="prev">' in page
    assert f'<a href="{last.get_absolute_url()}" rel="next">' in page
    assert not shows(client, last.get_absolute_url(), 'rel="next"')
