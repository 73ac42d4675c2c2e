"""Writes of policy values and of what they are filed under: areas, parameters, dimensions and documents."""

from calculators.models import Dimension, DimensionChoice, Parameter, PolicyDocument, PolicyValue, PoolingArea
from tests.yibao_site.page_cache.site import Write, new_area, new_parameter, new_value, save, value

DEDUCTIBLE = "employee.outpatient.deductible"
SHANGHAI = {"area, Shanghai", "article of Shanghai"}


def deductible(area="110000"):
    return value(DEDUCTIBLE, area, conditions_text="在职")


def parameter():
    return Parameter.objects.get(code=DEDUCTIBLE)


def area(code):
    return PoolingArea.objects.get(code=code)


def newest_value():
    """The first row of the feed of policies."""
    dated = PolicyValue.objects.filter(effective_from__isnull=False)
    return dated.order_by("-effective_from", "area__code", "document", "parameter", "pk").first()


def reparent(site):
    save(area("440300"), parent=area("110000"))


def last_value_goes(site):
    PolicyValue.objects.filter(area=area("131000")).first().delete()
    for row in PolicyValue.objects.filter(area=area("131000")):
        row.delete()


def value_moves_to_an_area_without(site):
    save(deductible(), area=site.bare_area)


WRITES_OF_VALUES = {
    "a value changes": Write(
        lambda site: save(deductible(), number=1700),
        ["home, chosen", "articles", "tag", "article", "area", "document", "calculator", "feed"],
        SHANGHAI | {"calculators", "areas", "feeds", "area below a province"},
    ),
    "a cap of Chengdu changes": Write(
        lambda site: save(value("employee.outpatient.cap", "510100", conditions_text="退休·统账结合"), number=600),
        ["article with an example"],
        {"article", "home", "area", *SHANGHAI},
    ),
    "a value of Shanghai changes": Write(
        lambda site: save(deductible("310000"), number=1700),
        ["area, Shanghai"],
        {
            "area",
            "area below a province",
            "article",
            "home",
            "tag",
            "document",
            "feed",
        },  # a row of articles has its figure
    ),
    "a value of the nation changes": Write(
        lambda site: save(
            PolicyValue.objects.filter(area__code="CN", parameter__inherits="nation").first(), clause="第九条"
        ),
        ["area", "area, Shanghai", "area below a province"],
        {"home", "article", "calculator"},
    ),
    "a value goes": Write(
        lambda site: deductible().delete(), ["home, chosen", "article", "area", "document"], SHANGHAI
    ),
    "an area gets its first value": Write(
        lambda site: new_value(parameter(), site.bare_area),
        ["home", "areas", "feeds", "document"],
        {"article", "area", *SHANGHAI},
    ),
    "an area loses its last value": Write(last_value_goes, ["home", "areas", "feeds"], {"article", "area", *SHANGHAI}),
    "a value moves to an area without any": Write(
        value_moves_to_an_area_without, ["areas", "feeds", "area", "article"], SHANGHAI
    ),
    "a value moves to another parameter": Write(
        lambda site: save(deductible(), parameter=site.new_parameter),
        ["articles", "article", "tag", "area", "calculator", "feed"],
        SHANGHAI,
    ),
    "a value moves to another document": Write(
        lambda site: save(deductible(), document=PolicyDocument.objects.exclude(slug="bj_op_2023").first()),
        ["document", "area", "article"],
        SHANGHAI,
    ),
    "a parameter gets its first value": Write(
        lambda site: new_value(site.new_parameter, area("110000")),
        ["area", "document", "feed of policies"],
        {"article", *SHANGHAI},
    ),
    "a parameter is renamed": Write(
        lambda site: save(parameter(), name="改名的参数"),
        ["home", "articles", "article", "article of Shanghai", "area", "area, Shanghai", "calculator", "tag", "feed"],
        {"areas"},
    ),
    "a parameter has another unit": Write(
        lambda site: save(parameter(), family="新的一类"), ["area", "area, Shanghai"], {"areas"}
    ),
    "a parameter gets the missing name": Write(
        lambda site: new_parameter(name="没有的参数", code="missing.parameter"),
        ["article"],
        {"article of Shanghai", "calculator"},
    ),
    "the parameter of the newest value is renamed": Write(
        lambda site: save(newest_value().parameter, name="改名的参数"), ["feed of policies"], {"areas"}
    ),
    "the document of the newest value is renamed": Write(
        lambda site: save(newest_value().document, title="新标题"), ["feed of policies"], {"areas"}
    ),
    "an area is renamed": Write(
        lambda site: save(area("110000"), short_name="京", name="京城"),
        [
            "home",
            "areas",
            "area",
            "article",
            "calculator",
            "calculator, chosen",
            "document",
            "feeds",
            "feed of an area",
            "feed of policies",
        ],
        SHANGHAI,
    ),
    "a province is renamed": Write(
        lambda site: save(area("440000"), short_name="粤", name="粤省"),
        ["area below a province", "areas", "home"],
        {"area", *SHANGHAI},
    ),
    "an area is put below another": Write(reparent, ["area below a province"], {"area", *SHANGHAI}),
    "a city above a county is put elsewhere": Write(lambda site: save(area("320400"), parent=area("CN")), []),
    "an area of the missing name is made": Write(lambda site: new_area(), ["article"], {"article of Shanghai"}),
    "a dimension has another code": Write(
        lambda site: save(Dimension.objects.get(code="person_type"), code="kind"), ["home", "home, chosen"], {"areas"}
    ),
    "a choice is renamed": Write(
        lambda site: save(DimensionChoice.objects.get(code="retired"), name="退休了"),
        ["home", "home, chosen"],
        {"areas"},
    ),
    "a choice of hospitals is renamed": Write(
        lambda site: save(DimensionChoice.objects.get(code="level3"), name="三甲"), ["calculator, chosen"], {"areas"}
    ),
    "a choice is made": Write(
        lambda site: DimensionChoice.objects.create(
            dimension=Dimension.objects.get(code="person_type"), code="x", name="新身份", order=99
        ),
        ["home", "home, chosen"],
        {"areas"},
    ),
    "a choice goes": Write(
        lambda site: DimensionChoice.objects.get(code="retired").delete(), ["home", "home, chosen"], {"areas"}
    ),
    "a document is renamed": Write(
        lambda site: save(site.document, title="新标题", number="新文号"),
        ["home, chosen", "tag without articles", "article", "area", "document"],
        SHANGHAI,
    ),
}
