"""Clicks, keys and seconds of everyday tasks in the office, done in a real browser from the first page on.

    python tests/benchmarks/office_hands.py

Hands is the time of a practised person by the keystroke-level model of Card, Moran and Newell (1980): 1.3 s to point and click,
0.28 s a key, 1.35 s to think before each of them that begins something. Choosing in a list is two clicks. The text itself
is one sentence: how long an article takes to write is not the office's. Browser is what the machine took, pages included.
"""

import re
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.browser.office_people import make_people
from tests.browser.site_process import DESK, kept_of_login, running_chromium, running_site
from tests.browser.test_text_field import GIVE_FILE, picture

CLICK, KEY, THINK = 1.3, 0.28, 1.35
KEYS_OF_A_CHARACTER = 3  # pinyin and a choice; a word is often less
TITLE = "示例：北京门诊先自己付多少"
DOCUMENT = "北京市城镇职工基本医疗保险住院待遇标准表"
TAGS = "门诊、起付线、职工医保、北京"


class Hands:
    """A person at a page; counts what is done."""

    def __init__(self, page):
        self.page, self.clicks, self.keys, self.began = page, 0, 0, 0

    def click(self, target):
        (self.page.locator(target).first if isinstance(target, str) else target).click()
        self.clicks, self.began = self.clicks + 1, self.began + 1

    def choose(self, selector, **option):
        self.page.locator(selector).first.select_option(**option)
        self.clicks, self.began = self.clicks + 2, self.began + 1

    def type(self, text):
        self.page.keyboard.type(text)
        self.keys += sum(1 if one.isascii() else KEYS_OF_A_CHARACTER for one in text)
        self.began += 1

    def press(self, key):
        self.page.keyboard.press(key)
        self.keys += 1

    @property
    def seconds(self):
        return self.clicks * CLICK + self.keys * KEY + self.began * THINK


@contextmanager
def timed(name, goal, page):
    hands, start = Hands(page), time.perf_counter()
    yield hands
    browser = time.perf_counter() - start
    print(f"| {name} | {goal} | {hands.clicks} | {hands.keys} | {hands.seconds:.0f} s | {browser:.0f} s |", flush=True)


def write_an_article(page):
    with timed("new article with four tags, one figure, one picture, handed in", "≤ 2 minutes of hands", page) as hands:
        hands.click("#nav-sidebar a:text-is('文章')")
        hands.click(page.get_by_role("link", name="新文章"))
        page.locator(".tiptap").wait_for()
        hands.click("#id_title")
        hands.type(TITLE)
        hands.click(".tiptap")
        hands.type("先自己付满起付线：")
        hands.click(page.get_by_role("button", name="插入数字"))
        hands.type("北京门诊起付线")
        hands.click(page.get_by_role("option", name="〔职工门诊起付线·北京·在职〕"))
        page.evaluate(GIVE_FILE, [picture(60), "paste"])
        hands.press("Control+v")
        page.get_by_label("替代文字").wait_for()
        hands.click(page.get_by_label("替代文字"))
        hands.type("示例图")
        hands.click(page.get_by_role("dialog", name="插入图片").get_by_role("button", name="插入"))
        hands.click("#id_category + .select2 .select2-selection")
        hands.type("待遇")
        hands.click(page.locator(".select2-results__option", has_text="待遇报销"))
        hands.click("#id_tags")
        hands.type(TAGS)
        hands.press("Escape")
        hands.click("[name=_step_submit]")
        page.get_by_text("已送审").wait_for()


def publish_it(page):
    page.goto("/admin/")
    with timed("publish after review, from the first page", "≤ 3 clicks", page) as hands:
        hands.click(page.get_by_role("link", name=re.compile("等我审核")))
        hands.click(page.locator("#result_list a", has_text=TITLE))
        hands.click("[name=_step_publish]")
        page.get_by_text("已发布").first.wait_for()


def move_ten(page):
    page.goto("/admin/articles/article/?q=起付线")
    titles = page.locator("#result_list tbody tr")
    titles.first.wait_for()
    with timed("change 栏目 of ten, from a list of articles", "≤ 4 clicks", page) as hands:
        for row in range(10):
            titles.nth(row).locator(".action-select").check()
        hands.clicks += 2  # the first box, and the tenth with Shift, tick what lies between
        hands.began += 1
        hands.click(page.get_by_role("button", name="改栏目…"))
        hands.click(page.get_by_role("button", name="健康新闻"))
        page.get_by_text(re.compile("改了栏目")).wait_for()


def record_a_year(page):
    page.goto("/admin/calculators/policyvalue/")
    with timed("a year's values of 北京 with 复制为明年", "≤ 10 minutes", page) as hands:
        hands.click(page.get_by_role("link", name="复制为明年"))
        hands.choose("[name=area]", label="北京")
        hands.click(page.get_by_role("button", name="开始录"))
        rows = page.locator("table.next-year tbody tr")
        rows.first.wait_for()
        filled = 0
        for place in range(rows.count()):
            shown = rows.nth(place).locator("td").nth(1).inner_text()
            amount = re.match(r"([\d,]+(?:\.\d+)?) 元", shown)
            if amount is None:
                hands.press("Tab")
                continue
            rows.nth(place).locator("input").focus()
            hands.type(str(round(float(amount[1].replace(",", "")) * 1.03)))
            hands.press("Tab")
            filled += 1
        hands.click("[name=document] + .select2 .select2-selection")
        hands.type(DOCUMENT)
        hands.click(page.locator(".select2-results__option", has_text=DOCUMENT))
        hands.click("[name=reason]")
        hands.type("示例：新一年的标准")
        hands.click(page.get_by_role("button", name="看看会影响什么"))
        if errors := page.locator(".errorlist").all_inner_texts():
            raise SystemExit(f"not accepted: {errors[:5]}")
        hands.click(page.get_by_role("button", name="确认，全部保存"))
        page.get_by_text(re.compile("存好了")).wait_for()
    print(f"\n{filled} of {rows.count() or 'all'} rows were filled in.")


def main():
    print("| task | goal | clicks | keys | hands | browser |\n|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site, running_chromium() as browser:
        people = make_people(
            browser, site, kept_of_login(browser, site), {"zuozhe": "编辑", "zhubian": "主编", "zhengce": "政策管理员"}
        )
        tasks = [
            ("zuozhe", write_an_article),
            ("zhubian", publish_it),
            ("zhubian", move_ten),
            ("zhengce", record_a_year),
        ]
        for name, task in tasks:
            context = browser.new_context(
                viewport=DESK, locale="zh-CN", base_url=site.url, storage_state=people[name], reduced_motion="reduce"
            )
            page = context.new_page()
            page.goto("/admin/")
            task(page)
            context.close()


if __name__ == "__main__":
    main()
