"""What is wrong with a formula: a Chinese sentence and the column, never a Python error."""

from collections.abc import Iterable
from difflib import get_close_matches


class FormulaError(ValueError):
    """`sentence` says what is wrong; `column` is the 1-based place in the text as typed, 0 if unknown."""

    def __init__(self, sentence: str, column: int = 0):
        super().__init__(sentence)
        self.sentence = sentence
        self.column = column

    def __str__(self) -> str:
        return f"第 {self.column} 列：{self.sentence}" if self.column else self.sentence


def unknown(what: str, name: str, known: Iterable[str], column: int = 0) -> FormulaError:
    """`name` is not among `known`; the sentence offers the nearest one."""
    nearest = get_close_matches(name, list(known), n=1, cutoff=0.5)
    hint = f"是不是“{nearest[0]}”？" if nearest else ""
    return FormulaError(f"没有叫“{name}”的{what}。{hint}", column)
