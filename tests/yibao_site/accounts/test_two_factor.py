"""The second factor of staff, its recovery codes, and where an account is signed in."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from yibao_site.accounts import sessions

ACCOUNT, LOGIN, INDEX = reverse("admin:account"), reverse("admin:login"), reverse("admin:index")


@pytest.fixture
def editor(staff):
    return staff("编辑", username="editor")


def sign_in(client, code="", password="a-long-password"):  # noqa: S107
    return client.post(LOGIN, {"username": "editor", "password": password, "code": code, "next": INDEX})


def current_code(device, drift=0):
    return f"{totp(device.bin_key, drift=drift):06d}"


@pytest.fixture
def enrolled(client, editor):
    """The editor has scanned the picture and typed the first code."""
    sign_in(client)
    client.post(reverse("admin:account_begin"))
    device = TOTPDevice.objects.get()
    client.post(reverse("admin:account_confirm"), {"code": current_code(device)})
    device.refresh_from_db()
    return device


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge，Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1 MicroMessenger/8.0", "微信，iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox，Linux"),
        ("curl/8.1", "curl/8.1"),
    ],
)
def test_a_user_agent_is_shown_as_browser_and_system(agent, name):
    assert sessions.browser_name(agent) == name


def test_the_lockout_page_says_for_how_long_a_login_is_refused(client, editor, settings):
    settings.AXES_ENABLED = True
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert "用户名或密码不对" in sign_in(client, password="wrong").content.decode()
    shut = sign_in(client, password="wrong")

    assert shut.status_code == 429
    assert "一小时后再试" in shut.content.decode()


def test_without_a_second_factor_the_password_is_enough(client, editor):
    assert sign_in(client).status_code == 302


def test_setting_up_two_factor_shows_a_qr_code_and_the_recovery_codes_once(client, editor):
    sign_in(client)
    client.post(reverse("admin:account_begin"))
    page = client.get(ACCOUNT)
    assert "data:image/svg+xml" in page.content.decode()
    assert "no-store" in page["Cache-Control"]

    client.post(reverse("admin:account_confirm"), {"code": current_code(TOTPDevice.objects.get())})

    assert len(re.findall("<code>", client.get(ACCOUNT).content.decode())) == 10
    assert "<code>" not in client.get(ACCOUNT).content.decode()


def test_a_wrong_first_code_switches_nothing_on(client, editor):
    sign_in(client)
    client.post(reverse("admin:account_begin"))
    client.post(reverse("admin:account_confirm"), {"code": "000000"})

    assert not TOTPDevice.objects.get().confirmed
    assert sign_in(Client()).status_code == 302


@pytest.mark.parametrize("code", ["", "000000", "abc"])
def test_with_a_second_factor_the_password_alone_is_not_enough(enrolled, code):
    response = sign_in(Client(), code)

    assert response.status_code == 200
    assert "验证码不对" in response.content.decode()


def test_the_code_of_the_phone_signs_in_once(enrolled):
    TOTPDevice.objects.update(last_t=-1)
    code = current_code(enrolled)

    assert sign_in(Client(), code).status_code == 302
    assert sign_in(Client(), code).status_code == 200


def test_a_recovery_code_signs_in_once(enrolled):
    code = StaticToken.objects.first().token

    assert sign_in(Client(), code).status_code == 302
    assert sign_in(Client(), code).status_code == 200


def test_the_right_code_with_a_wrong_password_is_not_enough(enrolled):
    assert sign_in(Client(), StaticToken.objects.first().token, password="wrong").status_code == 200


def test_switching_off_takes_a_code(client, enrolled):
    client.post(reverse("admin:account_off"), {"code": StaticToken.objects.first().token})

    assert not TOTPDevice.objects.exists()


def test_a_wrong_code_switches_nothing_off(client, enrolled):
    client.post(reverse("admin:account_off"), {"code": "000000"})

    assert TOTPDevice.objects.exists()


def test_new_recovery_codes_end_the_old_ones(client, enrolled):
    old = set(StaticToken.objects.values_list("token", flat=True))
    client.post(reverse("admin:account_codes"), {"code": StaticToken.objects.first().token})

    assert StaticToken.objects.count() == 10
    assert not old & set(StaticToken.objects.values_list("token", flat=True))


def test_setting_up_two_factor_ends_every_other_session(client, editor):
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    client.post(reverse("admin:account_begin"))
    client.post(reverse("admin:account_confirm"), {"code": current_code(TOTPDevice.objects.get())})

    assert client.get(INDEX).status_code == 200
    assert elsewhere.get(INDEX).status_code == 302


def test_the_account_lists_its_own_sessions_only_and_ends_the_others(client, editor, staff):
    stranger = staff("编辑", username="stranger")
    others = Client()
    others.force_login(stranger)
    elsewhere = Client(headers={"user-agent": "别处的浏览器"})
    sign_in(elsewhere)
    sign_in(client)
    page = client.get(ACCOUNT).content.decode()
    assert "别处的浏览器" in page
    assert len(sessions.open_sessions(editor, "")) == 2

    client.post(reverse("admin:account_sign_out"))

    assert elsewhere.get(INDEX).status_code == 302
    assert others.get(INDEX).status_code == 200


def test_a_session_that_has_ended_is_not_listed(client, editor):
    sign_in(client)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert sessions.open_sessions(editor, "") == []


def test_nobody_else_opens_an_account_page(client, db):
    assert client.get(ACCOUNT).status_code == 302


@pytest.mark.parametrize("page", [INDEX, reverse("admin:articles_article_changelist"), "/admin/nowhere/"])
def test_where_a_second_factor_is_required_only_setting_it_up_is_open(client, editor, settings, page):
    settings.REQUIRE_SECOND_FACTOR = True
    sign_in(client)
    answer = client.get(page)

    assert (answer.status_code, answer.get("Location")) == (302, ACCOUNT)
    assert "本站要求两步验证" in client.get(ACCOUNT).content.decode()
    assert client.get(reverse("admin:jsi18n")).status_code == 200


def test_whoever_set_up_the_required_second_factor_gets_to_work(client, enrolled, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    assert client.get(INDEX).status_code == 200

    client.post(reverse("admin:account_off"), {"code": StaticToken.objects.first().token})
    assert client.get(INDEX).status_code == 302


def test_a_required_second_factor_does_not_open_the_office_to_strangers(client, db, settings):
    settings.REQUIRE_SECOND_FACTOR = True

    assert client.get(INDEX)["Location"].startswith(LOGIN)
