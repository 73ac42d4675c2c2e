"""Mistakes planted in the shipped calculators, one at a time: does a worked case turn red?

    python tests/benchmarks/mutations.py [code …]       every calculator where none is named

Each sign, comparison, number, word, name and choice in the formula of each step is changed in turn: + and −,
× and ÷, < and ≤, = and ≠, 且 and 或, 是 and 否, 取大 and 取小, a number one more and one less, the two branches
of 如果 swapped, a word misspelt, a name replaced by its neighbour, rounding left out. What survives is
printed; EQUIVALENT lists mistakes that no case can show because the result is the same, each with
why. Ends with 1 if anything else survives. The conditions under which questions are asked and outputs
shown are counted apart: whether something needless was asked does not show in a result.
"""

# ruff: noqa: E402 - Django is set up before its models are imported

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="yibao-bench-"))
os.environ.setdefault("LOG_LEVEL", "WARNING")

import django

django.setup()

from django.db import connection

from calculators.definition import Definition, from_toml
from calculators.formulas import FormulaError, compile_formula
from calculators.formulas.lexer import Token, tokenize
from calculators.library.loading import LIBRARY_FOLDER, load_values
from calculators.publishing.cases import rates_by_area, run_case
from calculators.values.money import plain

SWAPPED = {"+": "-", "-": "+", "*": "/", "/": "*", "<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "!=", "!=": "="}
SWAPPED |= {"and": " 或 ", "or": " 且 ", "取大": "取小", "取小": "取大", "四舍五入到分": "", "是": "否", "否": "是"}
NUMBER = re.compile(r"(?P<number>[0-9.]+)(?P<suffix>\s*%|万)?")
# (calculator, part, formula with the mistake): why no case can show it
ONE_EVERYWHERE = "both values are 1 in every recorded area"
ASKED_ONLY_THERE = "the question is only asked of residents where the insurance is recorded; elsewhere it counts as 否"
EQUIVALENT = {
    (
        "coverage_gap",
        "变动等待期",
        "取大(0, 计入年数 / 居民变动等待期每断保一年 − 有效补缴年数 × 每补缴一年减少等待期)",
    ): ONE_EVERYWHERE,
    (
        "coverage_gap",
        "变动等待期",
        "取大(0, 计入年数 × 居民变动等待期每断保一年 − 有效补缴年数 / 每补缴一年减少等待期)",
    ): ONE_EVERYWHERE,
    (
        "coverage_gap",
        "晚参保等待期",
        "如果(集中期内参保, 0, 有规定(集中期后参保等待期), 居民固定等待期, 居民固定等待期)",
    ): "the only recorded wait for enrolling late is as long as the fixed one",
    (
        "inpatient",
        "收录了限额",
        "如果(是居民, 有规定(职工住院封顶线), 有规定(职工住院封顶线) 或 有规定(职工统筹基金限额))",
    ): "the only area with a ceiling for residents has one for employees",
    (
        "inpatient",
        "超限额支付",
        "如果(非 是居民 且 非 是居民 且 有规定(职工统筹限额以上支付比例), 超出应付 ÷ 支付比例 × 职工统筹限额以上支付比例, 0)",
    ): "the only area that pays above its ceiling has no bands",
    ("inpatient", "是困难群众", "是居民 且 是居民 且 困难群众"): ASKED_ONLY_THERE,
    ("inpatient", "是困难群众", "有大病保险 且 困难群众 且 困难群众"): ASKED_ONLY_THERE,
    (
        "inpatient",
        "大病限额",
        "如果(有规定(大病封顶线), 填写的大病封顶线, 填写的大病封顶线)",
    ): "no recorded area has both a ceiling and bands for serious illness",
    (
        "participation_incentive",
        "连续激励",
        "如果(断保后连续激励额度保留 或 断保后连续激励额度保留, 上期(连续激励, 0) + 连续加额, 连续加额)",
    ): "the nation's rule, that the amount is kept, holds in every recorded area",
    (
        "retirement_years_gap",
        "每月补缴",
        "(补缴基数 × 补缴费率)",
    ): "an output in money is rounded to the fen where it is computed",
}


def mutants(formula: str) -> Iterator[str]:
    """`formula` with one mistake, once for each mistake; those that cannot be read are left out."""
    tokens = tokenize(formula)
    ends = [token.column for token in tokens[1:]] + [len(formula) + 1]
    for token, end in zip(tokens, ends, strict=True):
        before, rest = formula[: token.column - 1], formula[token.column - 1 : end - 1]
        written = rest.rstrip()
        for wrong in _wrong(token):
            yield from _readable(before + wrong + rest[len(written) :] + formula[end - 1 :])
    yield from (text for text in _swapped_branches(formula, tokens) if text != formula)
    yield from _neighbours(formula, tokens)


def _wrong(token: Token) -> Iterator[str]:
    if token.kind == "number":
        match = NUMBER.fullmatch(token.text)
        for step in (1, -1):
            if (number := Decimal(match["number"]) + step) >= 0:
                yield plain(number) + (match["suffix"] or "")
    elif token.kind == "text":
        yield f"“{token.text[1:-1]}错”"
    elif token.text in SWAPPED and not (token.kind == "operator" and token.text in "+-" and token.column == 1):
        yield SWAPPED[token.text]


def _neighbours(formula, tokens):
    """Each name replaced by the next other name in the formula."""
    names = [token for token in tokens if token.kind == "name" and token.text not in {"是", "否", "不设限额"}]
    for token, following in pairwise(names):
        if token.text != following.text:
            end = token.column - 1 + len(token.text)
            yield from _readable(formula[: token.column - 1] + following.text + formula[end:])


def _swapped_branches(formula, tokens):
    """The last two branches of each 如果, the other way round."""
    for place, token in enumerate(tokens):
        if token.text == "如果":
            commas, close = _arguments(tokens, place + 1)
            first, second = commas[-2], commas[-1]
            left, right = formula[first : second - 1], formula[second : close - 1]
            yield from _readable(formula[:first] + right + formula[second - 1] + left + formula[close - 1 :])


def _arguments(tokens, opening):
    """The columns of the commas between the arguments of a call, and of its closing bracket."""
    depth, commas = 0, []
    for token in tokens[opening:]:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if depth == 0:
            return commas, token.column
        if token.kind == "comma" and depth == 1:
            commas.append(token.column)
    raise AssertionError("a formula that can be read closes its brackets")


def _readable(text):
    try:
        compile_formula(text)
    except FormulaError:
        return
    yield text


def planted_in(definition: Definition, table: str, field: str) -> Iterator[tuple[str, str, Definition]]:
    """Where, with which formula, and the definition with that one mistake."""
    parts = getattr(definition, table)
    for place, part in enumerate(parts):
        for formula in mutants(getattr(part, field)) if getattr(part, field) else ():
            changed = (*parts[:place], replace(part, **{field: formula}), *parts[place + 1 :])
            yield getattr(part, "name", "") or part.code, formula, replace(definition, **{table: changed})


def survivors(definition: Definition, table: str, field: str) -> tuple[int, list[tuple[str, str]]]:
    """How many mistakes were planted, and the (part, formula) of those that no case shows."""
    rates = rates_by_area(definition.reads, {case.area for case in definition.cases})
    lines = {case.name: _lines(run_case(definition, case, rates)) for case in definition.cases}
    planted, alive = 0, []
    for where, formula, wrong in planted_in(definition, table, field):
        planted += 1
        cases = sorted(definition.cases, key=lambda case: where not in lines[case.name])
        if not any(run_case(wrong, case, rates).failures for case in cases):
            alive.append((where, formula))
    return planted, alive


def _lines(outcome):
    return {line.name for line in outcome.statement.lines} if outcome.statement else set()


def report(definition: Definition) -> tuple[int, int, int, int]:
    """Planted and caught in steps (without the equivalent ones), planted and caught in conditions."""
    planted, alive = survivors(definition, "steps", "formula")
    equal = [entry for entry in alive if (definition.code, *entry) in EQUIVALENT]
    silent = [entry for entry in alive if entry not in equal]
    planted -= len(equal)
    asked = [survivors(definition, table, "shown_if") for table in ("questions", "outputs")]
    conditions = sum(count for count, _ in asked)
    seen = conditions - sum(len(left) for _, left in asked)
    print(
        f"{definition.code:28} {share(planted - len(silent), planted)} of steps ({len(equal)} make no difference)"
        f"{share(seen, conditions):>24} of conditions",
        flush=True,
    )
    for step, formula in silent:
        print(f"    {step}：{formula}", flush=True)
    return planted, planted - len(silent), conditions, seen


def share(caught, planted):
    return f"{caught:5}/{planted:<5}{caught / planted:7.2%}" if planted else "    none"


def main(codes: list[str]) -> int:
    connection.creation.create_test_db(verbosity=0)
    load_values()
    definitions = [
        from_toml(path.read_text(encoding="utf-8")) for path in sorted(LIBRARY_FOLDER.glob("calculators/*.toml"))
    ]
    counts = [report(definition) for definition in definitions if not codes or definition.code in codes]
    planted, caught, conditions, seen = (sum(column) for column in zip(*counts, strict=True))
    print(f"{'all':28} {share(caught, planted)} of steps{share(seen, conditions):>46} of conditions")
    return int(caught < planted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
