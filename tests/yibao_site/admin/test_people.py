"""Accounts in the office: made in one step, allowed by groups, let in again by an administrator."""

import re

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

pytestmark = pytest.mark.django_db
PEOPLE = reverse("admin:auth_user_changelist")
ADD = reverse("admin:auth_user_add")
PASSWORD = "a-long-password-7"


@pytest.fixture(autouse=True)
def administrator(client, staff):
    user = staff(is_superuser=True, username="guanliyuan")
    client.force_login(user)
    return user


def run(client, action, user):
    return client.post(PEOPLE, {"action": action, "_selected_action": [user.pk]}, follow=True).content.decode()


def test_one_form_makes_an_account_that_can_work(client):
    group = Group.objects.get(name="编辑")
    assert 'id="id_is_staff" checked' in client.get(ADD).content.decode()
    answers = {"username": "xin", "password1": PASSWORD, "password2": PASSWORD, "is_staff": "on", "groups": [group.pk]}
    client.post(ADD, answers)

    made = User.objects.get(username="xin")
    assert made.has_perms(["articles.add_article"])
    assert made.is_staff
    assert made.check_password(PASSWORD)


def test_permissions_come_from_groups_and_read_as_chinese(client, administrator):
    person = client.get(reverse("admin:auth_user_change", args=[administrator.pk])).content.decode()
    group = client.get(reverse("admin:auth_group_change", args=[Group.objects.get(name="编辑").pk])).content.decode()

    assert 'name="user_permissions"' not in person
    assert "文章：修改" in group
    assert re.findall(r"(?:Can|Choose|Remove) [a-z]+", person + group) == []


def test_saving_a_group_leaves_its_permissions_as_they_were(client):
    group = Group.objects.get(name="主编")
    before = set(group.permissions.values_list("pk", flat=True))
    client.post(
        reverse("admin:auth_group_change", args=[group.pk]), {"name": "总编", "permissions": [str(pk) for pk in before]}
    )

    group.refresh_from_db()
    assert (group.name, set(group.permissions.values_list("pk", flat=True))) == ("总编", before)
    assert Permission.objects.get(codename="publish_article").pk in before


def test_the_lockout_of_whoever_typed_a_wrong_password_too_often_is_lifted(client, staff):
    user = staff("编辑", username="suo")
    AccessAttempt.objects.create(username="suo", ip_address="127.0.0.1", failures_since_start=5)

    assert "解除了 1 处限制" in run(client, "lift_login_lockout", user)
    assert not AccessAttempt.objects.exists()


def test_a_lost_phone_is_taken_off_the_account_and_on_the_trail(client, staff):
    user = staff("编辑", username="diu")
    TOTPDevice.objects.create(user=user, name="手机")
    StaticDevice.objects.create(user=user, name="恢复码")

    assert "停用了 1 个账号的两步验证" in run(client, "disable_second_factor", user)
    assert not StaticDevice.objects.exists()
    assert "停用两步验证" in client.get(reverse("admin:admin_logentry_changelist")).content.decode()
