"""Order of the admin's apps, and Chinese names of the apps, models and permissions whose libraries have none."""

APP_ORDER = ["articles", "taggit", "calculators", "yibao_site", "admin", "axes", "auth"]
GRANTED_APPS = APP_ORDER[:4]  # what a group can be allowed; the rest is for administrators
APP_NAMES = {
    "admin": "操作记录",
    "articles": "文章",
    "taggit": "标签",
    "auth": "账号和权限",
    "axes": "登录记录",
    "django_tasks_database": "后台任务",
}
MODEL_NAMES = {
    "LogEntry": "谁改了什么",
    "AccessAttempt": "密码输错",
    "AccessLog": "谁登录过",
    "Tag": "标签",
    "SearchIndex": "搜索索引",
}
ACTION_NAMES = {"add": "增加", "change": "修改", "delete": "删除", "view": "查看"}


def app_list_in_chinese(app_list):
    """The admin's list of apps in APP_ORDER, with Chinese names."""
    for app in app_list:
        app["name"] = APP_NAMES.get(app["app_label"], app["name"])
    return sorted(
        app_list, key=lambda app: APP_ORDER.index(app["app_label"]) if app["app_label"] in APP_ORDER else len(APP_ORDER)
    )


def model_in_chinese(model):
    return str(model._meta.verbose_name).replace("historical ", "历史 · ")


def permission_in_chinese(permission):
    """Name of a permission: “文章：修改”; one that is no plain action has a name of its own."""
    model = permission.content_type.model_class()
    if model is None:  # of a model that is gone
        return permission.name
    action, _, rest = permission.codename.partition("_")
    is_plain = action in ACTION_NAMES and rest == model._meta.model_name
    name = ACTION_NAMES[action] if is_plain else permission.name
    return f"{model_in_chinese(model)}：{name}"
