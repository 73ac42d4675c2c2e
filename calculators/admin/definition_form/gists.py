"""Gist of a part: what it is in one line, in the words of the library, for lists in which one part at a time is open."""

from collections.abc import Mapping
from dataclasses import dataclass

from calculators.admin.definition_form.option_words import (
    REFUSED_WORD,
    OptionWords,
    expected_in_words,
    in_order,
    in_words,
)
from calculators.definition import QUESTION_KINDS
from calculators.models import Case, Note, Output, Question, Step
from calculators.values.units import RESULT_UNITS

MAX_GIST_CHARACTERS = 120


@dataclass(frozen=True)
class Gist:
    """`title` in bold, then `words`; `problem_count` is how many things in it must be put right."""

    title: str
    words: str
    problem_count: int = 0


def gist_of(row, names: Mapping[str, str], words: OptionWords, problem_count: int = 0) -> Gist:
    """`names` are those of questions and outputs, `words` those of options, by code."""
    if isinstance(row, Case):
        row = Case(
            name=row.name, answers=in_words(row.answers or {}, words), expected=expected_in_words(row.expected or {})
        )
    title, gist = _GISTS[type(row)](row, names)
    return Gist(title or "还没有名称", gist[:MAX_GIST_CHARACTERS], problem_count)


def _question(row, names):
    kind = QUESTION_KINDS.get(row.kind)
    words = [kind.label if kind else "还没有选种类"]
    words += [_unit(row.unit)] if row.unit else []
    words += ["、".join(option["label"] for option in row.options)] if row.options else []
    words += [f"最小 {row.minimum}"] if row.minimum else []
    words += [f"最大 {row.maximum}"] if row.maximum else []
    options = {option["code"]: option["label"] for option in row.options}
    words += [f"预填 {options.get(row.default, row.default)}"] if row.default else []
    words += ["可以不填"] if row.optional else []
    words += [f"只在 {_one_line(row.shown_if)} 时问"] if row.shown_if else []
    return row.name, "，".join(words)


def _step(row, names):
    unit = f"（{_unit(row.unit)}）" if row.unit else ""
    each = f"，逐期：{row.each}" if row.each else ""
    return row.name, f"= {_one_line(row.formula)}{unit}{each}" if row.formula.strip() else "还没有公式"


def _output(row, names):
    main = "，主要结果" if row.headline else ""
    source = f"= {row.step}" if row.label and row.label != row.step else "取这一步的结果"
    condition = f"，只在 {_one_line(row.shown_if)} 时有" if row.shown_if else ""
    return row.label or row.step, f"{source}{main}{condition}"


def _note(row, names):
    return _one_line(row.text)[:60], f"只在 {_one_line(row.shown_if)} 时显示" if row.shown_if else ""


def _case(row, names):
    return row.name, f"{_pairs(row.answers, names)} → {_pairs(row.expected, names) or '还没有写应得'}"


_GISTS = {Question: _question, Step: _step, Output: _output, Note: _note, Case: _case}


def _pairs(pairs, names):
    words = names | {"refused": REFUSED_WORD}
    return "，".join(f"{words.get(code, code)} {text}" for code, text in in_order(pairs or {}, words))


def _unit(unit):
    word = RESULT_UNITS.get(unit.removeprefix("list:"), unit)
    return f"一列{word}" if unit.startswith("list:") else word


def _one_line(text):
    return " ".join(text.split())
