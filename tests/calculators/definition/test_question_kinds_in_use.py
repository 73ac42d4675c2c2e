"""A question of every kind, and of a kind added to the table alone, from the office to the page and the API."""

from dataclasses import replace

import pytest

from calculators.admin.definition_form.inlines import QuestionForm
from calculators.definition import ANY_ANSWER, AREA_KIND, QUESTION_KINDS, Case, Output, Question, Step
from calculators.forms import CalculatorForm
from calculators.models import Calculator
from calculators.publishing.gate import publish
from calculators.values.units import show
from tests.calculators.admin.calculator_form import LIST, form_of
from tests.calculators.definition.kind_examples import EXAMPLES, PLANTED, every_kind, question_of
from tests.calculators.factories import DAY, MATERNITY, stored

pytestmark = pytest.mark.django_db
# What the API says of the text of an answer, where it says more than that it is one.
DESCRIBED = {
    "area": {"pattern": r"^\d{6}$"},
    "date": {"format": "date", "default": "今日"},
    "month": {"pattern": r"^\d{4}-\d{2}$"},
    "choice": {"enum": ["a", "b"]},
    "yes_no": {"enum": ["true", "false"]},
    "tenths": {"pattern": "^[0-9]成$"},
}


def calculator_of(code):
    """One that asks a question of the kind, and whose result is the answer itself."""
    question, typed = question_of(code), EXAMPLES[code][0]
    own = question in MATERNITY.questions
    result = EXAMPLES[code][2]
    case = Case("回答原样出来", DAY, "110000", {} if own else {"extra": typed}, {"same": written(result)})
    return replace(
        MATERNITY,
        code=f"asks_{code}",
        questions=MATERNITY.questions[:2] + (() if own else (question,)),
        steps=(Step("原样", question.name, question.answer_unit),),
        outputs=(Output("same", "原样", headline=True),),
        cases=(case,),
    )


def written(result):
    """A result as a worked case expects it."""
    if isinstance(result, list):
        return "、".join(result)
    return "是" if result is True else result


def answers(code):
    own = {"region": "110000", "as_of": DAY.isoformat()}
    return own | {question_of(code).code: EXAMPLES[code][0]}


@every_kind
def test_a_question_of_any_kind_is_published_asked_and_computed_on_the_page_and_in_the_api(client, code):
    definition = calculator_of(code)
    publish(stored(definition), by=None)
    page = client.get(f"/calculators/{definition.code}/", answers(code))
    computed = client.get(f"/api/v1/calculators/{definition.code}/compute", answers(code)).json()

    assert (question_of(code).words, shown(code)) in page.context["form"].given
    assert page.context["form"].statement.headline.plain == EXAMPLES[code][2]
    assert computed["outputs"] == {"same": EXAMPLES[code][2]}


def shown(code):
    """An area by its name, anything else in its unit."""
    return "北京" if code == AREA_KIND else show(EXAMPLES[code][1], QUESTION_KINDS[code].unit)


@pytest.mark.parametrize(
    ("code", "unit", "control", "suffix", "sentence"),
    [
        ("area", "", "<select", "", "请选择附加。"),
        ("date", "", 'type="date"', "", "请填写附加。"),
        ("month", "", 'type="month"', "", "请填写附加。"),
        ("money", "", 'inputmode="decimal"', "元", "请填写附加。"),
        ("money", "CNY/month", 'inputmode="decimal"', "元", "请填写附加。"),
        ("count", "", 'inputmode="numeric"', "", "请填写附加。"),
        ("count", "times", 'inputmode="numeric"', "次", "请填写附加。"),
        ("ratio", "", 'inputmode="decimal"', "", "请填写附加。"),
        ("choice", "", 'type="radio"', "", "请选择附加。"),
        ("yes_no", "", 'type="radio"', "", "请选择附加。"),
        ("moneys", "", 'inputmode="text"', "元", "请填写附加。"),
        ("ratios", "", 'inputmode="text"', "", "请填写附加。"),
        ("years", "", 'inputmode="text"', "", "请填写附加。"),
    ],
)
def test_the_form_asks_each_kind_with_its_control_unit_and_verb(code, unit, control, suffix, sentence):
    question = Question("extra", "附加", code, unit=unit, options=question_of(code).options)
    definition = replace(MATERNITY, questions=(*MATERNITY.questions, question))
    field = CalculatorForm(definition, {"extra": ""}, DAY)["extra"]

    assert control in str(field)
    assert field.field.suffix == suffix
    assert field.errors == [sentence]


@every_kind
def test_the_office_offers_every_kind_and_stores_a_question_of_it(client, staff, code):
    client.force_login(staff("政策管理员", username="manager"))
    client.post(f"{LIST}add/", form_of(calculator_of(code)))

    assert (code, QUESTION_KINDS[code].label) in list(QuestionForm.base_fields["kind"].choices)
    assert question_of(code) in Calculator.objects.get(code=f"asks_{code}").definition().questions


@every_kind
def test_the_api_describes_an_answer_of_every_kind(client, code):
    definition = calculator_of(code)
    publish(stored(definition), by=None)
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    described = {
        entry["name"]: entry["schema"]
        for entry in paths[f"/api/v1/calculators/{definition.code}/compute"]["get"]["parameters"]
    }
    [listed] = [
        entry
        for entry in client.get(f"/api/v1/calculators/{definition.code}/").json()["inputs"]
        if entry["code"] == question_of(code).code
    ]

    assert described[listed["code"]] == {"type": "string"} | DESCRIBED.get(code, {})
    assert (listed["kind"], listed["unit"]) == (code, QUESTION_KINDS[code].unit)


def test_a_kind_added_to_the_table_alone_is_refused_bounded_and_varied_in_its_own_words(client, tenths):
    share = Question("share", "自付几成", PLANTED, optional=True, tips={ANY_ANSWER: "自付 {回答}"})
    bill = Question("bill", "费用", "money", tips={ANY_ANSWER: "花 {回答}"})
    case = Case("三成", DAY, "110000", {"bill": "1000", "share": "3成"}, {"self": "300.00"})
    definition = replace(
        calculator_of("money"),
        questions=(*MATERNITY.questions[:2], bill, share),
        steps=(Step("自付", "费用 × 自付几成", "CNY"),),
        outputs=(Output("self", "自付", headline=True),),
        cases=(case,),
    )
    publish(stored(definition), by=None)
    asked = {"region": "110000", "as_of": DAY.isoformat(), "bill": "1000"}

    def form(share):
        return client.get(f"/calculators/{definition.code}/", asked | {"share": share}).context["form"]

    assert [(each.tip, each.change) for each in form("3成").alternatives] == [
        ("自付 4 成", "多 100 元"),
        ("花 1,100 元（多一成）", "多 30 元"),
    ]
    assert form("三成").errors["share"] == ["“三成”不是几成，请写成 3成 这样。"]
    assert form("9成").errors["share"] == ["不能大于 8成。"]
    assert form("").statement.headline.text == "0 元"
