"""The shipped values are in the database of every test (tests/conftest.py)."""

import csv
import re

import pytest

from articles.import_export.demo import demo_texts
from calculators.library.loading import LIBRARY_FOLDER, LibraryError, import_values, load_values
from calculators.models import Parameter, PolicyDocument, PolicyValue, PoolingArea

pytestmark = pytest.mark.django_db


def shipped_rows():
    with (LIBRARY_FOLDER / "values.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_shipped_row_is_stored():
    assert PolicyValue.objects.count() == len(shipped_rows())


def test_an_area_stands_below_the_one_it_belongs_to():
    chain = [area.short_name for area in PoolingArea.objects.get(code="320481").chain()]

    assert chain == ["溧阳", "常州", "江苏", "全国"]


def test_a_municipality_stands_directly_below_the_nation():
    assert PoolingArea.objects.get(code="110000").parent.is_nation


def test_loading_again_changes_nothing():
    PolicyValue.objects.filter(parameter__name="职工门诊起付线", area__code="110000").update(note="编辑写的")

    assert load_values() == 0
    assert PolicyValue.objects.filter(note="编辑写的").exists()


def test_every_document_is_cited_by_a_value_or_a_shipped_article():
    articles = "".join(text for _, text in demo_texts())
    unused = PolicyDocument.objects.filter(values__isnull=True).values_list("slug", flat=True)

    assert [slug for slug in unused if f'"{slug}"' not in articles] == []


def test_every_parameter_has_values_and_their_units_are_its_own():
    strangers = [value for value in PolicyValue.objects.with_source() if value.unit not in value.parameter.units]

    assert not Parameter.objects.filter(values__isnull=True).exists()
    assert strangers == []


def test_no_shipped_text_says_before_this_year_where_it_means_this_year_before_this_visit():
    calculators = {path.name: path.read_text("utf-8") for path in (LIBRARY_FOLDER / "calculators").glob("*.toml")}
    saying = [name for name, text in [*calculators.items(), *demo_texts()] if re.search("今年(?:之前|以前)", text)]

    assert len(calculators) == 11
    assert saying == []


def test_no_limit_zero_and_missing_stay_three_different_things():
    caps = PolicyValue.objects.filter(parameter__code="employee.outpatient.cap", area__code="110000")
    zero = PolicyValue.objects.filter(parameter__code="employee.outpatient.deductible", area__code="440100").get()

    assert [value.shown for value in caps.newest_first()] == ["不设限额", "20,000 元"]
    assert zero.number == 0


def test_one_bad_row_refuses_the_whole_table():
    header = "参数,地区,适用于,数值,单位,首日,见于,政策文件,条款,状态,复核截止,备注"
    good = "职工门诊起付线,溧阳,,100,元/年,2026-01-01,,ly_2024,,待核实,,"
    bad = "职工门诊支付比例,溧阳,在职·三级,80,比例,2026-01-01,,ly_2024,,待核实,,"
    before = PolicyValue.objects.count()

    with pytest.raises(LibraryError, match="应在 0"):
        import_values("\n".join([header, good, bad]))

    assert PolicyValue.objects.count() == before
