"""大字版 pressed beside a calculator's form: what was typed comes along, with and without JavaScript."""

import re

import pytest

pytestmark = pytest.mark.django_db


def test_a_form_filled_in_half_keeps_its_answers_in_the_other_text_size(client, outpatient):
    page = client.get("/calculators/employee_outpatient/", {"region": "110000"}).content.decode()
    button = re.search(
        r'<button form="answers" formmethod="post" formaction="([^"]+)" name="size" value="large">', page
    )
    pressed = client.post(button[1], {"region": "110000", "eligible": "1.2万", "age": "", "size": "large"})

    assert pressed["Location"] == "/calculators/employee_outpatient/?region=110000&eligible=1.2%E4%B8%87"
    back = client.get(pressed["Location"]).content.decode()
    assert 'name="eligible" value="1.2万"' in back
    assert "有几处需要修改" not in back
    assert page.index('form="answers" tabindex="-1"') < page.index("formmethod")  # Enter presses the first


def test_answers_too_long_for_an_address_are_left_out_and_another_site_is_not_gone_to(client):
    path = "/text-size/?back=/calculators/employee_outpatient/"

    assert client.post(path, {"a": "9" * 6_001, "size": "large"})["Location"] == "/calculators/employee_outpatient/"
    assert client.post("/text-size/?back=//evil.example/", {"a": "1", "size": "large"})["Location"] == "/?a=1"
