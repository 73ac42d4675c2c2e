"""Open data: every adopted policy value as CSV and JSON, with its source, evidence and licence."""

import csv
import io
import json
from datetime import timedelta

import pytest

from calculators.models import PolicyValue, PoolingArea
from calculators.views.open_data import BYTE_ORDER_MARK, COLUMNS

pytestmark = pytest.mark.django_db
HEADINGS = {column.name: column.heading for column in COLUMNS}


def read(response):
    return b"".join(response.streaming_content).decode()


@pytest.fixture
def table(client):
    """Rows of a CSV file, each by the names of JSON."""

    def table(address="/data/values.csv"):
        text = read(client.get(address))
        assert text.startswith(BYTE_ORDER_MARK)
        rows = csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK)))
        return [{name: row[heading] for name, heading in HEADINGS.items()} for row in rows]

    return table


def test_csv_and_json_hold_every_adopted_value_with_its_source_and_evidence(client, table):
    told = json.loads(read(client.get("/data/values.json")))
    rows = table()

    assert len(rows) == len(told["values"]) == PolicyValue.objects.adopted().count()
    assert rows == [{name: "" if text is None else text for name, text in row.items()} for row in told["values"]]
    assert all(row["document"] and row["evidence"] in {"已核实", "据转述", "待核实"} for row in rows)
    assert told["licence"] == "CC BY 4.0"
    assert 'rel="license"' in client.get("/data/values.csv")["Link"]


def test_a_draft_policy_is_no_open_data(table):
    row = PolicyValue.objects.adopted().first()
    before = len(table())
    PolicyValue.objects.filter(pk=row.pk).update(status=PolicyValue.Status.DRAFT)

    assert len(table()) == before - 1


def test_a_row_lasts_until_the_first_day_of_the_next_row_of_its_series(table):
    dated = PolicyValue.objects.filter(effective_from__isnull=False)
    newest = dated.current(dated.latest("effective_from").effective_from)
    row = newest.filter(area__code="110000", parameter__name="职工门诊起付线").first()
    following = row.effective_from + timedelta(days=400)
    PolicyValue.objects.bulk_create(
        [PolicyValue(**{**_columns(row), "effective_from": following, "number": row.number + 1})]
    )
    same = [
        one
        for one in table("/data/110000/values.csv")
        if (one["name"], one["applies_to"]) == (row.parameter.name, row.conditions_text)
    ]

    assert [one["until"] for one in same[:2]] == ["", following.isoformat()]
    assert [one["effective_from"] for one in same[:2]] == [following.isoformat(), row.effective_from.isoformat()]


def _columns(row):
    fields = [field.attname for field in PolicyValue._meta.concrete_fields if not field.primary_key]
    return {name: getattr(row, name) for name in fields}


def test_a_file_of_one_area_holds_its_own_rows_alone(client, table):
    rows = table("/data/110000/values.csv")

    assert {row["area"] for row in rows} == {"110000"}
    assert len(rows) == PoolingArea.objects.get(code="110000").policy_values.adopted().count()
    assert client.get("/data/999999/values.csv").status_code == 404


def test_text_that_a_spreadsheet_would_run_is_escaped_in_csv(table):
    PolicyValue.objects.filter(area__code="110000").update(clause='=HYPERLINK("x")')

    assert {row["clause"] for row in table("/data/110000/values.csv")} == {'\'=HYPERLINK("x")'}


def test_the_open_data_file_is_read_with_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        read(client.get("/data/values.csv"))


def test_the_page_of_open_data_counts_the_evidence_and_links_each_area(client):
    page = client.get("/data/").content.decode()

    assert "/data/values.csv" in page
    assert "/data/110000/values.json" in page
    assert (
        f"已核实 {PolicyValue.objects.filter(status='confirmed').exclude(kind__in=('ended', 'unknown')).count()} 个"
        in page
    )
