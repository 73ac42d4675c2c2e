"""An editor makes 生育津贴 = 缴费基数 ÷ 30 × 产假天数 from nothing; a wrong case holds it back until it is put right."""

import pytest

DESK = {"width": 1280, "height": 900}
QUESTIONS = [
    {"name": "参保地", "code": "region", "kind": "area"},
    {"name": "生育日期", "code": "as_of", "kind": "date", "default": "今日"},
    {"name": "缴费基数", "code": "contribution_base", "kind": "money"},
    {"name": "产假天数", "code": "leave_days", "kind": "count", "maximum": "365"},
]
CASES = [
    {
        "name": "整月基数",
        "on": "2026-11-01",
        "answers": "缴费基数 = 9000\n产假天数 = 98",
        "expected": "allowance = 29000.00",
    },
    {
        "name": "除不尽",
        "on": "2026-11-01",
        "answers": "缴费基数 = 10000\n产假天数 = 128",
        "expected": "allowance = 42666.67",
    },
]


@pytest.fixture
def office(open_page, signed_in):
    """The list of calculators in the editors' office, with somebody at it."""
    return open_page("/admin/calculators/calculator/", viewport=DESK, storage_state=signed_in)


def fill(page, group, place, part):
    """Fill one part in; the form has a blank one of each kind, and more at the press of a button."""
    page.wait_for_load_state()
    if place:
        page.locator(f"#{group}-group .add-row a").click()
    opener = page.locator(f"#{group}-{place} .part-opener")
    if opener.count() and opener.get_attribute("aria-expanded") == "false":
        opener.click()
    for name, text in part.items():
        box = page.locator(f"#id_{group}-{place}-{name}")
        if box.evaluate("box => box.closest('details') && !box.closest('details').open"):
            box.locator("xpath=ancestor::details/summary").click()
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(text)
        else:
            box.fill(text)


def save(page):
    page.locator("input[name=_continue]").last.click()
    page.wait_for_load_state()


def test_a_calculator_is_made_gated_corrected_published_and_used(office):
    page = office
    page.get_by_role("link", name="增加 计算器").first.click()
    page.locator("#id_name").fill("生育津贴")
    page.locator("#id_code").fill("maternity_allowance")
    page.locator("#id_summary").fill("产假期间的生育津贴一共多少。")
    for place, question in enumerate(QUESTIONS):
        fill(page, "questions", place, question)
    fill(page, "steps", 0, {"name": "津贴总额", "formula": "缴费基数 ÷ 30 × 产假天", "unit": "CNY"})
    fill(page, "outputs", 0, {"code": "allowance", "step": "津贴总额", "label": "生育津贴"})
    for place, case in enumerate(CASES):
        fill(page, "cases", place, case | {"area": "110000"})
    page.locator("#trial").get_by_text("是不是“产假天数”").first.wait_for()

    save(page)
    assert "第 13 列：没有叫“产假天”的量。是不是“产假天数”？" in page.locator("#steps-0 .errorlist").inner_text()

    fill(page, "steps", 0, {"formula": "缴费基数 ÷ 30 × 产假天数"})
    trial = page.locator("#trial")
    trial.get_by_text("9,000 ÷ 30 × 98").wait_for()
    assert "应为 29000.00，算得 29400.00" in trial.inner_text()

    save(page)
    page.get_by_role("link", name="发布", exact=True).click()
    page.get_by_role("button", name="仍要发布").click()
    assert "有算例不成立；确实要发布，请写明原因" in page.locator("#content").inner_text()
    assert page.request.get("/calculators/maternity_allowance/").status == 404

    page.get_by_role("link", name="生育津贴", exact=True).click()
    fill(page, "cases", 0, {"expected": "allowance = 29400.00"})
    page.locator("#trial").get_by_text("2 个算例都成立").wait_for()
    save(page)
    page.get_by_role("link", name="发布", exact=True).click()
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_text("“生育津贴”已发布").wait_for()

    page.goto("/calculators/maternity_allowance/?region=110000")
    page.get_by_label("缴费基数").fill("1.2万")
    page.get_by_label("产假天数").fill("98")
    page.get_by_role("button", name="计算").click()
    page.get_by_role("heading", name="39,200 元").wait_for()


def test_a_stored_part_is_one_line_until_it_is_opened(office):
    office.get_by_role("link", name="职工门诊报销").first.click()
    part = office.locator("#steps-3")
    part.locator(".part-gist").wait_for()
    formula = part.locator("[name$='-formula']")
    assert part.locator(".part-gist").inner_text() == formula.input_value()
    assert not formula.is_visible()
    part.get_by_role("button", name="展开").click()

    assert formula.is_visible()
    assert office.locator("#steps-4 [name$='-formula']").is_hidden()


def test_parts_move_by_buttons_and_keep_their_order(office):
    page = office
    page.get_by_role("link", name="职工门诊报销").first.click()
    page.locator("#questions-1").wait_for()
    names = "#questions-group .inline-related:not(.empty-form) [name$='-name']"
    before = page.locator(names).evaluate_all("boxes => boxes.map(box => box.value)")
    page.locator("#questions-1").get_by_role("button", name="下移").click()

    after = page.locator(names).evaluate_all("boxes => boxes.map(box => box.value)")
    assert after[:3] == [before[0], before[2], before[1]]
    orders = page.locator("#questions-group [name$='-order']").evaluate_all("boxes => boxes.map(box => box.value)")
    assert orders[:3] == ["10", "20", "30"]
