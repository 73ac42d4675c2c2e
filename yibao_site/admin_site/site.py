"""Admin site (the editors' office): Django's admin with two-factor login, account pages, and the worklist as its index."""

from django.contrib import admin
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.views.i18n import JavaScriptCatalog

from calculators.common.site_identity import site_name
from yibao_site import VERSION
from yibao_site.accounts import two_factor
from yibao_site.accounts.login import LoginForm, require_second_factor, signed_out_answered
from yibao_site.admin_site import worklist
from yibao_site.admin_site.names import app_list_in_chinese
from yibao_site.admin_site.navigation import grouped
from yibao_site.admin_site.posted_text import cleaned


class AdminSite(admin.AdminSite):
    site_title = property(site_name)
    site_header = property(lambda self: f"{site_name()} 编辑部")
    index_title = "工作台"
    index_template = "admin/worklist.html"
    enable_nav_sidebar = True
    login_form = LoginForm
    login_template = "admin/login.html"

    def get_urls(self):
        pages = {
            "": (two_factor.account, "account"),
            "begin/": (two_factor.begin, "account_begin"),
            "confirm/": (two_factor.confirm, "account_confirm"),
            "codes/": (two_factor.renew_codes, "account_codes"),
            "off/": (two_factor.switch_off, "account_off"),
            "sign-out/": (two_factor.sign_out_others, "account_sign_out"),
        }
        own = [path(f"account/{end}", self.admin_view(view), name=name) for end, (view, name) in pages.items()]
        guide = path("help/", self.admin_view(self.help), name="help")
        return [guide, *own, *super().get_urls()]

    def help(self, request):
        """帮助: the editors' guide, by task."""
        context = self.each_context(request) | {"title": "帮助", "version": VERSION}
        return TemplateResponse(request, "admin/help.html", context)

    def admin_view(self, view, cacheable=False):
        guarded = super().admin_view(require_second_factor(cleaned(view)), cacheable)
        return signed_out_answered(guarded, self.has_permission)

    def i18n_javascript(self, request, extra_context=None):
        """Words of the admin's scripts, with those of our own locale."""
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "yibao_site"])(request)

    def get_app_list(self, request, app_label=None):
        """The menu by work; for the page of one app, its models."""
        app_list = app_list_in_chinese(super().get_app_list(request, app_label))
        return app_list if app_label else grouped(app_list)

    def app_index(self, request, app_label, extra_context=None):
        """No app has a page of its own: the menu is by work."""
        return redirect(f"{self.name}:index")

    def index(self, request, extra_context=None):
        """The worklist is the first page: what waits for this person, under the headings of `worklist.HEADINGS`."""
        user = request.user
        context = {
            "groups": worklist.groups(worklist.entries(user, timezone.now())),
            "first_steps": worklist.first_steps(user),
            "recent": worklist.recent_actions(user),
        }
        return super().index(request, (extra_context or {}) | context)
