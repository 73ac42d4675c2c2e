"""Search among the shipped articles: 25 questions as people type them find the article on their matter first."""

import re

import pytest

from articles.import_export.demo import load_demo_articles
from calculators.library.loading import load_calculators

MIN_FIRST = 23
# What is typed, and how the title of the article on it begins.
TOPICS = {
    "新生儿怎么上医保": "新生儿医保怎么办理",
    "产检能报销吗": "产检和生孩子住院",
    "慢特病怎么办理": "门诊慢特病怎么申请认定",
    "社保卡丢了怎么办": "社保卡丢了怎么办",
    "怎么查医保余额": "怎么查医保缴费记录和个人账户余额",
    "医院查不到我的医保怎么办": "医保为啥医院查不到",
    "辞职以后医保怎么办": "辞职后医保卡还能用吗",
    "医保怎么跨省转移": "换城市工作，医保要不要转",
    "看病没带卡怎么报销": "看病没带卡、急诊没刷医保",
    "急诊能报销吗": "看病没带卡、急诊没刷医保",
    "甲类乙类丙类药是什么意思": "医保药品甲类、乙类、丙类",
    "国谈药去哪里买能报销": "国谈药在医院买不到怎么办",
    "低保户看病有什么救助": "低保户看病能报多少",
    "长期护理保险怎么申请": "长期护理保险是什么",
    "车祸受伤医保能报吗": "意外受伤医保报不报",
    "大学生医保怎么交": "大学生医保在学校交还是在老家交",
    "惠民保值得买吗": "有了医保还要不要买惠民保",
    "医保卡借给别人用会怎么样": "医保卡借给家人用",
    "定点医院怎么选": "怎么查一家医院是不是医保定点",
    "退休医保要办什么手续": "退休时医保要办什么手续",
    "医保起付线每年几月重新算": "北京医保每年几月份开始重新计算",
    "住院几天才能报销": "住院要住够三天才能报销吗",
    "公司没给我交医保怎么办": "公司没给交医保怎么办",
    "深圳退休后医保二档改一档": "深圳退休后医保由二档改一档",
    "重复参保能退费吗": "医保重复参保了怎么退费",
}


def titles(page):
    return [re.sub("<[^>]+>", "", title) for title in re.findall(r"<h3><a [^>]+>(.*?)</a></h3>", page, re.DOTALL)]


@pytest.mark.django_db
def test_everyday_questions_find_the_article_on_their_matter_first(search):
    load_calculators()
    load_demo_articles()
    found = {question: titles(search(question)) for question in TOPICS}
    missed = {question: best[:2] for question, best in found.items() if not best[0].startswith(TOPICS[question])}

    assert len(TOPICS) - len(missed) >= MIN_FIRST, missed
