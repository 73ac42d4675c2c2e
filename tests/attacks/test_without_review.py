"""Words of public pages that have no review: 编辑 change none of them, by form, by list, by inline or by action."""

import pytest
from django.urls import reverse
from taggit.models import Tag

from articles.models import Article, Category, GlossaryTerm, Picture, Synonym, TagPage

pytestmark = pytest.mark.django_db
HOSTILE = "被改了"
PAGES = ["/", "/articles/", "/articles/a/", "/glossary/", "/search/?q=起付线", "/sitemap.xml"]


@pytest.fixture
def rows(site):
    tag = Tag.objects.get()
    page, _ = TagPage.objects.get_or_create(tag=tag)
    picture = Picture.objects.create(title="图", alt="一张图", stem="0" * 32, width=10, height=10)
    Article.objects.update(body=f'<p>门槛费</p><img src="/media/pictures/{"0" * 32}-10.webp" alt="">')
    return {
        "tag": tag,
        "tagpage": page,
        "category": site,
        "synonym": Synonym.objects.create(word="门槛费", meaning="起付线"),
        "glossaryterm": GlossaryTerm.objects.get(),
        "picture": picture,
    }


def stored(rows):
    return {name: type(row).objects.filter(pk=row.pk).values().get() for name, row in rows.items()}


def attacks(rows):
    """Address and data of every way to change one of them."""
    tag, page = rows["tag"], rows["tagpage"]
    inline = {"page-TOTAL_FORMS": 1, "page-INITIAL_FORMS": 1, "page-0-id": page.pk, "page-0-tag": tag.pk}
    name = {"name": HOSTILE, "slug": tag.slug}
    yield reverse("admin:taggit_tag_change", args=[tag.pk]), name | inline
    yield reverse("admin:taggit_tag_change", args=[tag.pk]), {"name": tag.name} | inline | {"page-0-intro": HOSTILE}
    yield reverse("admin:articles_category_change", args=[rows["category"].pk]), {"name": HOSTILE, "slug": "a"}
    yield reverse("admin:articles_synonym_change", args=[rows["synonym"].pk]), {"word": HOSTILE, "meaning": HOSTILE}
    yield (
        reverse("admin:articles_glossaryterm_change", args=[rows["glossaryterm"].pk]),
        {"term": "起付线", "explanation": HOSTILE, "slug": "a", "order": 0},
    )
    yield reverse("admin:articles_picture_change", args=[rows["picture"].pk]), {"title": HOSTILE, "alt": HOSTILE}
    for model in ("category", "glossaryterm"):
        columns = {"form-0-id": rows[model].pk, "form-0-order": 99, "_save": "保存"}
        counts = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1}
        yield reverse(f"admin:articles_{model}_changelist"), columns | counts
    new = {"name": HOSTILE, "slug": "x", "word": HOSTILE, "meaning": HOSTILE, "term": HOSTILE, "explanation": HOSTILE}
    for model in ("category", "synonym", "glossaryterm"):
        yield reverse(f"admin:articles_{model}_add"), new


def test_writers_change_nothing_that_shows_without_review(client, staff, rows, tried):
    client.force_login(staff("编辑"))
    before, ways = stored(rows), list(attacks(rows))
    counts = [model.objects.count() for model in (Category, Synonym, GlossaryTerm)]
    for address, data in ways:
        client.post(address, data)

    assert stored(rows) == before
    assert [model.objects.count() for model in (Category, Synonym, GlossaryTerm)] == counts
    client.logout()
    assert not any(HOSTILE in client.get(page, follow=True).content.decode() for page in PAGES)
    tried("编辑绕过审核，改标签、栏目、同义词、名词解释、图片说明", f"{len(ways)} 种", "一处也没有改成")


@pytest.mark.parametrize(("group", "may"), [("编辑", False), ("主编", True)])
def test_who_publishes_changes_them(client, staff, rows, group, may):
    client.force_login(staff(group))
    client.post(
        reverse("admin:articles_synonym_change", args=[rows["synonym"].pk]), {"word": "门槛费", "meaning": "自付段"}
    )
    client.post(reverse("admin:articles_picture_change", args=[rows["picture"].pk]), {"title": "图", "alt": "新的说明"})

    assert (stored(rows)["synonym"]["meaning"] == "自付段") is may
    assert (stored(rows)["picture"]["alt"] == "新的说明") is may


def test_writers_change_the_words_of_a_picture_that_no_public_article_shows(client, staff, rows):
    Article.objects.update(status="draft")
    client.force_login(staff("编辑"))
    client.post(reverse("admin:articles_picture_change", args=[rows["picture"].pk]), {"title": "图", "alt": "新的说明"})

    assert stored(rows)["picture"]["alt"] == "新的说明"


def test_writers_still_look_at_them_and_add_a_tag(client, staff, rows):
    client.force_login(staff("编辑"))
    seen = [
        client.get(reverse("admin:taggit_tag_change", args=[rows["tag"].pk])),
        client.get(reverse("admin:articles_category_changelist")),
        client.get(reverse("admin:articles_synonym_changelist")),
        client.get(reverse("admin:articles_missedsearch_changelist")),
        client.get(reverse("admin:taggit_tag_add")),
    ]

    assert [answer.status_code for answer in seen] == [200] * len(seen)
