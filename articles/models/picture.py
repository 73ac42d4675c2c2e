"""The picture library: every upload is told by its content, re-encoded without what the camera wrote, and made smaller."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver

from articles.models.article import Article
from articles.models.version import Version

PICTURE_FOLDER = "pictures"
WIDTHS = (480, 960, 1600)
FORMATS = ("avif", "webp")
SHOWN_WIDTH = 960


class Picture(models.Model):
    """`stem` names its files: <stem>-<width>.<format> for each width up to its own, in each of FORMATS."""

    stem = models.CharField(max_length=32, unique=True, editable=False)
    title = models.CharField("名称", max_length=80, help_text="在图片库里找它用的名字，读者看不到。")
    alt = models.CharField(
        "替代文字", max_length=200, help_text="一句话说明图里是什么。看不见图的读者和搜索引擎靠它，插入正文时会带上。"
    )
    credit = models.CharField("来源和授权", max_length=120, blank=True, help_text="如“国家医保局官网截图，2026-03”。")
    width = models.PositiveIntegerField("宽", editable=False)
    height = models.PositiveIntegerField("高", editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="谁"
    )
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "图片"
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.title

    @property
    def widths(self):
        """The widths it is kept in: those below its own, and its own up to the largest."""
        return sorted({min(self.width, width) for width in WIDTHS})

    def file(self, width, kind="webp"):
        return f"{PICTURE_FOLDER}/{self.stem}-{width}.{kind}"

    @property
    def files(self):
        return [self.file(width, kind) for width in self.widths for kind in FORMATS]

    @property
    def url(self):
        """What stands in a text."""
        return default_storage.url(self.file(min(self.width, SHOWN_WIDTH)))

    @property
    def thumbnail(self):
        return default_storage.url(self.file(self.widths[0]))

    def used_in(self):
        """Articles that show it now or did in one of their versions."""
        versions = Version.objects.filter(content__body__icontains=self.stem).values("article")
        return Article.objects.filter(models.Q(body__contains=self.stem) | models.Q(pk__in=versions))


@receiver(post_delete, sender=Picture)
def its_files_go_with_it(sender, instance, **kwargs):
    for name in instance.files:
        default_storage.delete(name)
