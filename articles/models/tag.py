"""Models beside taggit's Tag: its page with an introduction, and its synonyms (医保卡 is 社保卡)."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.signals import pre_save
from django.dispatch import receiver
from taggit.models import Tag

from articles.figures.grammar import find
from articles.figures.references import pack, read
from articles.rich_text import RichTextField
from articles.text import normalise, unused_slug
from calculators.common.names import canonical_name, identity

MAX_TAG_LENGTH = 30
MAX_TAGS_AN_ARTICLE = 50  # far beyond any honest article: each is a row with a page of its own


@receiver(pre_save, sender=Tag)
def fill_tag_slug(sender, instance, **kwargs):
    """taggit makes the slug of the name's own letters and digits, and of a name without any an empty one."""
    if not instance.slug:
        instance.slug = unused_slug(instance, instance.name, "tag")


class TagPage(models.Model):
    """The introduction on a tag's own page."""

    tag = models.OneToOneField(Tag, models.CASCADE, related_name="page", verbose_name="标签")
    summary = models.CharField("一句话说明", max_length=200, blank=True, help_text="显示在标签页顶部和搜索引擎里。")
    introduction = RichTextField("介绍", blank=True, help_text="标签页上文章列表之前的介绍，可以引用数字。")

    references = models.JSONField("引用", null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "标签页"

    def __str__(self):
        return self.tag.name

    def save(self, *args, **kwargs):
        self.references = pack(read(find(self.introduction)))
        super().save(*args, **kwargs)


class TagSynonym(models.Model):
    """Typed as a tag, `name` becomes `tag`."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="synonyms", verbose_name="标签")
    name = models.CharField(
        "同义词",
        max_length=30,
        unique=True,
        help_text="编辑输入这个词时，自动换成上面的标签。改成标签名以外的词才有用。",
    )

    class Meta:
        verbose_name = verbose_name_plural = "同义词"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def clean(self):
        self.name = canonical_name(self.name)
        if Tag.objects.filter(name__iexact=self.name).exists():
            raise ValidationError({"name": "已有叫这个名字的标签：请用“合并”，文章会一起转过来。"})


def canonical(names):
    """The names with synonyms replaced, each once, in order. One query."""
    known = {identity(word.name): word.tag.name for word in TagSynonym.objects.select_related("tag")}
    return list(dict.fromkeys(known.get(identity(name)) or canonical_name(name) for name in names))


def in_other_script(names: Iterable[str]) -> list[str]:
    """A sentence for each name that no tag has yet, and that one has in traditional or simplified characters."""
    names = set(names)
    new = names - set(Tag.objects.filter(name__in=names).values_list("name", flat=True))
    stored = {normalise(name): name for name in Tag.objects.values_list("name", flat=True)} if new else {}
    twins = {name: stored.get(normalise(name), name) for name in sorted(new)}
    return [
        f"新标签“{name}”和已有的“{twin}”只是繁体简体不同，现在是两个标签。是同一个意思，就在标签列表里合并。"
        for name, twin in twins.items()
        if identity(name) != identity(twin)
    ]
