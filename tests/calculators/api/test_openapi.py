import re

import pytest

from calculators.definition import from_toml
from calculators.library.loading import LIBRARY_FOLDER
from calculators.models import Calculator
from calculators.publishing.gate import publish
from tests.calculators.factories import stored

pytestmark = pytest.mark.django_db


def test_the_description_lists_each_calculator_with_its_inputs(client, live):
    schema = client.get("/api/v1/openapi.json").json()

    operation = schema["paths"]["/api/v1/calculators/maternity_allowance/compute"]["get"]
    required = {entry["name"] for entry in operation["parameters"] if entry["required"]}
    assert required == {"region", "contribution_base", "leave_days"}
    assert schema["openapi"].startswith("3.")
    assert "/api/v1/values/" in schema["paths"]


def test_the_page_for_programmers_loads_nothing_from_elsewhere(client, live):
    page = client.get("/api/v1/").content.decode()

    loaded = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"', page)
    elsewhere = [
        address for address in loaded if "//" in address and not address.startswith(("data:", "http://testserver/"))
    ]
    assert elsewhere == []
    assert "maternity_allowance" in page


def test_the_examples_on_the_page_give_results(client, live):
    page = client.get("/api/v1/").content.decode().replace("&amp;", "&")
    examples = re.findall(r'href="(/api/v1/[^"]+\?[^"]+)"', page)

    assert len(examples) >= 3
    assert {client.get(address).status_code for address in examples} == {200}


def test_the_examples_in_the_readme_give_results(client):
    shipped = from_toml((LIBRARY_FOLDER / "calculators/employee_outpatient.toml").read_text(encoding="utf-8"))
    if not Calculator.objects.live().filter(code=shipped.code).exists():
        publish(stored(shipped), by=None)
    readme = (LIBRARY_FOLDER.parent.parent / "README.md").read_text(encoding="utf-8")
    answers = {address: client.get(address) for address in re.findall(r"GET (/api/v1/\S+)", readme)}

    assert len(answers) >= 4
    assert {response.status_code for response in answers.values()} == {200}
    [computed] = [response.json() for address, response in answers.items() if "/compute" in address]
    assert computed["outputs"]["fund_pay"] == "1080.00"
