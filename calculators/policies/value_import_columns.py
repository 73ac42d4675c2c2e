"""Import-export resource of policy values: one table format for CSV and XLSX, used by editors and the shipped library.

A row is found again by parameter, area, conditions and first day; every row passes the model's own
checks, and one bad row means that none is stored. What looks like a slip (calculators.policies.plausibility) is
stored only with a reason. A figure that a `user` imports is unverified, whatever its cell says.
"""

from django.db.models import prefetch_related_objects
from import_export import fields, resources, widgets

from calculators.common.cells import read_day
from calculators.models import Parameter, PolicyDocument, PolicyValue, PoolingArea
from calculators.models.dimension import vocabulary
from calculators.policies.plausibility import outliers
from calculators.values.conditions import canonical
from calculators.values.notation import UnreadableCell
from calculators.values.units import UNITS
from calculators.values.vocabulary import UnknownWord


class RememberedReference(widgets.ForeignKeyWidget):
    """Widget of a foreign key by natural key, each looked up once an import."""

    def __init__(self, model, field):
        super().__init__(model, field)
        self._found = {}

    def clean(self, value, row=None, **kwargs):
        if value not in self._found:
            self._found[value] = self._look_up(value, row, **kwargs)
        return self._found[value]

    def _look_up(self, value, row, **kwargs):
        try:
            found = super().clean(value, row, **kwargs)
        except self.model.DoesNotExist:
            raise ValueError(f"没有叫“{value}”的{self.model._meta.verbose_name}。") from None
        if isinstance(found, Parameter):
            prefetch_related_objects([found], "dimensions")
        return found


class ConditionsWidget(widgets.Widget):
    """Widget of conditions in words: 退休·70岁及以上."""

    def __init__(self):
        super().__init__()
        self._words = None

    @property
    def words(self):
        self._words = self._words or vocabulary()
        return self._words

    def clean(self, value, row=None, **kwargs):
        try:
            return self.words.read(str(value or "").strip())
        except UnknownWord as error:
            raise ValueError(str(error)) from error

    def render(self, value, obj=None, **kwargs):
        return self.words.spell(value)


class WordWidget(widgets.Widget):
    """Widget of a choice by its Chinese label."""

    def __init__(self, choices):
        super().__init__()
        self._words = dict(choices)
        self._codes = {word: code for code, word in self._words.items()}

    def clean(self, value, row=None, **kwargs):
        if value not in self._codes:
            raise ValueError(f"“{value}”应是其中之一：{'、'.join(self._codes)}。")
        return self._codes[value]

    def render(self, value, obj=None, **kwargs):
        return self._words.get(value, "")


class DayWidget(widgets.Widget):
    """Widget of a date as 2026-01-01, or as Excel saves one in CSV, 2026/1/1."""

    def clean(self, value, row=None, **kwargs):
        if not value:
            return None
        try:
            return read_day(value)
        except ValueError:
            raise ValueError(f"“{value}”不是日期，请写成 2026-01-01。") from None

    def render(self, value, obj=None, **kwargs):
        return value.isoformat() if value else ""


class WrittenField(fields.Field):
    """Field of the value in one cell; parsing needs the parameter, which is in an earlier column."""

    def get_value(self, instance):
        return instance.written if instance.parameter_id else ""

    def save(self, instance, row, is_m2m=False, **kwargs):
        cell = row[self.column_name]
        try:
            instance.written = "" if cell is None else str(cell)
        except UnreadableCell as error:
            raise ValueError(str(error)) from error


class PolicyValueResource(resources.ModelResource):
    parameter = fields.Field("parameter", "参数", RememberedReference(Parameter, "name"))
    area = fields.Field("area", "地区", RememberedReference(PoolingArea, "short_name"))
    conditions = fields.Field("conditions", "适用于", ConditionsWidget())
    written = WrittenField("written", "数值")
    unit = fields.Field("unit", "单位", WordWidget(UNITS.items()))
    effective_from = fields.Field("effective_from", "首日", DayWidget())
    seen_on = fields.Field("seen_on", "见于", DayWidget())
    document = fields.Field("document", "政策文件", RememberedReference(PolicyDocument, "slug"))
    clause = fields.Field("clause", "条款", widgets.CharWidget(coerce_to_string=True, allow_blank=True))
    status = fields.Field("status", "状态", WordWidget(PolicyValue.Status.choices))
    review_by = fields.Field("review_by", "复核截止", DayWidget())
    note = fields.Field("note", "备注", widgets.CharWidget(coerce_to_string=True, allow_blank=True))

    class Meta:
        model = PolicyValue
        fields = (
            "parameter",
            "area",
            "conditions",
            "written",
            "unit",
            "effective_from",
            "seen_on",
            "document",
            "clause",
            "status",
            "review_by",
            "note",
        )
        import_order = export_order = fields
        import_id_fields = ("parameter", "area", "conditions", "effective_from")
        clean_model_instances = True
        use_transactions = True
        skip_unchanged = True
        report_skipped = False
        store_instance = True
        skip_html_diff = True

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.met = []  # the stored rows that an import found again
        for name, field in PolicyValueResource.fields.items():  # fresh memories for each import
            self.fields[name].widget = type(field.widget)(*_arguments(field.widget))

    def get_instance(self, instance_loader, row):
        """The stored row with this natural key, if there is one."""
        key = {name: self.fields[name].clean(row) for name in self._meta.import_id_fields}
        conditions = key.pop("conditions")
        return PolicyValue.objects.filter(conditions_key=canonical(conditions), **key).first()

    def before_import(self, dataset, **kwargs):
        expected, given = self.get_export_headers(), dataset.headers or []
        missing = [column for column in expected if column not in given]
        unknown = [column for column in given if column not in expected]
        faults = (
            f"表里缺少：{'、'.join(missing)}。" if missing else "",
            f"表里多出：{'、'.join(unknown)}。" if unknown else "",
        )
        if any(faults):
            raise ValueError("".join(faults))

    def import_instance(self, instance, row, **kwargs):
        """Read the row; a new or changed figure that a user imports is unverified."""
        stored = PolicyValue.objects.with_source().filter(pk=instance.pk).first() if instance.pk else None
        self.met += [stored] if stored else []
        super().import_instance(instance, row, **kwargs)
        instance._change_reason = kwargs.get("reason") or None
        if kwargs.get("user") is None:
            return
        instance.conditions_key = canonical(instance.conditions)
        if stored and instance.is_same_figure(stored):
            instance.status = stored.status
        else:
            said_draft = instance.status == PolicyValue.Status.DRAFT
            instance.enter(kwargs["user"])
            instance.status = PolicyValue.Status.DRAFT if said_draft else instance.status

    def after_import_row(self, row, row_result, **kwargs):
        row_result.number = kwargs["row_number"]

    def after_import(self, dataset, result, **kwargs):
        """Check the plausibility of the whole table before the transaction commits: implausible values need a reason."""
        touched = {row.instance.pk: row for row in result.rows if row.instance and not row.errors}
        replaced = {pk: row.original.number for pk, row in touched.items() if row.original}
        told = outliers([row.instance for row in touched.values()], replaced)
        for pk, row in touched.items():
            row.outliers = told.get(pk, [])
        result.has_outliers = bool(told)
        if told and not kwargs.get("dry_run") and not kwargs.get("reason"):
            raise ValueError("有看起来像笔误的数，写明理由才能保存。")

    def changes(self, row_result):
        """(column, old, new) for each cell that a row changes, its natural key excepted."""
        for name in self.get_export_order():
            if name in self._meta.import_id_fields:
                continue
            field = self.fields[name]
            old = field.export(row_result.original) if row_result.original else ""
            new = field.export(row_result.instance)
            if old != new:
                yield field.column_name, old, new


def _arguments(widget):
    if isinstance(widget, RememberedReference):
        return widget.model, widget.field
    if isinstance(widget, WordWidget):
        return (widget._words,)
    return (True, True) if isinstance(widget, widgets.CharWidget) else ()
