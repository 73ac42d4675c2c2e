"""Error of a worksheet: a formula error with the name of its step."""

from calculators.formulas import FormulaError


class WorksheetError(ValueError):
    """A step could not be computed. `step` is its name, `error` what is wrong in it and where."""

    def __init__(self, step: str, error: FormulaError):
        super().__init__(step, error)
        self.step = step
        self.error = error

    def for_visitors(self) -> str:
        """The same without the column of a formula that visitors do not see."""
        return f"按这些回答，“{self.step}”算不出来：{self.error.sentence}"

    def __str__(self) -> str:
        return f"“{self.step}”这一步算不出来：{self.error}"
