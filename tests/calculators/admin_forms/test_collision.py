"""Two people in one form of the office: the second to save sees what the first saved, and neither loses a word."""

from datetime import date

import pytest
from taggit.models import Tag

from articles.models import Category, GlossaryTerm, Picture, Synonym
from calculators.models import Dimension, Parameter, PolicyDocument, PolicyValue, PoolingArea, Sighting
from tests.calculators.factories import stored
from tests.office_page import fields_of, open_form, save

pytestmark = pytest.mark.django_db
MEANWHILE = "别人保存过"


def value():
    return PolicyValue.objects.filter(parameter__name="职工门诊起付线", area__code="110000").first()


# Whose form it is, how one is had, a field the first person changes and another that the second does.
FORMS = {
    "articles/category": (lambda: Category.objects.create(name="栏目", slug="lanmu"), "description", "name"),
    "articles/glossaryterm": (
        lambda: GlossaryTerm.objects.create(term="统筹", explanation="一句完整的话，说它是什么。"),
        "order",
        "also",
    ),
    "articles/picture": (
        lambda: Picture.objects.create(stem="a", title="图", alt="旧", width=1, height=1),
        "title",
        "alt",
    ),
    "articles/synonym": (lambda: Synonym.objects.create(word="月子钱", meaning="生育津贴"), "meaning", "word"),
    "taggit/tag": (lambda: Tag.objects.create(name="门诊标签", slug="mzbq"), "name", "slug"),
    "calculators/calculator": (stored, "summary", "description"),
    "calculators/dimension": (lambda: Dimension.objects.create(code="test_only", name="试验"), "name", "code"),
    "calculators/parameter": (lambda: Parameter.objects.first(), "description", "family"),
    "calculators/policydocument": (lambda: PolicyDocument.objects.first(), "note", "number"),
    "calculators/policyvalue": (value, "note", "clause"),
    "calculators/poolingarea": (lambda: PoolingArea.objects.get(code="110000"), "name", "short_name"),
}
REASON = {"change_reason": "试验"}


def changed(name):
    return "41" if name == "order" else "甲改的"


@pytest.fixture(params=FORMS)
def opened(request, admin_client):
    """One form opened twice: the address, its two fields, the stored object, and what the second window holds."""
    make, first, second = FORMS[request.param]
    stored_object = make()
    address = f"/admin/{request.param}/{stored_object.pk}/change/"
    return address, first, second, stored_object, open_form(admin_client, address)


def test_the_second_to_save_takes_over_what_they_had_not_touched(admin_client, opened):
    address, first, second, stored_object, fields = opened
    save(admin_client, address, open_form(admin_client, address), **REASON, **{first: changed(first)})
    page = save(admin_client, address, fields, **REASON, **{second: "yi"})

    stored_object.refresh_from_db()
    assert str(getattr(stored_object, first)) == changed(first)
    assert getattr(stored_object, second) != "yi"
    assert MEANWHILE in page.content.decode()
    assert "更正以下错误" not in page.content.decode()
    assert changed(first) in page.content.decode()
    answer = save(admin_client, address, fields_of(page, address))
    assert answer.status_code == 302, answer.context["errors"]
    stored_object.refresh_from_db()
    assert (str(getattr(stored_object, first)), getattr(stored_object, second)) == (changed(first), "yi")


def test_what_both_changed_stays_mine_with_theirs_beside_it(admin_client, opened):
    address, first, _, stored_object, fields = opened
    save(admin_client, address, open_form(admin_client, address), **REASON, **{first: changed(first)})
    page = save(admin_client, address, fields, **REASON, **{first: "7"})

    stored_object.refresh_from_db()
    assert str(getattr(stored_object, first)) == changed(first)
    assert changed(first) in page.content.decode()
    assert fields_of(page, address)[first] == ["7"]


def test_a_form_that_nobody_else_saved_is_saved_at_once(admin_client, opened):
    address, first, _, stored_object, fields = opened
    assert save(admin_client, address, fields, **REASON, **{first: changed(first)}).status_code == 302

    stored_object.refresh_from_db()
    assert str(getattr(stored_object, first)) == changed(first)


def test_what_was_refused_and_put_right_is_no_collision_with_what_is_stored(admin_client):
    document = PolicyDocument.objects.first()
    address = f"/admin/calculators/policydocument/{document.pk}/change/"
    fields = open_form(admin_client, address)
    del fields["opened_with"]
    refused = save(admin_client, address, fields, title="", note="打好的")
    save(admin_client, address, fields_of(refused, address), title="改好的")

    document.refresh_from_db()
    assert (document.title, document.note) == ("改好的", "打好的")


@pytest.fixture
def calculator(admin_client):
    return f"/admin/calculators/calculator/{stored(notes=()).pk}/change/"


def added_note(fields, text):
    place = int(fields["notes-TOTAL_FORMS"][0]) - 1
    return {f"notes-{place}-text": text}


def test_parts_that_two_people_add_are_both_stored(admin_client, calculator):
    mine, theirs = open_form(admin_client, calculator), open_form(admin_client, calculator)
    save(admin_client, calculator, theirs, **added_note(theirs, "甲的说明"))
    page = save(admin_client, calculator, mine, **added_note(mine, "乙的说明"))
    assert "加了这一行" in page.content.decode()
    save(admin_client, calculator, fields_of(page, calculator))

    after = open_form(admin_client, calculator)
    assert {after["notes-0-text"][0], after["notes-1-text"][0]} == {"甲的说明", "乙的说明"}


def test_a_part_that_they_deleted_and_i_changed_is_kept_as_a_new_one(admin_client, calculator):
    opened = open_form(admin_client, calculator)
    save(admin_client, calculator, opened, **added_note(opened, "旧说明"))
    mine, theirs = open_form(admin_client, calculator), open_form(admin_client, calculator)
    save(admin_client, calculator, theirs, **{"notes-0-DELETE": "on"})
    page = save(admin_client, calculator, mine, **{"notes-0-text": "我改过的说明"})
    save(admin_client, calculator, fields_of(page, calculator))

    assert open_form(admin_client, calculator)["notes-0-text"] == ["我改过的说明"]


def test_a_part_that_they_deleted_and_i_left_alone_stays_deleted(admin_client, calculator):
    mine, theirs = open_form(admin_client, calculator), open_form(admin_client, calculator)
    save(admin_client, calculator, theirs, **{"cases-1-DELETE": "on"})
    page = save(admin_client, calculator, mine, summary="我的一句话")
    save(admin_client, calculator, fields_of(page, calculator))

    after = open_form(admin_client, calculator)
    assert after["cases-INITIAL_FORMS"] == ["1"]
    assert after["summary"] == ["我的一句话"]


def test_a_part_that_both_changed_is_told_field_by_field(admin_client, calculator):
    mine, theirs = open_form(admin_client, calculator), open_form(admin_client, calculator)
    save(admin_client, calculator, theirs, **{"steps-0-explanation": "甲的解释"})
    page = save(admin_client, calculator, mine, **{"steps-0-label": "乙的名称"})
    fields = fields_of(page, calculator)

    assert (fields["steps-0-explanation"], fields["steps-0-label"]) == (["甲的解释"], ["乙的名称"])


def test_the_collision_tells_who_saved(client, staff):
    document = PolicyDocument.objects.first()
    address = f"/admin/calculators/policydocument/{document.pk}/change/"
    first, second = (staff("政策管理员", username=name) for name in ("zhengce", "zhengce2"))
    client.force_login(second)
    mine = open_form(client, address)
    client.force_login(first)
    save(client, address, open_form(client, address), note="甲")
    client.force_login(second)

    assert "zhengce 在" in save(client, address, mine, note="乙").content.decode()


def test_a_value_that_collides_is_not_led_to_its_impact_first(client, manager):
    stored_value = value()
    address = f"/admin/calculators/policyvalue/{stored_value.pk}/change/"
    mine = open_form(client, address)
    save(client, address, open_form(client, address), **REASON, note="甲备注")
    page = save(client, address, mine, **REASON, written="1900")

    assert MEANWHILE in page.content.decode()
    assert fields_of(page, address)["note"] == ["甲备注"]
    assert fields_of(page, address)["written"] == ["1900"]


def test_whoever_restores_a_text_sees_what_was_saved_since(client, manager):
    document = PolicyDocument.objects.first()
    address = f"/admin/calculators/policydocument/{document.pk}/change/"
    fields = open_form(client, address)
    keep_address = "/admin/calculators/policydocument/autosave/"
    client.post(keep_address, fields | {"form_turn": "1", "number": "打了一半"})
    save(client, address, open_form(client, address), note=f"甲 {date.min}")
    page = client.get(address, {"restore": fields["form_opening"][0]})

    assert f"甲 {date.min}" in page.content.decode()
    assert fields_of(page, address)["number"] == ["打了一半"]
    assert fields_of(page, address)["note"] == [f"甲 {date.min}"]


def test_the_figure_that_a_collision_shows_counts_as_seen(client, manager, staff):
    stored_value = value()
    address = f"/admin/calculators/policyvalue/{stored_value.pk}/change/"
    mine = open_form(client, address)
    theirs = open_form(client, address)
    client.force_login(staff("政策管理员", username="colleague"))
    save(client, address, theirs, **REASON, written="1733", impact_shown="1")
    client.force_login(manager)
    assert "<td>1733</td>" in save(client, address, mine, **REASON, note="乙").content.decode()

    stored_value.refresh_from_db()
    assert Sighting.objects.has_seen(manager, stored_value)
