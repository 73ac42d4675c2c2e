"""A form stores the fields that it shows: whatever else is posted along is as if it were not there."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.models import Article, Feedback
from calculators.models import ResultReport
from tests.attacks.form_data import Form, as_posted, smuggled, taken

pytestmark = pytest.mark.django_db
REPORT = {"about": "/articles/a/", "reason": "number", "text": "数字不对", "website": ""}
WRONG = {"sentence": "算得不对", "expected": "1", "website": ""}
PUBLIC = {
    "报错": ("/feedback/", REPORT, Feedback, {"path", "reason", "text", "article"}),
    "有帮助": ("/feedback/", {"about": "/articles/a/", "vote": "helpful"}, Feedback, {"path", "article"}),
    "算得不对": ("/calculators/over_deductible/report/", WRONG, ResultReport, {"sentence", "expected"}),
}
ROLES = {"编辑": 1, "政策管理员": 3, "主编": 3}  # and the number of forms of which each saves one at least


def stored_by(client, path, fields, model):
    client.post(path, fields)
    return model.objects.latest("pk")


@pytest.mark.parametrize(("path", "fields", "model", "offered"), PUBLIC.values(), ids=PUBLIC)
def test_no_visitor_fills_in_what_a_form_does_not_ask(site, client, path, fields, model, offered, tried):
    honest = stored_by(client, path, fields, model)
    values = smuggled(honest, offered)
    row = stored_by(client, path, as_posted(honest, values) | fields, model)

    assert row.pk != honest.pk
    assert len(values) >= 3
    assert taken(row, values) == []
    tried(f"夹带字段：{model._meta.verbose_name}", f"{len(values)} 个字段", "一个也没有存下")


def test_a_login_makes_nobody_mighty(client, staff):
    user = staff("编辑")
    values = smuggled(user, {"username", "password", "last_login"})
    client.post("/admin/login/", as_posted(user, values) | {"username": "staff", "password": "a-long-password"})

    assert client.session["_auth_user_id"] == str(user.pk)
    assert "is_superuser" in values
    assert taken(user, values) == []


def test_nobody_enrols_a_second_factor_for_another(client, staff, admin_user):
    client.force_login(staff("编辑"))
    client.post(reverse("admin:account_begin"), {"user": admin_user.pk, "user_id": admin_user.pk, "confirmed": "on"})
    device = TOTPDevice.objects.get()

    assert (device.user.username, device.confirmed) == ("staff", False)


def rows():
    """One row of each model of the office that a form can change."""
    for model in admin.site._registry:
        row = model._default_manager.order_by("pk").first()
        if row is not None and model not in {User, Group}:
            yield row


def address(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


@pytest.mark.parametrize("role", ROLES)
def test_no_member_of_staff_fills_in_what_a_form_does_not_offer(site, client, staff, role, tried):
    user, saved, count = staff(role), [], 0
    client.force_login(user)
    Article.objects.update(author=user)
    for row in rows():
        page = client.get(address(row))
        if page.status_code != 200:
            continue
        form = Form(page.content.decode(), f"{row._meta.model_name}_form")
        values = smuggled(row, form.offered)
        posted = as_posted(row, values) | form.fields | {"_save": "1", "change_reason": "试验"}
        answer = client.post(address(row), posted)
        saved += [row._meta.model_name] if answer.status_code == 302 else []
        count += len(values)

        assert answer.status_code in {200, 302, 403}
        assert taken(row, values) == [], row._meta.label
    assert len(saved) >= ROLES[role], saved
    tried(f"夹带字段：编辑部的表单，{role}", f"{len(saved)} 种表单存下，{count} 个字段", "一个也没有存下")
