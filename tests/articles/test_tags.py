from importlib import import_module
from types import SimpleNamespace

import pytest
from django.urls import reverse
from taggit.models import Tag

from articles import tags
from articles.admin.article_form import ArticleTagField
from articles.models import Article, Category, OldAddress, Synonym, canonical

migration = import_module("articles.migrations.0021_one_table_of_synonyms")


@pytest.fixture
def write(db):
    category = Category.objects.create(name="健康新闻")

    def write(title, *names):
        article = Article.objects.create(title=title, body="<p>文</p>", category=category, status="published")
        article.tags.set(names)
        return article

    return write


def tag(name):
    return Tag.objects.get(name=name)


def tags_text(article):
    return Article.objects.get(pk=article.pk).tags_text


def test_merged_tags_become_one_on_every_article(write):
    one, both = write("一", "医保卡"), write("二", "医保卡", "社保卡")
    changed = tags.merge([tag("医保卡"), tag("社保卡")], tag("社保卡"))

    assert changed == 2
    assert [tags_text(one), tags_text(both)] == ["社保卡", "社保卡"]
    assert not Tag.objects.filter(name="医保卡").exists()


def test_the_name_of_a_merged_tag_is_a_synonym_from_then_on(write):
    write("一", "医保卡"), write("二", "社保卡")
    tags.merge([tag("医保卡")], tag("社保卡"))

    assert list(ArticleTagField().clean("医保卡、门诊、社保卡")) == ["社保卡", "门诊"]


def test_the_page_of_a_merged_tag_leads_to_the_one_that_stayed(write, client):
    write("一", "医保卡"), write("二", "社保卡"), write("三", "社会保障卡")
    old = reverse("articles:tag", args=[tag("医保卡").slug])
    tags.merge([tag("医保卡")], tag("社保卡"))
    tags.merge([tag("社保卡")], tag("社会保障卡"))

    assert client.get(old).headers["Location"] == reverse("articles:tag", args=[tag("社会保障卡").slug])


def test_a_renamed_tag_keeps_its_old_name_as_a_synonym(write, admin_client):
    article = write("一", "医保卡")
    url = reverse("admin:taggit_tag_change", args=[tag("医保卡").pk])
    rows = {"page-TOTAL_FORMS": "0", "page-INITIAL_FORMS": "0"}
    admin_client.post(url, {"name": "社保卡", "slug": "she-bao-ka", **rows})

    assert tags_text(article) == "社保卡"
    assert str(Synonym.objects.get()) == "医保卡 → 社保卡"


def test_a_new_tag_needs_no_address_and_an_old_one_keeps_one(admin_client):
    inlines = {f"{name}-{count}_FORMS": 0 for name in ("page",) for count in ("TOTAL", "INITIAL")}
    admin_client.post(reverse("admin:taggit_tag_add"), {"name": "社保卡", "slug": ""} | inlines)
    tag = Tag.objects.get(name="社保卡")
    page = admin_client.post(
        reverse("admin:taggit_tag_change", args=[tag.pk]), {"name": "医保卡", "slug": ""} | inlines
    )

    assert tag.slug == "社保卡"
    assert page.context["adminform"].form.errors.keys() == {"slug"}


def test_the_admin_merges_what_was_chosen(write, admin_client):
    write("一", "医保卡"), write("二", "社保卡")
    url = reverse("admin:taggit_tag_changelist")
    chosen = {"action": "merge", "_selected_action": [tag("医保卡").pk, tag("社保卡").pk]}
    assert "留下哪一个" in admin_client.post(url, chosen).content.decode()

    admin_client.post(url, chosen | {"into": tag("社保卡").pk})

    assert Tag.objects.get() == tag("社保卡")


def test_an_editor_may_not_merge(write, client, staff):
    write("一", "医保卡"), write("二", "社保卡")
    client.force_login(staff("编辑"))
    chosen = {"action": "merge", "_selected_action": [tag("医保卡").pk], "into": tag("社保卡").pk}
    client.post(reverse("admin:taggit_tag_changelist"), chosen)

    assert Tag.objects.count() == 2


def test_the_filter_of_the_list_of_tags_finds_those_no_article_bears(write, admin_client):
    write("一", "医保卡")
    Tag.objects.create(name="没人用")

    page = admin_client.get(reverse("admin:taggit_tag_changelist"), {"used": "no"}).content.decode()
    assert "没人用" in page
    assert "医保卡" not in page


def test_a_typed_synonym_becomes_the_tag_it_leads_to_and_a_tag_stays_itself(write):
    write("一", "社会保障卡", "断缴", "医保卡")
    for word, meaning in [("社保卡", "社会保障卡"), ("IC卡", "社保卡"), ("断保", "没有这个标签"), ("断保", "断缴")]:
        Synonym.objects.create(word=word, meaning=meaning)
    Synonym.objects.create(word="医保卡", meaning="社会保障卡")
    Synonym.objects.create(word="门槛费", meaning="起付线"), Synonym.objects.create(word="起付线", meaning="门槛费")

    assert canonical(["ic卡", "断保", "医保卡", "社保卡"]) == ["社会保障卡", "断缴", "医保卡"]
    assert canonical(["门槛费", "新的"]) == ["门槛费", "新的"]


def test_the_list_of_tags_shows_and_finds_the_synonyms_of_each(write, admin_client):
    write("一", "社保卡", "别的")
    Synonym.objects.create(word="医保卡", meaning="社保卡")
    page = admin_client.get(reverse("admin:taggit_tag_changelist"), {"q": "医保卡"}).content.decode()

    assert "医保卡</td>" in page
    assert "社保卡</a>" in page
    assert "别的</a>" not in page


def test_the_migration_takes_over_synonyms_of_tags_and_keeps_those_of_search(write):
    write("一", "社保卡")
    Synonym.objects.create(word="医保卡", meaning="医保凭证")
    rows = [SimpleNamespace(name=name, tag=tag("社保卡")) for name in ("医保卡", "社保卡")]
    ordered = SimpleNamespace(select_related=lambda *_: SimpleNamespace(order_by=lambda *_: rows))
    old_table = SimpleNamespace(objects=ordered)
    models = SimpleNamespace(get_model=lambda app, name: old_table if name == "TagSynonym" else Synonym)

    for _ in range(2):
        migration.take_over(models, None)
    assert sorted(map(str, Synonym.objects.all())) == ["医保卡 → 医保凭证", "医保卡 → 社保卡"]
    assert canonical(["医保卡"]) == ["社保卡"]


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_of_tags_costs_the_same_queries_for_one_and_for_twenty(
    write, admin_client, django_assert_max_num_queries, count
):
    write("一", *[f"标签{number}" for number in range(count)])

    with django_assert_max_num_queries(8):
        admin_client.get(reverse("admin:taggit_tag_changelist"))


def test_old_addresses_are_kept_once(write):
    article = write("一")
    for slug in ("b", "c", "b"):
        article.slug = slug
        article.save()

    assert OldAddress.objects.filter(path="/articles/b/").count() == 0
    assert OldAddress.objects.filter(path="/articles/c/").count() == 1
