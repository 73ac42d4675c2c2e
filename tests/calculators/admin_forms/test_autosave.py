"""Autosave of the office's forms: one kept text an opening, never replaced by another opening."""

from datetime import timedelta

import pytest
from django.utils import timezone

from calculators.models import FormOpening, Parameter, PolicyDocument, PolicyValue
from tests.calculators.factories import stored
from tests.office_page import fields_of, keep, open_form, save
from yibao_site.tasks import tidy_up

pytestmark = pytest.mark.django_db
DOCUMENTS = "/admin/calculators/policydocument/"
CALCULATORS = "/admin/calculators/calculator/"
VALUES = "/admin/calculators/policyvalue/"
NEW = f"{DOCUMENTS}add/"


def restore_address(address, fields):
    return f"{address}?restore={fields['form_opening'][0]}"


def test_a_kept_text_is_offered_with_its_title_and_restored(client, manager):
    fields = open_form(client, NEW)
    assert keep(client, NEW, fields, title="关于起付线的通知", note="打了一半").json()["kept"]

    page = client.get(NEW).content.decode()
    assert "关于起付线的通知" in page
    assert restore_address(NEW, fields) in page
    restored = open_form(client, restore_address(NEW, fields))
    assert (restored["title"], restored["note"]) == (["关于起付线的通知"], ["打了一半"])
    assert not PolicyDocument.objects.filter(title="关于起付线的通知").exists()


def test_two_openings_of_one_form_keep_two_texts_newest_first(client, manager):
    for title in ("甲文", "乙文"):
        keep(client, NEW, open_form(client, NEW), title=title)

    page = client.get(NEW).content.decode()
    assert 0 < page.index("乙文") < page.index("甲文")


def test_a_restored_text_is_shown_without_errors_and_goes_on_as_another_opening(client, manager):
    fields = open_form(client, NEW)
    keep(client, NEW, fields, title="题目还没有机关")
    page = client.get(restore_address(NEW, fields))

    assert "errornote" not in page.content.decode()
    assert "这个字段是必填项" not in page.content.decode()
    again = fields_of(page, NEW)
    assert again["form_opening"] != fields["form_opening"]
    assert again["restored_from"] == fields["form_opening"]


def test_a_text_that_arrives_late_replaces_no_newer_one(client, manager):
    fields = open_form(client, NEW)
    keep(client, NEW, fields, turn=2, title="新的")

    assert not keep(client, NEW, fields, turn=1, title="旧的").json()["kept"]
    assert FormOpening.objects.get().title == "新的"


def test_a_text_that_arrives_after_the_save_is_not_kept(client, manager):
    document = PolicyDocument.objects.first()
    address = f"{DOCUMENTS}{document.pk}/change/"
    fields = open_form(client, address)
    save(client, address, fields, note="存好了", form_turn="5")

    keep(client, address, fields, turn=4, note="存好了")
    assert not FormOpening.objects.filter(kept_at__isnull=False).exists()
    keep(client, address, fields, turn=6, note="退回来又写")
    assert FormOpening.objects.get(kept_at__isnull=False).posted["note"] == ["退回来又写"]


def test_saving_a_restored_text_forgets_it_and_tells_the_browser_what_was_saved(client, manager):
    document = PolicyDocument.objects.first()
    address = f"{DOCUMENTS}{document.pk}/change/"
    fields = open_form(client, address)
    keep(client, address, fields, note="打了一半")
    restored = open_form(client, restore_address(address, fields))
    response = save(client, address, restored, note="写完了")

    document.refresh_from_db()
    assert document.note == "写完了"
    assert not FormOpening.objects.filter(kept_at__isnull=False).exists()
    assert response.cookies["saved_opening"].value == restored["form_opening"][0]


def test_opening_and_discarding_pages_destroy_nothing_before_they_are_confirmed(client, manager):
    fields = open_form(client, NEW)
    keep(client, NEW, fields, title="可惜的题目")
    discard = f"{DOCUMENTS}autosave/{fields['form_opening'][0]}/discard/"
    client.get(NEW)
    client.get(restore_address(NEW, fields))

    assert "可惜的题目" in client.get(discard).content.decode()
    assert FormOpening.objects.count() == 1
    client.post(discard)
    assert not FormOpening.objects.exists()


def test_no_button_of_the_notice_is_the_first_submit_of_the_form(client, manager):
    keep(client, NEW, open_form(client, NEW), title="甲文")
    page = client.get(NEW).content.decode()
    notice = page[page.index("kept-texts") : page.index("autosave-status")]

    assert "<button" not in notice
    assert "submit" not in notice
    assert "autofocus" not in notice


def test_the_texts_of_others_are_neither_offered_nor_restored_nor_discarded(client, manager, colleague):
    fields = open_form(client, NEW)
    keep(client, NEW, fields, title="别人的题目")
    client.force_login(colleague)

    assert "别人的题目" not in client.get(NEW).content.decode()
    assert open_form(client, restore_address(NEW, fields))["title"] == [""]
    assert client.get(f"{DOCUMENTS}autosave/{fields['form_opening'][0]}/discard/").status_code == 404


def test_autosave_after_signing_out_answers_401_with_a_sentence(client, manager):
    fields = open_form(client, NEW)
    client.logout()
    answer = keep(client, NEW, fields, title="退出后的字")

    assert answer.status_code == 401
    assert "你已退出登录，在新窗口登录后接着写" in answer.json()["sentence"]
    assert not FormOpening.objects.exists()


def test_a_text_is_not_kept_under_another_account(client, manager, colleague):
    fields = open_form(client, NEW)
    client.force_login(colleague)

    assert keep(client, NEW, fields, title="甲的字").status_code == 409
    assert not FormOpening.objects.exists()


def test_who_may_not_save_may_not_keep(client, manager, staff):
    fields = open_form(client, f"{CALCULATORS}add/")
    author = staff("编辑", username="author")
    client.force_login(author)

    answer = keep(client, f"{CALCULATORS}add/", fields | {"form_user": str(author.pk)}, name="x")
    assert answer.status_code == 403


def test_a_calculator_is_kept_with_a_part_that_was_added(client, manager):
    calculator = stored()
    address = f"{CALCULATORS}{calculator.pk}/change/"
    fields = open_form(client, address)
    place = int(fields["notes-TOTAL_FORMS"][0]) - 1
    keep(client, address, fields, **{f"notes-{place}-text": "一句新的说明", "name": "改了名"})
    restored = open_form(client, restore_address(address, fields))

    assert restored[f"notes-{place}-text"] == ["一句新的说明"]
    assert restored["name"] == ["改了名"]


def test_a_new_value_is_kept_with_its_parameter_and_offered_before_one_is_chosen(client, manager):
    parameter = Parameter.objects.get(name="职工门诊起付线")
    address = f"{VALUES}add/?parameter={parameter.pk}"
    fields = open_form(client, address)
    keep(client, f"{VALUES}add/", fields, written="1900", note="打了一半")
    page = client.get(f"{VALUES}add/").content.decode()

    link = f"?parameter={parameter.pk}&amp;restore={fields['form_opening'][0]}"
    assert "职工门诊起付线" in page
    assert link in page
    restored = open_form(client, f"{VALUES}add/{link.replace('&amp;', '&')}")
    assert (restored["written"], restored["note"]) == (["1900"], ["打了一半"])
    assert not PolicyValue.objects.filter(note="打了一半").exists()


def test_kept_texts_go_after_a_week_and_openings_with_them(client, manager):
    for title in ("旧的", "新的"):
        keep(client, NEW, open_form(client, NEW), title=title)
    old = timezone.now() - timedelta(days=8)
    FormOpening.objects.filter(title="旧的").update(kept_at=old, opened_at=old)

    assert "旧的" not in client.get(NEW).content.decode()
    tidy_up.func()
    assert [row.title for row in FormOpening.objects.all()] == ["新的"]
