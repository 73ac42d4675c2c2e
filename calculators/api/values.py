"""API endpoint of policy values on a day, with their sources."""

from datetime import date
from difflib import get_close_matches
from typing import Annotated

from django.utils import timezone
from ninja import Router
from pydantic import WithJsonSchema

from calculators.api.api import RequestRefused
from calculators.api.calculators import ERROR_RESPONSES
from calculators.api.schemas import ValueList, value_fields
from calculators.definition import AREA_KIND, DAY_KIND, QUESTION_KINDS
from calculators.models import Dimension, Parameter, PoolingArea
from calculators.policies.in_force import values_by_area

router = Router(tags=["政策数值"])
MAX_DIGITS = 9  # of an age or the like
OWN_PARAMETERS = {"parameter", "area", "on"}
Area, Day = (
    Annotated[str, WithJsonSchema({"type": "string"} | QUESTION_KINDS[kind].json_schema)]
    for kind in (AREA_KIND, DAY_KIND)
)


@router.get("/", response={200: ValueList} | ERROR_RESPONSES, summary="某地某天的政策数值")
def value_list(request, area: Area = "", parameter: str = "", on: Day = ""):
    """parameter 是代码或名称，可以写几个，用逗号隔开；不写就是这个地区的全部。其余的写适用条件，如
    person_type=retired、hospital_level=level3、age=70：写了条件，每个参数只答那一个数；没有就答 422。
    """
    place = place_of(area)
    day = day_of(on)
    asked = conditions_of(request.GET)
    parameters = parameters_of(parameter)
    values = values_by_area(parameters, [place], on=day, today=timezone.localdate())[place.code]
    if asked:
        figures = [values.get(code, **asked) for code in parameters]
    else:
        figures = [figure for code in parameters for figure in values.nearest_figures(code, day)]
        if parameter and not figures:
            values.get(parameters[0])  # says why there is none
    return {"area": place.code, "area_name": place.short_name, "on": day, "values": [value_fields(f) for f in figures]}


def place_of(code):
    place = PoolingArea.objects.with_ancestors().filter(code=code).first()
    if place is None:
        sentence = f"没有代码为“{code}”的地区。" if code else "请写明地区：area=六位行政区划代码。"
        raise RequestRefused(sentence, {"area": sentence})
    return place


def day_of(written):
    try:
        return date.fromisoformat(written) if written else timezone.localdate()
    except ValueError as error:
        sentence = f"“{written}”不是日期，请写成 2026-01-31 这样。"
        raise RequestRefused(sentence, {"on": sentence}) from error


def parameters_of(written):
    """Codes; every parameter where none is asked for by code or name."""
    codes = {name: code for code, name in Parameter.objects.order_by("pk").values_list("code", "name")}
    asked = [part.strip() for part in written.replace("，", ",").split(",") if part.strip()]
    unknown = [part for part in asked if part not in codes and part not in codes.values()]
    if unknown:
        nearest = get_close_matches(unknown[0], [*codes, *codes.values()], n=1, cutoff=0.5)
        sentence = f"没有叫“{unknown[0]}”的参数。{f'是不是“{nearest[0]}”？' if nearest else ''}"
        raise RequestRefused(sentence, {"parameter": sentence})
    return [codes.get(part, part) for part in asked] or list(codes.values())


def conditions_of(given):
    """What is asked besides: a dimension's code and its answer, a whole number where it is a range."""
    ranges = dict(Dimension.objects.values_list("code", "is_range")) if given.keys() - OWN_PARAMETERS else {}
    asked, errors = {}, {}
    for name in given.keys() - OWN_PARAMETERS:
        if name not in ranges:
            errors[name] = f"没有叫“{name}”的条件，可以写的有：{'、'.join(ranges)}。"
        elif ranges[name] and not (given[name].isdecimal() and len(given[name]) <= MAX_DIGITS):
            errors[name] = "请填写整数。"
        else:
            asked[name] = int(given[name]) if ranges[name] else given[name]
    if errors:
        raise RequestRefused("有的条件不认识。", errors)
    return asked
