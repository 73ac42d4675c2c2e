"""Schemas of API responses, and conversion of values to JSON."""

from datetime import date
from decimal import Decimal

from ninja import Schema
from pydantic import Field

from calculators.values.money import plain
from calculators.values.types import Bands, Citation, InForce
from calculators.worksheet.statement import plain_value

PlainValue = str | bool | list | None


class OptionSchema(Schema):
    code: str
    label: str


class InputSchema(Schema):
    """What a calculator asks. Options that depend on the place come with it: /calculators/{code}/?region=…"""

    code: str
    label: str
    kind: str
    help: str = ""
    unit: str
    options: list[OptionSchema] = []
    default: str = ""
    minimum: str = Field("", description="最小；以 = 开头的是公式，按前面的回答算。")
    maximum: str = Field("", description="最大；以 = 开头的是公式，按前面的回答算。")
    optional: bool
    unknown: list[str] = Field([], description="可以答“不知道”：这几种都算。")
    asked_if: str = Field("", description="一个条件；不成立就不用答。")


class OutputSchema(Schema):
    code: str
    label: str
    unit: str
    headline: bool = False
    help: str = ""


class CalculatorSummary(Schema):
    code: str
    name: str
    summary: str
    url: str
    compute: str


class CalculatorDetail(CalculatorSummary):
    description: str
    inputs: list[InputSchema] = Field(description="问什么；写了 region 就是那里那天问的，选项写全。")
    open: list[InputSchema] = Field(description="其中还没有答、不答就算不出的；选项要看参保地的，先写 region。")
    outputs: list[OutputSchema]
    areas: list[OptionSchema] = Field(description="那天能算的参保地；没有写日子就是今天。")
    published: str


class SourceSchema(Schema):
    title: str
    number: str
    issuer: str
    issued: str
    url: str
    clause: str
    effective_from: date | None
    seen_on: date | None


class ValueSchema(Schema):
    """A policy value in force, with its source and everything a reader must be told about it."""

    parameter: str
    name: str
    area: str
    area_name: str
    applies_to: str = Field(description="适用于谁；空的是一律适用。")
    value: PlainValue
    unit: str
    effective_from: date | None
    until: date | None = Field(description="已知的下一个数从哪天起。")
    known_until: date | None = Field(description="收录到哪天为止，之后的标准没有查到。")
    inherited: bool
    bound: str = Field(description="upper、lower、guide：全国上限、下限、供估算的办法，不是本地标准。")
    evidence: str = Field(description="confirmed 已核实；restated 据转述；recalled 待核实。")
    unverified: bool = Field(description="没有核实到官方原文（据转述、待核实），或首日未核。")
    stale: bool = Field(description="所问的日子已过复核日。")
    cautions: list[str]
    source: SourceSchema


class LineSchema(Schema):
    name: str
    label: str
    formula: str
    working: str
    value: PlainValue
    unit: str
    rounds: list["LineSchema"] = []
    values: list[str] = Field([], description="用到的政策数值的代码。")


class RangeSchema(Schema):
    lowest: str
    highest: str


class ScenarioSchema(Schema):
    answers: dict[str, str]
    outputs: dict[str, PlainValue]


class Computation(Schema):
    calculator: str
    area: str
    on: date
    outputs: dict[str, PlainValue] = Field(description="答了“不知道”、几种算法结果不同的，是 null。")
    ranges: dict[str, RangeSchema] = Field({}, description="几种算法结果不同的数：最小和最大。")
    scenarios: list[ScenarioSchema] = Field([], description="答了“不知道”时，每一种可能各算一次。")
    results: list[dict[str, PlainValue]]
    lines: list[LineSchema]
    values: list[ValueSchema]
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
    values: list[ValueSchema]


class TypedQuestionResponse(Schema):
    calculator: str | None = Field(description="问的是哪个计算器；不是计算器能答的，或听不准，为空。")
    answers: dict[str, str] = Field(description="话里说了的回答，代码同该计算器的 inputs；没有默认值。")
    missing: list[str] = Field(description="还缺的、或说得不清楚的输入。")
    result: Computation | None
    place: AskedPlace | None = Field(description="话里的参保地。")
    figure: AskedFigure | None = Field(description="问的是一个数时，现在生效的数。")


class ValueList(Schema):
    area: str
    area_name: str
    on: date
    values: list[ValueSchema]


class ErrorMessage(Schema):
    detail: str
    errors: dict[str, str] = Field({}, description="每个要改的输入一句话。")
    options: dict[str, list[OptionSchema]] = Field({}, description="要改的输入里，从列表选的，可以写哪些代码。")
    parameter: str = ""


def plain_policy_value(value, unit: str) -> PlainValue:
    """A policy value or result; a table as a list of its bands."""
    if isinstance(value, Bands):
        return [
            {name: _text(getattr(band, name)) for name in ("lower", "upper", "ratio", "ratio_max")} for band in value
        ]
    return plain_value(value, unit)


def _text(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def value_fields(figure: InForce) -> dict:
    citation = figure.citation
    return {
        "parameter": figure.code,
        "name": figure.name,
        "area": figure.area_code,
        "area_name": figure.area_name,
        "applies_to": figure.dimensions,
        "value": plain_policy_value(figure.value, figure.unit),
        "unit": figure.unit,
        "effective_from": citation.effective_from,
        "until": figure.until,
        "known_until": figure.known_until,
        "inherited": figure.inherited,
        "bound": figure.bound,
        "evidence": citation.status,
        "unverified": is_unverified(citation),
        "stale": is_stale(citation),
        "cautions": list(citation.cautions),
        "source": {name: getattr(citation, name) for name in SourceSchema.model_fields},
    }


def is_unverified(citation: Citation) -> bool:
    return citation.status != "confirmed" or citation.effective_from is None


def is_stale(citation: Citation) -> bool:
    return any("复核日" in caution for caution in citation.cautions)
