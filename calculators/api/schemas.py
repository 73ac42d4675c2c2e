"""What the API answers, and how a value of ours becomes one of JSON's."""

from datetime import date
from decimal import Decimal

from ninja import Schema
from pydantic import Field

from calculators.values.money import plain
from calculators.values.types import Bands, Citation, InForce
from calculators.worksheet.statement import plain_value

Plain = str | bool | list | None


class Option(Schema):
    code: str
    label: str


class Input(Schema):
    """What a calculator asks. Without `options`, a choice has those of the area; see the form of that area."""

    code: str
    label: str
    kind: str
    help: str = ""
    unit: str
    options: list[Option] = []
    default: str = ""
    minimum: str = Field("", description="最小；以 = 开头的是公式，按前面的回答算。")
    maximum: str = Field("", description="最大；以 = 开头的是公式，按前面的回答算。")
    optional: bool
    asked_if: str = Field("", description="一个条件；不成立就不用答。")


class Output(Schema):
    code: str
    label: str
    unit: str
    headline: bool = False
    help: str = ""


class Summary(Schema):
    code: str
    name: str
    summary: str
    url: str
    compute: str


class Detail(Summary):
    description: str
    inputs: list[Input]
    outputs: list[Output]
    areas: list[Option] = Field(description="今天能算的参保地。")
    published: str


class Source(Schema):
    title: str
    number: str
    issuer: str
    issued: str
    url: str
    clause: str
    effective_from: date | None
    seen_on: date | None


class Value(Schema):
    """A policy value in force, with its source and everything a reader must be told about it."""

    parameter: str
    name: str
    area: str
    area_name: str
    applies_to: str = Field(description="适用于谁；空的是一律适用。")
    value: Plain
    unit: str
    effective_from: date | None
    until: date | None = Field(description="已知的下一个数从哪天起。")
    known_until: date | None = Field(description="收录到哪天为止，之后的标准没有查到。")
    inherited: bool
    bound: str = Field(description="upper、lower：全国上限、下限，不是本地标准。")
    unverified: bool = Field(description="待核实，或首日未核。")
    stale: bool = Field(description="已过复核日。")
    cautions: list[str]
    source: Source


class Line(Schema):
    name: str
    label: str
    formula: str
    working: str
    value: Plain
    unit: str
    rounds: list["Line"] = []
    values: list[str] = Field([], description="用到的政策数值的代码。")


class Computation(Schema):
    calculator: str
    area: str
    on: date
    outputs: dict[str, Plain]
    results: list[dict[str, Plain]]
    lines: list[Line]
    values: list[Value]
    notes: list[str]
    cautions: list[str]
    unverified: bool
    stale: bool
    estimated: bool = Field(description="用国家上限或下限代替了本地标准。")
    answers: dict[str, str] = Field(description="实际用来算的回答，默认值已填上。")
    disclaimer: str = "以参保地经办机构结算为准。"


class AskedPlace(Schema):
    code: str
    name: str
    covered: bool = Field(description="本站收录了这个地方的数值。")


class AskedFigure(Schema):
    area: str
    area_name: str
    values: list[Value]


class AskedQuestion(Schema):
    calculator: str | None = Field(description="问的是哪个计算器；不是计算器能答的，或听不准，为空。")
    answers: dict[str, str] = Field(description="话里说了的回答，代码同该计算器的 inputs；没有默认值。")
    missing: list[str] = Field(description="还缺的、或说得不清楚的输入。")
    result: Computation | None
    place: AskedPlace | None = Field(description="话里的参保地。")
    figure: AskedFigure | None = Field(description="问的是一个数时，现在生效的数。")


class Values(Schema):
    area: str
    area_name: str
    on: date
    values: list[Value]


class Trouble(Schema):
    detail: str
    errors: dict[str, str] = {}
    parameter: str = ""


def plain_amount(value, unit: str) -> Plain:
    """A policy value or result; a table as a list of its bands."""
    if isinstance(value, Bands):
        return [
            {name: _text(getattr(band, name)) for name in ("lower", "upper", "ratio", "ratio_max")} for band in value
        ]
    return plain_value(value, unit)


def _text(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def value_of(figure: InForce) -> dict:
    citation = figure.citation
    return {
        "parameter": figure.code,
        "name": figure.name,
        "area": figure.area_code,
        "area_name": figure.area_name,
        "applies_to": figure.dimensions,
        "value": plain_amount(figure.value, figure.unit),
        "unit": figure.unit,
        "effective_from": citation.effective_from,
        "until": figure.until,
        "known_until": figure.known_until,
        "inherited": figure.inherited,
        "bound": figure.bound,
        "unverified": is_unverified(citation),
        "stale": is_stale(citation),
        "cautions": list(citation.cautions),
        "source": {name: getattr(citation, name) for name in Source.model_fields},
    }


def is_unverified(citation: Citation) -> bool:
    return citation.status == "recalled" or citation.effective_from is None


def is_stale(citation: Citation) -> bool:
    return any(caution.startswith("已过复核日") for caution in citation.cautions)
