"""Login form of the admin: password and one-time code. A view decorator demands the second factor where settings say so."""

import hashlib
from functools import wraps

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django_otp import match_token, user_has_device

from calculators.common.rate_limit import client_address, count_event, is_exhausted

SEEN_FROM_SESSION_KEY = "seen_from"
SECOND_FACTOR_SESSION_KEY = "second_factor"
TWO_FACTOR_VIEW_NAMES = {"account", "account_begin", "account_confirm", "account_codes", "account_sign_out"}
VIEW_NAMES_WITHOUT_SECOND_FACTOR = TWO_FACTOR_VIEW_NAMES | {
    "logout",
    "jsi18n",
    "password_change",
    "password_change_done",
}
HOUR_SECONDS = 3600
MAX_FAILURES_OF_ADDRESS = 30
MAX_FAILURES_OF_ACCOUNT = 100
TOO_MANY_FAILURES_SENTENCE = "这一小时里输错得太多，请过一小时再登录。"
SIGNED_OUT_SENTENCE = "你已退出登录，在新窗口登录后接着写。"


class LoginForm(AdminAuthenticationForm):
    error_messages = AdminAuthenticationForm.error_messages | {
        "invalid_login": "用户名或密码不对，大小写要一致。",
    }
    code = forms.CharField(
        label="验证码",
        max_length=16,
        required=False,
        help_text="启用了两步验证的账号填手机上的六位数，或一个恢复码。",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text"}),
    )

    def clean(self):
        for what, who, most in failure_limits(self.request, self.cleaned_data.get("username", "")):
            if is_exhausted(what, who, most=most, seconds=HOUR_SECONDS):
                raise forms.ValidationError(TOO_MANY_FAILURES_SENTENCE, code="too_many")
        cleaned = super().clean()
        user = self.get_user()
        if user is not None and user_has_device(user) and not self._is_code_of(user):
            self.user_cache = None
            raise forms.ValidationError("验证码不对或已经用过。连续输错要等一会儿再试。", code="second_factor")
        return cleaned

    def _is_code_of(self, user):
        code = self.cleaned_data.get("code", "").replace(" ", "")
        return bool(code) and match_token(user, code) is not None


def failure_limits(request, username):
    """Failed logins of an hour that are counted beside django-axes, which counts an account at one address.

    From one address on any account, and on one account from any address: neither many names nor many addresses help who guesses.
    """
    yield "login-address", client_address(request), MAX_FAILURES_OF_ADDRESS
    yield "login-account", hashlib.sha256(username.casefold().encode()).hexdigest(), MAX_FAILURES_OF_ACCOUNT


@receiver(user_login_failed)
def count_failed_login(sender, credentials, request=None, **kwargs):
    if request is not None:
        for what, who, _ in failure_limits(request, str(credentials.get("username") or "")):
            count_event(what, who, seconds=HOUR_SECONDS)


@receiver(user_logged_in)
def record_login_origin(sender, request, user, **kwargs):
    """Signal receiver that stores address, browser and time of a login in its session, for the list of sessions.

    A session without them began outside a browser.
    """
    if request is None or not hasattr(request, "session"):
        return
    agent = request.headers.get("User-Agent", "")[:200]
    at = timezone.now().isoformat()
    request.session[SEEN_FROM_SESSION_KEY] = {"address": request.META.get("REMOTE_ADDR", ""), "agent": agent, "at": at}
    request.session[SECOND_FACTOR_SESSION_KEY] = user_has_device(user)


def require_second_factor(view):
    """View decorator that redirects users without a second factor to the page that sets one up, if REQUIRE_SECOND_FACTOR."""

    @wraps(view)
    def demanding(request, *args, **kwargs):
        if not settings.REQUIRE_SECOND_FACTOR or request.session.get(SECOND_FACTOR_SESSION_KEY):
            return view(request, *args, **kwargs)
        if request.resolver_match.url_name in VIEW_NAMES_WITHOUT_SECOND_FACTOR:
            return view(request, *args, **kwargs)
        messages.warning(request, "本站要求两步验证。启用以后才能继续。")
        return redirect("admin:account")

    return demanding


def signed_out_answered(view, has_permission):
    """A script that asks while nobody is signed in gets 401 and a sentence: it would take the login page for its answer."""

    @wraps(view)
    def answering(request, *args, **kwargs):
        if "X-Requested-With" in request.headers and not has_permission(request):
            return JsonResponse({"sentence": SIGNED_OUT_SENTENCE}, status=401)
        return view(request, *args, **kwargs)

    return answering
