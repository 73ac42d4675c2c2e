"""Views of a user's own account in the admin: two-factor set-up, recovery codes, open sessions."""

import base64
from io import BytesIO

import qrcode
import qrcode.image.svg
from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_otp import match_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from yibao_site.accounts import sessions
from yibao_site.accounts.login import SECOND_FACTOR_SESSION_KEY

RECOVERY_CODE_COUNT = 10


class CodeForm(forms.Form):
    code = forms.CharField(
        label="六位验证码", max_length=16, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )


def account(request):
    """Account page; a device that is not confirmed yet shows its QR code."""
    device = TOTPDevice.objects.filter(user=request.user).first()
    pending = device if device and not device.confirmed else None
    context = {
        "device": device if device and device.confirmed else None,
        "pending": pending,
        "picture": _picture(pending.config_url) if pending else "",
        "secret": base64.b32encode(pending.bin_key).decode() if pending else "",
        "left": StaticToken.objects.filter(device__user=request.user).count(),
        "sessions": sessions.open_sessions(request.user, request.session.session_key),
        "codes": request.session.pop("recovery_codes", []),
        "form": CodeForm(),
    }
    return _page(request, context)


@require_POST
def begin(request):
    if not TOTPDevice.objects.filter(user=request.user, confirmed=True).exists():
        TOTPDevice.objects.filter(user=request.user).delete()
        TOTPDevice.objects.create(user=request.user, name="手机", confirmed=False)
    return _back()


@require_POST
def confirm(request):
    """Confirm the device with its first code, which switches the second factor on and ends every other session."""
    device = TOTPDevice.objects.filter(user=request.user, confirmed=False).first()
    form = CodeForm(request.POST)
    if device is None or not form.is_valid() or not device.verify_token(form.cleaned_data["code"].replace(" ", "")):
        messages.error(request, "验证码不对。请确认手机的时间准确，再输一次最新的六位数。")
        return _back()
    with transaction.atomic():
        device.confirmed = True
        device.save()
        request.session["recovery_codes"] = _new_codes(request.user)
    request.session[SECOND_FACTOR_SESSION_KEY] = True
    ended = sessions.end_other_sessions(request.user, request.session.session_key)
    messages.success(request, f"两步验证已启用，其他 {ended} 处登录已退出。")
    return _back()


@require_POST
def renew_codes(request):
    if not _proved(request):
        return _back()
    request.session["recovery_codes"] = _new_codes(request.user)
    messages.success(request, "旧的恢复码已作废。")
    return _back()


@require_POST
def switch_off(request):
    if not _proved(request):
        return _back()
    TOTPDevice.objects.filter(user=request.user).delete()
    StaticDevice.objects.filter(user=request.user).delete()
    request.session[SECOND_FACTOR_SESSION_KEY] = False
    messages.success(request, "两步验证已停用。")
    return _back()


@require_POST
def sign_out_others(request):
    ended = sessions.end_other_sessions(request.user, request.session.session_key)
    messages.success(request, f"其他 {ended} 处登录已退出。")
    return _back()


def _proved(request):
    """Whether the request carries a valid code. Without it, an unlocked screen would be enough to change the second factor."""
    form = CodeForm(request.POST)
    if form.is_valid() and match_token(request.user, form.cleaned_data["code"].replace(" ", "")):
        return True
    messages.error(request, "验证码不对，什么也没有改。")
    return False


def _new_codes(user):
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="恢复码")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODE_COUNT)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def _picture(text):
    out = BytesIO()
    qrcode.make(text, image_factory=qrcode.image.svg.SvgPathImage, box_size=12).save(out)
    return "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode()


def _back():
    return redirect(reverse("admin:account"))


def _page(request, context):
    common = admin.site.each_context(request) | {"title": "我的账号"}
    response = render(request, "admin/account/account.html", common | context)
    response["Cache-Control"] = "private, no-store"
    return response
