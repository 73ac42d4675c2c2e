"""Writes of calculators: their names, whether they are live, and their formulas."""

from calculators.models import Calculator
from tests.yibao_site.page_cache.site import Write, save


def with_formula(live, step, formula):
    return live | {"step": [one | {"formula": formula} if one["name"] == step else one for one in live["step"]]}


WRITES_OF_CALCULATORS = {
    "a calculator is renamed": Write(
        lambda site: save(site.calculator, live=site.calculator.live | {"name": "新名"}),
        ["home", "article", "area", "calculators", "calculator", "article with an example"],
        {"areas", "feed"},
    ),
    "a calculator is taken down": Write(
        lambda site: save(site.calculator, live=None),
        ["home", "article", "area", "calculators", "calculator", "article with an example"],
        {"areas"},
    ),
    "a calculator is published": Write(
        lambda site: Calculator.objects.create(code="x", name="二", summary="二", live=site.calculator.live),
        ["home", "article", "area", "calculators"],
        {"areas"},
    ),
    "a calculator gets the missing name": Write(
        lambda site: Calculator.objects.create(code="x", name="新计算器", summary="二", live=site.calculator.live),
        ["article with an example"],
        {"areas"},
    ),
    "a formula changes": Write(
        lambda site: save(site.calculator, live=with_formula(site.calculator.live, "基金支付", "限额内支付 + 1")),
        ["article with an example"],
        {"areas"},
    ),
}
