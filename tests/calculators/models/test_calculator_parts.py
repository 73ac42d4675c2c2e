from dataclasses import fields

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, strategies as st

from calculators import definition
from calculators.definition import from_toml
from calculators.library.loading import LIBRARY_FOLDER
from calculators.models import Calculator, Case, Note, Output, Question, Step
from tests.calculators.factories import MATERNITY, stored

FILES = sorted((LIBRARY_FOLDER / "calculators").glob("*.toml"))
ROWS = [Question, Step, Output, Note, Case]
TEXT = st.text(max_size=20)
MAPPING = st.dictionaries(TEXT, TEXT, max_size=4)
OPTIONS = st.lists(st.builds(definition.Option, TEXT, TEXT), max_size=4).map(tuple)


def parts_of(row):
    mappings = ("asks", "answers", "expected", "synonyms", "tips", "implied")
    kinds = {"options": OPTIONS} | dict.fromkeys(mappings, MAPPING)
    kinds |= {"optional": st.booleans(), "headline": st.booleans(), "shown": st.booleans(), "on": st.dates()}
    names = [field.name for field in fields(row.kind_of_part)]
    return st.builds(row.kind_of_part, **{name: kinds.get(name, TEXT) for name in names})


@pytest.mark.parametrize("row", ROWS)
def test_a_row_has_a_column_for_everything_a_part_says(row):
    columns = {column.name for column in row._meta.get_fields()}

    assert {field.name for field in fields(row.kind_of_part)} <= columns


@pytest.mark.parametrize("row", ROWS)
@given(data=st.data())
def test_a_part_comes_back_from_its_row_as_it_was(row, data):
    part = data.draw(parts_of(row))

    assert row.of(Calculator(), part, 1).as_part() == part


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_shipped_calculator_comes_back_from_its_rows_as_it_was(path):
    shipped = from_toml(path.read_text(encoding="utf-8"))
    Calculator.objects.filter(code=shipped.code).delete()
    stored(shipped)

    calculator = Calculator.objects.get(code=shipped.code)
    assert calculator.definition() == shipped
    assert from_toml(calculator.written) == shipped


@pytest.mark.django_db
def test_rows_are_read_in_their_order_whatever_order_they_were_made_in():
    calculator = stored()
    first = calculator.questions.first()
    first.order = 99
    first.save()

    names = [question.name for question in Calculator.objects.get(code="maternity_allowance").definition().questions]
    assert names == ["生育日期", "缴费基数", "产假天数", "参保地"]


@pytest.mark.django_db
def test_storing_again_replaces_the_working_copy_and_keeps_the_old_text_in_the_history():
    calculator = stored()
    calculator.store(definition.from_dict(definition.to_dict(MATERNITY) | {"note": []}), "去掉提示")
    calculator.store(definition.Definition("maternity_allowance", "生育津贴", "空的"), "清空")

    assert calculator.steps.count() == 0
    assert [version.history_change_reason for version in calculator.history.all()] == ["清空", "去掉提示", None]
    assert "缴费基数 ÷ 30" in calculator.history.last().written


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (definition.Step("津贴", "缴费基数 ÷", "CNY"), "第"),
        (definition.Step("津贴", "缴费基数", "元"), "没有“元”这个单位"),
    ],
)
def test_a_part_that_breaks_a_rule_of_its_row_is_not_stored(part, sentence):
    with pytest.raises(ValidationError, match=sentence):
        stored(steps=(part,))

    assert not Calculator.objects.filter(code="maternity_allowance").exists()


@pytest.mark.django_db
def test_the_working_copy_takes_a_query_a_kind_of_part(django_assert_num_queries):
    stored()
    calculator = Calculator.objects.get(code="maternity_allowance")

    with django_assert_num_queries(5):
        calculator.definition()


@pytest.mark.django_db
def test_what_is_live_is_read_in_one_query(django_assert_num_queries):
    calculator = stored()
    calculator.go_live(calculator.definition(), None, "发布")

    with django_assert_num_queries(1):
        assert Calculator.objects.live().get(code="maternity_allowance").published() == MATERNITY
