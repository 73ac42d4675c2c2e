"""Navigation of the office: its models grouped by work, each shown to those who work with it."""

from collections.abc import Iterator

# (heading, key, models in order). A model that is in no group stands under the last.
MENU_GROUPS = (
    ("写作", "writing", ("articles.Article", "articles.Picture", "taggit.Tag", "articles.GlossaryTerm")),
    ("数值", "values", ("calculators.PolicyValue", "calculators.PolicyDocument")),
    ("计算器", "calculators", ("calculators.Calculator", "calculators.ResultReport")),
    ("读者", "readers", ("articles.Feedback", "articles.MissedSearch", "articles.Synonym")),
    ("核对", "work", ("calculators.Finding",)),
    (
        "设置",
        "settings",
        ("articles.Category", "calculators.Parameter", "calculators.Dimension", "calculators.PoolingArea"),
    ),
    ("网站", "site", ("yibao_site.SiteSettings", "articles.OldAddress", "auth.User")),
)
CHANGERS_ONLY = {"settings"}  # who may only look has nothing to do there
HIDDEN_MODELS = {"auth.Group"}  # three groups are shipped; people are put into them on the page of the account


def grouped(app_list: list[dict]) -> list[dict]:
    """The admin's list of apps as groups of work; `app_label` is the key of the group, and no group has a page."""
    models = {f"{app['app_label']}.{model['object_name']}": model for app in app_list for model in app["models"]}
    groups = [_group(name, key, list(_taken(models, labels, key))) for name, key, labels in MENU_GROUPS]
    rest = [model for label, model in models.items() if label not in _named() | HIDDEN_MODELS]
    groups[-1]["models"] += rest
    return [group for group in groups if group["models"]]


def _named():
    return {label for _, _, labels in MENU_GROUPS for label in labels}


def _taken(models: dict[str, dict], labels, key) -> Iterator[dict]:
    for label in labels:
        model = models.get(label)
        if model is not None and (key not in CHANGERS_ONLY or model["perms"]["change"] or model["perms"]["add"]):
            yield model


def _group(name, key, models):
    return {"name": name, "app_label": key, "app_url": "", "has_module_perms": True, "models": models}
