from datetime import timedelta

import pytest
from django.utils import timezone

from articles import related
from articles.models import Article, ArticleProfile, Category, RelatedArticle, RelatedChoice
from calculators.common.page_keys import content_changed

pytestmark = pytest.mark.django_db
LATER = timezone.now() + timedelta(days=1)
PIN, EXCLUDE = RelatedChoice.Kind.PIN, RelatedChoice.Kind.EXCLUDE
Status = Article.Status


def choose(article, other, kind=PIN, order=0):
    return RelatedChoice.objects.create(article=article, other=other, kind=kind, order=order)


def test_what_says_the_same_stands_before_what_says_something_else(publish, listed):
    asker = publish("门诊怎么报")
    publish("断缴怎么补", "断缴")
    publish("门诊报多少")
    related.work()

    assert listed(asker)[0] == "门诊报多少"


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Status.DRAFT},
        {"status": Status.REVIEW},
        {"status": Status.ARCHIVED},
        {"published_at": LATER},
        {"status": Status.SCHEDULED, "published_at": LATER},
        {"unpublish_at": timezone.now() - timedelta(hours=1)},
    ],
    ids=["draft", "in review", "archived", "in future", "scheduled", "ended"],
)
def test_what_is_not_public_is_never_listed_even_when_pinned(publish, listed, hidden):
    asker, other = publish("门诊怎么报"), publish("门诊报多少", **hidden)
    choose(asker, other)
    related.work()

    assert listed(asker) == []
    assert not RelatedArticle.objects.filter(related=other).exists()


def test_what_is_taken_down_is_gone_at_once_and_another_takes_its_place(publish, listed):
    asker, other = publish("门诊怎么报"), publish("门诊报多少")
    publish("门诊报销比例")
    related.work()
    assert "门诊报多少" in listed(asker)

    other.status = Status.ARCHIVED
    other.save()

    assert listed(asker) == ["门诊报销比例"]
    related.work()
    assert not RelatedArticle.objects.filter(related=other).exists()
    assert not RelatedArticle.objects.filter(article=other).exists()


def test_what_is_published_enters_the_lists_it_belongs_in(publish, listed):
    asker = publish("门诊怎么报")
    draft = publish("门诊报多少", status=Status.DRAFT)
    related.work()
    assert listed(asker) == []

    draft.status = Status.PUBLISHED
    draft.save()
    related.work()

    assert listed(asker) == ["门诊报多少"]
    assert listed(draft) == ["门诊怎么报"]


def test_a_changed_text_changes_lists(publish, listed):
    asker, other = publish("门诊怎么报"), publish("断缴怎么补", "断缴")
    publish("门诊报多少")
    related.work()

    Article.objects.get(pk=other.pk)
    other.title, other.body = "门诊怎么报销", asker.body.replace("多少", "几成")
    other.save()
    related.work()

    assert listed(asker)[0] == "门诊怎么报销"


def test_pins_come_first_in_the_editors_order_without_regard_to_area(publish, listed, reasons):
    asker = publish("北京门诊怎么报", area="110000")
    publish("门诊报多少")
    choose(asker, publish("断缴怎么补", "断缴"), order=2)
    choose(asker, publish("成都门诊怎么报", area="510100"), order=1)
    related.work()

    assert listed(asker) == ["成都门诊怎么报", "断缴怎么补", "门诊报多少"]
    assert reasons(asker)["成都门诊怎么报"] == "编辑推荐"


def test_what_is_excluded_is_gone_at_once_and_stays_away(publish, listed):
    asker, other = publish("门诊怎么报"), publish("门诊报多少")
    related.work()

    choose(asker, other, EXCLUDE)

    assert listed(asker) == []
    related.work()
    assert not RelatedArticle.objects.filter(article=asker).exists()
    assert listed(other) == ["门诊怎么报"]


def test_an_exclusion_taken_back_lets_the_article_in_again(publish, listed):
    asker, other = publish("门诊怎么报"), publish("门诊报多少")
    choice = choose(asker, other, EXCLUDE)
    related.work()

    choice.delete()
    related.work()

    assert listed(asker) == ["门诊报多少"]


def test_a_pinned_article_appears_once_it_is_public(publish, listed):
    asker, other = publish("门诊怎么报"), publish("断缴怎么补", "断缴", status=Status.DRAFT)
    choose(asker, other)
    related.work()

    other.status = Status.PUBLISHED
    other.save()
    related.work()

    assert listed(asker) == ["断缴怎么补"]


def test_the_reason_is_given_in_words(publish, reasons):
    other_category = Category.objects.create(name="参保缴费", slug="canbao")
    asker = publish("北京门诊怎么报", area="110000", tags=["北京", "门诊", "退休"])
    publish("北京退休门诊", area="110000", tags=["退休", "门诊", "北京"])
    publish("门诊怎么报销", tags=["门诊"])
    publish("门诊看病")
    publish("门诊多少钱", category=other_category)
    related.work()

    assert reasons(asker) == {
        "北京退休门诊": "同在北京，都讲门诊、退休",
        "门诊怎么报销": "都讲门诊",
        "门诊看病": "",
        "门诊多少钱": "",
    }


def test_the_same_text_again_is_not_listed(publish, listed):
    asker = publish("门诊怎么报")
    publish("门诊怎么报", body=asker.body)
    publish("门诊报多少")
    related.work()

    assert listed(asker) == ["门诊报多少"]


def test_a_stored_list_that_changes_says_so_and_one_that_does_not_is_left_alone(publish):
    asker = publish("门诊怎么报")
    publish("门诊报多少")
    said = []
    content_changed.connect(lambda keys, **kwargs: said.append(keys), weak=False, dispatch_uid="said")
    try:
        related.work()
        assert any(f"article:{asker.pk}" in keys for keys in said)

        said.clear()
        related.mark([asker.pk], ArticleProfile.Due.LIST)
        related.work()
        assert said == []
    finally:
        content_changed.disconnect(dispatch_uid="said")


def test_a_list_takes_one_query_to_read(publish, django_assert_num_queries):
    asker = publish("门诊怎么报")
    for number in range(12):
        publish(f"门诊报多少{number}", tags=["门诊"])
    related.work()

    with django_assert_num_queries(1):
        for row in asker.related.readable()[:10]:
            assert row.related.category.name
            assert row.related.area is None


def test_short_texts_that_differ_in_a_word_or_two_are_not_the_same(publish, listed):
    asker = publish("医保卡丢了怎么办", body="<p>正文。</p>")
    publish("医保卡怎么补办", body="<p>正文。</p>")
    publish("医保卡余额怎么查", body="<p>正文。</p>")
    related.work()

    assert set(listed(asker)) == {"医保卡怎么补办", "医保卡余额怎么查"}


@pytest.mark.parametrize(
    ("area", "first"), [(None, "报销要带什么"), ("110000", "报销先备什么")], ids=["national", "local"]
)
def test_of_two_articles_as_near_the_one_for_the_same_place_stands_first(publish, listed, area, first):
    text = "门诊费用先自己垫付，再拿发票到经办机构报销。"
    asker = publish("报销怎么办", text, area=area)
    publish("报销先备什么", text, area="110000")
    publish("报销要带什么", text)
    related.work()

    assert listed(asker)[0] == first
