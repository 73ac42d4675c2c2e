"""Bodies written as Markdown: readable where Markdown can say it, HTML where it cannot, and always the same when read again."""

from pathlib import Path

import pytest

from articles.fields.kinds import bare
from articles.import_export.markdown import parse, to_html
from articles.import_export.markdown_writer import body_to_markdown

DEMO = sorted((Path(__file__).parents[3] / "articles" / "demo").glob("*.md"))
WRITTEN = {
    "<p>甲</p><p>乙</p>": "甲\n\n乙",
    "<h2>先说结论</h2><p><strong>重点：</strong>余额<em>不</em>清零。</p>": "## 先说结论\n\n**重点：**余额*不*清零。",
    "<ul><li><p>身份证</p></li><li><p>医保码</p></li></ul>": "- 身份证\n- 医保码",
    "<ol><li><p>先备案</p></li><li><p>再就医</p></li></ol>": "1. 先备案\n2. 再就医",
    '<ol start="3"><li><p>丙</p></li></ol>': "3. 丙",
    "<blockquote><p>甲</p><p>乙</p></blockquote>": "> 甲\n> \n> 乙",
    "<table><tbody><tr><th><p>年龄</p></th><th><p>每月</p></th></tr><tr><td><p>70</p></td><td><p>100</p></td></tr></tbody></table>": (
        "| 年龄 | 每月 |\n|---|---|\n| 70 | 100 |"
    ),
    '<p>见<a href="https://www.nhsa.gov.cn/">医保局</a></p>': "见[医保局](<https://www.nhsa.gov.cn/>)",
    "<p>是〔职工门诊起付线·北京·在职〕</p>": "是〔职工门诊起付线·北京·在职〕",
}
KEPT_AS_HTML = [
    '<blockquote class="tip"><p>记得带身份证。</p></blockquote>',
    '<table><tbody><tr><td colspan="2"><p>合并的</p></td></tr></tbody></table>',
    '<figure><img src="/media/pictures/a-960.webp" alt="码"><figcaption>图注</figcaption></figure>',
]
AWKWARD = [
    "<p>1. 不是列表</p>",
    "<p># 不是标题</p>",
    "<p>- 不是列表</p>",
    "<p>2*3*4 = 24，a_b_c，[甲](乙)，`码`，~~没划~~，a|b</p>",
    "<p>1 &lt; 2 &amp;&amp; 3 &gt; 2，&amp;lt; 是字</p>",
    "<p>10<sup>4</sup>元，H<sub>2</sub>O</p>",
    "<p>第一行<br>第二行</p>",
    "<p><strong>甲</strong><em>乙</em>丙<strong><em>丁</em></strong></p>",
    "<ul><li><p>外</p><ul><li><p>里</p></li></ul></li><li><p>两段</p><p>第二段</p></li></ul>",
    "<hr><p>+++</p><p>---</p><p>===</p>",
]


@pytest.mark.parametrize(("html", "markdown"), WRITTEN.items())
def test_a_body_is_written_as_markdown(html, markdown):
    assert body_to_markdown(html) == markdown


@pytest.mark.parametrize("html", KEPT_AS_HTML)
def test_what_markdown_cannot_say_stays_html_beside_what_it_can(html):
    assert body_to_markdown(f"<p>甲</p>{html}<p>乙</p>") == f"甲\n\n{html}\n\n乙"


@pytest.mark.parametrize("html", [*WRITTEN, *KEPT_AS_HTML, *AWKWARD])
def test_a_body_written_and_read_again_is_the_same(html):
    assert bare(to_html(body_to_markdown(html)).html) == bare(html)


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem[:2])
def test_the_shipped_articles_come_back_as_they_are_and_hold_no_paragraph_in_html(path):
    html = parse(path.read_text(encoding="utf-8")).body
    written = body_to_markdown(html)

    assert bare(to_html(written).html) == bare(html)
    assert "<p>" not in written
