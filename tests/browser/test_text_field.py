"""The text field in a window: ways out of tables and callouts, links found by title, figures as chips, pictures in place."""

import base64
from io import BytesIO

import pytest
from PIL import Image

from tests.browser.axe import violations
from tests.browser.office_window import put_caret

SCREEN = {"width": 1280, "height": 800}
ADD = "/admin/articles/article/add/"
DEDUCTIBLE = "〔职工门诊起付线·北京·在职〕"
GIVE_FILE = """([coded, way]) => {
    const bytes = Uint8Array.from(atob(coded), (one) => one.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], "screen.png", {type: "image/png"}));
    const editor = document.querySelector(".tiptap");
    const {left, top} = editor.firstElementChild.getBoundingClientRect();
    const options = {bubbles: true, cancelable: true, clientX: left + 5, clientY: top + 5};
    editor.dispatchEvent(way === "paste" ? new ClipboardEvent("paste", {...options, clipboardData: data})
        : new DragEvent("drop", {...options, dataTransfer: data}));
}"""


@pytest.fixture
def form(open_page, signed_in):
    page = open_page(ADD, viewport=SCREEN, storage_state=signed_in, reduced_motion="reduce")
    page.locator(".tiptap").click()
    return page


def body(page):
    return page.input_value("[name=body]")


def picture(shade):
    """A picture of our own, no two alike."""
    buffer = BytesIO()
    Image.new("RGB", (320, 200), (shade, 90, 120)).save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def test_a_new_table_begins_with_its_head_and_the_arrow_leads_out_of_it(form):
    form.get_by_role("button", name="插入表格").click()
    assert form.locator(".tiptap table tr:first-child th").count() == 3
    assert form.locator(".tiptap table td").count() == 6

    put_caret(form, ".tiptap table tr:last-child td")
    form.keyboard.press("ArrowDown")
    form.keyboard.type("表格后面的话")
    assert body(form).endswith("</table><p>表格后面的话</p>")

    put_caret(form, ".tiptap table tr:first-child th")
    form.keyboard.press("Control+Enter")
    form.keyboard.type("紧接表格")
    assert "</table><p>紧接表格" in body(form)


def test_a_row_that_tab_began_goes_if_it_is_left_empty_and_stays_with_a_word_in_it(form):
    form.get_by_role("button", name="插入表格").click()
    rows = form.locator(".tiptap tr")
    put_caret(form, ".tiptap table tr:last-child td:last-child")
    form.keyboard.press("Tab")
    assert rows.count() == 4
    form.keyboard.press("ArrowDown")
    form.keyboard.type("表格后面的话")
    assert rows.count() == 3
    assert body(form).endswith("</table><p>表格后面的话</p>")

    put_caret(form, ".tiptap table tr:last-child td:last-child")
    form.keyboard.press("Tab")
    form.keyboard.type("甲")
    put_caret(form, ".tiptap > p")
    assert rows.count() == 4


def test_a_callout_is_one_button_with_its_label_and_enter_twice_leads_out_of_it(form):
    form.keyboard.type("记得带身份证。")
    form.get_by_role("button", name="提示框").click()
    assert body(form) == '<blockquote class="tip"><p>记得带身份证。</p></blockquote><p></p>'
    label = "getComputedStyle(document.querySelector('.tiptap blockquote'), '::before').content"
    assert form.evaluate(label) == '"提示"'

    form.get_by_role("button", name="注意框").click()
    assert 'blockquote class="warning"' in body(form)
    form.locator(".tiptap blockquote p").click()
    form.keyboard.press("End")
    form.keyboard.press("Enter")
    form.keyboard.press("Enter")
    form.keyboard.type("框外的话")
    assert "</blockquote><p>框外的话</p>" in body(form)


def test_a_link_is_found_by_the_title_of_what_it_leads_to(form):
    form.keyboard.type("看 ")
    form.keyboard.press("Control+k")
    form.fill("#link-query", "异地")
    form.locator("#link-found [role=option]").first.wait_for()
    kinds = set(form.locator("#link-found .kind").all_inner_texts())
    assert {"文章", "计算器", "政策文件"} <= kinds
    assert list(violations(form, [SCREEN])) == []
    form.get_by_role("option", name="计算器 异地就医报销").click()

    assert '看 <a href="/calculators/offsite_care/">异地就医报销</a>' in body(form)


def test_a_figure_is_found_without_spaces_and_shown_as_a_chip_with_todays_value(form):
    form.keyboard.type("起付线是")
    form.get_by_role("button", name="插入数字").click()
    form.fill("#figure-query", "北京在职门诊起付线1800")
    form.locator("#figure-found [role=option]", has_text="1,800 元").first.wait_for()
    assert list(violations(form, [SCREEN])) == []
    form.keyboard.press("Enter")
    form.keyboard.type("，一年一次。")

    chip = form.locator(".tiptap .figure-chip[data-value]")
    chip.wait_for()
    assert chip.get_attribute("data-value") == "1,800 元"
    assert body(form) == f"<p>起付线是{DEDUCTIBLE}，一年一次。</p>"

    chip.click()
    form.locator(".tiptap .figure-chip.open").wait_for()  # where the caret is, the reference itself can be changed


def test_a_reference_that_names_nothing_is_a_chip_that_says_so(form):
    form.keyboard.type("是〔职工门诊起付线·火星〕吗")

    chip = form.locator(".tiptap .figure-chip.problem")
    chip.wait_for()
    assert "火星" in chip.get_attribute("title")


@pytest.mark.parametrize(("way", "shade"), [("paste", 40), ("drop", 80)])
def test_a_picture_given_to_the_text_goes_into_the_library_with_its_words_asked_once(form, way, shade):
    form.keyboard.type("第一段")
    form.evaluate(GIVE_FILE, [picture(shade), way])
    dialog = form.get_by_role("dialog", name="插入图片")
    dialog.wait_for()
    dialog.get_by_role("button", name="插入").click()
    assert "请写一句话说明图里是什么" in dialog.inner_text()
    assert list(violations(form, [SCREEN])) == []

    form.get_by_label("替代文字").fill(f"截图 {way}")
    dialog.get_by_role("button", name="插入").click()
    shown = form.locator(".tiptap figure img")
    shown.wait_for()
    assert shown.get_attribute("alt") == f"截图 {way}"
    assert shown.get_attribute("src").startswith("/media/pictures/")

    form.keyboard.type("图片后面的话")
    assert "</figure><p>图片后面的话" in body(form)
    form.get_by_role("button", name="图片", exact=True).click()
    form.locator(".picture-dialog .pictures button", has_text=f"截图 {way}").wait_for()


def test_control_s_saves(form):
    form.fill("#id_title", "按了保存键")
    form.keyboard.press("Control+s")

    form.locator(".errornote").wait_for()
    assert form.input_value("#id_title") == "按了保存键"
