"""Nothing typed is lost: a crash, two windows, a session that ends, a slow network, a page nobody touched.

The clock of these windows is Playwright's: it runs, and `later` puts it forward, with every timer on the way.
"""

import pytest

from tests.browser.office_people import PASSWORD, make_people
from tests.browser.office_window import SAVED, is_kept, leaves_with_a_question, sign_in, sign_out, write
from tests.browser.site_process import DESK, kept_of_login

ADD = "/admin/articles/article/add/"
CALCULATOR = "/admin/calculators/calculator/1/change/"


@pytest.fixture(scope="module")
def people(chromium, site, signed_in):
    return make_people(chromium, site, signed_in, {"xiezuo": "编辑", "zhengce": "政策管理员"})


@pytest.fixture
def browser_of(chromium, site, people):
    """One browser of one person, in which several windows can be opened; what it complains of is not looked at.

    Each has a login of its own: some sign out, and that ends the session on the server.
    """
    contexts = []

    def browser_of(name):
        kept = kept_of_login(chromium, site, name, PASSWORD)
        context = chromium.new_context(viewport=DESK, locale="zh-CN", base_url=site.url, storage_state=kept)
        context.clock.install()
        contexts.append(context)
        return context

    yield browser_of
    for context in contexts:
        context.close()


@pytest.fixture
def window(browser_of):
    def window(name="xiezuo", path=ADD):
        page = browser_of(name).new_page()
        page.goto(path)
        return page

    return window


def later(page, seconds):
    page.clock.run_for(seconds * 1000)


def is_kept_soon(page):
    later(page, 3)
    is_kept(page)


def test_words_survive_a_crash_a_return_and_a_wait_without_touching(window):
    page = window()
    write(page, "崩溃前的标题", "崩溃前的正文。")
    is_kept_soon(page)
    page.context.close()

    again = window()
    kept = again.get_by_role("region", name="没有保存的文字").get_by_role("listitem")
    before = kept.all_inner_texts()
    later(again, 60)  # scripts have filled in whatever they fill in
    again.reload()
    assert len(kept.all_inner_texts()) == len(before)
    row = kept.filter(has_text="崩溃前的标题")
    assert row.count() == 1
    row.get_by_role("link", name="接着写").click()
    again.locator(".tiptap", has_text="崩溃前的正文。").wait_for()
    assert again.input_value("#id_title") == "崩溃前的标题"

    again.goto(ADD)
    again.locator("#id_title").press("Enter")  # the first submit of the form: it saves, and destroys nothing
    again.wait_for_load_state()
    assert again.get_by_role("region", name="没有保存的文字").get_by_text("崩溃前的标题").is_visible()


def test_two_windows_keep_two_texts(browser_of):
    browser = browser_of("xiezuo")
    for title in ("窗口甲", "窗口乙"):
        page = browser.new_page()
        page.goto(ADD)
        write(page, title)
        is_kept_soon(page)

    page = browser.new_page()
    page.goto(ADD)
    texts = page.get_by_role("region", name="没有保存的文字").inner_text()
    assert 0 < texts.index("窗口乙") < texts.index("窗口甲")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("xiezuo", ADD),
        ("zhengce", CALCULATOR),
        ("zhengce", "/admin/calculators/policyvalue/add/?parameter=1"),
        ("zhengce", "/admin/calculators/parameter/1/change/"),
    ],
)
def test_an_untouched_page_keeps_nothing_and_asks_nothing(window, name, path):
    page = window(name, path)
    posted = []
    page.on("request", lambda request: posted.append(request.url) if request.url.endswith("/autosave/") else None)
    later(page, 60)

    assert posted == []
    assert not leaves_with_a_question(page)


def test_an_empty_form_sent_with_enter_comes_back_with_its_errors_and_is_kept_only_once_something_is_typed(window):
    page = window()
    posted = []
    page.on("request", lambda request: posted.append(request.url) if request.url.endswith("/autosave/") else None)
    page.locator("#id_title").press("Enter")
    page.locator(".errornote").wait_for()
    later(page, 60)

    assert posted == []
    page.locator("#id_title").press_sequentially("后来写的")
    is_kept_soon(page)


@pytest.mark.parametrize(
    ("path", "box", "typed"),
    [
        (CALCULATOR, "#id_summary", "我写的一句话"),
        ("/admin/calculators/policyvalue/add/?parameter=1", "#id_note", "我写的备注"),
    ],
)
def test_a_calculator_and_a_value_are_kept_and_ask_before_they_are_left(window, path, box, typed):
    page = window("zhengce", path)
    page.locator(box).click()
    page.keyboard.type(typed)
    is_kept_soon(page)
    assert leaves_with_a_question(page)

    page.goto(path)
    page.get_by_role("link", name="接着写").first.click()
    page.wait_for_load_state()
    assert typed in page.input_value(box)


def test_after_signing_out_elsewhere_the_form_says_so_and_goes_on_after_signing_in_elsewhere(window):
    page = window()
    write(page, "退出前")
    is_kept_soon(page)
    sign_out(page)
    page.locator("#id_title").press_sequentially("，退出后")
    later(page, 3)
    page.locator(SAVED, has_text="你已退出登录，在新窗口登录后接着写").wait_for()
    assert "网络" not in page.locator(SAVED).inner_text()

    with page.context.expect_page() as opened:
        page.locator(SAVED).get_by_role("link", name="登录").click()
    sign_in(opened.value, "xiezuo")
    is_kept_soon(page)
    page.click("[name=_continue]")
    page.wait_for_load_state()
    assert page.input_value("#id_title") == "退出前，退出后"  # refused for want of a 栏目, with every word


def test_words_saved_after_signing_out_elsewhere_are_there_after_the_login(window):
    page = window()
    write(page, "没登录就点了保存", "后来的正文")
    sign_out(page)
    page.click("[name=_continue]")
    sign_in(page, "xiezuo")

    row = page.get_by_role("listitem").filter(has_text="没登录就点了保存")
    row.get_by_role("link", name="接着写").click()
    page.locator(".tiptap", has_text="后来的正文").wait_for()
    assert page.input_value("#id_title") == "没登录就点了保存"
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('kept|')).length") == 0


def test_on_a_slow_network_the_last_word_is_what_is_kept(window):
    page = window()
    waiting, answered = [], []
    page.route("**/autosave/", lambda route: route.continue_() if answered else waiting.append(route))
    write(page, "慢")
    with page.expect_request("**/autosave/"):
        later(page, 3)
    page.keyboard.type("网络上写的")
    later(page, 9)
    assert len(waiting) == 1  # one at a time: the later text waits for the answer
    answered.append(True)
    waiting[0].continue_()
    is_kept(page)
    with page.expect_response("**/autosave/"):
        later(page, 3)

    other = page.context.new_page()
    other.goto(ADD)
    assert other.get_by_role("listitem").filter(has_text="慢网络上写的").count() == 1


def test_without_the_network_the_words_stay_in_the_browser_until_the_next_page(window):
    page = window()
    page.route("**/autosave/", lambda route: route.abort())
    write(page, "断网时写的")
    later(page, 3)
    page.locator(SAVED, has_text="文字先留在这个浏览器里").wait_for()
    context = page.context
    page.close(run_before_unload=False)

    page = context.new_page()
    page.goto(ADD)
    page.get_by_role("listitem").filter(has_text="断网时写的").wait_for()


def test_a_saved_form_leaves_no_copy_in_the_browser(window):
    page = window("zhengce", "/admin/calculators/parameter/1/change/")
    page.locator("#id_description").click()
    page.keyboard.type("补一句")
    page.locator("[name=_save]").first.click()
    page.locator(".messagelist .success").wait_for()

    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('kept|')).length") == 0


def test_the_trial_never_shows_the_login_page_inside_the_form(window):
    page = window("zhengce", CALCULATOR)
    sign_out(page)
    page.locator("#id_summary").press_sequentially("变")
    later(page, 1)
    page.locator("#trial", has_text="你已退出登录").wait_for()

    assert page.locator("#trial input[type=password]").count() == 0
