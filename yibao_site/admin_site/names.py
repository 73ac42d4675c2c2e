"""The order of the editors' office and the Chinese names of what comes from libraries without any."""

ORDER = ["articles", "taggit", "calculators", "yibao_site", "admin", "axes", "auth"]
GRANTED_APPS = ORDER[:4]  # what a group can be allowed; the rest is for administrators
APPS = {
    "admin": "操作记录",
    "articles": "文章",
    "taggit": "标签",
    "auth": "账号和权限",
    "axes": "登录记录",
    "django_tasks_database": "后台任务",
}
MODELS = {
    "LogEntry": "谁改了什么",
    "AccessAttempt": "密码输错",
    "AccessLog": "谁登录过",
    "Tag": "标签",
    "SearchIndex": "搜索索引",
}
ACTIONS = {"add": "增加", "change": "修改", "delete": "删除", "view": "查看"}


def in_chinese(app_list):
    """The admin's own list of apps, in our order and words."""
    for app in app_list:
        app["name"] = APPS.get(app["app_label"], app["name"])
        for model in app["models"]:
            model["name"] = MODELS.get(model["object_name"], model["name"])
    return sorted(app_list, key=lambda app: ORDER.index(app["app_label"]) if app["app_label"] in ORDER else len(ORDER))


def model_in_chinese(model):
    return MODELS.get(model.__name__) or str(model._meta.verbose_name).replace("historical ", "历史 · ")


def permission_in_chinese(permission):
    """“文章：修改”; what is no plain action has a name of its own."""
    model = permission.content_type.model_class()
    if model is None:  # of a model that is gone
        return permission.name
    action, _, rest = permission.codename.partition("_")
    is_plain = action in ACTIONS and rest == model._meta.model_name
    name = ACTIONS[action] if is_plain else permission.name
    return f"{model_in_chinese(model)}：{name}"
