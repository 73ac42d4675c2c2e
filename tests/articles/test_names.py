"""Names that look alike are one name, by every way in; traditional and simplified may stay two, and are told."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, strategies as st
from taggit.models import Tag

from articles.models import Article, Category, GlossaryTerm, OldAddress, Synonym, TagPage, canonical
from articles.text import split_tags
from calculators.common.names import canonical_name, identity
from tests.articles.admin.conftest import Desk

pytestmark = pytest.mark.django_db
migration = import_module("articles.migrations.0017_canonical_tag_names")
ALIKE = [
    "ＣＴ检查",
    "CT\u200b检查",
    "\ufeffCT检查",
    "C\xadT检查",
    "CT\u202d检查\u202c",
    "CT\ufe0f检查",
    "CT\u200d检查",
    "ct检查",
    "CT检查\u3164",
]
INLINES = {f"{name}-{count}_FORMS": 0 for name in ("page",) for count in ("TOTAL", "INITIAL")}
IMPORT = reverse("admin:articles_article_import")


@pytest.fixture
def office(client, admin_user):
    return Desk(client, admin_user)


@given(st.text(st.characters(exclude_categories=())))
def test_a_canonical_name_is_its_own_and_has_one_identity(text):
    name = canonical_name(text)

    assert canonical_name(name) == name
    assert identity(name) == identity(text) == identity(identity(text))
    assert all(canonical_name(tag) == tag for tag in split_tags(text))


@pytest.mark.parametrize("written", ALIKE, ids=ascii)
def test_a_tag_that_looks_like_another_is_that_tag_in_the_form_of_an_article(office, category, written):
    office.write(category, tags="CT检查")
    article = office.write(category, tags=f"{written}、北京")

    assert list(article.tags.values_list("name", flat=True)) == ["CT检查", "北京"]
    assert Tag.objects.count() == 2


@pytest.mark.parametrize("written", ALIKE, ids=ascii)
def test_a_tag_that_looks_like_another_is_that_tag_in_an_imported_file(admin_client, category, publish, written):
    publish(tags=["CT检查"])
    front = f'title = "乙"\ncategory = "{category}"\ntags = ["{written}"]'
    upload = SimpleUploadedFile("a.md", f"+++\n{front}\n+++\n\n文\n".encode())
    admin_client.post(IMPORT, {"files": upload, "really": "on"})

    assert Article.objects.count() == 2
    assert Tag.objects.get().name == "CT检查"


@pytest.mark.parametrize("written", ALIKE, ids=ascii)
def test_the_form_of_a_tag_refuses_one_that_looks_like_another(admin_client, written):
    Tag.objects.create(name="CT检查")
    page = admin_client.post(reverse("admin:taggit_tag_add"), {"name": written, "slug": "", **INLINES})

    assert "已有标签“CT检查”" in page.content.decode()
    assert Tag.objects.count() == 1


def test_a_synonym_is_found_however_it_is_written(admin_client):
    Tag.objects.create(name="社保卡")
    admin_client.post(reverse("admin:articles_synonym_add"), {"word": "ＩＣ\u200b卡", "meaning": "社保卡"})

    assert Synonym.objects.get().word == "IC卡"
    assert canonical(["ic卡", "ＩＣ卡"]) == ["社保卡"]


def test_a_category_that_looks_like_another_is_refused(admin_client):
    Category.objects.create(name="CT检查")
    for written in ALIKE:
        page = admin_client.post(reverse("admin:articles_category_add"), {"name": written, "slug": "", "order": 0})
        assert page.status_code == 200
        assert "CT检查" in page.content.decode()


def test_a_glossary_word_that_looks_like_another_is_refused(admin_client):
    GlossaryTerm.objects.create(term="CT检查", explanation="一两句完整的解释在这里。")
    for written in ALIKE:
        fields = {"term": written, "also": "", "explanation": "一两句完整的解释在这里。", "slug": "", "order": ""}
        admin_client.post(reverse("admin:articles_glossaryterm_add"), fields)

    assert GlossaryTerm.objects.count() == 1


def test_a_glossary_word_keeps_its_own_signs(admin_client):
    fields = {"term": "医保（职工）", "also": "职工\u200b医保（甲）", "explanation": "一两句完整的解释在这里。"}
    admin_client.post(reverse("admin:articles_glossaryterm_add"), fields | {"slug": "", "order": ""})

    assert GlossaryTerm.objects.get().words == ("医保（职工）", "职工医保（甲）")


def test_a_tag_in_the_other_script_stays_and_is_told(office, category, admin_client):
    office.write(category, tags="医保")
    fields = office.open(None) | {"title": "乙", "body": "<p>文</p>", "category": str(category.pk), "tags": "醫保"}
    page = office.post(None, fields)
    assert "“醫保”和已有的“医保”只是繁体简体不同" in page.content.decode()

    again = office.post(Article.objects.latest("pk"), office.open(Article.objects.latest("pk")))
    assert "繁体简体" not in again.content.decode()
    page = admin_client.post(reverse("admin:taggit_tag_add"), {"name": "門診", "slug": "", **INLINES}, follow=True)
    assert "繁体简体" not in page.content.decode()
    page = admin_client.post(reverse("admin:taggit_tag_add"), {"name": "门诊", "slug": "", **INLINES}, follow=True)
    assert "“门诊”和已有的“門診”" in page.content.decode()


def test_an_import_tells_of_a_tag_in_the_other_script_and_refuses_one_that_is_too_long(admin_client, category):
    Tag.objects.create(name="医保")
    text = f"标题,栏目,标签,正文\n甲,{category},醫保,<p>文</p>\n乙,{category},{'长' * 31},<p>文</p>\n"
    page = admin_client.post(IMPORT, {"files": SimpleUploadedFile("a.csv", text.encode())}).content.decode()

    assert "“醫保”和已有的“医保”" in page
    assert "标签最多 30 个字" in page


class NoRows:
    """The table that a later migration took away, empty."""

    objects = TagPage.objects.none()


def test_the_migration_makes_stored_tags_that_look_alike_one(publish, client):
    one, both, alone = (
        publish("甲", tags=["CT检查"]),
        publish("乙", tags=["ＣＴ检查", "CT检查"]),
        publish("丙", tags=["ＤＲＧ"]),
    )
    third = publish("丁", tags=["ＣＴ检查"])
    old = Tag.objects.get(name="ＣＴ检查")
    Tag.objects.filter(pk=old.pk).update(slug="wide-ct")
    without_synonyms = SimpleNamespace(
        get_model=lambda app, name: NoRows if name == "TagSynonym" else apps.get_model(app, name)
    )

    migration.rename(without_synonyms, None)

    assert sorted(Tag.objects.values_list("name", flat=True)) == ["CT检查", "DRG"]
    texts = [Article.objects.get(pk=article.pk).tags_text for article in (one, both, alone, third)]
    assert texts == ["CT检查", "CT检查", "DRG", "CT检查"]
    assert OldAddress.objects.get(path="/tags/wide-ct/").tag.name == "CT检查"
    for article in (both, third, alone):
        assert client.get(article.get_absolute_url()).status_code == 200
