"""Kinds of values in formulas (money, ratios, counts …), so that yuan are never added to a ratio.

A kind is a Chinese word that can stand in a sentence: 元, 比例, 百分点, 数 (counts, months, years,
multiples), 纯数 (a number written into the formula, which goes with any of these), 条件, 文字, 日期,
年月, 分段表. A list is 一列 before its elements' kind. ANY is a kind that is not known beforehand.
"""

from collections.abc import Sequence
from typing import NewType

Kind = NewType("Kind", str)
MONEY, RATIO, POINTS, COUNT, PLAIN = map(Kind, ("元", "比例", "百分点", "数", "纯数"))
FLAG, TEXT, DATE, MONTH, BANDS, ANY = map(Kind, ("条件", "文字", "日期", "年月", "分段表", "任意"))
NUMERIC_KINDS = {MONEY, RATIO, POINTS, COUNT, PLAIN, ANY}
LIST_PREFIX = "一列"
_UNITS = {
    "ratio": RATIO,
    "percentage_point": POINTS,
    "boolean": FLAG,
    "text": TEXT,
    "date": DATE,
    "year": DATE,
    "month": MONTH,
    "bands": BANDS,
}


class KindMismatch(TypeError):
    """Two kinds do not go together; the message is a Chinese sentence."""


def kind_of(unit: str) -> Kind:
    """The kind of a unit code; "list:CNY" is a list of yuan."""
    if unit.startswith("list:"):
        return list_of(kind_of(unit.removeprefix("list:")))
    return MONEY if unit.startswith("CNY") else _UNITS.get(unit, COUNT)


def list_of(kind: Kind) -> Kind:
    return Kind(LIST_PREFIX + kind)


def element(kind: Kind) -> Kind:
    """The kind of a list's elements."""
    if kind == ANY:
        return ANY
    if not kind.startswith(LIST_PREFIX):
        raise KindMismatch(f"这里要一列数，不是{kind}。")
    return one_of(kind)


def one_of(kind: Kind) -> Kind:
    """The kind of one element where `kind` is a list, otherwise `kind` itself."""
    return Kind(kind.removeprefix(LIST_PREFIX))


def merge(one: Kind, other: Kind, verb: str = "相加减") -> Kind:
    """The kind of a sum, or of either branch: both the same, a plain number fitting any amount."""
    if one == other or other == ANY:
        return one
    if one == ANY:
        return other
    if PLAIN in {one, other} and {one, other} <= NUMERIC_KINDS:
        return other if one == PLAIN else one
    if {one, other} == {RATIO, POINTS}:
        raise KindMismatch(f"百分点要先除以 100 才能和比例{verb}。")
    raise KindMismatch(f"{one}和{other}不能{verb}。")


def merge_all(kinds: Sequence[Kind], verb: str = "相比") -> Kind:
    result = PLAIN if not kinds else kinds[0]
    for kind in kinds[1:]:
        result = merge(result, kind, verb)
    return result


def numeric(kind: Kind) -> Kind:
    if kind not in NUMERIC_KINDS:
        raise KindMismatch(f"这里要一个数，不是{kind}。")
    return kind


def product(one: Kind, other: Kind) -> Kind:
    """元 × 比例 is 元; 元 × 元 means nothing."""
    kinds = {numeric(one), numeric(other)}
    if ANY in kinds:
        return ANY
    if kinds == {MONEY}:
        raise KindMismatch("元和元不能相乘。")
    if POINTS in kinds and not kinds & {PLAIN, COUNT}:
        raise KindMismatch("百分点要先除以 100 才能相乘。")
    return next(
        kind for kind in (MONEY, POINTS, RATIO, COUNT, PLAIN) if kind in kinds and (kind != RATIO or COUNT not in kinds)
    )


def quotient(one: Kind, other: Kind) -> Kind:
    """元 ÷ 元 is 比例; 百分点 ÷ 100 is 比例; anything ÷ 比例 or 数 stays what it was."""
    kinds = {numeric(one), numeric(other)}
    if ANY in kinds:
        return ANY
    if one == POINTS and other == PLAIN:
        return RATIO
    if one == other:
        return PLAIN if one in {COUNT, PLAIN} else RATIO
    if other in {PLAIN, COUNT, RATIO}:
        return one
    raise KindMismatch(f"{one}不能除以{other}。")


def compared(one: Kind, other: Kind, sign: str) -> Kind:
    merge(one, other, "相比")
    if sign not in {"=", "!="} and {one, other} & {FLAG, TEXT, BANDS}:
        raise KindMismatch(f"{one}只能比是否相同，不能比大小。")
    return FLAG


def flag(kind: Kind) -> Kind:
    if kind not in {FLAG, ANY}:
        raise KindMismatch(f"这里要一个条件（是或否），不是{kind}。")
    return FLAG


def of_number(given: Sequence[Kind]) -> Kind:
    return numeric(given[0])


def of_element(given: Sequence[Kind]) -> Kind:
    return element(given[0])


def of_products(given: Sequence[Kind]) -> Kind:
    return product(element(given[0]), element(given[1]))


def of_extremes(given: Sequence[Kind]) -> Kind:
    return merge_all([numeric(one_of(kind)) for kind in given])


def of_table(given: Sequence[Kind]) -> Kind:
    if given[0] not in {BANDS, ANY}:
        raise KindMismatch(f"第一个参数要一张分段表，不是{given[0]}。")
    return merge_all([numeric(kind) for kind in given[1:]])


def of_reduced_table(given: Sequence[Kind]) -> Kind:
    for less in given[3:]:
        merge(RATIO, less, "相减")
    return of_table(given[:3])


def of_choice(given: Sequence[Kind]) -> Kind:
    for test in given[:-1:2]:
        flag(test)
    return merge_all([*given[1:-1:2], given[-1]], "作同一步的两种结果")


def of_previous(given: Sequence[Kind]) -> Kind:
    """In a step of rounds the name stands for one round, elsewhere for the whole list."""
    return merge(one_of(given[0]), given[1], "作同一步的结果")
