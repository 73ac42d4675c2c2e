"""Model of categories (栏目): each article is filed under one; in some stand pages (单页), which are in no list."""

from django.db import models

from articles.text import unused_slug
from calculators.addresses import path_to
from calculators.common.stored_text import refuse_twins


class CategoryQuerySet(models.QuerySet):
    def of_articles(self):
        """Those that readers find in lists; the others hold pages such as 关于本站."""
        return self.filter(holds_pages=False)


class Category(models.Model):
    name = models.CharField("名称", max_length=20, unique=True)
    slug = models.SlugField(
        "网址名",
        max_length=60,
        unique=True,
        blank=True,
        help_text="留空则由名称的拼音生成。改了以后，旧网址自动转到新网址。",
    )
    description = models.CharField(
        "说明", max_length=200, blank=True, help_text="一句话，显示在栏目页顶部和搜索引擎里。"
    )
    order = models.PositiveSmallIntegerField("顺序", default=0)
    holds_pages = models.BooleanField(
        "放单页",
        default=False,
        db_default=False,
        help_text="里面是“关于”“隐私”这样的单页：网址是 /网址名/，不进列表、订阅、搜索和相关阅读。栏目建好以后不能改。",
    )

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "栏目"
        ordering = ["order", "name"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.slug = self.slug or unused_slug(self, self.name, "category")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        """A row of an old backup may have no slug: its articles are then found in the list of all."""
        return path_to("articles:category", self.slug) if self.slug else path_to("articles:list")

    def clean(self):
        refuse_twins(self, "name")
