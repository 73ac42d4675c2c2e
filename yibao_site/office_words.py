"""The order of the editors' office and the Chinese names of what comes from libraries without any."""

ORDER = ["articles", "taggit", "calculators", "yibao_site", "admin", "auth", "otp_totp", "otp_static", "axes"]
APPS = {
    "admin": "操作记录",
    "articles": "文章",
    "taggit": "标签",
    "auth": "账号和权限",
    "otp_totp": "动态口令",
    "otp_static": "恢复码",
    "axes": "登录记录",
    "django_tasks_database": "后台任务",
}
MODELS = {
    "LogEntry": "谁改了什么",
    "TOTPDevice": "动态口令设备",
    "StaticDevice": "恢复码",
    "AccessAttempt": "登录失败",
    "AccessFailureLog": "失败明细",
    "AccessLog": "登录明细",
    "Tag": "标签",
}


def in_chinese(app_list):
    """The admin's own list of apps, in our order and words."""
    for app in app_list:
        app["name"] = APPS.get(app["app_label"], app["name"])
        for model in app["models"]:
            model["name"] = MODELS.get(model["object_name"], model["name"])
    return sorted(app_list, key=lambda app: ORDER.index(app["app_label"]) if app["app_label"] in ORDER else len(ORDER))
