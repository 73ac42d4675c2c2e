"""Area and 身份 chosen once: remembered on the device, seen where they matter, asked of nobody else."""

import re

import pytest

from tests.calculators.factories import library_live

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
    assert f'href="{OUTPATIENT}"' in page
    assert '<option value="retired" selected>退休</option>' in page
    assert '<link rel="canonical" href="http://testserver/">' in page


def test_the_home_page_shows_the_figures_that_depend_on_the_chosen_identity(client):
    choose(client, area="110000", person="retired")
    page = client.get("/").content.decode()

    assert "你的医保一眼看" in page
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


@pytest.mark.parametrize("written", ["长沙", "长沙市", "湖南长沙", "changsha", "430100"])
def test_a_place_is_chosen_by_any_of_its_names_whether_or_not_it_has_values(client, written):
    assert choose(client, area=written).cookies["choice"].value == "430100"


def test_a_place_nobody_knows_is_said_beside_the_field_and_nothing_typed_is_lost(client):
    response = choose(client, area="某某市", person="retired", back="/areas/")
    page = response.content.decode()

    assert response.status_code == 422
    assert "没有认出“某某市”是哪里" in page
    assert 'value="某某市"' in page
    assert '<option value="retired" selected>' in page
    assert 'name="back" value="/areas/"' in page


def test_the_header_says_the_choice_in_words_and_changes_it_in_place(client):
    assert "选参保地</a>" in client.get("/areas/").content.decode()
    choose(client, area="北京", person="retired")
    page = client.get("/areas/?x=1").content.decode()

    assert "北京 · 退休</summary>" in page
    assert 'name="back" value="/areas/?x=1"' in page


def test_a_result_follows_a_new_choice(client):
    back = f"{OUTPATIENT}?region=110000&person_type=in_service&eligible=3000"

    assert choose(client, area="上海", person="retired", back=back).url == (
        f"{OUTPATIENT}?region=310000&person_type=retired&eligible=3000"
    )


@pytest.mark.parametrize("cookie", ["999999.retired", "110000.pensioner", "430100.retired"])
def test_a_choice_of_another_release_or_place_never_opens_a_red_form(client, cookie):
    client.cookies["choice"] = cookie

    response = client.get(OUTPATIENT)

    assert response.status_code == 200
    assert "有几处需要修改" not in response.content.decode()


def test_a_calculator_says_for_whom_it_is_where_the_choice_does_not_fit(client):
    choose(client, area="北京", person="resident")
    page = client.get(OUTPATIENT).content.decode()

    assert "你选的是居民" in page
    assert "的人用" in page
    assert "有几处需要修改" not in page
    assert "resident”不是" not in client.get(f"{OUTPATIENT}?region=110000&person_type=resident").content.decode()


def test_a_calculator_not_for_the_choice_leads_to_the_one_with_the_same_results_and_else_to_the_list(client):
    library_live()

    def notice(person, code):
        choose(client, area="北京", person=person)
        found = re.search(r'<p class="notice">.*?</p>', client.get(f"/calculators/{code}/").content.decode())
        return found[0] if found else ""

    assert '<a href="/calculators/resident_outpatient/">居民门诊报销</a>' in notice("resident", "employee_outpatient")
    assert '<a href="/calculators/employee_outpatient/">' in notice("in_service", "resident_outpatient")
    assert '<a href="/calculators/">' in notice("flexible", "employee_outpatient")
    assert '<a href="/calculators/">' in notice("retired", "flexible_contribution")
    assert not notice("retired", "employee_outpatient")


def test_the_list_of_calculators_marks_what_works_for_the_choice(client):
    library_live()
    choose(client, area="北京", person="retired")
    here = client.get("/calculators/").content.decode()
    choose(client, area="长沙", person="in_service")
    elsewhere = client.get("/calculators/").content.decode()

    assert "北京 · 退休可以算" in here
    assert "按全国规定，自己填当地的数" in elsewhere
    assert "长沙的数还没有收录" in elsewhere  # the comparison
