"""Policy values for tests, held in memory: rates({"起付线": 1800}) or dated and narrowed rows."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from calculators.values.conditions import Conditions, matches, possible
from calculators.values.types import Bands, Citation, InForce, ParameterNotInForce, Unlimited


@dataclass(frozen=True)
class Row:
    value: object
    unit: str = "CNY/year"
    since: date = date.min
    conditions: Conditions = field(default_factory=dict)
    cautions: tuple[str, ...] = ()


class MemoryRates:
    """The latest row that has begun and whose conditions are met; the last such one wins."""

    def __init__(self, rows):
        self.rows = {name: row if isinstance(row, list) else [row] for name, row in rows.items()}
        self.lookups = []

    def get(self, parameter, on, **dimensions):
        self.lookups.append((parameter, on, dimensions))
        found = self._found(parameter, on, dimensions)
        if not found:
            raise ParameterNotInForce(f"{on}没有生效的“{parameter}”。", code=parameter)
        row = found[-1]
        is_number = not isinstance(row.value, bool | Bands | Unlimited) and row.unit != "text"
        value = Decimal(str(row.value)) if is_number else row.value
        citation = Citation(
            "某通知",
            "某发〔2023〕1号",
            "某局",
            "2023年1月",
            "",
            "notice",
            "",
            row.since,
            None,
            "confirmed",
            row.cautions,
        )
        return InForce(parameter, parameter, value, row.unit, "110000", "北京", "", citation)

    def has(self, parameter, on, **dimensions):
        return bool(self._found(parameter, on, dimensions))

    def choices(self, on=None, dimensions=None):
        found = {}
        rows = (row for rows in self.rows.values() for row in rows)
        for row in (row for row in rows if possible(row.conditions, dimensions or {})):
            for dimension, allowed in row.conditions.items():
                codes = [code for code in allowed if isinstance(code, str)]
                found.setdefault(dimension, {}).update({code: f"词{code}" for code in codes})
        return found

    def _found(self, parameter, on, dimensions):
        begun = [row for row in self.rows.get(parameter, []) if row.since <= on]
        return [row for row in begun if matches(row.conditions, dimensions)]
