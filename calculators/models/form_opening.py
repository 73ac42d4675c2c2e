"""One opening of a form of the office: what was typed into it and not saved, and what its first save made.

A person who opens the same form in two windows has two openings, so neither text ever replaces the other. The id is
made when the form opens and travels in it; it is also the key by which a form that is posted twice is saved once.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT_FOR = timedelta(days=7)  # somebody whose browser dies on a Friday is back on Monday

STILL_TYPING = timedelta(minutes=15)  # who has typed so lately may type on


def opening_id(text) -> UUID | None:
    """The id of an opening as a form posts it; None of what is none."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


class FormOpeningQuerySet(models.QuerySet):
    def kept(self, user, form, object_id=""):
        """Texts of this person, not saved yet, of one form: a new object's, or that of an object; newest first."""
        since = timezone.now() - KEPT_FOR
        kept = self.filter(user=user, form=form, object_id=object_id, kept_at__gte=since)
        return kept.order_by("-kept_at", "-pk")

    def typing(self, form, object_id, now):
        """Openings of an object's form into which somebody has typed just now, the last of them first."""
        rows = self.filter(form=form, object_id=str(object_id), kept_at__gte=now - STILL_TYPING)
        return rows.select_related("user").order_by("-kept_at", "-pk").defer("posted")

    def outdated(self):
        return self.filter(opened_at__lt=timezone.now() - KEPT_FOR).exclude(kept_at__gte=timezone.now() - KEPT_FOR)


class FormOpening(models.Model):
    """`form` is the label of its model, `object_id` empty for a new object; `posted` maps names to lists of texts.

    `turn` grows with every text of the opening: one that arrives late is older and changes nothing. `saved_as` is the
    key of the object that the opening was saved as, `saved_digest` what was posted then.
    """

    opening = models.UUIDField("编号")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="谁")
    form = models.CharField("表单", max_length=100)
    object_id = models.CharField("对象", max_length=64, blank=True)
    query = models.CharField("打开时的参数", max_length=500, blank=True)
    title = models.CharField("标题", max_length=200, blank=True)
    posted = models.JSONField("填的内容", default=dict)
    turn = models.BigIntegerField("第几次", default=0)
    opened_at = models.DateTimeField("何时打开", default=timezone.now)
    kept_at = models.DateTimeField("何时自动保存", null=True, blank=True)
    saved_as = models.CharField("存成了", max_length=64, blank=True)
    saved_digest = models.CharField("存的内容", max_length=64, blank=True)

    objects = FormOpeningQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "没有保存的文字"
        constraints = [models.UniqueConstraint(fields=["user", "opening"], name="one_row_per_form_opening")]
        indexes = [models.Index(fields=["user", "form", "object_id"], name="kept_of_a_form")]

    def __str__(self):
        return self.title or "没有标题"

    def keep(self, posted, *, title, turn):
        """Keep a text unless a newer one is kept, or saved, already; returns whether it was."""
        if turn <= self.turn:
            return False
        self.posted, self.title, self.turn, self.kept_at = posted, title[:200], turn, timezone.now()
        self.save()
        return True

    def mark_saved(self, object_id, *, digest, turn):
        self.saved_as, self.saved_digest, self.turn = str(object_id), digest, max(turn, self.turn)
        self.posted, self.kept_at = {}, None
        self.save()
