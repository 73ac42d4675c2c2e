"""Markup that changes a number, and blocks that keep lines apart, by the form and by every file that is imported."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook
from taggit.models import Tag

from articles.import_export import files
from articles.import_export.importer import import_articles
from articles.models import Article, Category
from articles.text import plain_text
from tests.articles.admin.conftest import Desk

IMPORT = reverse("admin:articles_article_import")
CHECK = reverse("admin:articles_article_import_check")
GIVEN = (
    "<p>起付线1,800<sup>1</sup>元，10<sup>4</sup>，H<sub>2</sub>O，原价<del>1,800</del><ins>1,900</ins>，"
    "<ruby>医<rp>(</rp><rt>yī</rt><rp>)</rp></ruby>保</p>"
)
STORED = "<p>起付线1,800<sup>1</sup>元，10<sup>4</sup>，H<sub>2</sub>O，原价1,900，医（yī）保</p>"
NOTE = "去掉了 1 处划掉的文字：“1,800”。"


@pytest.fixture
def category(db):
    return Category.objects.create(name="健康新闻")


@pytest.fixture
def author(staff):
    return Desk(Client(), staff("编辑", username="author"))


def markdown(body):
    return "a.md", f'+++\ntitle = "甲"\ncategory = "健康新闻"\n+++\n\n{body}\n'.encode()


def csv(body):
    quoted = body.replace('"', '""')
    return "a.csv", f'标题,栏目,正文\n甲,健康新闻,"{quoted}"\n'.encode()


def xlsx(body):
    book, data = Workbook(), BytesIO()
    book.active.append(["标题", "栏目", "正文"])
    book.active.append(["甲", "健康新闻", body])
    book.save(data)
    return "a.xlsx", data.getvalue()


def wordpress(body, title="甲"):
    return (
        "a.xml",
        f"""<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><item><title><![CDATA[{title}]]></title><content:encoded><![CDATA[{body}]]></content:encoded>
<category domain="category">健康新闻</category><wp:post_type>post</wp:post_type></item></channel></rss>""".encode(),
    )


FILES = [markdown, csv, xlsx, wordpress]


def bring(client, file, **options):
    name, data = file
    return client.post(IMPORT, {"files": SimpleUploadedFile(name, data), **options}, follow=True)


@pytest.mark.parametrize("file", FILES)
def test_an_import_keeps_raised_figures_and_drops_struck_ones(author, category, file):
    bring(author.client, file(GIVEN), really="on")

    assert Article.objects.get().body.strip() == STORED


@pytest.mark.parametrize("file", FILES)
def test_the_dry_run_of_an_import_says_what_it_drops(author, category, file):
    name, data = file(GIVEN)
    checked = author.client.post(CHECK, {"files": SimpleUploadedFile(name, data)}).json()

    assert NOTE in bring(author.client, file(GIVEN)).content.decode()
    assert NOTE in checked["rows"][0]["said"]
    assert not Article.objects.exists()


def test_a_posted_form_keeps_raised_figures_and_tells_the_editor_what_it_drops(author, category):
    fields = author.open(None) | {"title": "甲", "category": str(category.pk), "body": GIVEN}
    page = author.post(None, fields).content.decode()

    assert Article.objects.get().body == STORED
    assert f"正文：{NOTE}" in page


@pytest.mark.parametrize(
    ("markup", "note"),
    [
        ('<img src="https://a.cn/a.png"><img src="data:image/png;base64,AA"><svg></svg>', "3 张不在图片库里的图片"),
        ("<math><msup><mn>10</mn><mn>4</mn></msup></math>", "1 个公式"),
        ('<iframe src="https://a.cn"></iframe><video></video>', "2 处视频、音频或内嵌网页"),
        ("<script>1</script>", "1 段脚本"),
        ('<input value="1"><select><option>1</option></select>', "2 个按钮或输入框"),
        ('<a href="javascript:alert(1)">甲</a><a href="a/b">乙</a>', "2 个打不开的链接"),
        ('<span style="display:none">隐藏的话</span>', "1 处不显示的文字：“隐藏的话”"),
        ("<u>甲</u><mark>乙</mark>", "2 处下划线、底色之类的样式"),
        ("<s>一</s><s>二</s><s>三</s><s>四</s>", "4 处划掉的文字：“一”、“二”、“三”等"),
    ],
    ids=["pictures", "formula", "embedded", "script", "controls", "links", "hidden", "dress", "struck"],
)
def test_an_editor_is_told_of_each_kind_of_removal(author, category, markup, note):
    fields = author.open(None) | {"title": "甲", "category": str(category.pk), "body": f"<p>文。</p><p>{markup}</p>"}

    assert note in author.post(None, fields).content.decode()


def test_an_editor_is_told_nothing_where_nothing_is_removed(author, category):
    fields = author.open(None) | {"title": "甲", "category": str(category.pk), "body": f"{STORED}<p></p>"}

    assert "去掉了" not in author.post(None, fields).content.decode()


def test_the_introduction_of_a_tag_keeps_raised_figures_and_its_editor_is_told(client, staff):
    tag = Tag.objects.create(name="门诊", slug="men-zhen")
    client.force_login(staff("主编"))
    rows = {f"{part}-{name}_FORMS": "0" for part in ("page",) for name in ("TOTAL", "INITIAL")}
    posted = rows | {"name": "门诊", "slug": "men-zhen", "page-TOTAL_FORMS": "1", "page-0-introduction": GIVEN}
    page = client.post(reverse("admin:taggit_tag_change", args=[tag.pk]), posted | {"_continue": "1"}, follow=True)

    assert Tag.objects.get().page.introduction == STORED
    assert f"介绍：{NOTE}" in page.content.decode()


def test_raised_figures_go_out_and_in_again_unchanged(category):
    article = Article.objects.create(title="甲", slug="a", body=STORED, category=category)
    [row] = files.exported(Article.objects.all())
    written = [("a.md", files.to_markdown(row).encode()), ("a.csv", files.to_table(Article.objects.all(), "csv"))]
    written += [("a.xlsx", files.to_table(Article.objects.all(), "xlsx"))]

    for name, data in written:
        assert [one.done for one in import_articles(files.read(name, data)).rows] == ["未变"]
    assert Article.objects.get(pk=article.pk).body == STORED


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("10<sup>4</sup> 元", "10⁴ 元"),
        ("原价<del>1,800</del>1,900", "原价1,900"),
        ("<b>甲</b> &amp; 乙", "甲 & 乙"),
        ("起付线<1,800 元", "起付线<1,800 元"),
    ],
)
def test_a_title_with_markup_is_imported_as_the_text_it_shows(author, category, given, title):
    bring(author.client, wordpress("<p>文。</p>", title=given), really="on")
    front = f'+++\ntitle = {json.dumps(given)}\nsummary = {json.dumps(given)}\ncategory = "健康新闻"\n+++\n\n文。\n'
    bring(author.client, ("a.md", front.encode()), really="on")

    assert [article.title for article in Article.objects.all()] == [title, title]
    assert Article.objects.latest("pk").summary == title


BLOCKS = {
    "classic WordPress": ("甲。\n乙。\n\n丙。<b>丁</b>\n\n<ul>\n<li>戊</li>\n</ul>\n己。", "甲。|乙。|丙。丁|戊|己。"),
    "preformatted": ("<pre>甲 1\n乙 2\n\n丙 3</pre>", "甲 1|乙 2|丙 3"),
    "sections": ("<section><section>甲</section><section><span>乙</span></section></section>", "甲|乙"),
    "articles and divs": ("<article><div>甲<div>乙</div>丙</div></article>", "甲|乙|丙"),
    "definitions": ("<dl><dt>起付线</dt><dd>自己先付的</dd></dl>", "起付线|自己先付的"),
    "table with a caption": ("<table><caption>表一</caption><tr><td>1</td><td>800</td></tr></table>", "表一|1 800"),
    "blocks in a cell": ("<table><tr><td><div>1</div><div>800</div></td></tr></table>", "1|800"),
    "blocks in a heading": ("<h2><div>1</div><div>800</div></h2>", "1 800"),
}


@pytest.mark.parametrize("file", [csv, xlsx, wordpress])
@pytest.mark.parametrize(("body", "lines"), BLOCKS.values(), ids=BLOCKS)
def test_an_import_keeps_lines_apart(author, category, file, body, lines):
    bring(author.client, file(body), really="on")

    assert plain_text(Article.objects.get().body).split("\n") == lines.split("|")


@pytest.mark.parametrize("file", [csv, xlsx])
def test_each_line_of_a_plain_text_is_a_paragraph(author, category, file):
    bring(author.client, file("甲 & 乙。\n丙。\n\n丁。"), really="on")

    assert Article.objects.get().body == "<p>甲 &amp; 乙。</p><p>丙。</p><p>丁。</p>"


def test_plain_text_that_is_posted_without_the_editor_keeps_its_lines(author, category):
    article = author.write(category, body="甲。\r\n\r\n乙。")

    assert article.body == "<p>甲。</p><p>乙。</p>"


def test_preformatted_lines_that_are_posted_stay_apart(author, category):
    article = author.write(category, body="<pre>门诊 1,800\n2,000 住院\n\n<code>大病</code></pre><p>完。</p>")

    assert article.body == "<p>门诊 1,800<br>2,000 住院</p><p>大病</p><p>完。</p>"


def test_headings_of_other_levels_become_the_two_there_are(author, category):
    article = author.write(category, body="<h1>一</h1><h2>二</h2><h4>四</h4>")
    other = author.write(category, body="<h2>二</h2><h3>三</h3><h5>五</h5>")

    assert article.body == "<h2>一</h2><h3>二</h3><h3>四</h3>"
    assert other.body == "<h2>二</h2><h3>三</h3><h3>五</h3>"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("www.nhsa.gov.cn", "https://www.nhsa.gov.cn"),
        ("nhsa.gov.cn/art/2026?a=1", "https://nhsa.gov.cn/art/2026?a=1"),
        (" HTTPS://www.nhsa.gov.cn/ ", "HTTPS://www.nhsa.gov.cn/"),
        ("//www.nhsa.gov.cn/", "https://www.nhsa.gov.cn/"),
        ("12393@nhsa.gov.cn", "mailto:12393@nhsa.gov.cn"),
        ("tel:12393", "tel:12393"),
        ("/articles/a/", "/articles/a/"),
        ("#figure-1", "#figure-1"),
    ],
)
def test_a_link_leads_where_its_author_meant(author, category, typed, stored):
    article = author.write(category, body=f'<p><a href="{typed}">甲</a></p>')

    assert article.body == f'<p><a href="{stored}">甲</a></p>'


@pytest.mark.parametrize("typed", ["docs/a.html", "a.html", "../a/", "file:///C:/a.doc", "医保局", ""])
def test_a_link_that_leads_nowhere_is_no_link(author, category, typed):
    article = author.write(category, body=f'<p><a href="{typed}">甲</a></p>')

    assert article.body == "<p>甲</p>"
