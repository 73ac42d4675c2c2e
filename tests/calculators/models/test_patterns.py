"""Patterns of model fields match whole: what passes them has a page, whichever digits or line breaks are typed."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.urls import reverse

from calculators.models import PolicyDocument, PoolingArea

pytestmark = pytest.mark.django_db
GOOD = {"code": ["110000", "wage_2", "CN"], "issued": ["2023", "2023-02", "2023-02-15"], "slug": ["a-b_1"]}


def patterns():
    for model in apps.get_models():
        if model._meta.app_label in {"articles", "calculators"}:
            for field in model._meta.concrete_fields:
                yield from ((model, field, one) for one in field.validators if type(one) is RegexValidator)


def test_every_pattern_of_a_field_is_found():
    assert {(model.__name__, field.name) for model, field, _ in patterns()} >= {
        ("PoolingArea", "code"),
        ("Dimension", "code"),
        ("PolicyDocument", "issued"),
        ("Question", "code"),
    }


@pytest.mark.parametrize(
    ("model", "field", "validator"),
    list(patterns()),
    ids=lambda one: getattr(one, "__name__", getattr(one, "name", "")),
)
def test_a_pattern_matches_whole_and_in_plain_digits(model, field, validator):
    passed = [text for text in GOOD[field.name] if not refuses(validator, text)]

    assert passed
    for text in passed:
        wide = text.translate({ord("0") + place: chr(ord("０") + place) for place in range(10)})
        others = [f"{text}\n", f" {text}", f"x\n{text}", f"{text}/"] + [wide] * (wide != text)
        assert [other for other in others if not refuses(validator, other)] == []


def refuses(validator, text):
    try:
        validator(text)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("code", ["１１０１０１", "11010１"])
def test_the_form_of_an_area_refuses_a_code_that_no_page_can_stand_at(admin_client, client, code):
    fields = {"code": code, "name": "某市", "short_name": "某"}
    page = admin_client.post(reverse("admin:calculators_poolingarea_add"), fields)

    assert "六位行政区划代码" in page.content.decode()
    assert client.get("/areas/").status_code == 200


def test_the_migration_writes_stored_codes_and_days_in_plain_digits(client):
    area = PoolingArea.objects.create(code="１１０１０１", name="某市", short_name="某")
    document = PolicyDocument.objects.create(slug="a", title="甲", issued="２０２３", grade="A")

    import_module("calculators.migrations.0007_whole_patterns").tidy(apps, None)

    area.refresh_from_db(), document.refresh_from_db()
    assert (area.code, document.issued) == ("110101", "2023")
    assert client.get(area.get_absolute_url()).status_code == 200
