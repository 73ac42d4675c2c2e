"""复制为明年: a year's values of one place, last year's beside empty cells, saved all or none."""

import pytest
from django.urls import reverse

from calculators.models import Parameter, PolicyDocument, PolicyValue, PoolingArea

ADDRESS = reverse("admin:calculators_policyvalue_next_year")
pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    return PolicyDocument.objects.get(slug="bj_op_2023")


def where(area):
    return f"{ADDRESS}?area={area.pk}&first_day=2030-01-01"


def in_force(area):
    """Rows of one parameter whose kind is plain money, as the page lists them."""
    parameter = Parameter.objects.get(name="职工门诊起付线")
    return list(PolicyValue.objects.filter(area=area, parameter=parameter).current("2029-12-31"))


def confirmed(client, address, posted):
    """What the page says of the impact, and what comes of confirming it."""
    asked = client.post(address, posted)
    return asked, client.post(address, posted | {"shown": asked.context["shown"]}, follow=True)


def test_last_years_values_stand_beside_empty_cells(client, manager, beijing):
    page = client.get(where(beijing))
    rows = in_force(beijing)

    assert rows
    assert {f"cell-{row.pk}" for row in rows} <= {cell.name for cell in page.context["cells"]}
    assert not any(cell.typed for cell in page.context["cells"])


def test_the_impact_is_shown_before_all_filled_cells_are_saved_and_blank_ones_are_not(
    client, manager, beijing, document
):
    rows = in_force(beijing)
    before = PolicyValue.objects.count()
    posted = {f"cell-{rows[0].pk}": "1900", "document": document.pk, "reason": "新年度"}
    asked, stored = confirmed(client, where(beijing), posted)

    assert "会影响什么（1 个数，还没有保存）" in asked.content.decode()
    assert "存好了 1 个数" in stored.content.decode()
    assert PolicyValue.objects.count() == before + 1
    new = PolicyValue.objects.latest("pk")
    assert (new.number, new.effective_from.isoformat(), new.conditions) == (1900, "2030-01-01", rows[0].conditions)
    assert (new.entered_by, new.status) == (manager, PolicyValue.Status.RECALLED)


def test_a_figure_replaces_what_said_that_its_year_is_not_recorded(client, manager, beijing, document):
    row = in_force(beijing)[0]
    unknown = PolicyValue.objects.create(
        parameter=row.parameter,
        area=beijing,
        conditions=dict(row.conditions),
        unit=row.unit,
        effective_from="2030-01-01",
        kind=PolicyValue.Kind.UNKNOWN,
        document=document,
    )
    posted = {f"cell-{row.pk}": "1900", "document": document.pk, "reason": "新年度"}
    _, stored = confirmed(client, where(beijing), posted)

    assert "存好了 1 个数" in stored.content.decode()
    unknown.refresh_from_db()
    assert (unknown.kind, unknown.number, unknown.entered_by) == (PolicyValue.Kind.VALUE, 1900, manager)
    assert unknown.history.count() == 2


def test_one_wrong_cell_saves_none_and_keeps_what_was_typed(client, manager, beijing, document):
    rows = in_force(beijing)
    before = PolicyValue.objects.count()
    posted = {f"cell-{rows[0].pk}": "1900", f"cell-{rows[1].pk}": "一千九", "document": document.pk}
    page = client.post(where(beijing), posted)

    assert PolicyValue.objects.count() == before
    cells = {cell.name: cell for cell in page.context["cells"]}
    assert cells[f"cell-{rows[1].pk}"].errors
    assert 'value="一千九"' in page.content.decode()
    assert 'value="1900"' in page.content.decode()


def test_a_document_of_another_year_is_told_once_beside_the_document(client, manager, beijing, document):
    PolicyDocument.objects.filter(pk=document.pk).update(title="北京市2026年度缴费标准")
    posted = {f"cell-{row.pk}": "1900" for row in in_force(beijing)} | {"document": document.pk, "reason": "新年度"}
    page = client.post(where(beijing), posted)

    assert len(page.context["source"].errors["document"]) == 1
    assert not any(cell.errors for cell in page.context["cells"])
    assert page.content.decode().count("请换成真正写着它的文件") == 1


def test_cells_changed_after_the_impact_was_shown_are_shown_again(client, manager, beijing, document):
    rows = in_force(beijing)
    before = PolicyValue.objects.count()
    posted = {f"cell-{rows[0].pk}": "1900", "document": document.pk, "reason": "新年度"}
    asked = client.post(where(beijing), posted)
    client.post(where(beijing), posted | {f"cell-{rows[0].pk}": "1950", "shown": asked.context["shown"]})

    assert PolicyValue.objects.count() == before


def test_an_author_does_not_copy_values(client, staff, beijing):
    client.force_login(staff("编辑"))

    assert client.get(ADDRESS).status_code == 403
    assert client.post(where(beijing), {}).status_code == 403


def test_a_place_without_values_says_so(client, manager):
    empty = PoolingArea.objects.exclude(policy_values__isnull=False).first()
    page = client.get(where(empty))

    assert "开始录" in page.content.decode()


def test_a_reason_is_asked_for_with_the_impact_and_a_refusal_is_told_above(client, manager, beijing, document):
    before = PolicyValue.objects.count()
    posted = {f"cell-{in_force(beijing)[0].pk}": "9000", "document": document.pk}
    asked, refused = confirmed(client, where(beijing), posted)

    assert "必填：有看起来像笔误的数" in asked.content.decode()
    assert '<p class="errornote">没有保存' not in asked.content.decode()
    assert '<p class="errornote">没有保存' in refused.content.decode()
    assert PolicyValue.objects.count() == before


def test_what_is_entered_for_that_day_already_has_no_cell(client, manager, beijing, document):
    row = in_force(beijing)[0]
    confirmed(client, where(beijing), {f"cell-{row.pk}": "1900", "document": document.pk, "reason": "新年度"})
    page = client.get(where(beijing)).content.decode()

    assert "已经录入" in page
    assert f'name="cell-{row.pk}"' not in page
