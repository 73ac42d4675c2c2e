"""Model of policy documents (政策文件), the sources that every policy value names."""

from django.core.validators import RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from calculators.addresses import path_to

partial_date = RegexValidator(
    r"\A[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\Z", "请写成 2023、2023-02 或 2023-02-15。"
)


def spell_partial_date(text):
    """2023-02 as 2023年2月; an empty text stays empty."""
    parts = zip(text.split("-"), "年月日", strict=False) if text else ()
    return "".join(f"{int(number)}{sign}" for number, sign in parts)


class PolicyDocumentQuerySet(models.QuerySet):
    def accepted(self):
        """Those that readers see and that figures may rest on: no proposals."""
        return self.filter(is_proposal=False)

    def proposals(self):
        return self.filter(is_proposal=True)


class PolicyDocument(models.Model):
    """A notice, law or published page, or an author's proposal of one (`is_proposal`). `issued` may be a year, a month or a day, as far as it is known."""

    class Grade(models.TextChoices):
        OFFICIAL = "A", "A 官方原文"
        RESTATED = "B", "B 通讯社、办事指南或医院转述"
        WEAK = "C", "C 网络转载，不宜单独采信"
        KNOWN = "K", "K 已知文件，未重新查阅原文"

    slug = models.SlugField("网址名", max_length=60, unique=True)
    title = models.CharField("标题", max_length=200)
    number = models.CharField("文号", max_length=60, blank=True, help_text="没有查到就留空，不要推测。")
    issuer = models.CharField("发布机关", max_length=100, blank=True)
    issued = models.CharField(
        "发布日期", max_length=10, blank=True, validators=[partial_date], help_text="可以只写到年或月，如 2022-12。"
    )
    url = models.URLField(
        "链接", max_length=500, blank=True, help_text="原文的公开网址，留空则页面写“未找到公开链接”。"
    )
    grade = models.CharField("来源等级", max_length=1, choices=Grade)
    clause_text = models.TextField(
        "条文摘录",
        blank=True,
        db_default="",
        help_text="规定的原文条文，带条款号，显示在这份文件的页面上。只摘录规定本身，不摘录别人的文章。",
    )
    note = models.TextField("说明", blank=True)
    is_proposal = models.BooleanField(
        "等采用",
        default=False,
        db_default=False,
        help_text="作者提出的来源。核对标题、文号和链接，定好等级，去掉勾就采用；采用以前读者看不到。",
    )

    objects = PolicyDocumentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "政策文件"
        ordering = ["-issued", "slug"]

    def __str__(self):
        name = f"{self.title}（{self.number}）" if self.number else self.title
        return f"{name} · 等采用" if self.is_proposal else name

    def save(self, *args, **kwargs):
        """Store it; figures it no longer proves as an official text are no longer 已核实."""
        super().save(*args, **kwargs)
        if not self.is_official_text:
            for value in self.values.filter(status="confirmed"):
                value.status, value.confirmed_by, value.confirmed_on = "recalled", None, None
                value._change_reason = "文件不再是有链接的官方原文"
                value.save()

    def get_absolute_url(self):
        return path_to("calculators:document", self.slug)

    @property
    def is_official_text(self):
        """Whether it is an official text that can be read under a link."""
        return self.grade == self.Grade.OFFICIAL and bool(self.url)

    @property
    def issued_spelled(self):
        return spell_partial_date(self.issued)
