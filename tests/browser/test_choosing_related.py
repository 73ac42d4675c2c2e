"""An editor looks at the list beside an article, pins what belongs there and bars what does not; readers see it."""

from tests.browser.running import DESK
from tests.browser.test_publishing import PATIENCE

ADDRESS = "/articles/kunming-menzhen-anci/"


def choose(office, place, title, kind):
    """Add a row to 人工选择 and fill it."""
    rows = office.locator("#related_choices-group")
    rows.locator(".add-row a").click()
    rows.locator(f"#id_related_choices-{place}-other + .select2 .select2-selection").click()
    office.locator(".select2-search__field").last.fill(title)
    office.locator(".select2-results__option", has_text=title).first.click()
    rows.locator(f"#id_related_choices-{place}-kind").select_option(kind)


def shown(reader):
    reader.goto(ADDRESS)
    return reader.locator(".related h3").all_inner_texts()


def test_a_pin_leads_the_list_and_what_is_excluded_leaves_it_at_once(open_page, signed_in):
    reader = open_page(ADDRESS)
    first, second, *_ = shown(reader)

    office = open_page("/admin/articles/article/?q=kunming-menzhen-anci", viewport=DESK, storage_state=signed_in)
    office.locator("#result_list tbody th a").first.click()
    office.locator(".computed-related small").first.wait_for()
    reasons = office.locator(".computed-related small").all_inner_texts()
    assert all("同属：" in reason or "主题相近" in reason or "编辑推荐" in reason for reason in reasons)
    choose(office, 0, first, "exclude")
    choose(office, 1, second, "pin")
    office.click("[name=_step_publish]")
    office.get_by_text("已发布，读者现在看到的就是这一版").wait_for()

    assert first not in shown(reader)
    for _ in range(2 * PATIENCE):
        if "编辑推荐" in reader.locator(".related li").first.inner_text():
            break
        reader.wait_for_timeout(500)
        reader.goto(ADDRESS)
    titles = shown(reader)
    assert titles[0] == second
    assert first not in titles
