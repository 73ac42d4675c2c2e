from datetime import timedelta

import pytest
from django.utils import timezone

from articles import related
from articles.demo_loading import load_demo_articles
from articles.models import Article, Category, RelatedArticle, RelatedChoice
from calculators.library.loading import load_calculators
from calculators.made_of import content_changed

pytestmark = pytest.mark.django_db
LATER = timezone.now() + timedelta(days=1)
PIN, EXCLUDE = RelatedChoice.Kind.PIN, RelatedChoice.Kind.EXCLUDE
Status = Article.Status
EYES = (
    "全飞秒手术切削角膜，术后滴眼药水，一个月复查视力。近视患者先做眼底检查，眼轴稳定才适合激光手术。"
    "术后一周不要揉眼，少看手机，游泳和化妆都要等伤口长好。夜间眩光和干眼多在半年内减轻，散光大的人恢复慢一些。"
)
SOUP = "银耳提前泡发，和莲子一起小火慢炖两小时，出锅前放冰糖和枸杞，口感软糯，秋天润肺。"


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


def test_beside_one_city_no_other_city_is_listed(publish, listed):
    asker = publish("北京门诊怎么报", area="110000")
    for title, area in [("成都门诊怎么报", "510100"), ("门诊怎么报销", None), ("北京门诊报多少", "110000")]:
        publish(title, area=area)
    publish("全国门诊", area="CN")
    related.work()

    assert set(listed(asker)) == {"北京门诊报多少", "门诊怎么报销", "全国门诊"}


PHONE, ELSEWHERE_SAID = "柳州医保中心电话号码是多少", "成都门诊报多少"


@pytest.mark.parametrize(
    ("area", "title", "shown"),
    [
        ("110000", "北京门诊怎么报", set()),
        ("110000", "北京人在成都看门诊怎么报", {ELSEWHERE_SAID}),
        (None, "门诊怎么报", {ELSEWHERE_SAID}),
        (None, "柳州市门诊怎么报", {PHONE, ELSEWHERE_SAID}),
    ],
)
def test_what_names_another_place_stays_there_and_its_telephone_number_always(publish, listed, area, title, shown):
    asker = publish(title, area=area)
    publish(PHONE)
    publish(ELSEWHERE_SAID)
    publish("全国门诊怎么报")
    related.work()

    assert set(listed(asker)) == {"全国门诊怎么报", *shown}


def test_a_place_named_later_is_heeded(publish, listed):
    asker, other = publish("北京门诊怎么报", area="110000"), publish("门诊怎么报销")
    related.work()
    assert listed(asker) == ["门诊怎么报销"]

    other.title = "成都门诊怎么报销"
    other.save()
    related.work()

    assert listed(asker) == []


def test_a_province_stands_beside_its_cities_but_no_city_beside_its_sister(publish, listed):
    province, city = publish("广东门诊", area="440000"), publish("广州门诊", area="440100")
    publish("深圳门诊", area="440300")
    related.work()

    assert listed(city) == ["广东门诊"]
    assert set(listed(province)) == {"广州门诊", "深圳门诊"}


def test_many_pages_of_other_cities_do_not_crowd_out_what_fits(publish, listed):
    asker = publish("北京门诊怎么报", area="110000")
    for number in range(30):
        publish(f"成都门诊怎么报第{number}讲", area="510100")
    publish("断缴怎么补", "断缴", area="110000")
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
        "北京退休门诊": "同属：北京·门诊·退休",
        "门诊怎么报销": "同属：门诊",
        "门诊看病": "同属：待遇报销",
        "门诊多少钱": "主题相近",
    }


def test_the_same_text_again_is_not_listed(publish, listed):
    asker = publish("门诊怎么报")
    publish("门诊怎么报", body=asker.body)
    publish("门诊报多少")
    related.work()

    assert listed(asker) == ["门诊报多少"]


def test_outside_the_field_lists_keep_to_themselves(publish, listed):
    eyes = publish("全飞秒手术后多久恢复", EYES)
    publish("近视手术前检查什么", EYES)
    asker = publish("门诊怎么报")
    publish("门诊报多少")
    related.work()

    assert listed(asker) == ["门诊报多少"]
    assert listed(eyes)[0] == "近视手术前检查什么"


IN_FIELD = [
    "怎么查自己社保卡的定点医院？三种方法教你搞定",
    "社保显示未到账什么意思？3分钟看懂",
    "国家医保服务平台入口，一站式办理医保业务",
    "如何分辨社保卡是几代？",
    "医保卡社保卡合一了吗？",
    "北京医保在外地能用吗？异地就医报销指南",
    "医保公司断交一个月员工有没有影响",
    "区医保是什么意思",
    "区直医保是什么意思",
    "江滨医院医保报销比例",
    "职工医保去医院拿药怎么报销",
    "职工医保去医院需要带什么",
    "职工医保交了之后居民医保怎么办",
    "医保为啥医院查不到",
    "退休后医保由二档改一档划算不",
    "职工医保转成居民医保可以退休吗",
    "职工医保门诊起付线是多少元吗",
    "职工医保200起付线是一年的吗",
    "新农合在三甲医院报销流程",
    "职工医保新农合报销比例",
    "职工医保跟农村合作医疗报销比例",
    "医保起付线包含哪些费用",
]
ELSEWHERE = ["柳州医保中心电话号码是多少？", "昆明社保局电话：如何快速联系？"]
OFF_FIELD = [
    "车险公司十大排名",
    "华泰保险公司靠谱吗？深度解析华泰保险实力与产品！",
    "南宁医科大可以去眼袋手术吗",
    "老人病人营养餐食谱大全窍门",
    "葫芦岛鼾症手术费用",
    "葫芦岛鼾症非手术疗法",
]


def test_beside_the_samples_nothing_from_outside_the_field_is_listed(publish, listed):
    """Titles that stood beside two pages of this kind elsewhere: cars, eye surgery, recipes, telephones of far cities."""
    load_calculators()
    Article.objects.all().delete()
    load_demo_articles()
    for title in (*IN_FIELD, *ELSEWHERE, *OFF_FIELD):
        publish(title, "见标题。")
    publish("近视手术后视力会清零吗", f"{EYES}医保不报销。")
    publish("银耳汤第二天还能喝吗", SOUP)
    related.work()

    never = {*ELSEWHERE, *OFF_FIELD, "近视手术后视力会清零吗", "银耳汤第二天还能喝吗"}
    for slug in ["yibaoka-yue-qingling", "yibao-buyong-dier-nian"]:
        titles = listed(Article.objects.get(slug=slug))
        assert len(titles) == 20
        assert not never & set(titles)
    for article in Article.objects.filter(title__in=IN_FIELD):
        assert not never & set(listed(article)), article


def test_the_demo_has_its_lists_when_it_is_loaded():
    load_calculators()
    load_demo_articles()

    assert not Article.objects.filter(related=None).exists()


def test_a_stored_list_that_changes_says_so_and_one_that_does_not_is_left_alone(publish):
    asker = publish("门诊怎么报")
    publish("门诊报多少")
    said = []
    content_changed.connect(lambda keys, **kwargs: said.append(keys), weak=False, dispatch_uid="said")
    try:
        related.work()
        assert any(f"article:{asker.pk}" in keys for keys in said)

        said.clear()
        related.refresh([asker.pk])
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
