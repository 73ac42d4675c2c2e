"""The list of articles: views as tabs, one's own first, and what is done to many at once."""

import pytest
from django.urls import reverse

from articles.models import Article, Category
from articles.workflow import snapshot, steps

LIST = reverse("admin:articles_article_changelist")
pytestmark = pytest.mark.django_db


@pytest.fixture
def author(staff):
    return staff("编辑", username="author")


@pytest.fixture
def chief(staff):
    return staff("主编", username="chief")


@pytest.fixture
def category():
    return Category.objects.create(name="健康新闻")


@pytest.fixture
def write(author, category):
    def write(title, by=author, **fields):
        article = Article.objects.create(title=title, body="<p>文</p>", category=category, author=by, **fields)
        steps.save(article, snapshot.take(article), by=by)
        return article

    return write


def titles(client, **query):
    return [article.title for article in client.get(LIST, query).context["cl"].result_list]


def bulk(client, action, articles, **fields):
    posted = {"action": action, "_selected_action": [article.pk for article in articles], "apply": "yes"} | fields
    page = client.post(f"{LIST}?view=all", posted, follow=True)
    return [str(message) for message in page.context["messages"]]


def test_an_author_sees_their_own_drafts_first_and_everybodys_under_all(client, write, author, chief):
    live, draft = write("自己的已发布"), write("自己的草稿")
    steps.publish(live, by=chief)
    write("别人的", by=chief)
    client.force_login(author)

    assert titles(client) == ["自己的草稿", "自己的已发布"]
    assert draft.title in titles(client, view="draft")
    assert "别人的" in titles(client, view="all")


def test_a_chief_sees_all_and_each_view_holds_its_state(client, write, chief):
    draft, waiting = write("草稿甲"), write("待审乙")
    steps.submit(waiting, by=None)
    client.force_login(chief)

    assert {draft.title, waiting.title} <= set(titles(client))
    assert titles(client, view="review") == ["待审乙"]
    assert "待审乙" not in titles(client, view="draft")
    page = client.get(LIST).content.decode()
    assert '<span class="chip chip-waiting">待审</span>' in page
    assert "<h1>文章</h1>" in page


def test_an_article_is_found_by_a_word_of_its_body_and_by_its_author(client, write, author, chief):
    Article.objects.filter(pk=write("甲").pk).update(body="<p>打 12393 问。</p>")
    client.force_login(chief)

    assert titles(client, q="12393") == ["甲"]
    assert "甲" in titles(client, q=author.username)


def test_the_category_of_many_is_changed_at_once_and_live_ones_too_where_asked(client, write, chief):
    live, draft = write("已发布甲"), write("草稿乙")
    steps.publish(live, by=chief)
    other = Category.objects.create(name="另一栏")
    client.force_login(chief)
    told = bulk(client, "set_category", [live, draft], category=other.pk, goes_live="on")

    assert told == ["改了栏目 2 篇。"]
    assert set(Article.objects.filter(category=other)) == {live, draft}


def test_without_asking_a_live_article_keeps_its_category_until_the_edit_is_published(client, write, chief, category):
    live = write("已发布甲")
    steps.publish(live, by=chief)
    other = Category.objects.create(name="另一栏")
    client.force_login(chief)
    bulk(client, "set_category", [live], category=other.pk)

    live.refresh_from_db()
    assert live.category == category
    assert live.edit_status == Article.EditStatus.DRAFT


def test_tags_are_added_to_and_taken_from_many(client, write, chief):
    one, two = write("甲"), write("乙")
    client.force_login(chief)
    bulk(client, "add_tags", [one, two], tags="门诊、住院")
    told = bulk(client, "remove_tags", [one], tags="住院")

    assert told == ["去掉了标签 1 篇。"]
    assert [Article.objects.get(pk=each.pk).tags_text for each in (one, two)] == ["门诊", "门诊、住院"]


def test_tags_of_many_are_the_same_however_they_are_written(client, write, chief):
    article = write("甲")
    client.force_login(chief)
    bulk(client, "add_tags", [article], tags="CT检查、门诊")
    for written in ("ct检查", "ＣＴ检查", "ct检查、ＣＴ检查"):
        told = bulk(client, "add_tags", [article], tags=written)
        assert told == ["有 1 篇没有办：《甲》本来就是这样。"]
    assert "“門診”和已有的“门诊”只是繁体简体不同" in bulk(client, "add_tags", [article], tags="門診")[1]

    assert bulk(client, "remove_tags", [article], tags="ｃｔ检查") == ["去掉了标签 1 篇。"]
    assert Article.objects.get().tags_text == "门诊、門診"


def test_tags_of_many_are_as_short_and_as_few_as_in_the_form_of_one(client, write, chief):
    article = write("甲")
    client.force_login(chief)
    posted = {"action": "add_tags", "_selected_action": [article.pk], "apply": "yes", "tags": "长" * 31}
    assert "标签最多 30 个字" in client.post(f"{LIST}?view=all", posted).content.decode()
    bulk(client, "add_tags", [article], tags="、".join(map(str, range(30))))
    told = bulk(client, "add_tags", [article], tags="、".join(map(str, range(10, 51))))

    assert told == ["有 1 篇没有办：《甲》加上就有 51 个标签，一篇最多 50 个。"]
    assert bulk(client, "add_tags", [article], tags="、".join(map(str, range(10, 50)))) == ["加了标签 1 篇。"]
    assert Article.objects.get().tags.count() == 50


def test_publishing_many_checks_each_and_reports_what_was_not_done(client, write, chief):
    draft, live = write("草稿甲"), write("已发布乙")
    steps.publish(live, by=chief)
    client.force_login(chief)
    told = bulk(client, "publish_many", [draft, live])

    assert told == ["发布了 1 篇。", "有 1 篇没有办：《已发布乙》线上已经是最新的文字。"]


def test_an_author_neither_publishes_nor_changes_others_in_bulk(client, write, author, chief):
    theirs, own = write("别人的", by=chief), write("自己的")
    client.force_login(author)
    bulk(client, "publish_many", [own])
    asked = client.post(LIST, {"action": "add_tags", "_selected_action": [own.pk]}).content.decode()
    assert "马上换上" not in asked
    told = bulk(client, "add_tags", [theirs], tags="门诊")

    assert Article.objects.get(pk=own.pk).status == Article.Status.DRAFT
    assert told == ["有 1 篇没有办：《别人的》是别人的文章，你不能修改。"]


def test_archiving_many_asks_first(client, write, chief):
    article = write("甲")
    client.force_login(chief)
    asked = client.post(LIST, {"action": "archive_many", "_selected_action": [article.pk]}).content.decode()

    assert "归档以后读者看不到" in asked
    assert Article.objects.get(pk=article.pk).status == Article.Status.DRAFT
    assert bulk(client, "archive_many", [article]) == ["归档了 1 篇。"]


def test_who_writes_no_articles_begins_with_those_of_everybody(client, write, staff):
    write("甲")
    client.force_login(staff("政策管理员", username="manager"))

    assert titles(client) == ["甲"]


def test_many_are_handed_in_at_once_and_the_rest_reported(client, write, author):
    draft, waiting = write("草稿甲"), write("待审乙")
    steps.submit(waiting, by=author)
    client.force_login(author)
    told = bulk(client, "submit_many", [draft, waiting], note="一起看")

    assert told[0] == "送审了 1 篇。"
    assert "《待审乙》" in told[1]
    assert Article.objects.get(pk=draft.pk).status == Article.Status.REVIEW
    assert draft.events.first().note == "一起看"


def test_the_chooser_of_categories_has_them_in_their_order(client, chief):
    for place, name in enumerate(["丙栏", "甲栏", "乙栏"]):
        Category.objects.create(name=name, order=place)
    client.force_login(chief)
    query = {"app_label": "articles", "model_name": "article", "field_name": "category", "term": "栏"}
    found = client.get("/admin/autocomplete/", query).json()["results"]

    assert [row["text"] for row in found] == ["丙栏", "甲栏", "乙栏"]
