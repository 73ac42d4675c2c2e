"""Loading of the shipped files into an empty site, through the import that editors use."""

import csv
import logging
import tomllib
from datetime import date
from pathlib import Path

import tablib
from django.core.exceptions import ValidationError
from django.db import transaction

from calculators.definition import from_toml
from calculators.models import (
    Calculator,
    Dimension,
    DimensionChoice,
    Parameter,
    PolicyDocument,
    PolicyValue,
    PoolingArea,
)
from calculators.models.dimension import vocabulary
from calculators.policies.value_import_columns import PolicyValueResource
from calculators.publishing.gate import PublishingBlocked, publish
from calculators.values.conditions import canonical

logger = logging.getLogger(__name__)
LIBRARY_FOLDER = Path(__file__).parent
SHIPPED_REASON = "随站点附带的数值"
# Order of the shipped calculators in the list: the most common questions come first.
CALCULATOR_ORDER = [
    "employee_outpatient",
    "inpatient",
    "resident_outpatient",
    "personal_account_carryover",
    "flexible_contribution",
    "coverage_gap",
    "retirement_years_gap",
    "scheme_comparison",
    "offsite_care",
    "participation_incentive",
    "maternity_allowance",
]
DOCUMENT_COLUMNS = {
    "网址名": "slug",
    "标题": "title",
    "文号": "number",
    "发布机关": "issuer",
    "发布日期": "issued",
    "链接": "url",
    "来源等级": "grade",
    "条文摘录": "clause_text",
}


class ShippedValueResource(PolicyValueResource):
    """Resource for an empty site. It looks up no existing rows, and leaves references and constraints to the database,
    since nobody reads their error sentences."""

    def get_instance(self, instance_loader, row):
        return None

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        errors = import_validation_errors or {}
        references = {"parameter", "area", "document"}
        try:
            instance.full_clean({*errors, *references}, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)


class LibraryError(RuntimeError):
    """A shipped row is invalid; the message names it."""


@transaction.atomic
def load_values() -> int:
    """Load vocabulary, areas, documents, parameters and values; returns the number of values stored.

    Does nothing where there are values already: what editors have done stays.
    """
    if PolicyValue.objects.exists():
        return 0
    load_dimensions()
    load_areas()
    load_documents()
    load_parameters()
    count = import_values((LIBRARY_FOLDER / "values.csv").read_text(encoding="utf-8"))
    load_second_readings()
    return count


@transaction.atomic
def load_calculators() -> int:
    """Store the shipped calculators and publish those whose cases hold; returns how many were stored.

    Does nothing where there are calculators already. The admin shows why one was not published.
    """
    if Calculator.objects.exists():
        return 0
    return sum(store_calculator(path) for path in sorted((LIBRARY_FOLDER / "calculators").glob("*.toml")))


@transaction.atomic
def store_calculator(path: Path) -> int:
    """Store the calculator of a TOML file and publish it if its cases hold; returns how many were stored.

    One whose code is there already stays as it is. Raises LibraryError, which names the file, where the file is wrong.
    """
    try:
        definition = from_toml(path.read_text(encoding="utf-8"))
        code = definition.code
        if Calculator.objects.filter(code=code).exists():
            return 0
        order = CALCULATOR_ORDER.index(code) if code in CALCULATOR_ORDER else len(CALCULATOR_ORDER)
        calculator = Calculator(order=order)
        calculator.store(definition, "随网站附带")
        try:
            publish(calculator, by=None)
        except PublishingBlocked as error:
            logger.warning("%s：没有发布。%s", path, error)
    except (OSError, ValueError, ValidationError) as error:
        sentence = "；".join(error.messages) if isinstance(error, ValidationError) else str(error)
        raise LibraryError(f"{path}：{sentence}") from error
    return 1


def load_dimensions():
    for order, entry in enumerate(_toml("dimensions.toml")["dimension"]):
        dimension, _ = Dimension.objects.get_or_create(
            code=entry["code"],
            defaults={"name": entry["name"], "is_range": entry.get("is_range", False), "order": order},
        )
        for place, choice in enumerate(entry.get("choices", [])):
            DimensionChoice.objects.get_or_create(
                dimension=dimension, code=choice["code"], defaults={"name": choice["name"], "order": place}
            )


def load_areas():
    """Load areas, then set their parents, so that the order in the file does not matter."""
    rows = _csv("areas.csv")
    for row in rows:
        PoolingArea.objects.get_or_create(code=row["代码"], defaults={"name": row["全称"], "short_name": row["简称"]})
    areas = {area.code: area for area in PoolingArea.objects.all()}
    for row in rows:
        area = areas[row["代码"]]
        if row["上级"] and area.parent_id is None:
            area.parent = areas[row["上级"]]
            area.save(update_fields=["parent"])


def load_documents():
    for row in _csv("documents.csv"):
        values = {field: row[column] for column, field in DOCUMENT_COLUMNS.items()}
        PolicyDocument.objects.get_or_create(slug=values.pop("slug"), defaults=values)


def load_parameters():
    """Load parameters; in the file, one comes after the parameter it is `at_least` as high as."""
    dimensions = {dimension.code: dimension for dimension in Dimension.objects.all()}
    for entry in _toml("parameters.toml")["parameter"]:
        depends_on = [dimensions[code] for code in entry.pop("dimensions", [])]
        if "at_least" in entry:
            entry["at_least"] = Parameter.objects.get(code=entry["at_least"])
        parameter, is_new = Parameter.objects.get_or_create(code=entry.pop("code"), defaults=entry)
        if is_new:
            parameter.dimensions.set(depends_on)


def import_values(table: str) -> int:
    """Import a CSV table of values, all or nothing. Raises LibraryError naming the first refused row."""
    dataset = tablib.Dataset().load(table, format="csv")
    result = ShippedValueResource().import_data(dataset, rollback_on_validation_errors=True, reason=SHIPPED_REASON)
    for error in result.base_errors:
        raise LibraryError(str(error.error))
    for row in result.invalid_rows:
        raise LibraryError(f"第 {row.number} 行：{row.error}")
    for number, errors in result.row_errors():
        raise LibraryError(f"第 {number} 行：{errors[0].error}")
    return result.totals["new"]


def load_second_readings():
    """Mark the figures that were read a second time in the official text, each on its day."""
    words = vocabulary()
    for row in _csv("second_readings.csv"):
        value = PolicyValue.objects.with_source().get(
            parameter__name=row["参数"],
            area__short_name=row["地区"],
            conditions_key=canonical(words.read(row["适用于"])),
            effective_from=row["首日"] or None,
        )
        value.status, value.confirmed_on = PolicyValue.Status.CONFIRMED, date.fromisoformat(row["核对日期"])
        value.full_clean(validate_unique=False)
        value.save()


def _toml(name):
    return tomllib.loads((LIBRARY_FOLDER / name).read_text(encoding="utf-8"))


def _csv(name):
    with (LIBRARY_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
