"""待办 in the office: who may change an object deals with what was found about it, nobody else says that nothing is to be done."""

import pytest

from articles.models import Article, Category
from calculators.models import Finding
from calculators.models.finding import subject_key
from tests.calculators.factories import stored

pytestmark = pytest.mark.django_db
FINDINGS = "/admin/calculators/finding/"


@pytest.fixture
def author(client, staff):
    user = staff("编辑", username="zuozhe")
    client.force_login(user)
    return user


def found(subject):
    return Finding.objects.report(
        kind="result_moved", subject_key=subject_key(subject), cause_key="", subject=str(subject), sentence="变了"
    )


def article(author, title):
    category = Category.objects.get_or_create(name="栏目", slug="lanmu")[0]
    return Article.objects.create(title=title, category=category, author=author)


def check(client, *findings):
    answers = {"action": "mark_checked", "_selected_action": [finding.pk for finding in findings]}
    return client.post(f"{FINDINGS}?state=all", answers, follow=True).content.decode()


def test_an_author_closes_findings_about_own_articles_only(client, author, staff):
    own = found(article(author, "自己的"))
    others = [found(article(staff("编辑", username="other"), "别人的")), found(stored())]
    said = check(client, own, *others)

    assert "了结了 1 项。2 项要由能修改它的人处理。" in said
    assert [finding.pk for finding in Finding.objects.open().order_by("pk")] == [finding.pk for finding in others]


def test_the_list_shows_an_author_what_they_can_deal_with_and_the_rest_apart(client, author):
    found(article(author, "自己的"))
    found(stored())

    mine, others = (client.get(FINDINGS, query).content.decode() for query in ({}, {"state": "others"}))
    assert "自己的" in mine
    assert "生育津贴" not in mine
    assert "生育津贴" in others


def test_a_policy_manager_closes_findings_about_calculators_even_deleted_ones(client, manager):
    calculator = stored()
    finding = found(calculator)
    calculator.delete()
    check(client, finding)

    assert not Finding.objects.open().exists()
