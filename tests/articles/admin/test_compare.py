"""The page that compares two texts: what changed, cell by cell, and the decision that follows."""

import pytest
from django.urls import reverse

from articles.models import Article, Category
from articles.workflow import diff, snapshot, steps

pytestmark = pytest.mark.django_db
LONG = "".join(f"<p>第 {number} 段没有人动过。</p>" for number in range(9))


def test_paragraphs_away_from_a_change_are_folded_and_its_neighbours_not():
    before = [f"第 {number} 段" for number in range(9)]
    part = diff.Part("正文", diff.rows(before, [*before[:4], "完全改写成别的意思了", *before[5:]]))

    assert [(stretch.is_folded, len(stretch.rows)) for stretch in part.stretches] == [(True, 3), (False, 4), (True, 3)]


def test_one_paragraph_between_two_changes_is_not_folded():
    before = [f"第 {number} 段" for number in range(9)]
    after = [*before[:1], "完全改写成别的意思了", *before[2:5], "也换成了另外一句话", *before[6:]]

    assert [stretch.is_folded for stretch in diff.Part("正文", diff.rows(before, after)).stretches] == [False, True]


def test_a_changed_row_of_a_table_is_marked_in_its_cell():
    for cell in ("{}", "<p>{}</p>"):  # as imported, and as the editor writes it
        table = f"<p>表：</p><table><tr><td>{cell.format('三级')}</td><td>{cell}</td></tr></table>"
        lines = [diff.lines(table.format(share)) for share in ("60%", "65%")]
        [row] = [row for row in diff.rows(*lines) if row.changed]

        assert row.cells == (("三级", "三级"), ("<del>60%</del>", "<ins>65%</ins>"))


@pytest.fixture
def author(staff):
    return staff("编辑", username="author")


@pytest.fixture
def chief(client, staff):
    user = staff("主编", username="chief")
    client.force_login(user)
    return user


@pytest.fixture
def submitted(author):
    category = Category.objects.create(name="健康新闻")
    article = Article.objects.create(title="甲文", body=f"<p>新写的</p>{LONG}", category=category, author=author)
    steps.save(article, snapshot.take(article), by=author)
    steps.submit(article, by=author)
    return article


def compare(article):
    return reverse("admin:articles_article_compare", args=[article.pk])


def test_a_text_that_was_never_published_shows_nothing_as_deleted(client, chief, submitted):
    page = client.get(compare(submitted)).content.decode()

    assert "还没有发布过" in page
    assert "<ins>新写的</ins>" in page
    assert "<del>" not in page


def test_a_chief_publishes_from_the_comparison(client, chief, submitted):
    response = client.post(compare(submitted), {"_step_publish": "发布", "note": "可以"})

    assert response.url.endswith("?work=waiting")
    assert Article.objects.get(pk=submitted.pk).status == Article.Status.PUBLISHED


def test_sending_back_from_the_comparison_needs_a_reason(client, chief, submitted):
    refused = client.post(compare(submitted), {"_step_send_back": "退回修改", "note": ""}, follow=True)
    assert steps.NO_REASON in refused.content.decode()

    client.post(compare(submitted), {"_step_send_back": "退回修改", "note": "缺来源"})
    assert submitted.events.first().note == "缺来源"
    assert Article.objects.get(pk=submitted.pk).status == Article.Status.DRAFT


def test_an_author_decides_nothing_in_the_comparison(client, author, submitted):
    client.force_login(author)

    assert "_step_publish" not in client.get(compare(submitted)).content.decode()
    assert client.post(compare(submitted), {"_step_publish": "发布"}).status_code == 403


def test_nothing_is_decided_where_nothing_is_new(client, chief, submitted):
    assert "_step_publish" in client.get(compare(submitted)).content.decode()
    steps.publish(submitted, by=chief)
    assert "_step_publish" not in client.get(compare(submitted)).content.decode()

    form = client.get(reverse("admin:articles_article_change", args=[submitted.pk])).content.decode()
    assert 'name="_step_publish" class="button step default-once-changed"' in form
