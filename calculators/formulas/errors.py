"""Errors of formulas: a Chinese sentence and the column, never a Python error."""

from collections.abc import Iterable
from difflib import get_close_matches


class FormulaError(ValueError):
    """Error in a formula: a Chinese sentence, and the 1-based column in the text as typed, 0 if unknown."""

    def __init__(self, sentence: str, column: int = 0):
        super().__init__(sentence)
        self.sentence = sentence
        self.column = column

    def __str__(self) -> str:
        return f"第 {self.column} 个字：{self.sentence}" if self.column else self.sentence


def unknown(what: str, name: str, known: Iterable[str], column: int = 0, *, is_listed: bool = False) -> FormulaError:
    """Error for a name that is not among `known`; its sentence proposes the closest one, or all where there are few."""
    names = list(known)
    nearest = get_close_matches(name, names, n=1, cutoff=0.5)
    hint = f"是不是“{nearest[0]}”？" if nearest else f"可以用的有：{'、'.join(names)}。" if is_listed else ""
    return FormulaError(f"没有叫“{name}”的{what}。{hint}", column)
