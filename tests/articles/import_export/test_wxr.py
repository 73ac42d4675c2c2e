"""WXR of the kinds that WordPress writes: posts in every state, pages, menus, attachments, comments, in each version."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from articles.models import Article, OldAddress
from tests.articles.import_export.conftest import IMPORT
from tests.articles.import_export.wxr_files import LATER, item, wxr

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def category(news):
    return news


@pytest.fixture
def bring_in(import_page):
    """The rows of the dry run, each as one text; then the file is imported."""
    return lambda content: import_page({"a.xml": content}, really=True)


def article(title):
    return Article.objects.get(title=title)


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.3"])
def test_every_version_of_the_namespace_is_read_alike(bring_in, version, client):
    bring_in(wxr(item("公开", excerpt="摘要。"), item("页面", post_type="page"), version=version))

    assert [one.title for one in Article.objects.all()] == ["公开"]
    assert article("公开").summary == "摘要。"
    assert timezone.localtime(article("公开").published_at).isoformat() == "2024-05-06T07:08:09+08:00"
    assert client.get(article("公开").get_absolute_url()).status_code == 200


NOT_PUBLIC = {
    "password": ({"post_password": "secret"}, "原来有密码"),
    "draft": ({"status": "draft", "post_date": "0000-00-00 00:00:00"}, "原来是草稿"),
    "pending": ({"status": "pending"}, "原来待审"),
    "private": ({"status": "private"}, "原来是私密文章"),
    "unknown status": ({"status": "archive"}, "不认识原来的状态“archive”"),
    "missing status": ({"status": None}, "没有写明状态"),
    "missing day": ({"post_date": None}, "没有读得懂的发布时间"),
    "no day": ({"post_date": "0000-00-00 00:00:00"}, "没有读得懂的发布时间"),
    "missed schedule": ({"status": "future", "post_date": "2020-01-01 00:00:00"}, "时间已经过了"),
}


@pytest.mark.parametrize(("elements", "said"), NOT_PUBLIC.values(), ids=NOT_PUBLIC)
def test_what_was_not_public_comes_in_as_a_draft_and_says_why(bring_in, client, elements, said):
    [row] = bring_in(wxr(item("不公开", **elements)))

    assert said in row
    assert "作为草稿导入" in row
    assert article("不公开").status == Article.Status.DRAFT
    assert client.get(article("不公开").get_absolute_url()).status_code == 404


LEFT_OUT = {
    "page": ({"post_type": "page"}, "页面"),
    "attachment": ({"post_type": "attachment", "status": "inherit"}, "附件"),
    "menu item": ({"post_type": "nav_menu_item"}, "菜单项"),
    "revision": ({"post_type": "revision", "status": "inherit"}, "旧版本"),
    "unknown type": ({"post_type": "product"}, "“product”类内容"),
    "missing type": ({"post_type": None}, "没有写明种类"),
    "trash": ({"status": "trash"}, "回收站"),
    "automatic draft": ({"status": "auto-draft"}, "没有存过的草稿"),
}


@pytest.mark.parametrize(("elements", "said"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_is_no_article_is_skipped_and_told(bring_in, elements, said):
    rows = bring_in(wxr(item("留下", **elements), item("进来")))

    assert rows[0].startswith("跳过")
    assert said in rows[0]
    assert "《留下》" in rows[0]
    assert [one.title for one in Article.objects.all()] == ["进来"]


def test_what_was_scheduled_is_scheduled(bring_in, client):
    [row] = bring_in(wxr(item("以后", status="future", post_date=f"{LATER:%Y-%m-%d %H:%M:%S}")))

    assert "到时自动上线" in row
    assert article("以后").status == Article.Status.SCHEDULED
    assert client.get(article("以后").get_absolute_url()).status_code == 404


def test_the_moment_in_world_time_counts_where_it_is_told(bring_in):
    bring_in(wxr(item("别的时区", post_date="2024-05-06 01:08:09", post_date_gmt="2024-05-05 23:08:09")))

    assert timezone.localtime(article("别的时区").published_at).isoformat() == "2024-05-06T07:08:09+08:00"


def test_comments_and_sticky_posts_are_told(bring_in):
    comment = "<wp:comment><wp:comment_content>顶</wp:comment_content></wp:comment>"
    [row] = bring_in(wxr(item("热闹", more=comment * 2, is_sticky="1")))

    assert "2 条评论没有导入" in row
    assert "原来置顶" in row


def test_odd_titles_and_empty_bodies_are_told_and_bring_no_markup(bring_in):
    bring_in(wxr(item("&lt;b&gt;粗体&lt;/b&gt; &amp;amp; 引号&quot;")))
    assert article('粗体 & 引号"')

    [untitled, empty] = bring_in(wxr(item("", body="门诊起付线是1,800元。"), item("空的", body="")))
    assert untitled.startswith("新建，草稿")
    assert "没有标题，拿正文的开头作标题" in untitled
    assert article("门诊起付线是1,800元。").status == Article.Status.DRAFT
    assert empty.startswith("跳过")
    assert "《空的》没有正文" in empty


def test_a_body_of_which_nothing_can_be_kept_is_refused(bring_in):
    [row] = bring_in(wxr(item("只有图", body='<img src="https://old.example/a.jpg" />')))

    assert "正文：此字段不能为空。" in row
    assert not Article.objects.exists()


def test_shortcodes_stay_and_are_told(bring_in):
    body = '[caption id="a_1"]图[/caption]【注】[1] [gallery] [contact-form-7 id="3" title="x"] [甲=1] [sic]'
    [row] = bring_in(wxr(item("短代码", body=body)))

    assert "3 处 WordPress 短代码" in row
    assert "[gallery]" in article("短代码").body
    assert "短代码（" not in bring_in(wxr(item("没有的", body="【注】[1] [甲=1] [sic]")))[0]


def test_an_xml_that_is_no_export_is_told(bring_in):
    assert "没有文章" in bring_in(b"<feed><entry>x</entry></feed>")[0]


def test_an_entity_declaration_is_refused_in_any_encoding(bring_in):
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><rss><channel><item><title>&a;</title></item></channel></rss>'

    for encoding in ("utf-8", "utf-16"):
        assert "实体声明" in bring_in(bomb.encode(encoding))[0]


def test_the_import_counts_articles_and_not_what_is_skipped(admin_client):
    content = wxr(item("一"), item("附件", post_type="attachment"), item("页面", post_type="page"))
    page = admin_client.post(IMPORT, {"files": SimpleUploadedFile("a.xml", content)}).content.decode()
    assert "1 篇文章，其余跳过" in page

    upload = SimpleUploadedFile("a.xml", content)
    page = admin_client.post(IMPORT, {"files": upload, "really": "on"}, follow=True).content.decode()
    assert "已导入 1 篇" in page


def test_the_name_of_the_address_is_kept_and_the_old_address_leads_to_it(bring_in, client):
    [row] = bring_in(wxr(item("旧文", post_name="old-post", link="https://old.example/2024/05/old-post/")))

    assert article("旧文").slug == "old-post"
    assert "旧网址 /2024/05/old-post/ 会转到这一篇。" in row
    moved = client.get("/2024/05/old-post/")
    assert (moved.status_code, moved["Location"]) == (301, "/articles/old-post/")


def test_an_address_in_chinese_is_found_again(bring_in, client):
    encoded = "%e9%97%a8%e8%af%8a"
    [row] = bring_in(wxr(item("旧文", post_name=encoded, link=f"https://old.example/{encoded}/")))

    assert "原来的网址名“门诊”不是字母、数字和连字符，由标题的拼音生成。" in row
    assert article("旧文").slug == "jiu-wen"
    assert client.get("/门诊/")["Location"] == "/articles/jiu-wen/"


@pytest.mark.parametrize("link", ["https://old.example/?p=12", "https://old.example/", "https://old.example/articles/"])
def test_an_old_address_that_cannot_lead_here_is_told(bring_in, link):
    [row] = bring_in(wxr(item("旧文", post_name="a", link=link)))

    assert f"旧网址 {link} 不能自动转到这里。" in row
    assert not OldAddress.objects.exists()


def test_an_old_address_of_another_article_stays_with_it(bring_in):
    link = "https://old.example/same/"
    rows = bring_in(wxr(item("一", post_name="one", link=link), item("二", post_name="two", link=link)))

    assert "旧网址 /same/ 已经转到“一”，没有改。" in rows[1]
    assert OldAddress.objects.get().article == article("一")


def test_what_was_not_public_leaves_no_old_address(bring_in):
    bring_in(wxr(item("草", post_name="a", status="draft", link="https://old.example/a/")))

    assert not OldAddress.objects.exists()


def test_further_categories_become_tags_and_are_told(bring_in):
    [row] = bring_in(wxr(item("多", categories=("健康新闻", "医保", "长" * 31), tags=("门诊",))))

    assert article("多").tags_text == "门诊、医保"
    assert "归入“健康新闻”，“医保”作为标签。" in row
    assert f"另外的栏目“{'长' * 31}”太长" in row


def test_the_same_export_again_changes_nothing(bring_in):
    content = wxr(item("旧文", post_name="old", link="https://old.example/old/", tags=("门诊",)))
    bring_in(content)

    assert bring_in(content)[0].startswith("未变")
    assert Article.objects.count() == 1


def test_the_same_export_again_changes_nothing_where_its_slugs_are_chinese_or_missing(bring_in):
    chinese = item("旧文", post_name="%e6%97%a7%e6%96%87", tags=("门诊",), excerpt="一句话。")
    bring_in(wxr(chinese, item("草稿", status="draft", post_name="")))
    assert [row.split(" ")[0] for row in bring_in(wxr(chinese, item("草稿", status="draft", post_name="")))] == [
        "未变"
    ] * 2
    assert Article.objects.count() == 2

    [row] = bring_in(wxr(item("草稿", body="另写的。", post_name="")))
    assert row.startswith("新建")
    assert "已有同名的文章（网址名 cao-gao），这里没有写网址名，当作另一篇。" in row
    assert Article.objects.count() == 3
