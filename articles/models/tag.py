"""Model beside taggit's Tag: its page with an introduction. Which tag a typed name means, by the synonyms of the site."""

from collections.abc import Iterable

from django.db import models
from django.db.models.signals import pre_save
from django.dispatch import receiver
from taggit.models import Tag

from articles.figures.grammar import find
from articles.figures.references import pack, read
from articles.models.search import Synonym
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
    summary = models.CharField(
        "一句话说明", max_length=200, blank=True, help_text="读者打开这个标签时在最上面，也给搜索引擎。"
    )
    introduction = RichTextField("介绍", blank=True, help_text="在这个标签的文章列表之前，可以引用数字。")

    references = models.JSONField("引用", null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "标签介绍"

    def __str__(self):
        return self.tag.name

    def save(self, *args, **kwargs):
        self.references = pack(read(find(self.introduction)))
        super().save(*args, **kwargs)


def meant(names: Iterable[str]) -> list[str]:
    """The tag that each name stands for: the tag of that name, else the one that a synonym leads to, else the name itself.

    Synonyms lead on: 医保卡 → 社保卡 → 社会保障卡, of several the newest first. One query, two where a name is a synonym.
    """
    names = [canonical_name(name) for name in names]
    meanings: dict[str, list[str]] = {}
    for word, meaning in Synonym.objects.order_by("-pk").values_list("word", "meaning"):
        meanings.setdefault(identity(word), []).append(meaning)
    if not any(identity(name) in meanings for name in names):
        return names
    tags = {identity(name): name for name in Tag.objects.values_list("name", flat=True)}
    return [_tag_of(name, meanings, tags) for name in names]


def _tag_of(name, meanings, tags):
    waiting, seen = [name], set()
    while waiting:
        key = identity(waiting.pop(0))
        if key in tags:
            return name if key == identity(name) else tags[key]
        if key not in seen:
            seen.add(key)
            waiting += meanings.get(key, ())
    return name


def canonical(names):
    """The names with synonyms replaced, in order, each once however it is written."""
    unique: dict[str, str] = {}
    for name in meant(names):
        unique.setdefault(identity(name), name)
    return list(unique.values())


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
