from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection

pytestmark = pytest.mark.django_db


def rights(group):
    permissions = Group.objects.get(name=group).permissions.select_related("content_type")
    return {f"{permission.content_type.app_label}.{permission.codename}" for permission in permissions}


def test_an_editor_writes_articles_and_reads_values():
    allowed = rights("编辑")

    assert {"articles.add_article", "articles.change_article", "taggit.add_tag"} <= allowed
    assert "calculators.view_policyvalue" in allowed
    assert not {"calculators.change_policyvalue", "articles.delete_article"} & allowed


def test_an_editor_changes_nothing_that_shows_without_review():
    shown = ("category", "glossaryterm", "synonym", "tagpage", "tag")
    changing = {f"{action}_{model}" for action in ("add", "change", "delete") for model in shown} - {"add_tag"}

    assert {right.split(".")[1] for right in rights("编辑")} & changing == set()
    assert changing <= {right.split(".")[1] for right in rights("主编")}


def test_a_policy_manager_enters_and_confirms_values_but_writes_no_articles():
    allowed = rights("政策管理员")

    assert {
        "calculators.add_policyvalue",
        "calculators.change_policyvalue",
        "calculators.confirm_policyvalue",
        "calculators.change_calculator",
    } <= allowed
    assert "articles.view_article" in allowed
    assert not {"articles.change_article", "calculators.delete_policyvalue"} & allowed


def test_the_chief_editor_may_do_everything_with_content():
    allowed = rights("主编")

    assert rights("编辑") | rights("政策管理员") <= allowed
    assert {"articles.delete_article", "calculators.delete_policyvalue"} <= allowed


def test_no_group_touches_accounts_and_the_chief_editor_alone_the_site_settings():
    others = {
        name: {right for right in rights(name) if right.split(".")[0] not in {"articles", "calculators", "taggit"}}
        for name in ("编辑", "政策管理员", "主编")
    }
    site = {f"yibao_site.{action}_navigationitem" for action in ("add", "change", "delete", "view")}
    site |= {f"yibao_site.{action}" for action in ("change_sitesettings", "view_sitesettings")}

    assert others == {"编辑": set(), "政策管理员": set(), "主编": site | {"yibao_site.view_historicalsitesettings"}}


def test_the_migration_grants_glossary_terms_to_groups_that_are_older_and_nothing_else():
    before = {name: rights(name) for name in ("编辑", "政策管理员", "主编")}
    for group in Group.objects.all():
        group.permissions.remove(*group.permissions.filter(codename__contains="glossaryterm"))
    taken = Group.objects.get(name="编辑").permissions.get(codename="add_picture")
    Group.objects.get(name="编辑").permissions.remove(taken)

    for name, work in (("0004_glossary_permissions", "grant"), ("0005_live_words_of_chief_editors", "withdraw")):
        getattr(import_module(f"yibao_site.migrations.{name}"), work)(apps, connection.SchemaEditorClass(connection))

    assert rights("编辑") == before["编辑"] - {"articles.add_picture"}
    assert rights("政策管理员") == before["政策管理员"]
    assert rights("主编") == before["主编"] >= {"articles.delete_glossaryterm"}


@pytest.mark.parametrize(
    ("group", "sees_values", "may_add"), [("编辑", 200, 403), ("政策管理员", 200, 200), ("主编", 200, 200)]
)
def test_the_admin_opens_what_a_group_may_do(client, staff, group, sees_values, may_add):
    client.force_login(staff(group))

    assert client.get("/admin/calculators/policyvalue/").status_code == sees_values
    assert client.get("/admin/calculators/policyvalue/add/").status_code == may_add
