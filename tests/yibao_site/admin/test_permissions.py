"""Every address of the admin × every role: who is let in is who the groups say, and nobody else."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User

pytestmark = pytest.mark.django_db

ALL = {"add", "change", "view", "delete"}
EDIT, VIEW = ALL - {"delete"}, {"view"}
# Role → app → what its members may do with the models of that app.
ROLES = {
    "编辑": {"articles": EDIT, "taggit": EDIT, "calculators": VIEW},
    "政策管理员": {"articles": VIEW, "taggit": VIEW, "calculators": EDIT},
    "主编": {"articles": ALL, "taggit": ALL, "calculators": ALL},
    "没有组的员工": {},
}
# What shows on public pages as soon as it is saved: 编辑 look at it, give an article a new tag and propose a document.
WITHOUT_REVIEW = {
    ("articles", "category"): VIEW,
    ("articles", "glossaryterm"): VIEW,
    ("articles", "oldaddress"): VIEW,
    ("articles", "synonym"): VIEW,
    ("taggit", "tag"): VIEW | {"add"},
    ("calculators", "policydocument"): VIEW | {"add"},
}
OPEN = {"login/", "logout/", "jsi18n/"}  # before logging in


def addresses():
    """Every pattern below /admin/ with 1 in the place of what it captures."""
    for pattern in admin.site.urls[0]:
        for inner in getattr(pattern, "url_patterns", [None]):
            yield from filled(str(pattern.pattern) + (str(inner.pattern) if inner else ""))


def filled(route):
    if "^" in route or "(" in route:
        return
    parts = [part.split(">")[-1] if ">" in part else part for part in route.split("<")]
    yield "1".join(parts) if len(parts) > 1 else route


ADDRESSES = sorted(set(addresses()))
MODELS = sorted((model._meta.app_label, model._meta.model_name) for model in admin.site._registry)


def enter(client, role):
    user = User.objects.create_user("someone", is_staff=role != "读者")
    user.groups.set(Group.objects.filter(name=role))
    client.force_login(user)


@pytest.mark.parametrize("address", [address for address in ADDRESSES if address not in OPEN])
def test_who_has_not_logged_in_gets_the_login_page(client, address):
    for method in (client.get, client.post):
        answer = method(f"/admin/{address}")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("address", [address for address in ADDRESSES if address not in OPEN])
def test_a_reader_with_an_account_gets_the_login_page(client, address):
    enter(client, "读者")

    assert client.get(f"/admin/{address}")["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("app", "model"), MODELS)
def test_a_role_opens_what_its_group_names_and_no_more(client, role, app, model):
    enter(client, role)
    may = ROLES[role].get(app, set())
    if role == "编辑":
        may = WITHOUT_REVIEW.get((app, model), may)
    registered = admin.site._registry[apps.get_model(app, model)]
    base = f"/admin/{app}/{model}/"
    here = registered.model._default_manager.first()

    assert (client.get(base).status_code == 200) == bool(may & {"view", "change"})
    assert (client.get(f"{base}add/").status_code == 200) <= ("add" in may)
    assert client.post(f"{base}add/").status_code == 403 or "add" in may
    if here:
        assert (client.get(f"{base}{here.pk}/change/").status_code == 200) == bool(may & {"view", "change"})
        assert (client.get(f"{base}{here.pk}/delete/").status_code == 200) <= ("delete" in may)


@pytest.mark.parametrize("address", [address for address in ADDRESSES if address.count("/") > 2])
def test_staff_without_a_group_opens_no_page_of_content(client, address):
    enter(client, "没有组的员工")

    for method in (client.get, client.post):
        assert method(f"/admin/{address}").status_code in {302, 403, 404, 405}
