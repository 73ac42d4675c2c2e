"""相关文章 on the page of a calculator: for everywhere first, of a place only for its readers or as an example at the end."""

import re
from datetime import timedelta

import pytest

from calculators.library.loading import load_calculators
from calculators.models import Calculator, PoolingArea
from tests.articles.factories import EARLIER

pytestmark = pytest.mark.django_db
NATIONAL, OLDER, BEIJING, GUANGXI = "全国怎么算", "全国的旧文", "北京怎么算", "广西怎么算"


@pytest.fixture
def listed(client, publish):
    """Titles under 相关文章 for this choice of place; the local articles are newer than the national ones."""
    load_calculators()
    calculator = Calculator.objects.live().get(code="participation_incentive")
    for days, title, code in [(4, OLDER, None), (3, NATIONAL, "CN"), (2, BEIJING, "110000"), (1, GUANGXI, "450000")]:
        article = publish(
            title, area=code and PoolingArea.objects.get(code=code), published_at=EARLIER - timedelta(days=days)
        )
        article.calculators.add(calculator)

    def read(choice=""):
        client.cookies["choice"] = choice
        page = client.get(calculator.get_absolute_url()).content.decode()
        section = page[page.index("相关文章") :]
        return re.findall("全国怎么算|全国的旧文|北京怎么算|广西怎么算", re.sub(r"<[^>]*>", "\n", section))

    return read


def test_a_local_article_stands_beside_a_calculator_after_those_for_everywhere_or_for_its_own_readers(listed):
    assert listed() == [NATIONAL, OLDER, GUANGXI, BEIJING]
    assert listed("110000") == [BEIJING, NATIONAL, OLDER]
    assert listed("450200") == [GUANGXI, NATIONAL, OLDER]  # 柳州 lies in 广西
    assert listed("430100") == [NATIONAL, OLDER]
