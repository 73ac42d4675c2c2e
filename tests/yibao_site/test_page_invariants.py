"""What holds on every article, area, document and calculator page, walked one by one: no sampled page can hide a fault."""

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

from articles.import_export.demo import load_demo_articles, load_demo_glossary, load_demo_synonyms
from articles.models import Article, ArticleRendition
from articles.renditions import article_page
from articles.renditions.compression import compress
from articles.text import plain_text
from calculators.library.loading import load_calculators
from calculators.models import Calculator, PolicyDocument, PoolingArea
from yibao_site.backends.static_files import minify, with_imports
from yibao_site.page_cache.store import KEPT_QUALITY

pytestmark = pytest.mark.django_db
PERCENTAGE = re.compile(r"(\d[\d,]*(?:\.\d+)?)%")
# A wage counts up to 300 % of the average; nothing else on the site is more than the whole.
WAGE_WORDS = ("基数", "工资")
CONTEXT_CHARACTERS = 60
HEAVIEST_ARTICLE = 12_000  # bytes over the wire, with its sheets
MOST_REQUESTS = 3
# Asked in title words that a person would use, and the article that answers.
ANSWERING_ARTICLES = {
    "新生儿医保怎么办理": "xinshenger-yibao-zenme-ban",
    "产检能报销吗": "chanjian-shengyu-zhuyuan",
    "生育津贴怎么算": "shengyu-jintie-zenme-suan",
    "产假多少天": "chanjia-duoshao-tian",
    "门诊慢特病怎么认定": "mantebing-zenme-rending",
    "高血压糖尿病门诊用药报销": "liangbing-gaoxueya-tangniaobing",
    "社保卡是几代怎么看": "shebaoka-jidai",
    "医保卡和社保卡合一了吗": "yibaoka-shebaoka-heyi",
    "怎么查医保缴费记录和余额": "cha-jiaofei-jilu-yue",
    "医保为什么医院查不到": "yibao-weisha-yiyuan-chabudao",
    "辞职后医保卡还能用吗": "cizhihou-yibaoka",
    "失业期间医保怎么交": "shiye-qijian-yibao",
    "医保转移接续怎么办": "yibao-zhuanyi-jiexu",
    "没带卡怎么手工报销": "shougong-baoxiao-mei-dai-ka",
    "公司没给交医保怎么办": "gongsi-mei-jiao-yibao",
    "甲类乙类丙类药怎么报": "jialei-yilei-binglei",
    "核磁共振能报销吗": "hecigongzhen-jiancha-baobubao",
    "种牙医保报不报": "yake-yibao",
    "国谈药双通道": "guotanyao-shuangtongdao",
    "长期护理保险": "changhuxian",
    "意外受伤医保能报吗": "yiwai-shoushang",
    "大学生医保在哪里交": "daxuesheng-yibao",
    "住院几天才能报销": "zhuyuan-tianshu",
    "医保断交一个月有没有影响": "gongsi-duanjiao-yigeyue",
    "职工医保门诊起付线": "zhigong-menzhen-qifuxian",
}
FEWEST_ANSWERED = 20
FIRST_ARTICLE = re.compile(r'<h3><a href="/articles/([\w-]+)/"')
FILE = re.compile(r'(?:<link rel="stylesheet" href|<script src|<img [^>]*src)="/static/([^"]+)"')


@pytest.fixture
def every_page():
    load_calculators()
    load_demo_articles()
    load_demo_glossary()
    load_demo_synonyms()
    return [
        one.get_absolute_url()
        for model in (Article, PoolingArea, PolicyDocument, Calculator)
        for one in model.objects.order_by("pk")
    ]


@cache
def wire_size(path):
    """As it is collected and sent."""
    sheet = Path(finders.find(path)).read_text(encoding="utf-8")
    return len(brotli.compress(minify(with_imports(sheet, path)).encode()))


def first_article(client, question):
    found = FIRST_ARTICLE.search(client.get("/search/", {"q": question}).content.decode())
    return found and found[1]


def test_no_page_shows_more_than_the_whole_no_article_is_heavy_and_each_reads_from_its_rendition_as_it_was_rendered(
    client, every_page, monkeypatch
):
    monkeypatch.setattr(article_page, "may_cache", lambda: True)  # as in a server's process
    found, different, heavy = {}, [], {}
    for address in every_page:
        page = client.get(address)
        assert page.status_code == 200, address
        text = plain_text(page.content.decode())
        for match in PERCENTAGE.finditer(text):
            around = text[max(0, match.start() - CONTEXT_CHARACTERS) : match.end() + CONTEXT_CHARACTERS]
            if Decimal(match[1].replace(",", "")) > 100 and not any(word in around for word in WAGE_WORDS):
                found.setdefault(address, []).append(around)
        if not address.startswith("/articles/"):
            continue
        if client.get(address).content != page.content:
            different.append(address)
        files = FILE.findall(page.content.decode())
        weight = len(compress(page.content, KEPT_QUALITY)) + sum(map(wire_size, files))
        if weight > HEAVIEST_ARTICLE or len(files) >= MOST_REQUESTS:
            heavy[address] = (weight, files)

    assert len(every_page) > 200
    assert found == {}
    assert different == []
    assert heavy == {}
    assert ArticleRendition.objects.count() == Article.objects.filter(is_page=False).count() > 90
    answered = [question for question, slug in ANSWERING_ARTICLES.items() if first_article(client, question) == slug]
    assert len(answered) >= FEWEST_ANSWERED, set(ANSWERING_ARTICLES) - set(answered)
