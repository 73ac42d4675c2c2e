"""Versions stored by another release: older ones lack a field, later ones hold what this one cannot read."""

import pytest
from django.urls import reverse

from articles import fields
from articles.models import Article
from articles.views import preview
from articles.workflow import snapshot, steps
from tests.articles.workflow.factories import LATER

LATER_FORMAT = snapshot.FORMAT + 1
SENTENCE = "是由更新的程序保存的"
NAMES = [field.name for field in fields.FIELDS]


def rewrite(version, **content):
    """Store the version as another release did."""
    type(version).objects.filter(pk=version.pk).update(content=content)


def without(content, *names):
    return {name: value for name, value in content.items() if name not in names}


def url(name, article, *more):
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *more])


@pytest.fixture
def edited(author, live):
    """A public article of one version, and a second one that waits."""
    author.post(live, author.open(live), title="新标题", body="<p>新文。</p>")
    return live


def opened(author, article):
    """The form and the comparison."""
    compare = url("compare", article), {"from": "1", "to": "2"}
    return [author.client.get(author.url(article)), author.client.get(*compare)]


def restored(author, article):
    return author.client.post(url("restore", article, 1), follow=True)


def text(page):
    assert page.status_code == 200
    return page.content.decode()


def test_a_version_is_stored_with_the_number_of_its_format(edited):
    assert {version.content["format"] for version in edited.versions.all()} == {snapshot.FORMAT}


def test_versions_that_lack_any_one_field_open_and_compare(author, client, edited):
    whole = {version: version.content for version in edited.versions.all()}
    for name in NAMES:
        for version, content in whole.items():
            rewrite(version, **without(content, name, "format"))
        shown = [*opened(author, edited), client.get(preview.link(edited, LATER.date()))]
        assert [page.status_code for page in shown] == [200, 200, 200], name
        assert not [page for page in shown if SENTENCE in text(page) or "存得不完整" in text(page)], name


def test_versions_that_lack_all_but_their_title_restore_and_go_live(author, client, edited):
    for version in edited.versions.all():
        rewrite(version, title=version.content["title"])

    assert "更新的程序" not in text(restored(author, edited))
    steps.publish(Article.objects.get(pk=edited.pk), by=None)
    assert client.get(edited.get_absolute_url()).status_code == 200


def test_a_row_that_lacks_a_later_column_has_its_blank(author, edited):
    choice = {"other": edited.pk, "kind": "pin"}
    rewrite(steps.newest(edited), **steps.newest(edited).content | {"choices": [choice]})

    assert snapshot.content_of(steps.newest(edited), edited)["choices"] == [choice | {"order": 0}]
    assert author.client.get(author.url(edited)).status_code == 200


def test_a_version_of_a_later_format_opens_compares_and_restores_with_a_sentence(author, edited):
    first, second = edited.versions.order_by("number")
    rewrite(first, **without(first.content, "tags") | {"format": LATER_FORMAT, "sources": {"rows": []}, "mood": "好"})
    rewrite(second, **second.content | {"format": LATER_FORMAT})
    form, compared = map(text, opened(author, edited))
    after = text(restored(author, edited))

    assert "第 2 版是由更新的程序保存的，能认出的都在下面" in form
    assert "第 1 版是由更新的程序保存的，其中标签、来源读不出，下面是文章现在的" in compared
    assert "第 2 版是由更新的程序保存的" in compared
    assert "其中标签、来源读不出" in after
    content = steps.newest(edited).content
    assert (content["title"], content["tags"], content["format"]) == ("旧标题", ["门诊", "北京"], snapshot.FORMAT)
    assert edited.versions.get(number=1).content["mood"] == "好"


@pytest.mark.parametrize("content", [{}, {key: {"type": "doc"} for key in NAMES}, {key: [[None]] for key in NAMES}])
def test_what_cannot_be_read_of_a_version_stays_as_it_stands_in_the_public_article(author, client, edited, content):
    rewrite(steps.newest(edited), format=LATER_FORMAT, **content)
    assert [page.status_code for page in [*opened(author, edited), restored(author, edited)]] == [200, 200, 200]
    edited.versions.filter(number__gt=2).delete()

    steps.publish(Article.objects.get(pk=edited.pk), by=None)
    article = Article.objects.get(pk=edited.pk)
    assert (article.title, article.body) == ("旧标题", "<p>旧文。</p>")
    assert [tag.name for tag in article.tags.order_by("pk")] == ["门诊", "北京"]
    assert client.get(article.get_absolute_url()).status_code == 200


def test_a_format_that_is_no_known_number_opens(author, edited):
    for number in (0.5, "2", None, [], True):
        rewrite(steps.newest(edited), **steps.newest(edited).content | {"format": number})
        assert author.client.get(author.url(edited)).status_code == 200, number


def test_a_field_of_a_wrong_shape_in_a_known_format_is_named(author, edited):
    rewrite(steps.newest(edited), **steps.newest(edited).content | {"body": None})
    page = author.client.get(author.url(edited)).content.decode()

    assert "第 2 版存得不完整，其中正文读不出，下面是文章现在的" in page


def test_a_text_typed_over_a_version_of_a_later_format_is_kept_beside_it(author, edited):
    rewrite(steps.newest(edited), **steps.newest(edited).content | {"format": LATER_FORMAT, "mood": "好"})
    author.post(edited, author.open(edited), title="再改的标题")

    assert [version.content.get("mood") for version in edited.versions.order_by("number")] == [None, "好", None]
    assert steps.newest(edited).content["title"] == "再改的标题"
