"""Forms of the office that are posted once more after they were saved: they make no second object, and lose no word."""

import pytest

from calculators.models import Calculator, PolicyDocument
from tests.office_page import fields_of, open_form, save

pytestmark = pytest.mark.django_db
DOCUMENTS = "/admin/calculators/policydocument/"
NEW = f"{DOCUMENTS}add/"


def test_the_same_form_posted_twice_makes_one_object(client, manager):
    fields = open_form(client, NEW) | {"title": "双击", "slug": "twice", "grade": "A"}
    pages = [client.post(NEW, fields | {"_continue": "1"}) for _ in range(2)]

    made = PolicyDocument.objects.get(title="双击")
    assert [page["Location"] for page in pages] == [f"{DOCUMENTS}{made.pk}/change/"] * 2


def test_a_form_posted_again_with_changes_after_it_was_saved_makes_no_second_object(client, manager):
    fields = open_form(client, NEW) | {"title": "第一稿", "slug": "back", "grade": "A"}
    client.post(NEW, fields | {"_continue": "1"})
    made = PolicyDocument.objects.get(slug="back")

    page = client.post(NEW, fields | {"title": "回来又改了", "_continue": "1"}, follow=True)
    assert page.redirect_chain[0][0].startswith(f"{DOCUMENTS}{made.pk}/change/?restore=")
    assert "没有存第二份" in page.content.decode()
    assert fields_of(page, NEW)["title"] == ["回来又改了"]
    assert PolicyDocument.objects.filter(slug="back").count() == 1

    save(client, f"{DOCUMENTS}{made.pk}/change/", fields_of(page, NEW))
    made.refresh_from_db()
    assert made.title == "回来又改了"


@pytest.mark.parametrize("title", ["第一稿", "回来又改了"])
def test_a_form_that_back_fetched_again_makes_no_second_object_of_the_opening_it_names(client, manager, title):
    fields = open_form(client, NEW) | {"title": "第一稿", "slug": "back", "grade": "A"}
    client.post(NEW, fields | {"_continue": "1"})
    made = PolicyDocument.objects.get(slug="back")
    again = open_form(client, NEW) | {"title": title, "slug": "back", "grade": "A"}
    again["form_former"] = fields["form_opening"]
    client.post(f"{DOCUMENTS}autosave/", again | {"form_turn": "1"})

    page = client.post(NEW, again | {"_continue": "1"}, follow=True)
    assert page.redirect_chain[0][0].startswith(f"{DOCUMENTS}{made.pk}/change/")
    assert "没有存第二份" in page.content.decode()
    assert fields_of(page, NEW)["title"] == [title]
    assert PolicyDocument.objects.filter(slug__startswith="back").count() == 1


def test_a_form_posted_again_after_somebody_else_saved_shows_theirs_beside_what_was_typed(client, manager, colleague):
    fields = open_form(client, NEW) | {"title": "第一稿", "slug": "back", "grade": "A"}
    client.post(NEW, fields | {"_continue": "1"})
    made = PolicyDocument.objects.get(slug="back")
    address = f"{DOCUMENTS}{made.pk}/change/"
    client.force_login(colleague)
    save(client, address, open_form(client, address), title="同事改的", note="同事写的")
    client.force_login(manager)

    page = client.post(NEW, fields | {"title": "回来又改了", "_continue": "1"}, follow=True)
    made.refresh_from_db()
    assert made.title == "同事改的"
    assert "colleague 在" in page.content.decode()
    assert "<td>同事改的</td>" in page.content.decode()
    shown = fields_of(page, NEW)
    assert (shown["title"], shown["note"]) == (["回来又改了"], ["同事写的"])

    save(client, address, shown)
    made.refresh_from_db()
    assert (made.title, made.note) == ("回来又改了", "同事写的")


def test_a_form_posted_again_after_its_object_was_deleted_makes_another(client, manager):
    fields = open_form(client, NEW) | {"title": "第一稿", "slug": "gone", "grade": "A"}
    client.post(NEW, fields | {"_continue": "1"})
    PolicyDocument.objects.get(slug="gone").delete()
    client.post(NEW, fields | {"title": "又来一份", "_continue": "1"})

    assert PolicyDocument.objects.get(slug="gone").title == "又来一份"


def test_a_form_that_was_refused_is_saved_when_it_is_posted_again_put_right(client, manager):
    fields = open_form(client, NEW) | {"slug": "second", "grade": "A"}
    refused = save(client, NEW, fields)
    fields = fields_of(refused, NEW)
    save(client, NEW, fields, title="第二次")

    assert PolicyDocument.objects.filter(title="第二次").count() == 1


@pytest.mark.parametrize("button", ["_preview", "_publish", "_try"])
def test_a_calculator_whose_save_leads_to_another_page_is_saved_once_and_its_kept_text_is_forgotten(
    client, manager, button
):
    new = "/admin/calculators/calculator/add/"
    fields = open_form(client, new) | {"name": "一次领多少", "summary": "算一次领多少。", button: "1"}
    client.post("/admin/calculators/calculator/autosave/", fields | {"form_turn": "1"})
    pages = [client.post(new, fields) for _ in range(2)]

    assert Calculator.objects.filter(name="一次领多少").count() == 1
    assert pages[0].cookies["saved_opening"].value in fields["form_opening"]
    assert "接着写" not in client.get(new).content.decode()
