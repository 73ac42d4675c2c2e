"""NUL in addresses and queries, which PostgreSQL refuses as text: no such row, never a 500."""

import pytest

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/%00/",
    "/tags/%00/",
    "/tags/a%00b/",
    "/feeds/tags/%00/",
    "/preview/%00/",
    "/media/%00",
    "/search/?q=%00",
    "/search/?q=%E9%97%A8%00&area=%00&category=%00&tag=%00",
    "/search/suggest/?q=%00",
    "/articles/?page=%00&before=%00",
    "/areas/110000/?on=%00",
    "/feedback/?about=%00",
    "/api/v1/ask?q=%00",
    "/api/v1/values/?area=%00",
    "/api/v1/values/?area=110000&parameter=%00",
    "/api/v1/values/?area=110000&person_type=%00",
    "/api/v1/calculators/%00/",
    "/api/v1/calculators/%00/compute",
    "/api/v1/calculators/employee_outpatient/compute?region=%00&as_of=%00",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nul_in_an_address_or_a_query_is_no_server_error(client, address):
    client.raise_request_exception = False

    assert client.get(address).status_code < 500
