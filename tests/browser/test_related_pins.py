"""An editor looks at the list beside an article, pins what belongs there and bars what does not; readers see it."""

from tests.browser.office_window import open_section
from tests.browser.site_process import DESK
from tests.browser.test_publishing import PATIENCE

KUNMING, WUHAN = "kunming-menzhen-anci", "wuhan-zhigong-menzhen"


def open_in_office(open_page, signed_in, slug):
    office = open_page(f"/admin/articles/article/?q={slug}", viewport=DESK, storage_state=signed_in)
    office.locator("#result_list tbody th a").first.click()
    open_section(office, "相关阅读")
    return office


def choose(office, place, title, kind):
    """Add a row to 人工选择 and fill it."""
    rows = office.locator("#related_choices-group")
    rows.locator(".add-row a").click()
    rows.locator(f"#id_related_choices-{place}-other + .select2 .select2-selection").click()
    office.locator(".select2-search__field").last.fill(title)
    office.locator(".select2-results__option", has_text=title).first.click()
    rows.locator(f"#id_related_choices-{place}-kind").select_option(kind)


def publish(office):
    office.click("[name=_step_publish]")
    office.get_by_text("已发布，读者现在看到的就是这一版").wait_for()


def shown(reader, slug):
    reader.goto(f"/articles/{slug}/")
    return reader.locator(".related h3").all_inner_texts()


def shown_in_time(reader, slug, pinned):
    """The list, once these titles lead it as the editors' own or patience has ended."""
    for _ in range(2 * PATIENCE):
        titles = shown(reader, slug)
        leading = reader.locator(".related li").all_inner_texts()[: len(pinned)]
        if titles[: len(pinned)] == pinned and all("编辑推荐" in entry for entry in leading):
            break
        reader.wait_for_timeout(500)
    return titles


def test_a_pin_leads_the_list_and_what_is_excluded_leaves_it_at_once(open_page, signed_in):
    reader = open_page("/")
    first, second, *_ = shown(reader, KUNMING)

    office = open_in_office(open_page, signed_in, KUNMING)
    office.locator(".computed-related small").first.wait_for()
    reasons = office.locator(".computed-related small").all_inner_texts()
    assert any("同在昆明" in reason or "都讲" in reason or "编辑推荐" in reason for reason in reasons)
    choose(office, 0, first, "exclude")
    choose(office, 1, second, "pin")
    publish(office)

    assert first not in shown(reader, KUNMING)
    titles = shown_in_time(reader, KUNMING, [second])
    assert titles[0] == second
    assert "编辑推荐" in reader.locator(".related li").first.inner_text()
    assert first not in titles


def test_pins_stand_in_the_order_an_editor_gives_them_and_change_places(open_page, signed_in):
    reader = open_page("/")
    *_, one, other = shown(reader, WUHAN)

    office = open_in_office(open_page, signed_in, WUHAN)
    choose(office, 0, other, "pin")
    choose(office, 1, one, "pin")
    publish(office)
    assert shown_in_time(reader, WUHAN, [other, one])[:2] == [other, one]

    office = open_in_office(open_page, signed_in, WUHAN)
    rows = office.locator("#related_choices-group tr.form-row")
    rows.filter(has_text=one).get_by_role("button", name="上移").click()
    assert office.evaluate("document.activeElement.textContent") == "上移"
    assert rows.first.locator("[name$=order]").input_value() == "1"
    publish(office)
    assert shown_in_time(reader, WUHAN, [one, other])[:2] == [one, other]
