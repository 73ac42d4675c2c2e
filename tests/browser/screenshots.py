"""Make the screenshots of the README and of the office's 帮助: python -m tests.browser.screenshots"""

import tempfile
from pathlib import Path

from tests.browser.site_process import DESK, PHONE, ROOT, log_in, running_chromium, running_site

README_FOLDER = ROOT / ".screenshots"
HELP_FOLDER = ROOT / "yibao_site" / "static" / "site" / "help"
RESULT = (
    "/calculators/employee_outpatient/?region=110000&person_type=retired&age=65&hospital_level=level3&eligible=5000"
)
VISITORS = {
    "home": "/",
    "article": "/articles/beijing-zhigong-menzhen/",
    "result": RESULT,
    "area": "/areas/110000/",
    "list": "/categories/daiyu-baoxiao/",
    "search": "/search/?q=北京 起付线",
}
VALUES = "/admin/calculators/policyvalue/"
TABLE = """参数,地区,适用于,数值,单位,首日,见于,政策文件,条款,状态,复核截止,备注
职工门诊起付线,北京,在职,1900,元/年,2027-01-01,,bj_op_2023,,待核实,,例：一年的表
职工门诊支付比例,西安,在职·三级,0.8,比例,2027-01-01,,xa_op_2023,,待核实,,例：看错一行
"""
EDITORS = {
    "worklist": "/admin/",
    "article-form": "/admin/articles/article/1/change/",
    "value-grid": f"{VALUES}grid/?family=职工门诊",
    "calculator-form": "/admin/calculators/calculator/1/change/",
}


def take(browser, site):
    phone = browser.new_context(viewport=PHONE, locale="zh-CN", device_scale_factor=2).new_page()
    for name, path in VISITORS.items():
        phone.goto(site.url + path)
        phone.screenshot(path=README_FOLDER / f"{name}.png")
    desk = browser.new_context(viewport=DESK, locale="zh-CN", timezone_id="Asia/Shanghai").new_page()
    log_in(desk, site)
    for name, path in EDITORS.items():
        desk.goto(site.url + path)
        desk.wait_for_load_state("networkidle")
        desk.screenshot(path=HELP_FOLDER / f"{name}.png")
    for name, open_page in {"value-impact": change_a_value, "value-import": try_a_table, "value-reading": read}.items():
        open_page(desk, site.url + VALUES)
        desk.screenshot(path=HELP_FOLDER / f"{name}.png")
    make_a_calculator(desk, f"{site.url}/admin/calculators/calculator/")
    desk.screenshot(path=HELP_FOLDER / "calculator-new.png")


def make_a_calculator(desk, calculators):
    """The example of 帮助, filled in and not saved."""
    desk.goto(f"{calculators}add/")
    desk.locator("#id_name").fill("补缴医保要多少钱")
    desk.locator("#id_summary").fill("按每月缴费和要补的月数算补缴总额。")
    rows = [
        ("questions", {"name": "每月缴费", "kind": "金额"}),
        ("questions", {"name": "补缴月数", "kind": "整数"}),
        ("steps", {"name": "补缴总额", "formula": "每月缴费 × 补缴月数"}),
        ("cases", {"每月缴费": "500", "补缴月数": "3", "补缴总额": "1500"}),
        ("cases", {"每月缴费": "480.50", "补缴月数": "12", "补缴总额": "5766"}),
    ]
    for group, texts in rows:
        desk.locator(f"#{group}-group .part-blank:not([hidden]) > .part-panel > summary").last.click()
        part = desk.locator(f"#{group}-group .part:not(.part-blank)").last
        for name, text in texts.items():
            box = part.locator(f"[name$='-{name}'], [data-pair='{name}']")
            box.select_option(label=text) if name == "kind" else box.fill(text)
    desk.get_by_text("2 个算例都成立").wait_for()
    desk.set_viewport_size({"width": DESK["width"], "height": 1250})


def change_a_value(desk, values):
    desk.goto(f"{values}84/change/")
    desk.locator("[name=written]").fill("1500")
    desk.locator("[name=change_reason]").fill("原文勘误")
    desk.locator("[name=_save]").click()
    desk.get_by_role("button", name="确认保存").wait_for()


def try_a_table(desk, values):
    desk.goto(f"{values}import/")
    table = {"name": "2027.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    desk.locator("[name=file]").set_input_files(files=[table])
    desk.get_by_role("button", name="试运行").click()
    desk.get_by_role("button", name="确认导入").wait_for()


def read(desk, values):
    """The page of a second reader."""
    desk.goto(f"{values}?reading=waits")
    desk.locator("#result_list").get_by_role("link", name="核对", exact=True).first.click()
    desk.locator("[name=cell]").wait_for()


def main():
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site, running_chromium() as browser:
        take(browser, site)


if __name__ == "__main__":
    main()
