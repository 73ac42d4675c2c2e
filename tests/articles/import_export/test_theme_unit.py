"""A WordPress export with all that WordPress's theme unit test has, on the import page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from articles.models import Article
from tests.articles.import_export.conftest import IMPORT
from tests.articles.import_export.wxr_files import LATER, item, wxr

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def category(news):
    return news


COMMENT = "<wp:comment><wp:comment_id>{}</wp:comment_id><wp:comment_parent>{}</wp:comment_parent></wp:comment>"
THEME_UNIT = wxr(
    item("关于本站", post_type="page", post_name="about", menu_order="3"),
    item("菜单：首页", post_type="nav_menu_item"),
    item("图一", post_type="attachment", status="inherit", attachment_url="https://old.example/a.jpg"),
    item("可重用", post_type="wp_block"),
    item("置顶的", is_sticky="1", post_name="sticky", categories=("未分类", "医保"), tags=("门诊",)),
    item("有密码的", post_password="enter", post_name="secret"),
    item("待审的", status="pending"),
    item("定时的", status="future", post_date=f"{LATER:%Y-%m-%d %H:%M:%S}", post_name="later"),
    item("草稿的", status="draft", post_date_gmt="0000-00-00 00:00:00"),
    item("热闹的", more=COMMENT.format(1, 0) + COMMENT.format(2, 1) + COMMENT.format(3, 2), post_name="threaded"),
    item("&lt;em&gt;标题&lt;/em&gt; 带 &amp;quot;符号&amp;quot; 与 100%", post_name="markup"),
    item("长" * 80, post_name="long-title"),
    item("", post_name="no-title", body="没有标题的一篇。"),
    item("没有正文的", post_name="no-body", body=""),
    item(
        "图多的",
        body='第一段\n\n<img src="https://old.example/a.jpg" alt="图" />[gallery ids="1,2"]',
        post_name="images",
    ),
)


def test_an_export_with_everything_wordpress_has_comes_in_as_its_dry_run_tells(import_page, client, category):
    becomes = {"未分类": str(category.pk)}
    rows = import_page({"theme.xml": THEME_UNIT}, really=True, becomes=becomes)

    assert [row.split("，")[0].split(" ")[0] for row in rows] == ["跳过"] * 4 + ["新建"] * 9 + ["跳过", "新建"]
    told = dict(
        zip(
            [
                "sticky",
                "secret",
                "pending",
                "later",
                "draft",
                "threaded",
                "markup",
                "long",
                "untitled",
                "empty",
                "images",
            ],
            rows[4:],
            strict=True,
        )
    )
    assert "原来置顶" in told["sticky"]
    assert "归入“未分类”，“医保”作为标签" in told["sticky"]
    assert "原来有密码，作为草稿导入" in told["secret"]
    assert "3 条评论没有导入" in told["threaded"]
    assert "没有标题，拿正文的开头作标题，作为草稿导入" in told["untitled"]
    assert "《没有正文的》没有正文" in told["empty"]
    assert "1 处 WordPress 短代码" in told["images"]
    assert "1 张不在图片库里的图片" in told["images"]
    public = {"sticky", "threaded", "markup", "long-title", "images"}
    assert {one.slug for one in Article.objects.published(timezone.now())} == public
    assert client.get("/articles/secret/").status_code == 404
    assert Article.objects.get(title='标题 带 "符号" 与 100%').slug == "markup"


def test_an_export_with_unknown_categories_offers_to_map_them(admin_client):
    page = admin_client.post(IMPORT, {"files": SimpleUploadedFile("a.xml", THEME_UNIT)})

    assert list(page.context["unknown"]) == ["未分类"]
