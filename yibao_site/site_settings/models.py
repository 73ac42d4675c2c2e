"""Models of the site settings: one row, and the links of header and footer in their order."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from simple_history.models import HistoricalRecords

from articles.models import Article, Category
from calculators.common.site_identity import SiteIdentity

THE_ROW = 1
SHIPPED = SiteIdentity()


class SiteSettings(models.Model):
    """A site without the row shows what was shipped."""

    name = models.CharField(
        "网站名称", max_length=16, default=SHIPPED.name, help_text="每一页的标题、订阅、分享图和接口里都用它。"
    )
    slogan = models.CharField(
        "一句话介绍", max_length=40, default=SHIPPED.slogan, help_text="跟在首页标题的网站名称后面，搜索引擎会显示。"
    )
    organiser = models.CharField("主办单位", max_length=60, blank=True, help_text="写在页脚，如备案时的主办单位全称。")
    hotline_name = models.CharField("热线名称", max_length=20, default=SHIPPED.hotline_name)
    hotline = models.CharField(
        "热线号码", max_length=30, default=SHIPPED.hotline, help_text="页脚和出错的页面上能直接拨打。"
    )
    footer_text = models.TextField("页脚的话", max_length=300, default=SHIPPED.footer_text)
    icp_record = models.CharField(
        "ICP 备案号",
        max_length=40,
        blank=True,
        help_text="如“京ICP备2021012345号-1”。显示在每页底部正中，链接到工信部备案系统，这是备案规定要求的。",
    )
    police_record = models.CharField(
        "公安备案号",
        max_length=40,
        blank=True,
        help_text="如“京公网安备11010502030123号”。显示在 ICP 备案号旁边，链接到公安机关的备案查询页。",
    )
    police_badge = models.CharField("公安备案图标", max_length=80, blank=True, editable=False)
    accent = models.CharField(
        "主题色",
        max_length=7,
        blank=True,
        help_text="链接、按钮和首页色块的颜色，如 #0a5c55。要深到白底上看得清（对比度 4.5），深色模式用的浅色由它算出来。留空用原来的绿色。",
    )
    logo = models.CharField("logo", max_length=80, blank=True, editable=False)
    logo_says_name = models.BooleanField(
        "logo 里已有网站名称", default=False, help_text="勾上后，页眉只显示 logo，不再写一遍名称。"
    )
    card = models.CharField("分享图", max_length=80, blank=True, editable=False)
    baidu = models.CharField("百度验证码", max_length=100, blank=True)
    google = models.CharField("Google 验证码", max_length=100, blank=True)
    bing = models.CharField("必应验证码", max_length=100, blank=True)
    qihoo = models.CharField("360 验证码", max_length=100, blank=True)
    sogou = models.CharField("搜狗验证码", max_length=100, blank=True)
    analytics_script = models.CharField(
        "统计脚本网址",
        max_length=200,
        blank=True,
        help_text="一个 https 网址，如 https://hm.baidu.com/hm.js?… 。填了，读者打开文章、地区这些页面时会加载它，它所在的网站能知道谁看了哪一页，关于本站会写明。网址里带着读者填的内容的页面（计算结果、搜索）不加载。留空就什么也不加载。",
    )
    history = HistoricalRecords(verbose_name="历史")

    class Meta:
        app_label = "yibao_site"
        verbose_name = verbose_name_plural = "站点设置"

    def __str__(self):
        return "站点设置"

    def save(self, *args, **kwargs):
        self.pk = THE_ROW
        super().save(*args, **kwargs)


class NavigationItem(models.Model):
    """A link of header or footer: to an address of the site itself, a category or a page (单页)."""

    class Place(models.TextChoices):
        HEADER = "header", "页眉"
        FOOTER = "footer", "页脚"

    class Page(models.TextChoices):
        CALCULATORS = "calculators:list", "计算器"
        AREAS = "calculators:areas", "地区"
        ARTICLES = "articles:list", "文章"
        SEARCH = "articles:search", "搜索"
        GLOSSARY = "articles:glossary", "名词解释"
        CORRECTIONS = "articles:corrections", "更正"
        FEEDS = "articles:feeds", "订阅更新"
        API = "calculators:api", "程序接口"
        ABOUT = "about", "关于本站"

    settings = models.ForeignKey(SiteSettings, models.CASCADE, related_name="navigation")
    place = models.CharField("位置", max_length=6, choices=Place, default=Place.FOOTER)
    order = models.PositiveSmallIntegerField("顺序", default=0)
    page = models.CharField("页面", max_length=30, choices=Page, blank=True)
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="栏目")
    text = models.ForeignKey(
        Article,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="单页",
        limit_choices_to={"is_page": True},
    )
    label = models.CharField("显示的字", max_length=12, blank=True, help_text="留空用它自己的名称。")

    class Meta:
        app_label = "yibao_site"
        verbose_name = verbose_name_plural = "导航链接"
        ordering = ["-place", "order", "pk"]

    def __str__(self):
        target = self.category or self.text
        return self.label or (str(target) if target else self.get_page_display())

    @property
    def section(self):
        return SECTIONS.get(self.page, "")

    def clean(self):
        if len(list(filter(None, (self.page, self.category_id, self.text_id)))) != 1:
            raise ValidationError("每一行选一个页面、栏目或单页，只选一个。")


# Where the link is the current one also on pages below its own.
SECTIONS = {
    NavigationItem.Page.CALCULATORS: "calculators",
    NavigationItem.Page.AREAS: "areas",
    NavigationItem.Page.ARTICLES: "articles",
    NavigationItem.Page.SEARCH: "search",
}
SHIPPED_NAVIGATION = {
    NavigationItem.Place.HEADER: ["CALCULATORS", "AREAS", "ARTICLES", "SEARCH"],
    NavigationItem.Place.FOOTER: ["CALCULATORS", "AREAS", "ARTICLES", "GLOSSARY", "CORRECTIONS", "FEEDS", "ABOUT"],
}


def shipped_items() -> list[NavigationItem]:
    return [
        NavigationItem(settings_id=THE_ROW, place=place, order=order, page=NavigationItem.Page[name])
        for place, names in SHIPPED_NAVIGATION.items()
        for order, name in enumerate(names, 1)
    ]


@transaction.atomic
def stored_settings() -> SiteSettings:
    """The row, made with what was shipped where the site has none."""
    row, is_new = SiteSettings.objects.get_or_create(pk=THE_ROW)
    if is_new:
        NavigationItem.objects.bulk_create(shipped_items())
    return row
