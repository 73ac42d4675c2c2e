"""NUL in addresses, queries, posted forms and cookies, which PostgreSQL refuses as text: no such page, never a 500."""

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db
PATHS = [
    "/%00/",
    "/articles/%00/",
    "/tags/%00/",
    "/tags/a%00b/",
    "/feeds/tags/%00/",
    "/preview/%00/",
    "/media/%00",
    "/sitemap-%00.xml",
    "/api/v1/%00",
    "/api/v1/calculators/%00/",
    "/api/v1/calculators/%00/compute",
    "/api/v1/calculators/employee_outpatient%00/",
    "/admin/articles/article/%00/change/",
]
QUERIES = [
    "/search/?q=%00",
    "/search/?q=%E9%97%A8%00&area=%00&category=%00&tag=%00",
    "/search/suggest/?q=%00",
    "/search/suggest/?q=a%00b",
    "/articles/?page=%00&before=%00",
    "/areas/110000/?on=%00",
    "/feedback/?about=%00",
    "/api/v1/ask?q=%00",
    "/api/v1/values/?area=%00",
    "/api/v1/values/?area=110000&parameter=%00",
    "/api/v1/values/?area=110000&person_type=%00",
    "/api/v1/values/?area=110000&%00=1",
    "/api/v1/calculators/employee_outpatient/compute?region=%00&as_of=%00",
]
OFFICE_QUERIES = [
    "/admin/articles/article/?q=%00",
    "/admin/articles/article/?category__id__exact=%00",
    "/admin/articles/article/?title=%00",
    "/admin/articles/picture/pick/?q=%00",
    "/admin/calculators/policyvalue/?q=%E9%97%A8%00&area__id__exact=%00",
]
POSTS = {
    "/choice/": {"area": "\0", "person": "a\0b", "back": "/\0"},
    "/feedback/": {"about": "\0", "text": "坏\0了", "contact": "\0"},
}


@pytest.fixture
def unraised(client):
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("path", PATHS)
def test_nul_in_a_path_names_no_page(unraised, path):
    response = unraised.get(path)

    assert response.status_code == 404
    assert {"Content-Security-Policy", "X-Frame-Options"} <= set(response.headers)


@pytest.mark.parametrize("path", ["/tags/a%00b/", "/articles/a%00/", "/nothing%00/"])
def test_nul_in_a_path_names_no_page_of_a_site_with_articles(unraised, site, path):
    assert unraised.get(path).status_code == 404


@pytest.mark.parametrize("address", QUERIES)
def test_nul_in_a_query_is_no_server_error(unraised, site, address):
    assert unraised.get(address).status_code < 500


@pytest.mark.parametrize("address", OFFICE_QUERIES)
def test_nul_in_a_query_of_the_office_is_no_server_error(admin_client, address):
    admin_client.raise_request_exception = False

    assert admin_client.get(address).status_code < 500


@pytest.mark.parametrize(("address", "posted"), POSTS.items(), ids=POSTS)
def test_nul_in_a_form_that_a_visitor_posts_is_no_server_error(unraised, address, posted):
    assert unraised.post(address, posted).status_code < 500


@pytest.mark.parametrize("name", [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "choice", "messages"])
@pytest.mark.parametrize("path", ["/", "/admin/", "/admin/login/", "/calculators/"])
def test_a_cookie_with_nul_is_no_cookie(unraised, name, path):
    """A quoted cookie may spell any character by its number, and the session is looked up by its cookie."""
    unraised.cookies.load(f'{name}="\\000aaaaaaaaaaaa"')

    assert unraised.get(path).status_code < 500


def test_what_nobody_sees_in_a_typed_query_is_not_searched_for(client, site):
    assert (
        "北京起付线"
        in client.get("/search/?q=%E5%8C%97%E4%BA%AC%00%E8%B5%B7%E2%80%8B%E4%BB%98%E7%BA%BF").content.decode()
    )
