"""The units a policy value, a question or a step can have, and how each is written in Chinese."""

from decimal import Decimal

from calculators.money import grouped, percent, yuan
from calculators.values import Bands, PolicyAmount, Unlimited

UNITS = {
    "CNY": "元",
    "CNY/year": "元/年",
    "CNY/month": "元/月",
    "CNY/visit": "元/次",
    "CNY/admission": "元/次住院",
    "CNY/person/year": "元/人/年",
    "ratio": "比例",
    "percentage_point": "个百分点",
    "multiple": "倍",
    "years": "年",
    "months": "个月",
    "months/year": "个月/年",
    "count": "个",
    "boolean": "是或否",
    "date": "日期",
    "text": "文字",
}
UNIT_CHOICES = tuple(UNITS.items())


def is_money(unit: str) -> bool:
    return unit.startswith("CNY")


def show(value: PolicyAmount, unit: str) -> str:
    """A value as a reader sees it: 1,800 元, 70%, 3 个月, 是, 不设限额."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str | Bands | Unlimited):
        return str(value)
    if unit == "ratio":
        return percent(value)
    if is_money(unit):
        return f"{grouped(value)} 元"
    return f"{grouped(value)} {UNITS[unit].removesuffix('/年') if unit == 'months/year' else UNITS[unit]}"


def show_output(value: PolicyAmount, unit: str) -> str:
    """A computed result as a reader sees it: money always to the fen."""
    if isinstance(value, Decimal) and is_money(unit):
        return yuan(value)
    return show(value, unit)
