"""Small calculators to make, break and publish."""

from dataclasses import replace
from datetime import date

from django.utils import timezone

from calculators.definition import Case, Definition, Note, Output, Question, Step, from_toml, to_dict
from calculators.library.loading import LIBRARY_FOLDER
from calculators.models import Calculator

DAY = date(2026, 11, 1)

MATERNITY = Definition(
    code="maternity_allowance",
    name="生育津贴",
    summary="产假期间的生育津贴一共多少。",
    questions=(
        Question("region", "参保地", "area"),
        Question("as_of", "生育日期", "date", default="今日"),
        Question("contribution_base", "缴费基数", "money"),
        Question("leave_days", "产假天数", "count", maximum="365"),
    ),
    steps=(Step("生育津贴总额", "缴费基数 ÷ 30 × 产假天数", "CNY"),),
    outputs=(Output("allowance", "生育津贴总额", headline=True),),
    notes=(Note("{参保地}的人在{生育日期}生育。"),),
    cases=(
        Case(
            "整月基数，98 天",
            DAY,
            "110000",
            {"contribution_base": "9000", "leave_days": "98"},
            {"allowance": "29400.00"},
        ),
        Case(
            "除不尽，末尾进到分",
            DAY,
            "110000",
            {"contribution_base": "10000", "leave_days": "128"},
            {"allowance": "42666.67"},
        ),
    ),
)

# Reads a policy value: Beijing's outpatient deductible, 1,800 yuan in 2026.
DEDUCTIBLE = Definition(
    code="over_deductible",
    name="超过起付线多少",
    summary="费用超过起付线的部分。",
    questions=(
        Question("region", "参保地", "area"),
        Question("as_of", "就诊日期", "date", default="今日"),
        Question("person_type", "身份", "choice", dimension="person_type"),
        Question("hospital_level", "医院等级", "choice", dimension="hospital_level"),
        Question("bill", "本次费用", "money"),
    ),
    steps=(Step("超过的部分", "取大(0，本次费用 − 职工门诊起付线)", "CNY"),),
    outputs=(Output("over", "超过的部分", headline=True),),
    cases=(
        Case("刚好到起付线", DAY, "110000", {"person_type": "in_service", "bill": "1800"}, {"over": "0.00"}),
        Case("超过一元", DAY, "110000", {"person_type": "in_service", "bill": "1801"}, {"over": "1.00"}),
    ),
)


def stored(definition=MATERNITY, **changes):
    """A calculator whose working copy is `definition`."""
    calculator = Calculator()
    calculator.store(replace(definition, **changes))
    return calculator


def wrong(definition=MATERNITY):
    """The same with a first case that does not hold."""
    first, *others = definition.cases
    code = next(iter(first.expected))
    return replace(definition, cases=(replace(first, expected={code: "1.00"}), *others))


def library_live():
    """The shipped calculators, live, without the gate that publishes them: their worked cases are tried elsewhere."""
    for path in sorted((LIBRARY_FOLDER / "calculators").glob("*.toml")):
        definition = from_toml(path.read_text(encoding="utf-8"))
        shown = {"name": definition.name, "summary": definition.summary, "live": to_dict(definition)}
        Calculator.objects.get_or_create(code=definition.code, defaults=shown | {"live_since": timezone.now()})
