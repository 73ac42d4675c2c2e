"""Model admin of the site settings (站点设置): one form without a list."""

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from articles.pages import social_cards
from articles.tasks import draw_cards
from calculators.admin.history import HistoryAdmin, ReasonForm
from calculators.admin_forms import OfficeForm
from calculators.colours import DARK_PAPER, WHITE, contrast, dark_accent
from calculators.common.site_identity import SitePicture
from yibao_site.site_settings import checks
from yibao_site.site_settings.models import NavigationItem, SiteSettings, stored_settings
from yibao_site.site_settings.pictures import BADGE_BOX, LOGO_BOX, shown_in, store_card, store_picture
from yibao_site.site_settings.reading import identity_of

PICTURE_TYPES = forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"})
ON_CARDS = {"name", "accent"}  # what every article's card shows of the site


class SiteSettingsForm(ReasonForm):
    logo_upload = forms.FileField(
        label="新的 logo",
        required=False,
        widget=PICTURE_TYPES,
        help_text="JPEG、PNG、WebP 或 GIF，最好是透明底的 PNG，高 96 像素以上。页眉里最高 32 像素、最宽 176 像素。",
    )
    logo_removed = forms.BooleanField(label="去掉 logo", required=False)
    badge_upload = forms.FileField(
        label="公安备案图标",
        required=False,
        widget=PICTURE_TYPES,
        help_text="从公安机关的备案平台下载的图标，和公安备案号一起显示。",
    )
    badge_removed = forms.BooleanField(label="去掉公安备案图标", required=False)

    class Meta:
        error_messages = {
            "name": {"required": "写上网站名称。"},
            "slogan": {"required": "写一句介绍，它跟在首页标题后面。"},
            "hotline": {"required": "写一个读者能打通的电话，如 12393。"},
        }

    def clean(self):
        cleaned = super().clean()
        for name, check in checks.CHECKS.items():
            if cleaned.get(name):
                self._checked(name, check, cleaned[name])
        self._checked_picture("logo", LOGO_BOX)
        self._checked_picture("badge", BADGE_BOX)
        return cleaned

    def _checked(self, name, check, typed):
        try:
            self.cleaned_data[name] = check(typed)
        except forms.ValidationError as error:
            self.add_error(name, error)

    def _checked_picture(self, what, box):
        """The name of the uploaded picture's file, "" for one that is removed, None for one that stays."""
        self.cleaned_data[what] = "" if self.cleaned_data.get(f"{what}_removed") else None
        upload = self.cleaned_data.get(f"{what}_upload")
        if upload:
            self._checked(f"{what}_upload", lambda file: store_picture(file, box), upload)
            self.cleaned_data[what] = self.cleaned_data.get(f"{what}_upload")


class NavigationInline(admin.TabularInline):
    model = NavigationItem
    extra = 1
    verbose_name_plural = "页眉和页脚的链接"


@admin.register(SiteSettings)
class SiteSettingsAdmin(OfficeForm, HistoryAdmin):
    form = SiteSettingsForm
    inlines = [NavigationInline]
    readonly_fields = ["logo_now", "badge_now", "accent_now"]
    fieldsets = [
        (None, {"fields": ["name", "slogan"]}),
        ("样子", {"fields": ["logo_now", "logo_upload", "logo_removed", "logo_says_name", "accent", "accent_now"]}),
        (
            "页脚",
            {
                "fields": [
                    "footer_text",
                    "hotline_name",
                    "hotline",
                    "organiser",
                    "icp_record",
                    "police_record",
                    "badge_now",
                    "badge_upload",
                    "badge_removed",
                ]
            },
        ),
        (
            "搜索引擎验证",
            {
                "fields": list(checks.VERIFICATION_NAMES),
                "description": "各搜索引擎站长平台给的验证码，放在首页里。填验证码，或粘贴整个 &lt;meta&gt; 标签。",
            },
        ),
        ("访问统计", {"fields": ["analytics_script"]}),
        (None, {"fields": ["change_reason"]}),
    ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        """There is one row: the menu leads to its form."""
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        return redirect(reverse("admin:yibao_site_sitesettings_change", args=[stored_settings().pk]))

    def save_model(self, request, obj, form, change):
        for field, what in (("logo", "logo"), ("police_badge", "badge")):
            if form.cleaned_data[what] is not None:
                setattr(obj, field, form.cleaned_data[what])
        obj.card = store_card(identity_of(obj, ()))
        super().save_model(request, obj, form, change)
        if ON_CARDS & set(form.changed_data):
            social_cards.outdate_all()
            transaction.on_commit(draw_cards.enqueue, robust=True)
        if "accent" in form.changed_data and obj.accent:
            messages.info(request, contrast_sentence(obj.accent))

    @admin.display(description="现在的 logo")
    def logo_now(self, row):
        return element(shown_in(LOGO_BOX, row.logo)) or "没有，页眉里是绿色的十字和网站名称。"

    @admin.display(description="现在的公安备案图标")
    def badge_now(self, row):
        return element(shown_in(BADGE_BOX, row.police_badge)) or "没有。"

    @admin.display(description="看得清吗")
    def accent_now(self, row):
        return contrast_sentence(row.accent) if row.accent else "现在是原来的绿色。"


def element(picture: SitePicture | None):
    if picture is None:
        return ""
    return format_html('<img src="{}" alt="" width="{}" height="{}">', picture.address, picture.width, picture.height)


def contrast_sentence(accent: str) -> str:
    dark = dark_accent(accent)
    return (
        f"主题色 {accent} 在白底上的对比度是 {contrast(accent, WHITE):.1f}；深色模式用由它算出的 {dark}，"
        f"在深底上的对比度是 {contrast(dark, DARK_PAPER):.1f}。都够 AA（4.5）。"
    )
