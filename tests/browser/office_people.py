"""Accounts that the administrator makes in the office, as somebody at a browser does it."""

from tests.browser.site_process import DESK, kept_of_login

PASSWORD = "a-long-password-7"


def make_people(chromium, site, signed_in, groups):
    """The logins of new members of staff, by name: make_people(…, {"zuozhe": "编辑"})."""
    context = chromium.new_context(viewport=DESK, locale="zh-CN", base_url=site.url, storage_state=signed_in)
    page = context.new_page()
    for name, group in groups.items():
        page.goto("/admin/auth/user/add/")
        page.fill("#id_username", name)
        page.fill("#id_password1", PASSWORD)
        page.fill("#id_password2", PASSWORD)
        page.get_by_label(group, exact=True).check()
        page.click("[name=_save]")
        page.locator(".messagelist .success").wait_for()
    context.close()
    return {name: kept_of_login(chromium, site, name, PASSWORD) for name in groups}
