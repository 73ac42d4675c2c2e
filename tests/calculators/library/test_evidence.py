"""Every shipped figure says how well it is proven, and no better: 已核实, 据转述, 待核实; a draft computes nowhere."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from calculators.models import PolicyDocument, PolicyValue
from calculators.models.evidence_rules import check_evidence, check_source
from calculators.policies.evidence import count_evidence
from calculators.policies.in_force import values_in_force

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 29)


def test_what_is_confirmed_rests_on_an_official_text_with_link_and_clause_read_twice():
    confirmed = PolicyValue.objects.filter(status="confirmed").select_related("document")

    assert confirmed.count() >= 10
    for value in confirmed:
        assert value.document.is_official_text, value
        assert value.document.url.count("/") > 3, value  # not the front page of a site
        assert value.clause, value
        assert value.confirmed_on, value
        assert value.document.clause_text, value


def test_every_shipped_row_fits_its_document():
    for value in PolicyValue.objects.select_related("document"):
        check_evidence(value)
        check_source(value)


def test_what_a_report_restates_says_so_and_what_nobody_named_is_unverified():
    grades = {status: set() for status in ("restated", "recalled")}
    for value in PolicyValue.objects.filter(status__in=grades, kind="value").select_related("document"):
        grades[value.status].add(value.document.grade)

    assert grades["restated"] == {"B"}
    assert "C" in grades["recalled"]


def test_the_counts_add_up_to_all_figures():
    count = count_evidence()
    figures = PolicyValue.objects.exclude(status="draft").filter(kind__in=("value", "unlimited"))

    assert count.total == figures.count()
    assert count.confirmed == figures.filter(status="confirmed").count()
    assert min(count.confirmed, count.restated, count.recalled) > 0


def test_a_draft_is_in_force_nowhere():
    drafts = PolicyValue.objects.filter(status="draft").select_related("parameter", "area")

    assert {draft.area.short_name for draft in drafts} == {"四川", "重庆"}
    for draft in drafts:
        values = values_in_force([draft.parameter.name], area=draft.area.code, on=DAY)
        assert draft not in [span.row for span in values.current(draft.parameter.name, DAY)]
        assert draft not in PolicyValue.objects.current(DAY)


@pytest.mark.parametrize("fault", [{"clause": ""}, {"confirmed_on": None}])
def test_the_database_holds_no_confirmed_figure_without_clause_or_second_reading(fault):
    value = PolicyValue.objects.filter(status="confirmed").first()

    with pytest.raises(IntegrityError):
        PolicyValue.objects.filter(pk=value.pk).update(**fault)


@pytest.mark.parametrize(("grade", "url"), [("B", "https://example.gov.cn/a/1"), ("A", "")])
def test_a_document_that_is_no_official_text_any_more_leaves_no_figure_confirmed(grade, url):
    document = PolicyDocument.objects.get(slug="sh_2025_7")
    document.grade, document.url = grade, url
    document.save()

    assert set(document.values.values_list("status", flat=True)) == {"recalled"}


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("clause", "", "官方原文"),
        ("document", "bj_op_2023", "官方原文"),
        ("document", "sh_qa_retire", None),
    ],
)
def test_a_confirmed_figure_needs_official_text_and_clause(field, value, message):
    row = PolicyValue.objects.filter(document__slug="sh_2025_7", status="confirmed").first()
    setattr(row, field, PolicyDocument.objects.get(slug=value) if field == "document" else value)

    if message is None:
        check_evidence(row)
    else:
        with pytest.raises(ValidationError, match=message):
            check_evidence(row)


@pytest.mark.parametrize(
    ("first_day", "clause", "fits"),
    [
        (date(2023, 12, 31), "", True),
        (date(2024, 1, 1), "", False),
        (date(2024, 1, 1), "第三条", True),
    ],
)
def test_a_document_of_one_year_holds_no_figure_of_the_next(first_day, clause, fits):
    row = PolicyValue.objects.filter(document__slug="gz_ben", effective_from=date(2023, 1, 1)).first()
    row.effective_from, row.clause = first_day, clause

    if fits:
        check_source(row)
    else:
        with pytest.raises(ValidationError, match="2023年度"):
            check_source(row)


@pytest.mark.parametrize(("first_day", "fits"), [(date(2024, 9, 9), True), (date(2024, 9, 10), False)])
def test_a_figure_that_begins_a_year_after_its_source_was_seen_needs_a_clause(first_day, fits):
    row = PolicyValue.objects.filter(document__slug="sz_op_news", seen_on=date(2023, 9, 9)).first()
    row.effective_from = first_day

    if fits:
        check_source(row)
    else:
        with pytest.raises(ValidationError, match="条款"):
            check_source(row)


def test_bounds_of_contributions_cite_no_law_that_does_not_contain_them():
    cited = PolicyValue.objects.filter(parameter__name__in=("缴费基数下限通行比例", "缴费基数上限通行比例"))

    assert set(cited.values_list("document__slug", flat=True)) == {"gbf2019_13"}
