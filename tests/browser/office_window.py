"""What a person does in a window of the office: write, leave, sign out in another window, sign in again."""

import re

from tests.browser.office_people import PASSWORD

SAVED = "#autosave-status"


def is_kept(page):
    page.locator(SAVED, has_text="已自动保存").wait_for()


def write(page, title, body=""):
    page.locator(".tiptap").wait_for()
    page.locator("#id_title").click()
    page.keyboard.type(title)
    if body:
        page.locator(".tiptap").click()
        page.keyboard.type(body)


def choose(page, field, text):
    page.click(f"#id_{field} + .select2 .select2-selection")
    page.locator(".select2-search__field").last.fill(text)
    page.locator(".select2-results__option", has_text=text).first.click()


def open_section(page, name):
    """Settings of the article form stand in sections; one that is closed is opened."""
    section = page.locator(".settings-section", has=page.get_by_role("heading", name=name))
    if section.get_attribute("open") is None:
        section.locator("> summary").click()


def open_menu(page):
    page.locator(".form-more > summary").click()


def leaves_with_a_question(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/admin/")
    return asked == ["beforeunload"]


def sign_out(page):
    other = page.context.new_page()
    other.goto("/admin/")
    other.get_by_role("button", name="退出").click()
    other.wait_for_url(re.compile("logout"))
    other.close()


def sign_in(page, name):
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_load_state()


def put_caret(page, block):
    """Click into the first block of the editor that the selector finds.

    The editor hears of a click when the browser tells it of the selection: a key before that acts where the caret was.
    """
    page.locator(block).first.click()
    page.wait_for_function(
        """(block) => {
            const {editor} = document.querySelector(".tiptap");
            const found = editor.view.domAtPos(editor.state.selection.from).node;
            return (found.nodeType === 1 ? found : found.parentElement).closest(block);
        }""",
        arg=block,
    )


def put_caret_at_the_end(page, block):
    put_caret(page, block)
    page.keyboard.press("End")
