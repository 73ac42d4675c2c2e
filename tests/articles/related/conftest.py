from datetime import timedelta
from itertools import combinations, cycle

import pytest
from django.utils import timezone

from articles.models import Article, Category
from calculators.models import PoolingArea

EARLIER = timezone.now() - timedelta(days=1)
SUBJECTS = {
    "门诊": [
        "职工医保门诊起付线怎么算，看统筹基金一年累计多少。",
        "普通门诊的支付比例，社区医院比三级医院高。",
        "看完门诊再看年度限额，超过的部分个人自付。",
        "门诊统筹不占住院的封顶线，退休人员另有标准。",
        "定点药店凭外配处方购药，按门诊报销。",
    ],
    "断缴": [
        "断缴以后补缴要看等待期。",
        "待遇封存期间不能报销。",
        "参保登记要接上，滞纳金按天计算。",
        "灵活就业人员断保三个月以内补缴。",
        "转移接续不影响缴费年限。",
    ],
}


@pytest.fixture
def publish(db):
    """Make a public article about one of SUBJECTS: publish("门诊怎么报", "门诊", area="110000", tags=["门诊"])."""
    category = Category.objects.create(name="待遇报销", slug="daiyu-baoxiao")
    said = {subject: cycle(combinations(sentences, 3)) for subject, sentences in SUBJECTS.items()}

    def make(title, about="门诊", *, area=None, tags=(), **fields):
        place = PoolingArea.objects.get(code=area) if area else None
        body = f"<p>{title}。{''.join(next(said[about]) if about in said else about)}</p>"
        given = {"body": body, "status": Article.Status.PUBLISHED, "published_at": EARLIER, "area": place} | fields
        article = Article.objects.create(title=title, **{"category": category} | given)
        article.tags.set(tags)
        return article

    return make


@pytest.fixture
def listed():
    """The titles a visitor reads beside an article."""
    return lambda article: [row.related.title for row in article.related.readable()]


@pytest.fixture
def reasons():
    return lambda article: {row.related.title: row.reason for row in article.related.readable()}
