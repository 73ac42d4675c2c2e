"""An article of one place stands beside its own place and the nation."""

import pytest

from articles import related

pytestmark = pytest.mark.django_db


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
