"""Article querysets: which articles are public, in which list they stand, and what of them a page reads.

Whoever narrows by a list depends on its page key.
"""

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone

from calculators.common import page_keys
from calculators.models.area import NATION_CODE

IN_A_LIST = (
    "title",
    "slug",
    "summary",
    "tags_text",
    "category",
    "area",
    "published_at",
    "updated_at",
    "is_page",
    "page__references",
)


class ArticleQuerySet(models.QuerySet):
    def approved(self):
        """Articles that are public, were, or will be when their moment comes."""
        return self.filter(status__in=self.model.APPROVED_STATUSES)

    def published(self, on=None, upto=None):
        """Articles a visitor may read at the moment `on` (now where none is given); those of up to an earlier moment only."""
        return self.filter(self.model.public_at(on or timezone.now(), upto=upto))

    def withdrawn(self, on=None):
        """Articles that once were public and were taken down."""
        ended = Q(unpublish_at__lte=on or timezone.now())
        taken_down = Q(status=self.model.Status.ARCHIVED) | Q(ended, status__in=self.model.APPROVED_STATUSES)
        return self.filter(taken_down, published_at__lte=on or timezone.now())

    def in_category(self, category):
        page_keys.depends_on(page_keys.articles_in_category(category.pk))
        return self.filter(category=category)

    def tagged(self, tag):
        page_keys.depends_on(page_keys.articles_tagged(tag.pk))
        return self.filter(tags=tag)

    def carrying(self, tag):
        """The same as `tagged`, each article asked whether it carries the tag instead of the tag for its articles."""
        page_keys.depends_on(page_keys.articles_tagged(tag.pk))
        return self.filter(
            Exists(
                self.model.tags.through.objects.filter(
                    tag=tag, object_id=OuterRef("pk"), content_type__app_label="articles", content_type__model="article"
                )
            )
        )

    def in_area(self, area):
        page_keys.depends_on(page_keys.articles_in_area(area.pk))
        return self.filter(area=area)

    def about(self, calculator):
        page_keys.depends_on(page_keys.articles_about(calculator.pk))
        return self.filter(calculators=calculator)

    def citing(self, document):
        page_keys.depends_on(page_keys.articles_citing(document.pk))
        return self.filter(sources__document=document)

    def newest(self):
        return self.order_by("-published_at", "-pk")

    def fitting_first(self, codes):
        """The newest first: of the areas with these codes, then for everywhere; of other areas last, and none where codes are given."""
        own, everywhere = Q(area__code__in=codes), Q(area=None) | Q(area__code=NATION_CODE)
        fitting = self.filter(own | everywhere) if codes else self
        nearness = Case(When(own, then=0), When(everywhere, then=1), default=2, output_field=models.IntegerField())
        return fitting.order_by(nearness, "-published_at", "-pk")

    def for_list(self):
        """With what one entry of a list shows, and no more."""
        return self.select_related("category", "area", "page").only(*IN_A_LIST)

    def pages(self):
        """Public pages (单页) with what they show."""
        public = self.model.public_at(timezone.now(), is_page=True)
        return self.filter(public).select_related("category", "area", "reviewer", "page")

    def readable(self, on=None):
        """Public articles with everything their own page shows but related reading: one query."""
        return self.published(on).select_related("category", "area", "reviewer", "page")
