"""去哪里办 at the end of an article: the hotline, site and mini-programme of the reader's place, else of the article's."""

import pytest

from calculators.models import PoolingArea

pytestmark = pytest.mark.django_db


@pytest.fixture
def block(client, publish):
    """The block of an article of this area for a reader with this choice."""

    def read(choice="", area=""):
        slug = f"ban-{area or 'quanguo'}-{choice.replace('.', '-') or 'wu'}"
        publish("报销怎么办", slug=slug, area=PoolingArea.objects.get(code=area) if area else None)
        client.cookies["choice"] = choice
        page = client.get(f"/articles/{slug}/").content.decode()
        start = page.index('<section class="where"')
        return page[start : page.index("</section>", start)]

    return read


def test_without_a_place_the_nations_hotline_site_and_programme_are_given(block):
    read = block()

    assert 'href="tel:12393"' in read
    assert 'href="https://www.nhsa.gov.cn/"' in read
    assert "小程序「国家医保服务平台」" in read
    assert "选你的参保地" in read


def test_an_article_of_a_place_gives_the_ways_of_that_place(block):
    read = block(area="110000")

    assert "北京去哪里办" in read
    assert 'href="tel:010-12393"' in read
    assert 'href="https://ybj.beijing.gov.cn/"' in read


def test_the_readers_own_place_comes_before_that_of_the_article(block):
    read = block("310000.retired", area="110000")

    assert "上海去哪里办" in read
    assert 'href="tel:021-12393"' in read
    assert "010-12393" not in read


def test_a_city_without_a_site_of_its_own_gives_that_of_its_province(block):
    read = block("440600")  # 佛山

    assert 'href="tel:0757-12393"' in read
    assert 'href="https://hsa.gd.gov.cn/"' in read


def test_a_place_without_values_has_its_ways_too(block):
    assert 'href="tel:0731-12393"' in block("430100")


def test_the_choice_leads_back_to_the_article(block):
    assert "/choice/?back=/articles/ban-quanguo-wu/" in block().replace("%2F", "/")
