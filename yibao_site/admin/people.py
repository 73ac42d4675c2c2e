"""Model admins of users and groups, with actions that lift a login lockout and disable a lost second factor."""

import django_otp.plugins.otp_static.admin
import django_otp.plugins.otp_totp.admin  # noqa: F401 - both register what ours takes the place of
from axes.utils import reset
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as StockGroupAdmin, UserAdmin as StockUserAdmin
from django.contrib.auth.models import Group, Permission, User
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from calculators.admin_forms import DeletionMixin
from yibao_site.admin_site.names import GRANTED_APPS, permission_in_chinese

for model in (User, Group, TOTPDevice, StaticDevice):
    admin.site.unregister(model)


@admin.register(User)
class UserAdmin(DeletionMixin, StockUserAdmin):
    """User admin without permissions of single users (groups alone grant them); a new user is staff."""

    list_display = ["username", "name", "belongs_to", "is_active", "last_login"]
    list_filter = ["is_active", "groups", "is_superuser"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    add_form_template = None
    add_fieldsets = [(None, {"fields": ["username", "password1", "password2", "is_staff", "groups"]})]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("姓名和邮箱", {"fields": ["last_name", "first_name", "email"]}),
        ("能做什么", {"fields": ["is_active", "is_staff", "groups", "is_superuser"]}),
        ("日期", {"fields": ["last_login", "date_joined"]}),
    ]
    actions = ["lift_login_lockout", "disable_second_factor"]

    @admin.display(description="姓名")
    def name(self, user):
        return f"{user.last_name}{user.first_name}"

    @admin.display(description="组")
    def belongs_to(self, user):
        return "、".join(group.name for group in user.groups.all())

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_changeform_initial_data(self, request):
        return {"is_staff": True} | super().get_changeform_initial_data(request)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.widget = forms.CheckboxSelectMultiple()
            field.help_text = "编辑写文章，主编发布，政策管理员管数值和计算器；可以属于几个组。"
        return field

    @admin.action(description="解除登录限制（密码输错太多次）", permissions=["change"])
    def lift_login_lockout(self, request, queryset):
        ended = sum(reset(username=name) for name in queryset.values_list("username", flat=True))
        messages.success(request, f"解除了 {ended} 处限制。")

    @admin.action(description="停用两步验证（手机和恢复码都丢了）", permissions=["change"])
    def disable_second_factor(self, request, queryset):
        for user in TOTPDevice.objects.filter(user__in=queryset).select_related("user"):
            self.log_change(request, user.user, "停用两步验证")
        StaticDevice.objects.filter(user__in=queryset).delete()
        dropped, _ = TOTPDevice.objects.filter(user__in=queryset).delete()
        messages.success(request, f"停用了 {dropped} 个账号的两步验证，请他们重新启用。")


class PermissionField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, permission):
        return permission_in_chinese(permission)


@admin.register(Group)
class GroupAdmin(DeletionMixin, StockGroupAdmin):
    filter_horizontal = []

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        granted = Permission.objects.filter(content_type__app_label__in=GRANTED_APPS).select_related("content_type")
        return PermissionField(granted, required=False, label="可以做什么")
