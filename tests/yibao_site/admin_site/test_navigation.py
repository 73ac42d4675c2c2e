import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def menu(client, user):
    client.force_login(user)
    apps = client.get(reverse("admin:index")).context["available_apps"]
    return {app["name"]: [str(model["name"]) for model in app["models"]] for app in apps}


def test_the_menu_is_grouped_by_work_and_an_author_sees_no_settings_of_policy_data(client, staff):
    shown = menu(client, staff("编辑"))

    assert next(iter(shown)) == "写作"
    assert shown["写作"][0] == "文章"
    assert not {"参数", "适用条件", "统筹地区"} & {name for names in shown.values() for name in names}


def test_a_policy_manager_finds_parameters_conditions_and_areas_under_settings(client, staff):
    assert {"参数", "适用条件", "统筹地区"} <= set(menu(client, staff("政策管理员"))["设置"])


def test_groups_with_their_raw_permissions_are_in_nobodys_menu(client, staff):
    shown = menu(client, staff(is_superuser=True))

    assert "组" not in {name for names in shown.values() for name in names}
    assert "后台任务" in shown["网站"]
