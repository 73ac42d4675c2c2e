"""站点设置 in the office: what is saved shows on every page at once, wrong input stays in its box, and who may do it."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.models import Category
from articles.views import media
from calculators.common import site_identity
from tests.articles.factories import EARLIER
from tests.articles.picture_files import file_of
from tests.office_page import open_form
from yibao_site.site_settings import reading
from yibao_site.site_settings.models import NavigationItem, SiteSettings, stored_settings

FORM = "/admin/yibao_site/sitesettings/1/change/"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_folder")]


@pytest.fixture
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def chief(client, staff):
    client.force_login(staff("主编"))
    stored_settings()
    return client


def save(client, **typed):
    return client.post(FORM, open_form(client, FORM) | typed)


def test_a_new_name_shows_on_every_page_and_in_the_office_at_once(chief):
    assert "医保指南" in chief.get("/feeds/").content.decode()
    answer = save(chief, name="江城医保通", slogan="一算就知道", icp_record="鄂ICP备2021012345号", hotline="027-12393")

    assert answer.status_code == 302
    page = chief.get("/feeds/").content.decode()
    assert "医保指南" not in page
    assert "订阅更新 - 江城医保通" in page
    assert '<a href="https://beian.miit.gov.cn/">鄂ICP备2021012345号</a>' in page
    assert '<a href="tel:02712393">027-12393</a>' in page
    assert "江城医保通 编辑部" in chief.get(FORM).content.decode()
    assert SiteSettings.history.count() == 2


def test_a_police_record_leads_to_its_own_entry_of_the_register(chief):
    save(chief, police_record="鄂公网安备42010502030123号", badge_upload=file_of((60, 66), "PNG"))
    page = chief.get("/feeds/").content.decode()

    assert 'href="https://beian.mps.gov.cn/#/query/webSearch?code=42010502030123"><img src="/media/site/' in page


def test_wrong_input_stays_in_its_box_with_a_sentence_and_nothing_is_saved(chief):
    vector = SimpleUploadedFile("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    page = save(chief, name="新名", accent="#ffcc00", icp_record="备案", logo_upload=vector).content.decode()

    for sentence in ("#ffcc00 太浅", "备案号写成", "这不是能用的图片"):
        assert sentence in page
    assert 'value="#ffcc00"' in page
    assert SiteSettings.objects.get().name == "医保指南"


def test_a_logo_is_encoded_anew_small_enough_and_can_be_removed(chief):
    save(chief, logo_upload=file_of((1200, 400), "PNG"))
    row = SiteSettings.objects.get()

    with Image.open(default_storage.path(row.logo)) as kept:
        assert (kept.format, kept.size) == ("WEBP", (288, 96))
    assert f'<img src="/media/{row.logo}" alt="" width="96" height="32">' in chief.get("/feeds/").content.decode()
    assert media.NAME.fullmatch(row.logo)  # so it is served
    save(chief, logo_removed="on")
    assert "/media/site/" not in chief.get("/feeds/").content.decode().partition("<body")[2]


def test_a_new_accent_is_a_style_sheet_of_its_own_and_the_cards_are_drawn_anew(
    chief, django_capture_on_commit_callbacks, write_published
):
    with django_capture_on_commit_callbacks(execute=True):
        article = write_published()
    article.page.refresh_from_db()
    old = article.page.card
    with django_capture_on_commit_callbacks(execute=True):
        save(chief, accent="#7a2a9e")
    article.page.refresh_from_db()

    assert article.page.card not in {"", old}
    page = chief.get("/feeds/").content.decode()
    assert '<link rel="stylesheet" href="/palette/1-7a2a9e.css">' in page
    assert "/media/site/" in page[: page.index("</head>")]  # the site's own card
    assert b"--accent:#7a2a9e" in chief.get("/palette/1-7a2a9e.css").content
    assert chief.get("/palette/1-ffcc00.css").status_code == 404


@pytest.fixture
def write_published():
    def write():
        category = Category.objects.create(name="待遇")
        return category.articles.create(title="题", body="<p>正文。</p>", status="published", published_at=EARLIER)

    return write


def test_an_analytics_origin_is_let_in_only_on_pages_that_hold_nothing_typed(chief):
    save(chief, analytics_script="https://hm.baidu.com/hm.js?1")

    counted = chief.get("/feeds/")
    assert counted["Content-Security-Policy"].count("https://hm.baidu.com") == 3
    assert '<script src="https://hm.baidu.com/hm.js?1" defer></script>' in counted.content.decode()
    for address in ("/search/?q=起付线", FORM):
        page = chief.get(address)
        assert "hm.baidu.com" not in page["Content-Security-Policy"]
        assert '<script src="https://hm' not in page.content.decode()


def test_header_and_footer_hold_the_chosen_links_in_their_order(chief):
    category = Category.objects.create(name="异地就医", slug="yidi")
    row = SiteSettings.objects.get()
    row.navigation.filter(place="header").exclude(page="articles:list").delete()
    NavigationItem.objects.create(settings=row, place="header", order=0, category=category, label="")
    head = chief.get("/articles/").content.decode().partition("<main")[0]

    assert head.index('<a href="/categories/yidi/">异地就医</a>') < head.index('aria-current="true">文章</a>')
    assert "计算器</a>" not in head
    category.name = "异地"
    category.save()
    assert '<a href="/categories/yidi/">异地</a>' in chief.get("/articles/").content.decode()


@pytest.mark.parametrize("both", [True, False])
def test_a_link_of_the_navigation_is_one_page_or_one_category(chief, both):
    category = Category.objects.create(name="异地就医")
    last = SiteSettings.objects.get().navigation.count()
    typed = {"page": "about", "category": category.pk} if both else {"label": "哪里"}
    page = save(chief, **{f"navigation-{last}-{name}": value for name, value in typed.items()})

    assert "只选一个" in page.content.decode()


@pytest.mark.parametrize(("group", "status"), [("编辑", 403), ("政策管理员", 403), ("主编", 302)])
def test_only_chief_editors_open_the_site_settings(client, staff, group, status):
    client.force_login(staff(group))

    assert client.get("/admin/yibao_site/sitesettings/").status_code == status


def test_error_pages_say_the_last_known_name_also_of_a_server_started_without_a_database(settings, tmp_path, client):
    settings.DATA_DIR = tmp_path
    stored_settings()
    SiteSettings.objects.update(name="江城医保通")
    reading.read_identity()
    site_identity.memory.keep(site_identity.SiteIdentity())
    reading.connect()

    assert site_identity.last_known_identity().name == "江城医保通"
