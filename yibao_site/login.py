"""Signing in to the editors' office: password, and the second factor of whoever has one."""

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils import timezone
from django_otp import match_token, user_has_device

SEEN_FROM = "seen_from"
SECOND_FACTOR = "second_factor"


class LoginForm(AdminAuthenticationForm):
    code = forms.CharField(
        label="验证码",
        max_length=16,
        required=False,
        help_text="启用了两步验证的账号填手机上的六位数，或一个恢复码。",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text"}),
    )

    def clean(self):
        cleaned = super().clean()
        user = self.get_user()
        if user is not None and user_has_device(user) and not self._is_code_of(user):
            self.user_cache = None
            raise forms.ValidationError("验证码不对或已经用过。连续输错要等一会儿再试。", code="second_factor")
        return cleaned

    def _is_code_of(self, user):
        code = self.cleaned_data.get("code", "").replace(" ", "")
        return bool(code) and match_token(user, code) is not None


@receiver(user_logged_in)
def note_where_from(sender, request, user, **kwargs):
    """What the list of sessions shows; a session without it began outside a browser."""
    if request is None or not hasattr(request, "session"):
        return
    agent = request.headers.get("User-Agent", "")[:200]
    at = timezone.now().isoformat()
    request.session[SEEN_FROM] = {"address": request.META.get("REMOTE_ADDR", ""), "agent": agent, "at": at}
    request.session[SECOND_FACTOR] = user_has_device(user)
