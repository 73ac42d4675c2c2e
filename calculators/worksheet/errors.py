"""Error of a worksheet: a formula error with the name of its step."""

from calculators.formulas import FormulaError


class WorksheetError(ValueError):
    """A step could not be computed. `step` is its name, `error` what is wrong in it and where."""

    def __init__(self, step: str, error: FormulaError):
        super().__init__(step, error)
        self.step = step
        self.error = error

    def __str__(self) -> str:
        return f"“{self.step}”这一步算不出来：{self.error}"
