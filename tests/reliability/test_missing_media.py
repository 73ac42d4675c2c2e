"""Uploads whose files are gone: pages, lists, feeds, exports and the office stand, and a backup holds what is there."""

import shutil
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from articles.models import Article, ArticlePage, Category, Picture
from articles.pages.social_cards import draw_missing
from articles.tasks import redraw_lost_cards
from tests.articles.picture_files import file_of, upload
from yibao_site.backup import archive
from yibao_site.backup.archive import verify_backup, write_backup

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(settings, tmp_path, admin_client):
    """A public article with a picture and a card."""
    settings.MEDIA_ROOT = tmp_path / "media"
    upload(admin_client, file_of())
    body = f'<p>文</p><img src="{Picture.objects.get().url}" alt="医保码">'
    category = Category.objects.create(name="门诊", slug="menzhen")
    article = Article.objects.create(title="门诊", slug="a", body=body, category=category, status="published")
    draw_missing()
    assert ArticlePage.objects.get().card
    return article


def test_pages_lists_feeds_exports_and_the_office_stand_when_all_files_are_gone(article, client, admin_client, tried):
    picture = Picture.objects.get()
    shutil.rmtree(default_storage.path(""))
    pages = ["/", "/articles/", "/articles/a/", "/categories/menzhen/", "/feeds/articles/", "/sitemap-articles.xml"]
    office = ["articles/picture/", f"articles/picture/{picture.pk}/change/", "articles/article/"]
    office += [f"articles/article/{article.pk}/{name}/" for name in ("change", "compare", "history", "preview")]
    chosen = {"action": "export_csv", "_selected_action": [article.pk]}

    assert [page for page in pages if client.get(page).status_code != 200] == []
    assert [page for page in office if admin_client.get(f"/admin/{page}").status_code != 200] == []
    assert admin_client.post("/admin/articles/article/", chosen)["Content-Type"].startswith("text/csv")
    assert {client.get(default_storage.url(name)).status_code for name in picture.files} == {404}
    tried(
        "上传的文件全没了：网页、列表、订阅、编辑部、导出",
        f"{len(pages) + len(office) + 1} 页",
        "都照常，只有图片是 404",
    )


def test_a_card_whose_file_is_gone_is_drawn_anew_and_the_others_are_left(article, client, tried):
    Article.objects.create(title="住院", slug="b", body="<p>文</p>", category=article.category, status="published")
    draw_missing()
    lost, kept = ArticlePage.objects.order_by("pk").values_list("card", flat=True)
    written = default_storage.get_modified_time(kept)
    default_storage.delete(lost)
    assert redraw_lost_cards.func() == 1

    page = client.get("/articles/a/").content.decode()
    assert f'property="og:image" content="http://testserver/media/{lost}"' in page
    assert default_storage.exists(lost)
    assert default_storage.get_modified_time(kept) == written
    shutil.rmtree(default_storage.path(""))
    assert redraw_lost_cards.func() == 2
    tried("链接图的文件没了", "1 张，再全部", "下一个小时重新画好，别的不动")


def test_a_backup_is_whole_though_a_file_goes_while_it_is_written(article, tmp_path, monkeypatch, tried):
    names = list(archive.media_names())

    def all_but_one_stay():
        for place, name in enumerate(names):
            if place == 1:
                Path(default_storage.path(name)).unlink()
            yield name

    monkeypatch.setattr(archive, "media_names", all_but_one_stay)
    write_backup(tmp_path / "backup.zip")
    manifest = verify_backup(tmp_path / "backup.zip")

    assert {name for name in manifest["files"] if name.startswith("media/")} == {
        f"media/{name}" for name in [names[0], *names[2:]]
    }
    assert zipfile.ZipFile(tmp_path / "backup.zip").testzip() is None
    tried("备份到一半，一个上传的文件没了", "1 次", "备份里是其余的全部，校验通过")
