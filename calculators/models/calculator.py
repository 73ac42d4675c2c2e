"""Model of calculators: a working copy that editors change as rows, and the published definition."""

from dataclasses import replace

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.query import ModelIterable
from simple_history.models import HistoricalRecords

from calculators.addresses import path_to
from calculators.common.stored_text import refuse_twins
from calculators.definition import (
    Case,
    Definition,
    DefinitionError,
    Output,
    Question,
    from_dict,
    from_toml,
    to_dict,
    to_toml,
)
from calculators.definition.phrasing import MAX_PHRASING, WrongPhrasing, read_triggers

OWN_FIELDS = ("code", "name", "summary", "description", "triggers", "excluded_by")
SHOWN_FIELDS = ("name", "summary", "description")  # of these readers see what was published, not the working copy
REVIEW_FIELDS = ("submitted_by", "submitted_at", "review_note")  # where a submission stands: publishing.review
PART_NAMES = ("questions", "steps", "outputs", "notes", "cases")
_published: dict[int, tuple[dict, Definition]] = {}


def readable_triggers(text):
    try:
        read_triggers(text)
    except WrongPhrasing as error:
        raise ValidationError(str(error)) from error


class _AsPublished(ModelIterable):
    """Rows with the words of their published definition."""

    def __iter__(self):
        for calculator in super().__iter__():
            for name in SHOWN_FIELDS:
                setattr(calculator, name, calculator.live.get(name, getattr(calculator, name)))
            yield calculator


class CalculatorQuerySet(models.QuerySet):
    def live(self):
        """Calculators a visitor can use."""
        return self.filter(live__isnull=False)

    def as_published(self):
        """The live ones as readers see them. To be shown, not saved: their words are not those of the working copy."""
        found = self.live()
        found._iterable_class = _AsPublished
        return found

    def in_review(self):
        return self.filter(submitted_at__isnull=False)

    def sent_back_to(self, user):
        return self.filter(submitted_at__isnull=True, submitted_by=user)


class Calculator(models.Model):
    """A calculator. `submitted_at` is set while a submission waits; sent back, who submitted it and the reason stay.

    `live` is the published definition (calculators.definition, as a dict); null while unpublished.

    The rows of calculator_parts are the working copy, `written` the same as a file, of which the
    history keeps every version.
    """

    code = models.SlugField("代码", max_length=60, unique=True, help_text="出现在网址和接口里，定了就不要改。")
    name = models.CharField("名称", max_length=40, unique=True)
    summary = models.CharField("一句话说明", max_length=120, help_text="显示在列表、搜索结果和搜索引擎里。")
    description = models.TextField("说明", blank=True, help_text="显示在计算器上方：算的是什么，不算什么。")
    triggers = models.TextField(
        "怎么问到它",
        blank=True,
        max_length=MAX_PHRASING,
        validators=[readable_triggers],
        help_text="搜索框里的哪些话是在问它。每行一种问法，行里的词都要出现；“/”隔开几种说法，“!”表示不能出现，"
        "{金额}{时长}{月份}{年份}{外地}指说了这样的数或地方。例如：门诊/看病/拿药 {金额}",
    )
    excluded_by = models.TextField(
        "什么不是问它",
        blank=True,
        max_length=MAX_PHRASING,
        validators=[readable_triggers],
        help_text="写法相同；有一行对得上，就不算是问它。",
    )
    order = models.PositiveSmallIntegerField("顺序", default=0)
    written = models.TextField("全文", blank=True, editable=False)
    live = models.JSONField("已发布的定义", null=True, blank=True, editable=False)
    live_since = models.DateTimeField("发布时间", null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="谁送审的",
    )
    submitted_at = models.DateTimeField("送审时间", null=True, blank=True, editable=False)
    review_note = models.CharField("送审或退回时的话", max_length=300, blank=True, editable=False, db_default="")
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    _own_published = None, None  # what `live` was when published() was asked last, and the definition

    objects = CalculatorQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["updated_at", *REVIEW_FIELDS])

    class Meta:
        verbose_name = verbose_name_plural = "计算器"
        ordering = ["order", "code"]
        permissions = [("publish_calculator", "可以审核和发布计算器")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return path_to("calculators:calculator", self.code)

    def clean(self):
        refuse_twins(self, "name")

    def definition(self) -> Definition:
        """The working copy. One query a kind of part."""
        rows = {name: tuple(row.as_part() for row in getattr(self, name).all()) for name in PART_NAMES}
        rows["cases"] = tuple(_in_order(case, rows["questions"], rows["outputs"]) for case in rows["cases"])
        return Definition(**{name: getattr(self, name) for name in OWN_FIELDS}, **rows)

    def published(self) -> Definition | None:
        """The published definition, without a query; each process builds it once for each time it is published.

        A row that many pages share compares what it stores with what was built before for the first of them only.
        """
        if self.live is None:
            return None
        of, definition = self._own_published
        if of is not self.live:
            read, definition = _published.get(self.pk, (None, None))
            if read != self.live:
                definition = from_dict(self.live)
                _published[self.pk] = self.live, definition
            self._own_published = self.live, definition
        return definition

    @property
    def is_ahead(self):
        """Whether the working copy differs from the published definition."""
        if not (self.live and self.written):
            return False
        try:
            return from_toml(self.written) != self.published()
        except DefinitionError:  # written before half-finished parts were
            return True

    @transaction.atomic
    def store(self, definition: Definition, reason: str = "", *, is_draft: bool = False) -> None:
        """Make `definition` the working copy, and save: the inverse of `definition`.

        Raises ValidationError where it breaks a rule of the rows; a draft may be half-finished.
        """
        parts = self.check_parts(definition, is_draft=is_draft)
        self.written = to_toml(definition)
        self._change_reason = reason or None
        self.save()
        for name, rows in parts.items():
            related = getattr(self, name)
            related.all().delete()
            related.bulk_create(rows)

    def check_parts(self, definition: Definition, *, is_draft: bool = False) -> dict[str, list]:
        """Take over its own fields and make its rows, unsaved. Raises ValidationError naming the part."""
        for name in OWN_FIELDS:
            setattr(self, name, getattr(definition, name))
        self.full_clean(exclude=["live", "written"])
        return {name: self._rows(name, getattr(definition, name), is_draft) for name in PART_NAMES}

    def _rows(self, name, parts, is_draft):
        model = getattr(self, name).model
        rows = [model.of(self, part, place) for place, part in enumerate(parts, 1)]
        for row in rows:
            row.validate(is_draft=is_draft)
        return rows

    @transaction.atomic
    def keep_written(self, reason: str = "") -> None:
        """Store the rows as text in `written` and renumber them; adds a version to the history."""
        for name in PART_NAMES:
            rows = list(getattr(self, name).all())
            for place, row in enumerate(rows, 1):
                row.order = place * 10
            getattr(self, name).bulk_update(rows, ["order"])
        self.written = to_toml(self.definition())
        self._change_reason = reason or None
        self.save()

    def go_live(self, definition: Definition | None, at, reason: str) -> None:
        """Publish `definition`, or unpublish; calculators.publishing.gate checks whether it may be published."""
        self.live = None if definition is None else to_dict(definition)
        self.live_since = None if definition is None else at
        self._change_reason = reason
        self.save()


def _in_order(case: Case, questions: tuple[Question, ...], outputs: tuple[Output, ...]) -> Case:
    """Answers and expectations in the order of questions and outputs: PostgreSQL keeps none in JSON."""
    answers, expected = (
        {code: pairs[code] for code in sorted(pairs, key=lambda code: places.get(code, len(places)))}
        for pairs, places in ((case.answers, _places(questions)), (case.expected, _places(outputs)))
    )
    return replace(case, answers=answers, expected=expected)


def _places(parts):
    return {part.code: place for place, part in enumerate(parts)}
