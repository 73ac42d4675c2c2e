"""A figure at the top where the query asks for one: 北京 起付线 → what is in force today, from where, and what computes with it."""

import re
from dataclasses import dataclass
from datetime import date

from calculators.models import Calculator, Parameter, PoolingArea
from calculators.policies.in_force import ValuesInForce, values_by_area
from calculators.question_answering import lookups
from calculators.values.conditions import PERSON_DIMENSION
from calculators.values.types import InForce

MAX_PARAMETERS, MAX_FIGURES = 30, 8
# What people say around the thing they ask for.
_AROUND = re.compile(
    r"医保|社保|医院|是?多少钱?|怎么算|是什么|有哪些|现在|今年|最新|标准是|几|吗|呢|的|市|省|年|元|钱|[\s?？,，、。]+"
)
# What a figure is called in documents, and by everybody else.
PARAMETER_SYNONYMS = {
    "起付标准": "起付线",
    "门槛费": "起付线",
    "最高支付限额": "封顶线",
    "报销限额": "封顶线",
    "报销上限": "封顶线",
    "年度限额": "封顶线",
    "一年最多能报多少": "封顶线",
    "一年最多报多少": "封顶线",
    "最多能报多少": "封顶线",
    "最多报多少": "封顶线",
    "居民医保一年交多少": "居民个人缴费",
    "居民医保交多少": "居民个人缴费",
    "居民医保一年缴多少": "居民个人缴费",
    "居民医保缴多少": "居民个人缴费",
    "居民医保一年多少": "居民个人缴费",
    "报销比例": "支付比例",
    "报销比率": "支付比例",
    "报销": "支付比例",
}


@dataclass(frozen=True)
class Asked:
    """The figures a query names by place and thing, and for whom."""

    area: PoolingArea
    parameters: list[Parameter]
    conditions: dict[str, str | int]


@dataclass(frozen=True)
class Answer:
    area: PoolingArea
    figures: list[InForce]
    calculators: list[Calculator]


def asked_in(text: str, place: str = "", person: str = "") -> Asked | None:
    """None where the text does not name both a place and a figure; the visitor's own `place` and `person` count as named."""
    named = max((one for one in lookups.areas().values() if one.short_name in text), key=_length, default=None)
    area = named or next((one for one in lookups.areas_with_values() if one.code == place), None)
    if area is None:
        return None
    rest, conditions = _taken_apart(text, area, lookups.words())
    parameters = _named(rest)
    own = {PERSON_DIMENSION: person} if person and named is None else {}
    return Asked(area, parameters, own | conditions) if parameters else None


def answer(asked: Asked, values: ValuesInForce, on: date) -> Answer | None:
    """The area's own figures before those that hold there too. `values` are at least those of the parameters asked for."""
    found = [figure for one in asked.parameters for figure in values.nearest_figures(one.code, on, asked.conditions)]
    if not found:
        return None
    found.sort(key=lambda figure: figure.area_code != asked.area.code)
    names = {figure.name for figure in found}
    fitting = [one for one in lookups.calculators() if names & set(one.published().reads)]
    return Answer(asked.area, found[:MAX_FIGURES], fitting[:2])


def figures_asked(text: str, on: date) -> Answer | None:
    """The figures the text asks for on a day, where nothing else is read besides. One query."""
    asked = asked_in(" ".join(text.split()))
    if asked is None:
        return None
    values = values_by_area({one.code for one in asked.parameters}, [asked.area], on=on)
    return answer(asked, values[asked.area.code], on)


def _length(area):
    return len(area.short_name)


def _taken_apart(text, area, words):
    """What is asked, and for whom: 北京退休门诊起付线 is 门诊起付线, {person_type: retired}."""
    text = text.replace(area.short_name, " ")
    conditions = {}
    for choices in words.names.values():
        for word in choices.values():
            if len(word) > 1 and word in text and word not in {"居民"}:
                dimension, code = words.answer(word)
                conditions[dimension] = code
                text = text.replace(word, " ")
    return text, conditions


def _named(asked) -> list[Parameter]:
    """The parameters in whose name every word that is asked stands."""
    for said, name in PARAMETER_SYNONYMS.items():
        asked = asked.replace(said, name)
    parts = [part for part in _AROUND.sub(" ", asked).split() if part]
    if not parts or max(map(len, parts)) < 2:
        return []
    fitting = [one for one in lookups.parameters() if all(_stands(part, one.name) for part in parts)]
    return fitting[:MAX_PARAMETERS]


def _stands(part, name):
    """起付线 in 职工门诊起付线; 门诊起付线 too, where its pieces stand in that order."""
    return part in name or bool(re.search(".*".join(map(re.escape, _pieces(part))), name))


def _pieces(part):
    for ending in ("起付线", "封顶线", "支付比例", "个人缴费"):
        if part.endswith(ending) and part != ending:
            return [part.removesuffix(ending), ending]
    return [part]
