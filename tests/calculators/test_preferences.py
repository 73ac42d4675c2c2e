"""Area and 身份 chosen once: remembered on the device, seen where they matter, asked of nobody else."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outpatient")]
OUTPATIENT = "/calculators/employee_outpatient/"


def choose(client, **fields):
    return client.post("/choice/", fields)


def test_a_choice_is_remembered_and_leads_back(client):
    response = choose(client, area="110000", person="retired", back="/calculators/")

    assert (response.status_code, response.url) == (302, "/calculators/")
    assert response.cookies["choice"].value == "110000.retired"
    assert response.cookies["choice"]["httponly"]


def test_choosing_nothing_forgets(client):
    choose(client, area="110000")
    choose(client, area="")

    assert client.cookies["choice"].value == ""


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org/", "javascript:alert(1)", "\\\\example.org"])
def test_it_never_leads_to_another_site(client, back):
    assert choose(client, area="110000", back=back).url == "/"


@pytest.mark.parametrize("fields", [{"area": "999999"}, {"area": "110000", "person": "nobody"}, {"area": "CN"}])
def test_what_cannot_be_chosen_is_not_remembered(client, fields):
    assert "choice" not in choose(client, **fields).cookies


def test_the_home_page_says_what_is_chosen_and_offers_the_others(client):
    assert "现在按" not in client.get("/").content.decode()
    choose(client, area="110000", person="retired")
    page = client.get("/").content.decode()

    assert '现在按<a href="/areas/110000/">北京</a>、退休显示' in page
    assert f'href="{OUTPATIENT}?region=110000&amp;person_type=retired"' in page
    assert '<option value="310000">上海</option>' in page
    assert '<link rel="canonical" href="http://testserver/">' in page


def test_the_home_page_shows_the_figures_that_depend_on_the_chosen_identity(client):
    choose(client, area="110000", person="retired")
    page = client.get("/").content.decode()

    assert "北京 · 退休：现在的数字" in page
    assert "1,300 元" in page
    assert "1,800 元" not in page


def test_a_calculator_opens_with_the_choice_and_an_address_says_otherwise(client):
    choose(client, area="110000", person="retired")
    opened = client.get(OUTPATIENT).content.decode()
    asked = client.get(f"{OUTPATIENT}?region=310000").content.decode()

    assert '<option value="110000" selected>' in opened
    assert f'<link rel="canonical" href="http://testserver{OUTPATIENT}">' in opened
    assert '<option value="310000" selected>' in asked


@pytest.mark.parametrize("cookie", ["x", "110000.", "110000.<script>", "1" * 500, "110000.退休"])
def test_a_cookie_nobody_wrote_is_no_choice(client, cookie):
    client.cookies["choice"] = cookie.encode().decode("latin-1")

    assert 'value="110000" selected' not in client.get(OUTPATIENT).content.decode()
