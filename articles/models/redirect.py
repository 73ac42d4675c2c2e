"""Addresses that were once public lead to where their page is now, for ever."""

from urllib.parse import unquote

from django.db import models
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.urls import reverse
from taggit.models import Tag

from articles.models.article import Article
from articles.models.category import Category


class OldAddressQuerySet(models.QuerySet):
    def remember(self, path, target):
        """From now on `path` leads to `target`."""
        fields = {name: target if isinstance(target, model) else None for name, model in TARGETS.items()}
        fields["address"] = ""
        self.update_or_create(path=path, defaults=fields)

    def moved(self, source, target):
        """Whatever led to `source` leads to `target`."""
        name = next(name for name, model in TARGETS.items() if isinstance(source, model))
        self.filter(**{name: source}).update(**{name: target})


class OldAddress(models.Model):
    path = models.CharField(
        "旧网址",
        max_length=300,
        unique=True,
        error_messages={"unique": "这个旧网址已经有了，在列表里改它转到哪里。"},
        help_text="读者以前用的网址，如 /old/news.html。带不带域名都可以，问号后面的部分不算。",
    )
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="old_addresses", verbose_name="文章"
    )
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="栏目")
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="标签")
    address = models.CharField(
        "别的网址",
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="本站的其他页面，如 /areas/110000/。",
    )
    since = models.DateTimeField("自", auto_now_add=True)

    objects = OldAddressQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "旧网址"
        ordering = ["path"]

    def __str__(self):
        return self.path

    @property
    def target(self):
        return self.article or self.category or self.tag or self.address


TARGETS = {"article": Article, "category": Category, "tag": Tag}


def path_of(target):
    """Where the page of an article, category or tag is, or the address itself."""
    if isinstance(target, str):
        return target
    path = reverse("articles:tag", args=[target.slug]) if isinstance(target, Tag) else target.get_absolute_url()
    return unquote(path)


def _known_path(stored):
    """The address readers may know of; an article nobody has read has none."""
    unread = isinstance(stored, Article) and stored.published_at is None
    return path_of(stored) if stored and stored.slug and not unread else None


@receiver(pre_save, sender=Article)
@receiver(pre_save, sender=Category)
@receiver(pre_save, sender=Tag)
def keep_the_stored_row(sender, instance, raw=False, **kwargs):
    """Before it is overwritten; articles.signals asks for it as well."""
    instance.stored_before = sender.objects.filter(pk=instance.pk).first() if instance.pk and not raw else None


@receiver(post_save, sender=Article)
@receiver(post_save, sender=Category)
@receiver(post_save, sender=Tag)
def remember_the_address(sender, instance, raw=False, **kwargs):
    before, now = _known_path(instance.stored_before), path_of(instance) if instance.slug else None
    if not raw and before and now and before != now:
        OldAddress.objects.filter(path=now).delete()
        OldAddress.objects.remember(before, instance)
