"""Deletion page of the office: what it lists, what it reads."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calculators.definition import from_toml
from calculators.library.loading import LIBRARY_FOLDER
from calculators.models import Calculator, Dimension

pytestmark = pytest.mark.django_db


def delete_page(client, row):
    return client.get(f"/admin/calculators/{row._meta.model_name}/{row.pk}/delete/").content.decode()


def test_the_page_that_deletes_lists_no_rows_without_a_name(admin_client):
    dimension = Dimension.objects.filter(parameter__isnull=False).first()
    page = delete_page(admin_client, dimension)

    assert str(dimension) in page
    assert "object (" not in page


def test_the_page_that_deletes_a_calculator_lists_its_parts_without_reading_its_definition_for_each(admin_client):
    calculator = Calculator(live={})
    calculator.store(from_toml((LIBRARY_FOLDER / "calculators/inpatient.toml").read_text(encoding="utf-8")))
    with CaptureQueriesContext(connection) as queries:
        page = delete_page(admin_client, calculator)

    assert all(question.name in page for question in calculator.questions.all())
    reads_of_parts = [
        query["sql"] for query in queries if 'FROM "calculators_' in query["sql"] and "JOIN" in query["sql"]
    ]
    assert reads_of_parts
    assert not [sql for sql in reads_of_parts if '"calculators_calculator"."live"' in sql]
