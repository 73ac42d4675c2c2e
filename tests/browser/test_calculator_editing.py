"""An editor makes 产假工资 = 缴费基数 ÷ 30 × 产假天数 from nothing; a wrong case holds it back until it is put right."""

import pytest

DESK = {"width": 1280, "height": 900}
CASES = {"整月基数": ("9000", "98", "29000.00"), "除不尽": ("10000", "128", "42666.67")}


@pytest.fixture
def office(open_page, signed_in):
    """The list of calculators in the editors' office, with somebody at it."""
    return open_page("/admin/calculators/calculator/", viewport=DESK, storage_state=signed_in)


def add(page, group, **part):
    """Press ＋ and fill in the part that opens; returns it."""
    page.locator(f"#{group}-group .part-blank:not([hidden]) > .part-panel > summary").last.click()
    part_shown = page.locator(f"#{group}-group .part:not(.part-blank)").last
    for name, text in part.items():
        fill(part_shown, name, text)
    return part_shown


def fill(part, name, text):
    box = part.locator(f"[name$='-{name}']")
    if box.evaluate("box => box.tagName") == "SELECT":
        box.select_option(label=text)
    else:
        box.fill(text)


def open_calculator(page, name):
    """Its form, whole: what a field holds is read only once all of the page has come."""
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def save(page):
    with page.expect_navigation():
        page.locator("input[name=_continue]").click()


def test_a_calculator_is_made_without_codes_gated_corrected_previewed_published_and_used(office):
    page = office
    page.get_by_role("link", name="新计算器").first.click()
    page.locator("#id_name").fill("产假工资")
    page.locator("#id_summary").fill("产假期间的生育津贴一共多少。")
    add(page, "questions", name="缴费基数", kind="金额")
    add(page, "questions", name="产假天数", kind="整数")
    step = add(page, "steps", name="生育津贴总额", formula="缴费基数 ÷ 30 × 产假天")
    fill(step, "unit", "元")
    for name, (base, days, expected) in CASES.items():
        case = add(page, "cases", name=name)
        case.locator("[data-pair=缴费基数]").fill(base)
        case.locator("[data-pair=产假天数]").fill(days)
        case.locator("[data-pair=生育津贴总额]").fill(expected)
        page.wait_for_function("(name) => document.getElementById('trial_case')?.value === name", arg=name)

    step.locator("summary").first.click()
    step.get_by_role("button", name="到那里改").click()
    chosen = "box => box.value.slice(box.selectionStart, box.selectionEnd)"
    assert step.locator("[name$='-formula']").evaluate(chosen) == "产假天"

    save(page)
    assert "草稿存好了" in page.locator(".messagelist").inner_text()
    step = page.locator("#steps-0")
    assert step.locator(".part-flag").inner_text() == "要改"
    step.locator("summary").first.click()
    step.locator("[name$='-formula']").fill("缴费基数 ÷ 30 × ")
    step.get_by_role("button", name="插入名称、参数或函数").first.click()
    step.locator(".names").get_by_role("button", name="产假天数", exact=True).click()
    trial = page.locator("#trial")
    trial.get_by_text("9,000 ÷ 30 × 98").wait_for()
    assert "应为 29000.00，算得 29400.00" in trial.inner_text()
    assert step.locator(".part-result").inner_text() == "29,400 元"

    page.get_by_role("button", name="保存，去发布").click()
    page.get_by_role("button", name="仍要发布").click()
    assert "有算例不成立；确实要发布，请写明原因" in page.locator("#content").inner_text()
    assert page.request.get("/calculators/chan_jia_gong_zi/").status == 404

    page.get_by_role("link", name="产假工资", exact=True).click()
    case = page.locator("#cases-0")
    case.locator("summary").first.click()
    case.locator("[data-pair=生育津贴总额]").fill("29400.00")
    trial.get_by_text("2 个算例都成立").wait_for()
    page.get_by_role("button", name="保存，看访客的样子").click()
    page.get_by_text("这是预览").wait_for()
    page.get_by_role("link", name="回去改").click()
    page.get_by_role("link", name="发布", exact=True).click()
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_text("“产假工资”已发布").wait_for()

    page.goto("/calculators/chan_jia_gong_zi/")
    assert page.locator("[name=region]").count() == 0  # it reads no policy value
    page.get_by_label("缴费基数").fill("1.2万")
    page.get_by_label("产假天数").fill("98")
    page.get_by_role("button", name="计算").click()
    page.get_by_role("heading", name="39,200 元").wait_for()


def test_one_part_is_open_at_a_time_the_others_are_one_line_and_the_trial_follows_the_open_case(office):
    open_calculator(office, "个人账户年度结转")
    first, second = office.locator("#steps-0"), office.locator("#steps-1")
    formula = first.locator("[name$='-formula']")
    assert formula.input_value().split()[0] in first.locator(".part-gist").inner_text()
    assert not formula.is_visible()
    first.locator("summary").first.click()
    assert formula.is_visible()
    second.locator("summary").first.click()

    assert second.locator("[name$='-formula']").is_visible()
    assert not formula.is_visible()
    case = office.locator("#cases-1")
    case.locator("summary").first.click()
    name = case.locator(".part-title").inner_text()
    office.locator("#trial_case option:checked", has_text=name).wait_for(state="attached")  # the trial follows


def names_of(page, group):
    boxes = page.locator(f"#{group}-group .part:not(.part-blank) [name$='-name']")
    return boxes.evaluate_all("boxes => boxes.map(box => box.value)")


def test_parts_move_by_buttons_and_by_keys_and_keep_their_order(office):
    page = office
    open_calculator(page, "个人账户年度结转")
    part = page.locator("#questions-1")
    part.locator("summary").first.click()
    before = names_of(page, "questions")
    part.get_by_role("button", name="下移").click()
    assert names_of(page, "questions")[:3] == [before[0], before[2], before[1]]
    part.locator("summary").first.press("Alt+ArrowUp")
    assert names_of(page, "questions")[:3] == before[:3]

    orders = page.locator("#questions-group .part:not(.part-blank) [name$='-order']")
    assert orders.evaluate_all("boxes => boxes.map(box => box.value)")[:3] == ["10", "20", "30"]
    assert not orders.first.is_visible()


def test_a_calculator_is_reachable_without_javascript(open_page, signed_in):
    page = open_page(
        "/admin/calculators/calculator/add/", viewport=DESK, storage_state=signed_in, java_script_enabled=False
    )
    page.locator("#questions-group summary", has_text="加一个问题").click()

    assert page.locator("[name=questions-0-name]").is_visible()
