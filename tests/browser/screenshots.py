"""Make the README's screenshots: python -m tests.browser.screenshots"""

import tempfile
from pathlib import Path

from tests.browser.running import DESK, PHONE, ROOT, log_in, running_chromium, running_site

FOLDER = ROOT / ".screenshots"
RESULT = (
    "/calculators/employee_outpatient/?region=110000&person_type=retired&age=65&hospital_level=level3&eligible=5000"
)
VISITORS = {"home": "/", "article": "/articles/beijing-zhigong-menzhen/", "result": RESULT, "area": "/areas/110000/"}
EDITORS = {
    "worklist": "/admin/",
    "article-form": "/admin/articles/article/1/change/",
    "value-grid": "/admin/calculators/policyvalue/grid/",
    "value-form": "/admin/calculators/policyvalue/84/change/",
    "calculator-form": "/admin/calculators/calculator/1/change/",
}


def take(browser, site):
    phone = browser.new_context(viewport=PHONE, locale="zh-CN", device_scale_factor=2).new_page()
    for name, path in VISITORS.items():
        phone.goto(site.url + path)
        phone.screenshot(path=FOLDER / f"{name}.png")
    desk = browser.new_context(viewport=DESK, locale="zh-CN").new_page()
    log_in(desk, site)
    for name, path in EDITORS.items():
        desk.goto(site.url + path)
        desk.wait_for_load_state("networkidle")
        desk.screenshot(path=FOLDER / f"{name}.png")


def main():
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site, running_chromium() as browser:
        take(browser, site)


if __name__ == "__main__":
    main()
