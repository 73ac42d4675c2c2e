"""What is outside the field stands beside no article on 医保."""

import pytest

from articles import related
from articles.import_export.demo import load_demo_articles
from articles.models import Article
from calculators.library.loading import load_calculators

pytestmark = pytest.mark.django_db
EYES = (
    "全飞秒手术切削角膜，术后滴眼药水，一个月复查视力。近视患者先做眼底检查，眼轴稳定才适合激光手术。"
    "术后一周不要揉眼，少看手机，游泳和化妆都要等伤口长好。夜间眩光和干眼多在半年内减轻，散光大的人恢复慢一些。"
)
SOUP = "银耳提前泡发，和莲子一起小火慢炖两小时，出锅前放冰糖和枸杞，口感软糯，秋天润肺。"


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
