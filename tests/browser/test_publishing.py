"""What is published in the admin stands on the site, and soon beside the articles it is close to."""

import re
import time

from tests.browser.office_window import open_section
from tests.browser.site_process import DESK, log_in

TITLE = "昆明职工门诊按次起付的第二篇"
ADDRESS = "/articles/kunming-second/"
BODY = (
    "昆明职工医保门诊的起付线按次算，不按年累计：一级医院、二级医院、三级医院每次各扣一次，在职退休相同。"
    "普通门诊统筹的支付比例看医院级别，年度限额以上自己付。"
)
NEIGHBOUR = "/articles/kunming-menzhen-anci/"
PATIENCE = 20  # seconds the background worker has


def fill_in(page):
    page.goto("/admin/articles/article/add/")
    page.fill("#id_title", TITLE)
    open_section(page, "网址和期限")
    page.fill("#id_slug", ADDRESS.strip("/").split("/")[-1])
    page.locator(".tiptap").click()
    page.keyboard.type(BODY)
    page.click("#id_category + .select2 .select2-selection")
    page.locator(".select2-search__field").last.fill("待遇报销")
    page.locator(".select2-results__option", has_text="待遇报销").first.click()
    page.click("#id_area + .select2 .select2-selection")
    page.locator(".select2-search__field").last.fill("昆明")
    page.locator(".select2-results__option", has_text=re.compile("昆明")).first.click()
    page.fill("#id_tags", "昆明，门诊，起付线，职工医保")


def waits_to_see(page, address, title):
    """Whether the related list of the page names the title before the worker's time is up."""
    latest = time.monotonic() + PATIENCE
    while time.monotonic() < latest:
        page.goto(address)
        if page.locator(".related a", has_text=title).count():
            return True
        page.wait_for_timeout(500)
    return False


def test_an_article_published_in_the_admin_is_read_and_recommended(open_page, site):
    office = open_page("/admin/login/", viewport=DESK)
    log_in(office, site)
    fill_in(office)
    office.click("[name=_step_publish]")
    office.get_by_text("已发布，读者现在看到的就是这一版").wait_for()

    reader = open_page(ADDRESS)
    assert reader.get_by_role("heading", level=1).inner_text() == TITLE
    assert "按次算，不按年累计" in reader.locator("article").inner_text()

    assert waits_to_see(reader, NEIGHBOUR, TITLE)
