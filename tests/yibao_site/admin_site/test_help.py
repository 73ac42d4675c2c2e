"""帮助 and the links that lead to its sections from the fields they explain."""

import re

import pytest

from calculators.admin_forms.help_links import HELP_SECTIONS
from calculators.models import PolicyValue

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="/admin/help/#(\w+)"')


def test_every_link_to_help_is_called_as_the_section_it_leads_to(admin_client):
    page = admin_client.get("/admin/help/").content.decode()
    headings = dict(re.findall(r'<h2 id="([\w-]+)">(.*?)</h2>', page))
    contents = dict(re.findall(r'<li><a href="#([\w-]+)">(.*?)</a></li>', page))

    assert {section: headings.get(section) for section in HELP_SECTIONS} == HELP_SECTIONS
    assert contents == headings


@pytest.mark.parametrize(
    ("form", "sections"),
    [
        ("articles/article", {"text", "tags", "sources", "related", "publish", "calculator"}),
        ("calculators/policyvalue", {"written", "conditions", "dates", "document"}),
        ("calculators/calculator", {"calculator", "question", "formula", "case"}),
        ("calculators/policydocument", {"document"}),
    ],
)
def test_the_fields_of_a_form_lead_to_the_help_that_explains_them(admin_client, form, sections):
    address = f"/admin/{form}/add/"
    if form == "calculators/policyvalue":
        address += f"?parameter={PolicyValue.objects.exclude(conditions={}).first().parameter_id}"

    assert set(LINK.findall(admin_client.get(address).content.decode())) == sections
